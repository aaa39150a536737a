<?php
function fetch(string $box) {
    throw new OutOfBoundsException("no box $box");
}
function show() {
    fetch("in");
}
show();
