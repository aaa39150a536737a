<?php
function pay($a, $b) { throw new Exception("x"); }
pay("a(1): b", "in /x.php:3");
