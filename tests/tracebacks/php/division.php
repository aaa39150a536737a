<?php
class Sum { static function of($a, $b) { return intdiv($a, $b); } }
Sum::of(1, 0);
