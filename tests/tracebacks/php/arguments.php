<?php
class Money { public $n = 1; }
function pay($a, $b, $c, $d, $e, $f) { throw new Exception("unpaid"); }
pay(new Money, [1, 2], null, 1.5, "a long text that PHP cuts off somewhere", true);
