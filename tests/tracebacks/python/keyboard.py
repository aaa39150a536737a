def run():
    raise KeyboardInterrupt


run()
