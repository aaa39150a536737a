<?php

// Monolog for Logstash.

require_once 'Psr/Log/autoload.php';
require_once 'Monolog/autoload.php';
require_once 'shop.php';

use Monolog\Formatter\LogstashFormatter;
use Monolog\Handler\StreamHandler;
use Monolog\Logger;

$handler = new StreamHandler('php://stdout');
$handler->setFormatter(new LogstashFormatter('shop', 'web-1'));
Shop\checkout(new Logger('shop.checkout', [$handler]));
