"""Prints docs/privacy.md.

Not a check: tests/test_privacy.py fails when the page is out of date.
"""

import sys

from daemon.privacy.page import page

if __name__ == "__main__":
    sys.stdout.write(page())
