def run():
    raise ValueError("first\n\nthird\n  indented")


run()
