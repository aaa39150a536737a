"""The shop whose logs all programs write: a payment that fails two frames deep, with a cause."""


class PaymentError(Exception):
    pass


def connect():
    raise ConnectionError("gateway unreachable")


def charge():
    try:
        connect()
    except ConnectionError as error:
        raise PaymentError("card declined") from error


def pay():
    charge()
