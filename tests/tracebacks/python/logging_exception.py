import logging

logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def work():
    raise PermissionError(13, "Permission denied", "/etc/shadow")


try:
    work()
except OSError:
    logging.exception("cannot read")
logging.error("next record")
