<?php
function f() { throw new class("odd") extends Exception {}; }
f();
