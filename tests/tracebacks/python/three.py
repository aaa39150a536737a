def a():
    return {}["a"]


def b():
    try:
        a()
    except KeyError as error:
        raise LookupError("b failed") from error


def c():
    try:
        b()
    except LookupError:
        raise RuntimeError("c failed")


c()
