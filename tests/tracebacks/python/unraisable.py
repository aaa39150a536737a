class Handle:
    def __del__(self):
        raise RuntimeError("in finalizer")


def run():
    Handle()


run()
