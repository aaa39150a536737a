"""The standard library in the format that its cookbook shows."""

import logging

import shop

FORMAT = "%(asctime)s - %(name)s - %(levelname)s - %(message)s"
logging.basicConfig(level=logging.DEBUG, format=FORMAT)
shop.checkout(logging.getLogger("shop.checkout"))
