<?php
class Proxy { function __call($name, $args) { return $this->inner(...$args); } function inner() { throw new BadMethodCallException("no inner"); } }
(new Proxy)->anything(1);
