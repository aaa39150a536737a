"""python-json-logger with the fields that its documentation lists first."""

import logging

import shop

try:
    from pythonjsonlogger.json import JsonFormatter
except ImportError:  # before version 3.1
    from pythonjsonlogger.jsonlogger import JsonFormatter

handler = logging.StreamHandler()
handler.setFormatter(
    JsonFormatter("%(asctime)s %(levelname)s %(name)s %(pathname)s %(lineno)d %(funcName)s %(message)s")
)
logging.basicConfig(level=logging.DEBUG, handlers=[handler])


def checkout():
    log = logging.getLogger("shop.checkout")
    log.debug("cache miss", extra={"key": "user:42"})
    order = {"order_id": 4711, "amount": 99.5, "customer": "acme", "express": True}
    log.info("order placed", extra=order)
    gateway = {"name": "stripe", "timeout_ms": 1500}
    log.warning("retrying payment", extra={"attempt": 2, "gateway": gateway})
    try:
        shop.pay()
    except shop.PaymentError:
        log.exception("payment failed")
    log.critical("out of disk")
    log.info("größe 10 µm “ok”\nsecond line")


checkout()
