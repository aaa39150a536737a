"""structlog as its own documentation sets it up for production: JSON lines."""

import structlog

import shop

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(),
    ],
)


def checkout():
    log = structlog.get_logger().bind(logger="shop.checkout")
    log.debug("cache miss", key="user:42")
    log.info("order placed", order_id=4711, amount=99.5, customer="acme", express=True)
    log.warning("retrying payment", attempt=2, gateway={"name": "stripe", "timeout_ms": 1500})
    try:
        shop.pay()
    except shop.PaymentError:
        log.exception("payment failed")
    log.critical("out of disk")
    log.info("größe 10 µm “ok”\nsecond line")


checkout()
