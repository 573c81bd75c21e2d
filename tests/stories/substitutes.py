"""Beginnings with a substitute: what the files make of one, and a pair for whom it is arranged.

Not stories: test_substitute.py and test_substitute_changed.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.people import Days, Line, Person, Substitution
from daemon.domain.value import replace
from tests.stories.cast import EVERY_DAY, PATIENT, line
from tests.stories.stage import Stage, before

CARA = Person("cara", "Cara Lim", "cara@example.org", "America/Sao_Paulo", EVERY_DAY)
OCTOBER = Days(date(2026, 10, 26), date(2026, 11, 15))
KEY = "ben-cara-20261026"


def entry(days: Days = OCTOBER, who: Person = CARA, pair: Line | None = None) -> tuple[Line, Line]:
    """What the files make of `substitute:`: the pairing, and that of the substitute."""
    pair = pair or line()
    key = f"{pair.mentee.id}-{who.id}-{days.first:%Y%m%d}"
    meanwhile = replace(
        pair, pairing=key, mentor=who, anchor=who.zone, at=None, starts=days.first, ends=days.last,
        stands_in=Substitution(pair.pairing, pair.mentor.name, days),
    )  # fmt: skip
    return replace(pair, substituted=Substitution(key, who.name, days)), meanwhile


def named(*lines: Line, **settings: object) -> Stage:
    """A pair that runs, and files that name a substitute for three weeks from 26 October on."""
    stage = before(program=replace(PATIENT, **settings))
    stage.reconfigured(*(lines or entry()))
    return stage


def arranged(*lines: Line, **settings: object) -> Stage:
    """Cara and Ben have said yes, and everything has been read."""
    stage = named(*lines, **settings)
    stage.until("Mon 12 Oct 20:00 Berlin")
    stage.cara.replies("welcome-mentor-connected", "Yes")
    stage.until("Tue 13 Oct 12:00 Berlin")
    stage.ben.replies("welcome-mentee", "1")
    stage.until("Tue 13 Oct 12:10 Berlin")
    stage.all_read()
    return stage
