<?php

// Monolog as Laravel sets it up: text with stack traces.

require_once 'Psr/Log/autoload.php';
require_once 'Monolog/autoload.php';
require_once 'shop.php';

use Monolog\Formatter\LineFormatter;
use Monolog\Handler\StreamHandler;
use Monolog\Logger;

$handler = new StreamHandler('php://stdout');
$formatter = new LineFormatter(null, 'Y-m-d H:i:s', true, true);
$formatter->includeStacktraces();
$handler->setFormatter($formatter);
Shop\checkout(new Logger('shop.checkout', [$handler]));
