"""gunicorn's error log, to which applications write through `gunicorn.error`."""

import logging

from gunicorn.config import Config
from gunicorn.glogging import Logger

import shop

config = Config()
config.set("loglevel", "debug")
Logger(config)
shop.checkout(logging.getLogger("gunicorn.error"))
