"""loguru with `serialize=True`: JSON lines."""

import sys

from loguru import logger

import shop_keywords

logger.remove()
logger.add(sys.stderr, serialize=True)
shop_keywords.checkout(logger.patch(lambda record: record.update(name="shop.checkout")))
