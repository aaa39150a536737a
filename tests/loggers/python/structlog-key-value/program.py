"""structlog as pairs of keys and values."""

import structlog

import shop_keywords

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
    ],
)
shop_keywords.checkout(structlog.get_logger().bind(logger="shop.checkout"))
