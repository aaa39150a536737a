<?php
ini_set("memory_limit", "4M");
function grow() { $a = []; while (true) { $a[] = str_repeat("x", 100000); } }
grow();
