"""The handler that Cloud Run and GKE advise: structured lines on standard output."""

import logging

from google.cloud.logging_v2.handlers import StructuredLogHandler, setup_logging

import shop

setup_logging(StructuredLogHandler(), log_level=logging.DEBUG)


def checkout():
    log = logging.getLogger("shop.checkout")
    log.debug("cache miss", extra={"json_fields": {"key": "user:42"}})
    order = {"order_id": 4711, "amount": 99.5, "customer": "acme", "express": True}
    log.info("order placed", extra={"json_fields": order})
    retry = {"attempt": 2, "gateway": {"name": "stripe", "timeout_ms": 1500}}
    log.warning("retrying payment", extra={"json_fields": retry})
    try:
        shop.pay()
    except shop.PaymentError:
        log.exception("payment failed")
    log.critical("out of disk")
    log.info("größe 10 µm “ok”\nsecond line")


checkout()
