import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(
            *args,
            extra=1,
        )

    return wrapper


@logged
def show(page):
    return page


show("a")
