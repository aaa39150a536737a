"""The standard library in a format that many projects use."""

import logging

import shop

FORMAT = "%(asctime)s [%(levelname)s] %(name)s: %(message)s"
logging.basicConfig(level=logging.DEBUG, format=FORMAT)
shop.checkout(logging.getLogger("shop.checkout"))
