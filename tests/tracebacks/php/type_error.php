<?php
function send(int $n) { return $n; }
send("x");
