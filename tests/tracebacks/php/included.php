<?php
require __DIR__ . "/included_part.php";
