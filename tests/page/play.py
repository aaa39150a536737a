"""Plays one scene against a running `nozzle serve`: play.py SCENE URL BROWSER.

Whatever the scene is, the page may log no error, run no dialog, and ask nobody but its server.
"""

import sys

from scenes import SCENES
from stage import Stage


def main():
    scene, url, browser = sys.argv[1:]
    with Stage(url, browser) as stage:
        SCENES[scene](stage)
        stage.check_conduct()


main()
