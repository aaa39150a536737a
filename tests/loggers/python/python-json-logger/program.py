"""python-json-logger with the fields that its documentation lists first."""

import logging

import shop

try:
    from pythonjsonlogger.json import JsonFormatter
except ImportError:  # before version 3.1
    from pythonjsonlogger.jsonlogger import JsonFormatter

FIELDS = "%(asctime)s %(levelname)s %(name)s %(pathname)s %(lineno)d %(funcName)s %(message)s"

handler = logging.StreamHandler()
handler.setFormatter(JsonFormatter(FIELDS))
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop.checkout(logging.getLogger("shop.checkout"))
