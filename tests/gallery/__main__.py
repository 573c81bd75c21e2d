"""`python -m tests.gallery LANGUAGE`: the page of its letters.

Not a test: test_gallery.py fails when a page is out of date.
"""

from __future__ import annotations

import sys

from tests.gallery.page import document

if __name__ == "__main__":
    print(document(sys.argv[1] if len(sys.argv) > 1 else "en"), end="")
