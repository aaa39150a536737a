import json


def load():
    return json.loads("{")


load()
