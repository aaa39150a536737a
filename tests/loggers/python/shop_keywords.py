"""The scenario, for the loggers whose fields are keyword arguments."""

import shop


def checkout(log):
    log.debug("cache miss", key="user:42")
    log.info("order placed", order_id=4711, amount=99.5, customer="acme", express=True)
    log.warning("retrying payment", attempt=2, gateway={"name": "stripe", "timeout_ms": 1500})
    try:
        shop.pay()
    except shop.PaymentError:
        log.exception("payment failed")
    log.critical("out of disk")
    log.info("größe 10 µm “ok”\nsecond line")
