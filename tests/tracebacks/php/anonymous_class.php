<?php
interface Job { function run(); }
$job = new class implements Job { function run() { throw new Exception("in job"); } };
$job->run();
