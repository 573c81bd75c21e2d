"""A place to run commands in: a configuration folder, its data, and real subprocesses of run.py.

Not a test. Quiet hours are put far from now, so that a first letter is due whenever the tests run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.clock import SystemClock

ROOT = Path(__file__).resolve().parent.parent.parent

PROGRAM = """\
preset: koss
name: KOSS 1:1s
contact: Maya <maya@example.org>
mailbox: koss@example.org
timezone: Africa/Abidjan
quiet_hours: {quiet}
first_run: {first_run}
pairings:
  - mentor: Ana Rao <ana@example.org>
    mentee: Ben Das <ben@example.org>
    at: Tue 10:00
"""


def quiet_far_from(now: datetime) -> str:
    """One quiet hour far from `now`, so that letters are due whenever a test runs, and from the hours of 1:1s and preps, of
    which `check` would warn."""
    return "02:00-03:00" if 8 <= now.hour < 20 else "13:00-14:00"


@dataclass(frozen=True)
class Place:
    """One configuration folder."""

    config: Path

    @property
    def data(self) -> Path:
        """Where the state of it is."""
        return self.config / "data"

    @property
    def program(self) -> Path:
        """The one program file."""
        return self.config / "programs" / "koss.yaml"

    def write(self, first_run: str = "hold") -> None:
        """The program, with quiet hours far from now."""
        quiet = quiet_far_from(SystemClock().now())
        self.program.parent.mkdir(parents=True, exist_ok=True)
        self.program.write_text(PROGRAM.format(quiet=quiet, first_run=first_run))

    def command(self, *words: str) -> list[str]:
        """The words of a command line on this place."""
        return [sys.executable, str(ROOT / "run.py"), *words, "--config", str(self.config)]

    def run(
        self, *words: str, before: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """One command, to its end. `before` is called in the new process."""
        return subprocess.run(
            self.command(*words), capture_output=True, text=True, check=False, env=environment(),
            preexec_fn=before, timeout=60,
        )  # fmt: skip

    def given(self, *words: str, text: str) -> subprocess.CompletedProcess[str]:
        """One command, with that piped in."""
        return subprocess.run(
            self.command(*words), capture_output=True, text=True, check=False, env=environment(),
            input=text, timeout=60,
        )  # fmt: skip

    def facts(self, *words: str) -> Any:
        """What a command prints with --json."""
        return json.loads(self.run(*words, "--json").stdout)

    def letters(self, address: str) -> list[str]:
        """The mails in somebody's mailbox."""
        folder = self.data / "mail" / address / "new"
        return [path.read_text() for path in sorted(folder.iterdir())] if folder.is_dir() else []


def environment() -> dict[str, str]:
    """Nothing of the tester's own settings. A test may have the machine trust a server of its own (SSL_CERT_FILE)."""
    names = ("PATH", "HOME", "SSL_CERT_FILE")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "NO_COLOR": "1"}
