import sys
import traceback

def hook(kind, value, trace):
    for line in traceback.format_exception(kind, value, trace):
        for part in line.rstrip("\n").split("\n"):
            print("web_1  | " + part, file=sys.stderr)

sys.excepthook = hook


def run():
    try:
        {}["a"]
    except KeyError as error:
        raise RuntimeError("prefixed\nsecond") from error


run()
