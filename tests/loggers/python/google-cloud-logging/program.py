"""The handler that Cloud Run and GKE advise: structured lines on standard output.

Its fields are what a log has under `json_fields`.
"""

import logging

from google.cloud.logging_v2.handlers import StructuredLogHandler, setup_logging

import shop_keywords


class Fields(logging.LoggerAdapter):
    def process(self, msg, kwargs):
        passed = {name: kwargs[name] for name in kwargs if name in ("exc_info", "stacklevel")}
        fields = {name: kwargs[name] for name in kwargs if name not in passed}
        return msg, {**passed, "extra": {"json_fields": fields}}


setup_logging(StructuredLogHandler(), log_level=logging.DEBUG)
shop_keywords.checkout(Fields(logging.getLogger("shop.checkout"), {}))
