"""python-logstash, whose formatter writes bytes for a socket."""

import logging

from logstash.formatter import LogstashFormatterVersion1

import shop

class Lines(logging.StreamHandler):
    def format(self, record):
        return self.formatter.format(record).decode()


handler = Lines()
handler.setFormatter(LogstashFormatterVersion1())
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop.checkout(logging.getLogger("shop.checkout"))
