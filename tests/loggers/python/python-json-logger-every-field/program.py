"""python-json-logger with every attribute of a log record, as Datadog and others advise."""

import logging

from pythonjsonlogger.json import JsonFormatter

import shop

FIELDS = (
    "%(asctime)s %(created)f %(msecs)d %(relativeCreated)d %(levelname)s %(levelno)s %(name)s "
    "%(module)s %(filename)s %(pathname)s %(lineno)d %(funcName)s %(process)d %(processName)s "
    "%(thread)d %(threadName)s %(taskName)s %(message)s"
)

handler = logging.StreamHandler()
handler.setFormatter(JsonFormatter(FIELDS, timestamp=True))
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop.checkout(logging.getLogger("shop.checkout"))
