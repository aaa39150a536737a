<?php
set_error_handler(function ($no, $message, $file, $line) { throw new ErrorException($message, 0, $no, $file, $line); });
function f() { return $undefined; }
f();
