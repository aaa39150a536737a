def backup():
    raise OSError(28, "No space left on device")


def cron():
    raise ValueError("bad cron line")


def run():
    errors = []
    for job in (backup, cron):
        try:
            job()
        except Exception as error:
            errors.append(error)
    raise ExceptionGroup("nightly", errors)


run()
