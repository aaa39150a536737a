"""Flask's format, from the page "Logging" of its documentation."""

import logging

import shop

FORMAT = "[%(asctime)s] %(levelname)s in %(module)s: %(message)s"
logging.basicConfig(level=logging.DEBUG, format=FORMAT)
shop.checkout(logging.getLogger("shop.checkout"))
