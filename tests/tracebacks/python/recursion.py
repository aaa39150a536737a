def down(n):
    return down(n + 1)


def run():
    down(0)


run()
