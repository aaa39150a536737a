def run():
    class Local(Exception):
        pass

    raise Local("here")


run()
