import logging


def work():
    return [][3]


try:
    work()
except IndexError:
    logging.error("failed", exc_info=True, stack_info=True)
