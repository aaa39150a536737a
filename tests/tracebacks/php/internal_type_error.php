<?php
function f() { return strlen([]); }
f();
