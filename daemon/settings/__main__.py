"""Prints docs/settings.md.

Not a check of a configuration: that is `run.py check`.
"""

import sys

from daemon.settings.document import document

if __name__ == "__main__":
    sys.stdout.write(document())
