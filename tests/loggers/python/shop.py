"""The shop whose logs all programs write: a payment that fails two frames deep, with a cause."""


class PaymentError(Exception):
    pass


def connect():
    raise ConnectionError("gateway unreachable")


def charge():
    try:
        connect()
    except ConnectionError as error:
        raise PaymentError("card declined") from error


def pay():
    charge()


def checkout(log):
    """The scenario, for the loggers whose calls are those of the standard library."""
    log.debug("cache miss", extra={"key": "user:42"})
    order = {"order_id": 4711, "amount": 99.5, "customer": "acme", "express": True}
    log.info("order placed", extra=order)
    gateway = {"name": "stripe", "timeout_ms": 1500}
    log.warning("retrying payment", extra={"attempt": 2, "gateway": gateway})
    try:
        pay()
    except PaymentError:
        log.exception("payment failed")
    log.critical("out of disk")
    log.info("größe 10 µm “ok”\nsecond line")
