<?php

// Monolog as JSON lines.

require_once 'Psr/Log/autoload.php';
require_once 'Monolog/autoload.php';
require_once 'shop.php';

use Monolog\Formatter\JsonFormatter;
use Monolog\Handler\StreamHandler;
use Monolog\Logger;

$handler = new StreamHandler('php://stdout');
$handler->setFormatter(new JsonFormatter());
Shop\checkout(new Logger('shop.checkout', [$handler]));
