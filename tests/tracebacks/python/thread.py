import threading


def work():
    return 1 / 0


thread = threading.Thread(target=work, name="worker-1")
thread.start()
thread.join()
