"""Django with the `verbose` format of its documentation."""

import logging

import django
from django.conf import settings

import shop

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "verbose": {
            "format": "{levelname} {asctime} {module} {process:d} {thread:d} {message}",
            "style": "{",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "verbose"}},
    "root": {"handlers": ["console"], "level": "DEBUG"},
}

settings.configure(LOGGING=LOGGING)
django.setup()
shop.checkout(logging.getLogger("shop.checkout"))
