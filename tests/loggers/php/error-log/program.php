<?php

// PHP's own log, which has no levels and no fields: run with `error_log=/dev/stderr`.

require_once 'shop.php';

function checkout(): void
{
    error_log('cache miss');
    error_log('order placed');
    error_log('retrying payment');
    try {
        Shop\pay();
    } catch (Shop\PaymentError $error) {
        error_log("payment failed\n$error");
    }
    error_log('out of disk');
    error_log("größe 10 µm “ok”\nsecond line");
}

checkout();
