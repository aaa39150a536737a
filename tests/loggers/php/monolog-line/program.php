<?php

// Monolog as it comes: text.

require_once 'Psr/Log/autoload.php';
require_once 'Monolog/autoload.php';
require_once 'shop.php';

use Monolog\Handler\StreamHandler;
use Monolog\Logger;

$handler = new StreamHandler('php://stdout');
Shop\checkout(new Logger('shop.checkout', [$handler]));
