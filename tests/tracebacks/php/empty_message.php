<?php
function f() { throw new RuntimeException(); }
f();
