"""The configuration of a service: JSON to the console and to a delivery stream."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(name)s %(levelname)s %(message)s",
            # With the zone: without one, Nozzle takes a time for NOZZLE_TIMEZONE's.
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
        "firehose": {
            "class": "firehose_handler.FirehoseHandler",
            "formatter": "json",
            "stream": "logs",
            # The console has it already.
            "fallback": None,
        },
    },
    # boto3's own, which say where credentials were found.
    "loggers": {"botocore": {"level": "WARNING"}},
    "root": {"level": "INFO", "handlers": ["console", "firehose"]},
}
