def run():
    import broken


run()
