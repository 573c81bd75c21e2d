"""Prints docs/measures.md.

Not a check: tests/test_measures.py fails when the page is out of date.
"""

import sys

from daemon.measures.page import page

if __name__ == "__main__":
    sys.stdout.write(page())
