"""A service that logs, and fails."""

import logging
import logging.config

from logging_config import LOGGING

log = logging.getLogger("logging_test5")


def test():
    log.info("signing in", extra={"user": "bob", "password": "hunter2-correct-horse"})
    raise NameError("fake NameError")


def main():
    logging.config.dictConfig(LOGGING)
    try:
        test()
    except NameError as error:
        log.exception(str(error))
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
