<?php
function f($x) { return match ($x) { 1 => 'a' }; }
f(2);
