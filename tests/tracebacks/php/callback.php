<?php
class Sorter { static function compare($a, $b) { throw new Exception("cannot compare"); } }
$a = [2, 1];
usort($a, ['Sorter', 'compare']);
