"""Logs the numbers from 0 up to the given one through the example's handler, and fails unless the
stream accepted all of them."""

import io
import logging
import sys

from firehose_handler import FirehoseHandler
from pythonjsonlogger.json import JsonFormatter

not_accepted = io.StringIO()
handler = FirehoseHandler("logs", fallback=not_accepted, interval=0.1, flush_timeout=120.0)
handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(message)s"))
log = logging.getLogger("numbers")
log.setLevel(logging.INFO)
log.addHandler(handler)
for number in range(int(sys.argv[1])):
    log.info("counting", extra={"number": number})
handler.close()
sys.exit(1 if not_accepted.getvalue() else 0)
