"""structlog with tracebacks as data, the time in the local zone, and where it was logged."""

import structlog

import shop_keywords

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.CallsiteParameterAdder(),
        structlog.processors.dict_tracebacks,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        structlog.processors.JSONRenderer(),
    ],
)
shop_keywords.checkout(structlog.get_logger().bind(logger="shop.checkout"))
