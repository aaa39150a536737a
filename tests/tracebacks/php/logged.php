<?php
function f($x) { throw new InvalidArgumentException("bad $x"); }
try { f("a: b"); } catch (Exception $e) { error_log($e); }
