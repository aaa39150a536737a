<?php
function rows() { yield from more(); }
function more() { yield 1; throw new UnexpectedValueException("row 2"); }
foreach (rows() as $row) {}
