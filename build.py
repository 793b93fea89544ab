# coding: utf-8
"""The door: makes sure the environment is there, then hands over to haitang.cli."""

import sys

if sys.version_info < (3, 11):  # said before an import that an older Python could not even parse
    sys.stderr.write("需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed\n")
    sys.exit(3)
if __name__ == "__main__":
    from haitang.cli import bootstrap

    bootstrap.enter(sys.argv[1:])  # comes back inside .venv, with everything installed
    from haitang.cli.main import main

    sys.exit(main(sys.argv[1:]))
