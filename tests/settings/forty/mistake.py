"""One mistake: what stands in the files, and what `run.py check` says about it.

Not the command itself, whose exit code and streams are tested in tests/cli.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from daemon.commands.checking import template_problems
from daemon.commands.folders import folders
from daemon.settings import load, report
from tests.settings.folders import write
from tests.settings.powerless import powerless

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 9, 1)


@dataclass(frozen=True)
class Mistake:
    """What stands in the files (a text alone is programs/koss.yaml, None a folder), and what is told about it.
    `closed` is a file that nobody may read."""

    title: str
    files: str | Mapping[str, str | bytes | None]
    told: str
    closed: str = ""


def told(mistake: Mistake) -> str:
    """What `check` says today."""
    with tempfile.TemporaryDirectory() as name, written(mistake, Path(name)) as place:
        where = folders(place, None, ROOT)
        problems = [*load(place, TODAY).problems]
        if len(where.templates) > 1:  # the shipped ones alone are good: that is tested elsewhere
            problems += template_problems(where)
        return report(problems).replace(str(place), "mine")


@contextmanager
def written(mistake: Mistake, place: Path) -> Iterator[Path]:
    """The files, and no power over the one that is closed while they are read."""
    files = {"koss.yaml": mistake.files} if isinstance(mistake.files, str) else mistake.files
    write(place, {name: content for name, content in files.items() if content is not None})
    for name in (name for name, content in files.items() if content is None):
        (place / name).mkdir(parents=True)
    if not mistake.closed:
        yield place
        return
    place.chmod(0o755)
    (place / mistake.closed).chmod(0)
    with powerless():
        yield place
