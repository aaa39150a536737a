<?php
function f() { nope(1); }
f();
