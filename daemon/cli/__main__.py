"""Prints docs/commands.md, which is made from the help of every command.

Not the commands: those are `run.py COMMAND`.
"""

import sys

from daemon.cli.document import document

if __name__ == "__main__":
    sys.stdout.write(document())
