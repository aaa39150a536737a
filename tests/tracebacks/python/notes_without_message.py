def run():
    error = KeyError()
    error.add_note("theme was: dark")
    raise error


run()
