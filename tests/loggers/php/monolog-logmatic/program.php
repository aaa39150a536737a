<?php

// Monolog for Datadog, which was Logmatic.

require_once 'Psr/Log/autoload.php';
require_once 'Monolog/autoload.php';
require_once 'shop.php';

use Monolog\Formatter\LogmaticFormatter;
use Monolog\Handler\StreamHandler;
use Monolog\Logger;

$handler = new StreamHandler('php://stdout');
$formatter = new LogmaticFormatter();
$formatter->setHostname('web-1');
$formatter->setAppname('shop');
$handler->setFormatter($formatter);
Shop\checkout(new Logger('shop.checkout', [$handler]));
