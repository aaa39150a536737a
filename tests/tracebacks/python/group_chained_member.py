def work(n):
    try:
        {}[n]
    except KeyError as error:
        raise RuntimeError("work") from error


def run():
    errors = []
    for n in range(2):
        try:
            work(n)
        except RuntimeError as error:
            errors.append(error)
    raise ExceptionGroup("workers", errors)


run()
