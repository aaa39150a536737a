<?php

// The shop whose logs all programs write: a payment that fails two frames deep, with a cause.

namespace Shop;

class PaymentError extends \RuntimeException
{
}

function connect(): void
{
    throw new \RuntimeException('gateway unreachable');
}

function charge(): void
{
    try {
        connect();
    } catch (\RuntimeException $error) {
        throw new PaymentError('card declined', 0, $error);
    }
}

function pay(): void
{
    charge();
}

// The scenario, for the loggers whose calls are those of PSR-3.
function checkout(\Psr\Log\LoggerInterface $log): void
{
    $log->debug('cache miss', ['key' => 'user:42']);
    $order = ['order_id' => 4711, 'amount' => 99.5, 'customer' => 'acme', 'express' => true];
    $log->info('order placed', $order);
    $gateway = ['name' => 'stripe', 'timeout_ms' => 1500];
    $log->warning('retrying payment', ['attempt' => 2, 'gateway' => $gateway]);
    try {
        pay();
    } catch (PaymentError $error) {
        $log->error('payment failed', ['exception' => $error]);
    }
    $log->critical('out of disk');
    $log->info("größe 10 µm “ok”\nsecond line");
}
