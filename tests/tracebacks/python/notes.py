def run():
    error = ValueError("bad theme")
    error.add_note("theme was: dark")
    error.add_note("two\nlines")
    raise error


run()
