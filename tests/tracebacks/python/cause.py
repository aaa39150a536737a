class RenderError(Exception):
    pass


ROWS = {}


def load(key):
    return ROWS[key]


def page(key):
    try:
        load(key)
    except KeyError as error:
        raise RenderError(key) from error


page("p9")
