"""`python -m tests.settings.forty`: prints all of the messages, as `run.py check` would.

Not the test, which compares them with what is written down: tests/settings/test_forty_mistakes.py.
"""

from __future__ import annotations

import tests.conftest  # noqa: F401  # the zones that pytest reads
from tests.settings.forty import MISTAKES, told

if __name__ == "__main__":
    for number, mistake in enumerate(MISTAKES, start=1):
        print(f"{number:2}. {mistake.title}\n{told(mistake)}\n")
