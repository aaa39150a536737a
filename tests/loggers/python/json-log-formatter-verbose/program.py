"""JSON-log-formatter with where and in which process it was logged."""

import logging

import json_log_formatter

import shop

handler = logging.StreamHandler()
handler.setFormatter(json_log_formatter.VerboseJSONFormatter())
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop.checkout(logging.getLogger("shop.checkout"))
