def run():
    inner = ExceptionGroup("inner", [ValueError("a"), ValueError("b")])
    raise ExceptionGroup("outer", [KeyError("k"), inner])


run()
