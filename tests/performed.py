"""A performance of the demo as a newcomer starts it, and what tests read of it: the timeline, the mailboxes.

Not its figures: those are counted again by the tests.
"""

from __future__ import annotations

import email
import email.policy
import re
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


def run(
    *words: str, cwd: Path, command: str = "demo", **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), command, *words],
        cwd=cwd, capture_output=True, text=True, check=False, timeout=120, env={"PATH": "", **more},
    )  # fmt: skip


class Line(NamedTuple):
    """A line of the timeline, put together again from its columns."""

    moment: str
    told: str


def timeline(shown: str) -> list[Line]:
    """Columns 0-2 the moment, 3-22 when, 23-30 the word, 31-57 what, 59-79 why."""
    lines: list[tuple[str, list[str], list[str]]] = []
    for row in shown.splitlines():
        if not re.match(r"(..│|   )", row):
            continue
        word, what, why = row[23:31], row[31:58], row[58:]
        if not why.startswith(" ") or word.strip() == "=":  # no why: what goes on to the edge
            what, why = row[31:], ""
        if word.strip():
            lines.append((row[:2].strip(), [f"{word.strip()} | "], []))
        lines[-1][1].append(what.strip())
        lines[-1][2].append(why.strip())
    return [
        Line(moment, " ".join(f"{' '.join(what)} | {' '.join(why)}".split()))
        for moment, what, why in lines
    ]


def letters(home: Path) -> list[tuple[str, EmailMessage]]:
    """(whose mailbox, letter) of everything that the program has sent."""
    return [
        (path.parts[-3], email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
        for path in (home / "demo-out" / "mail").glob("*/new/*")
        if path.parts[-3] != "koss@example.org"
    ]  # fmt: skip


def last_screen(shown: str) -> str:
    return " ".join(shown.split("═" * 80)[1].split("Try next")[0].split())
