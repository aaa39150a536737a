"""A worker of celery."""

import logging

from celery import Celery

import shop

app = Celery("shop")
app.log.setup(loglevel=logging.DEBUG, redirect_stdouts=False, colorize=False)
shop.checkout(logging.getLogger("shop.checkout"))
