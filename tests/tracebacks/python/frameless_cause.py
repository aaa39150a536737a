def run():
    raise RuntimeError("outer") from ValueError("never raised\nsecond line")


run()
