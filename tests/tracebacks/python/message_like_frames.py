MESSAGE = """worker failed:
Traceback (most recent call last):
  File "/srv/other/worker.py", line 3, in work
    boom()
KeyError: 'x'"""


def run():
    raise RuntimeError(MESSAGE)


run()
