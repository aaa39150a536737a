def run(n):
    if n == 0:
        raise ValueError("bottom")
    try:
        run(n - 1)
    except Exception as error:
        raise RuntimeError(f"level {n}") from error


run(20)
