def fail(error):
    try:
        raise error
    except Exception as caught:
        return caught


def run():
    try:
        {}["k"]
    except KeyError as error:
        cause = error
    inner = fail(ExceptionGroup("inner\nsecond", [TypeError("never raised"), fail(ValueError("v"))]))
    outer = ExceptionGroup("outer", [inner, fail(OSError(5, "I/O error"))])
    outer.add_note("a note")
    raise outer from cause


try:
    run()
except ExceptionGroup as error:
    raise RuntimeError("gave up") from error
