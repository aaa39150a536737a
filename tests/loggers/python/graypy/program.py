"""graypy: GELF, which is JSON for a socket."""

import logging

from graypy.handler import BaseGELFHandler

import shop

class Lines(BaseGELFHandler):
    def emit(self, record):
        print(self.makePickle(record).decode())


handler = Lines(compress=False)
logging.getLogger().setLevel(logging.DEBUG)
logging.getLogger().addHandler(handler)
shop.checkout(logging.getLogger("shop.checkout"))
