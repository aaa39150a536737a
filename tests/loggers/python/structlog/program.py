"""structlog in the layout that is its argument; `json` is what its documentation advises for
production.
"""

import sys

import structlog

import shop_keywords

processors = structlog.processors
ORDER = ["timestamp", "level", "event"]
TIME = processors.TimeStamper(fmt="iso", utc=True)
LAYOUTS = {
    "json": [processors.format_exc_info, TIME, processors.JSONRenderer()],
    # With tracebacks as data, and where it was logged.
    "dict": [
        processors.CallsiteParameterAdder(),
        processors.dict_tracebacks,
        processors.TimeStamper(fmt="iso", utc=False),
        processors.JSONRenderer(),
    ],
    "pairs": [processors.format_exc_info, TIME, processors.KeyValueRenderer(key_order=ORDER)],
    "logfmt": [processors.format_exc_info, TIME, processors.LogfmtRenderer(key_order=ORDER)],
    # As it comes for development, without colours.
    "console": [
        structlog.dev.set_exc_info,
        processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=True),
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        ),
    ],
}

shared = [structlog.contextvars.merge_contextvars, processors.add_log_level]
structlog.configure(processors=shared + LAYOUTS[sys.argv[1]])
shop_keywords.checkout(structlog.get_logger().bind(logger="shop.checkout"))
