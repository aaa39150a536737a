"""The OpenTelemetry SDK with its exporter to the console, which writes `LogRecord.to_json`."""

import logging

import warnings

from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import ConsoleLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.resources import Resource

import shop

warnings.simplefilter("ignore", DeprecationWarning)  # of the handler, for another package
provider = LoggerProvider(resource=Resource.create({"service.name": "shop"}))
provider.add_log_record_processor(SimpleLogRecordProcessor(ConsoleLogRecordExporter()))
logging.getLogger().setLevel(logging.DEBUG)
logging.getLogger().addHandler(LoggingHandler(logger_provider=provider))
shop.checkout(logging.getLogger("shop.checkout"))
logging.getLogger().handlers.clear()
