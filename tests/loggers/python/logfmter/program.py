"""logfmter with the fields that its documentation shows."""

import logging

from logfmter import Logfmter

import shop

handler = logging.StreamHandler()
mapping = {"at": "levelname", "when": "asctime", "logger": "name", "msg": "message"}
handler.setFormatter(Logfmter(keys=["when", "at", "logger"], mapping=mapping))
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop.checkout(logging.getLogger("shop.checkout"))
