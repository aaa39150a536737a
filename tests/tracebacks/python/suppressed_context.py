def run():
    try:
        int("x")
    except ValueError:
        raise TypeError("only this one") from None


run()
