<?php
function load() { require __DIR__ . "/parse_error.php"; }
load();
