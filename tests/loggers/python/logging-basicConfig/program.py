"""The standard library as it comes: `LEVEL:name:message`."""

import logging

import shop

logging.basicConfig(level=logging.DEBUG)
shop.checkout(logging.getLogger("shop.checkout"))
