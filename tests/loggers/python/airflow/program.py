"""Airflow's format."""

import logging

import shop

FORMAT = "[%(asctime)s] {%(filename)s:%(lineno)d} %(levelname)s - %(message)s"
logging.basicConfig(level=logging.DEBUG, format=FORMAT)
shop.checkout(logging.getLogger("shop.checkout"))
