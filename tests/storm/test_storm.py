"""A small storm keeps every promise of the large one.

Not the large one: `python -m tests.storm.run`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_storm_delays_no_letter_and_changes_nobody_who_was_not_addressed() -> None:
    """In a process of its own, whose memory is that of the storm alone."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.storm.run", "--mails", "400"], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
