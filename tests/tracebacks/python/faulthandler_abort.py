import faulthandler
import os

faulthandler.enable()


def crash():
    os.abort()


def run():
    crash()


run()
