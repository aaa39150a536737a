import queue


def run():
    queue.Queue().get_nowait()


run()
