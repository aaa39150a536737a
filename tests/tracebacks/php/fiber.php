<?php
$f = new Fiber(function () { inner(); });
function inner() { throw new Exception("in fiber"); }
$f->start();
