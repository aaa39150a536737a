<?php
function f() { eval('throw new Exception("in eval");'); }
f();
