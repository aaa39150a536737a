<?php
function f() { throw new Exception("bad:\nStack of plates:\n#0 not a frame"); }
f();
