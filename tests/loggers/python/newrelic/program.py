"""New Relic's formatter with stack traces."""

import logging

from newrelic.api.log import NewRelicContextFormatter

import shop

handler = logging.StreamHandler()
handler.setFormatter(NewRelicContextFormatter(stack_trace_limit=None))
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop.checkout(logging.getLogger("shop.checkout"))
