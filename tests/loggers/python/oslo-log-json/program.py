"""oslo.log, the logger of OpenStack, as JSON lines."""

import logging

from oslo_log import log
from oslo_log.formatters import JSONFormatter

import shop_keywords

handler = logging.StreamHandler()
handler.setFormatter(JSONFormatter())
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop_keywords.checkout(log.getLogger("shop.checkout"))
