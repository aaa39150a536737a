def run():
    raise ExceptionGroup("many", [ValueError(str(n)) for n in range(20)])


run()
