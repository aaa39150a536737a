<?php
function f() { throw new RuntimeException("first line\nsecond in the middle\n\nfourth line"); }
f();
