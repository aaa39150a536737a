<?php
namespace Mail;
class Box { function all() { return array_map(fn($n) => $this->one($n), [1]); } function one($n) { throw new \LengthException("one $n"); } }
(new Box)->all();
