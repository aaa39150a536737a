<?php
class Box { function __destruct() { throw new Exception("in destructor"); } }
function f() { $b = new Box; $b = null; }
f();
