"""A program in a folder on a clock that the test sets: real files, real commands, people who answer.

Not a subprocess: the commands run here, with the same wire as run.py but for its clock.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors.local import LocalHands
from daemon.cli import main
from daemon.ports import Clock
from daemon.simulate.clock import VirtualClock
from daemon.simulate.letterbox import letter, reply_mail
from run import Wire
from tests.cli.place import ROOT, quiet_far_from

FIRST = (
    *("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kim", "Lou", "May"),
    *("Ned", "Ora", "Pat", "Quin", "Ray", "Sue", "Tom", "Una", "Vic", "Wes", "Xan", "Yael"),
)
SECOND = (
    *("Abe", "Bea", "Cal", "Dee", "Eli", "Fay", "Gil", "Hope", "Ira", "Joy", "Kai", "Lea"),
    *("Max", "Nia", "Oli", "Pia", "Quan", "Roy", "Sol", "Tia", "Uma", "Val", "Win", "Xia", "Yan"),
)
PROGRAM = """\
preset: koss
name: KOSS 1:1s
contact: Maya <maya@example.org>
mailbox: koss@example.org
timezone: Europe/Berlin
cadence: weekly
first_run: send
new_people_per_hour: 200
pairings:
"""


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class ClockedWire(Wire):
    """run.py's own wire on another clock."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock

    def clock(self) -> Clock:
        """The clock of the test."""
        return self._clock


class Village:
    """One program with so many pairings, all on Tuesdays at ten."""

    def __init__(self, config: Path, pairings: int, start: datetime) -> None:
        self.config = config
        self.time = VirtualClock(start)
        self.wire = ClockedWire(self.time)
        self.hands = LocalHands(self.data, self.time)
        self.pairs = list(zip(FIRST, SECOND, strict=True))[:pairings]
        self.program.parent.mkdir(parents=True)
        self.program.write_text(PROGRAM + "".join(pair_of(*pair) for pair in self.pairs))

    @property
    def data(self) -> Path:
        """Where the state is."""
        return self.config / "data"

    @property
    def program(self) -> Path:
        """The one program file."""
        return self.config / "programs" / "koss.yaml"

    def rewrite(self, old: str, new: str) -> None:
        """Somebody edits the file."""
        text = self.program.read_text()
        assert old in text
        self.program.write_text(text.replace(old, new))

    def run(self, *words: str, config: bool = True) -> Said:
        """One command, here."""
        out, err = io.StringIO(), io.StringIO()
        where = ("--config", str(self.config)) if config else ()
        code = 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                main(self.wire, [*words, *where])
            except SystemExit as end:
                code = int(end.code or 0)
        return Said(code, out.getvalue(), err.getvalue())

    def command(self, *words: str) -> list[str]:
        """The words of a command line on this place, for a process of its own."""
        return [sys.executable, str(ROOT / "run.py"), *words, "--config", str(self.config)]

    def facts(self, *words: str) -> Any:
        """What a command prints with --json."""
        return json.loads(self.run(*words, "--json").out)

    def wakes_nobody(self) -> None:
        """Quiet hours far from now, so that letters are due whenever the test runs."""
        hours = quiet_far_from(self.time.now().astimezone(ZoneInfo("Europe/Berlin")))
        self.rewrite("first_run: send\n", f"first_run: send\nquiet_hours: {hours}\n")

    def passes(self, **time: float) -> None:
        """Time goes on, and nobody beats."""
        self.time.set(self.time.now() + timedelta(**time))

    def everybody_says(self, touchpoint: str, text: str) -> None:
        """Who has that letter answers it."""
        for first, second in self.pairs:
            for who in (address(first), address(second)):
                self.says(who, touchpoint, text)

    def says(self, who: str, touchpoint: str, text: str) -> None:
        """One of them answers the last letter of that kind."""
        got = [letter(raw, who, self.time.now()) for raw in self.hands.letters(who)]
        asked = [each for each in got if each.touchpoint == touchpoint]
        if asked:
            name = hashlib.sha256(f"{who} {touchpoint} {text}".encode()).hexdigest()[:12]
            raw, _ = reply_mail(
                asked[-1], f"X <{who}>", asked[-1].reply_to, text, name, self.time.now(),
                automatic=False, cites=True,
            )  # fmt: skip
            self.hands.write(who, asked[-1].reply_to, raw, self.time.now())

    def all_running(self) -> None:
        """Everybody has said yes, and the first letters have been sent."""
        self.run("once")
        self.everybody_says("welcome-mentor-connected", "Yes")
        self.passes(minutes=2)
        self.run("once")
        self.everybody_says("welcome-mentee", "Yes")
        self.passes(minutes=2)
        self.run("once")

    def content(self) -> dict[str, str]:
        """Every file of the data folder, with a hash of its bytes."""
        return {
            str(path.relative_to(self.data)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.data.rglob("*")) if path.is_file()
        }  # fmt: skip


def address(first: str) -> str:
    """Somebody's address."""
    return f"{first.lower()}@example.org"


def pair_of(mentor: str, mentee: str) -> str:
    """A pair as it stands in the file."""
    return (
        f"  - mentor: {mentor} Ash <{address(mentor)}>\n"
        f"    mentee: {mentee} Elm <{address(mentee)}>\n    at: Tue 10:00\n"
    )
