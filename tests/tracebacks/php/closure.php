<?php
namespace Mail;
$run = function ($n) { throw new \RangeException("n is $n"); };
array_map($run, [7]);
