<?php
function f($x) { throw new InvalidArgumentException("bad $x"); }
try { f("a"); } catch (Exception $e) { fwrite(STDERR, "[2024-05-04 08:00:01] app.ERROR: " . $e . "\n"); }
