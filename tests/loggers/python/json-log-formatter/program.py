"""JSON-log-formatter as it comes."""

import logging

import json_log_formatter

import shop

handler = logging.StreamHandler()
handler.setFormatter(json_log_formatter.JSONFormatter())
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop.checkout(logging.getLogger("shop.checkout"))
