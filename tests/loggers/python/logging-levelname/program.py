"""The standard library in the format that its tutorial shows."""

import logging

import shop

logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(name)s %(message)s")
shop.checkout(logging.getLogger("shop.checkout"))
