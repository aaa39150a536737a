<?php
function f() { try { throw new Exception("first"); } finally { throw new Exception("second"); } }
f();
