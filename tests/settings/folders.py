"""Configuration folders for tests, written as literal text.

Not fixtures with opinions: each test says what stands in which file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TEN_LINES = """\
# config/programs/koss-2027.yaml
preset: koss                         # weekly, 30 minutes, mentee picks the time
name: KOSS 1:1s
contact: Maya <maya@example.org>     # gets alarms and HELP (help_to), stands in the welcome
mailbox: koss.1on1@gmail.com         # its password: run.py connect koss.1on1@gmail.com
timezone: Asia/Kolkata               # for everyone without a zone of their own
ends: 2027-06-30
pairings:
  - mentor: Ana Rao <ana@example.org>
    mentee: Ben Das <ben@example.org>
"""

HEAD = """\
name: KOSS 1:1s
contact: Maya <maya@example.org>
mailbox: koss@example.org
timezone: Asia/Kolkata
at: Tue 15:00
"""

ROSTER = """\
pairings:
  - mentor: Ana Rao <ana@example.org>
    mentee: Ben Das <ben@example.org>
"""


PROGRAM = HEAD + ROSTER

_TOP = ("people.yaml", "oneonone.yaml")


@dataclass(frozen=True)
class Case:
    """What stands in the files (a text alone is programs/koss.yaml), and what is told about it."""

    title: str
    files: str | dict[str, str]
    told: str


def write(folder: Path, files: str | bytes | Mapping[str, str | bytes]) -> Path:
    """Write the files into the folder and return it; a name without a slash is a program."""
    by_name = files if isinstance(files, Mapping) else {"koss.yaml": files}
    for name, content in by_name.items():
        inside = name if "/" in name or name in _TOP else f"programs/{name}"
        path = folder / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
