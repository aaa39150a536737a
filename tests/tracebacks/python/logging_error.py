import logging


def work():
    logging.warning("%d items", "three")


work()
