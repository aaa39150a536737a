<?php
function down($n) { if ($n > 150) throw new Exception("deep"); down($n + 1); }
down(0);
