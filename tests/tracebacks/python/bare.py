class Gone(Exception):
    pass


def look():
    raise Gone


look()
