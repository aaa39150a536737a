def run():
    exec("x = 1\ny = undefined_name")


run()
