"""Beginnings that several stories share: a day of the second week on which everything has been read, and what was done then.

Not stories. How a pair comes to run at all: stage.py.
"""

from __future__ import annotations

from typing import Any

from daemon.domain.cadence import Cadence, RegularTime
from daemon.domain.meeting import Slot
from daemon.domain.people import LetterRules, Line, Person
from daemon.domain.value import replace
from tests.stories.cast import EVERY_DAY, PATIENT, line
from tests.stories.people import kinds, moment
from tests.stories.stage import Stage, before, running

WITHOUT = replace(line(), at=None)
"""No regular time is known."""
THREE_SESSIONS = replace(line(), at=None, cadence=Cadence(sessions=3, within_days=42))
NAMES = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal")


# --- before it runs


def invited(*lines: Line, **wishes: object) -> Stage:
    """Ana has said yes, and Ben has a list of regular times before him."""
    stage = Stage(*(lines or (WITHOUT,)), **{"program": PATIENT, **wishes})  # type: ignore[arg-type]
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ana.reads()
    return stage


def begun(*, lines: tuple[Line, ...] = (THREE_SESSIONS,), **wishes: object) -> Stage:
    """Both have said yes to a plan of sessions; everything but the first question has been read."""
    stage = invited(*lines, **wishes)
    stage.ben.reads()
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(1)
    stage.ana.reads()
    return stage


def take(stage: Stage, number: int = 0) -> None:
    """Ben picks one of the times of the last question."""
    stage.ben.reads()
    stage.ben.replies("proposal", stage.ben.last("proposal").choices[number].split("  ")[0])
    stage.passes(1)


# --- rules of contact


def agreed(one: Line | None = None, *, between: str = "", **letters: Any) -> Line:
    """A line whose two have agreed on something."""
    return replace(one or line(), between=between, letters=LetterRules(**letters))


def begin(stage: Stage) -> None:
    """Both say yes, and the series is on the calendar."""
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(1)


# --- the week of Tuesday the 13th


def on_friday(*lines: Line, **settings: object) -> Stage:
    """Four days before Tuesday's 1:1; everything has been read."""
    return before(*lines, at="Fri 9 Oct 10:00 Berlin", program=replace(PATIENT, **settings))


def on_monday(*lines: Line, **settings: object) -> Stage:
    """The day before Tuesday's 1:1; everything has been read."""
    return before(*lines, at="Mon 12 Oct 10:00 Berlin", program=replace(PATIENT, **settings))


def booked(**settings: object) -> Stage:
    """Ana has deleted Tuesday, Ben has picked Wednesday, and both have read so."""
    stage = on_friday(**settings)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert kinds(stage.ana.reads()) == ["moved"]
    stage.ben.reads()
    return stage


def on_saturday(*lines: Line, **wishes: object) -> Stage:
    """Three days before Tuesday's 1:1, and everything that came so far has been read."""
    stage = running(*lines, **wishes)
    stage.until("Sat 10 Oct 10:00 Berlin")
    stage.all_read()
    return stage


def clashing() -> Stage:
    """Ana has put something on top of it, and has been asked."""
    stage = on_saturday()
    stage.ana.is_busy("Tue 13 Oct 14:30")
    stage.passes(1)
    assert stage.ana.reads() == [
        "Sat 10 Oct 10:01  clash  "
        "Your 1:1 with Ben clashes: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    return stage


def after_meeting(**settings: object) -> Stage:
    """Tuesday's 1:1 is over, Ben has been asked for a line, and everything has been read."""
    return before(at="Tue 13 Oct 19:40 Kolkata", program=replace(PATIENT, **settings))


# --- many pairs


def person(name: str, zone: str = "Europe/Berlin") -> Person:
    """Somebody of that name, there every day."""
    first = name.lower()
    return Person(first, f"{name} Oak", f"{first}@example.org", zone, EVERY_DAY)


def pairs(count: int) -> tuple[Line, ...]:
    """So many pairings, each with a mentor and a mentee of its own."""
    return tuple(
        line(person(name), person(f"{name}mi"), RegularTime(1, 15, 0)) for name in NAMES[:count]
    )


def cancel_all(stage: Stage, day: str, names: tuple[str, ...]) -> None:
    """All of them take that day's 1:1 off, within one minute."""
    window = Slot(moment(f"{day} 00:00 Berlin"), moment(f"{day} 23:59 Berlin"))
    for name in names:
        address = f"{name.lower()}@example.org"
        for shown in stage.outside.hands.calendar(address, window):
            stage.outside.hands.delete(address, shown.place)
    stage.passes(1)
