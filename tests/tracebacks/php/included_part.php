<?php
function g() { throw new Exception("in part"); }
g();
