<?php

// Monolog as JSON lines, with stack traces and where it was logged.

require_once 'Psr/Log/autoload.php';
require_once 'Monolog/autoload.php';
require_once 'shop.php';

use Monolog\Formatter\JsonFormatter;
use Monolog\Handler\StreamHandler;
use Monolog\Logger;
use Monolog\Processor\IntrospectionProcessor;
use Monolog\Processor\ProcessIdProcessor;
use Monolog\Processor\UidProcessor;

$handler = new StreamHandler('php://stdout');
$handler->setFormatter(new JsonFormatter(JsonFormatter::BATCH_MODE_NEWLINES, true, false, true));
$processors = [new IntrospectionProcessor(), new ProcessIdProcessor(), new UidProcessor()];
Shop\checkout(new Logger('shop.checkout', [$handler], $processors));
