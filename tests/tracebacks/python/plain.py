# expect: main.page raises a custom type with a message.
class RenderError(Exception):
    pass


def page(n):
    raise RenderError(f"page {n}")


def main():
    page(9)


main()
