<?php
function box() { return null; }
box()->open();
