def close(connection):
    connection.close()


def run():
    try:
        int("x")
    except ValueError:
        close(None)


run()
