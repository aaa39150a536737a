"""loguru as it comes: text."""

from loguru import logger

import shop_keywords

shop_keywords.checkout(logger.patch(lambda record: record.update(name="shop.checkout")))
