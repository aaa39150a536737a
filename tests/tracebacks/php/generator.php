<?php
function rows() { yield 1; throw new UnexpectedValueException("row 2"); }
foreach (rows() as $row) {}
