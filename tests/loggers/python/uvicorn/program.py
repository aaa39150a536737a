"""uvicorn's own format, which its applications inherit."""

import logging

import copy
import logging.config

from uvicorn.config import LOGGING_CONFIG

import shop

config = copy.deepcopy(LOGGING_CONFIG)
config["loggers"]["shop"] = {"handlers": ["default"], "level": "DEBUG"}
logging.config.dictConfig(config)
shop.checkout(logging.getLogger("shop.checkout"))
