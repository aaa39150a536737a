"""structlog as its documentation sets it up for production: JSON lines."""

import structlog

import shop_keywords

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(),
    ],
)
shop_keywords.checkout(structlog.get_logger().bind(logger="shop.checkout"))
