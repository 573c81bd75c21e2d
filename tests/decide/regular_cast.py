"""Words for questions about regular times: a Monday morning in Berlin, a mentor in the office, a mentee all day.

Not Ana and Ben, who have one: pair_cast.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from daemon.decide.regular import open_regular
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import SeriesRule, Step
from daemon.domain.meeting import Series
from daemon.domain.observation import BusyInterval, BusySeen
from daemon.domain.people import Hours, Line
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from tests.decide import pair_cast
from tests.decide.pair_cast import BERLIN
from tests.stories.cast import ANA, DAN, line

NOW = datetime(2026, 10, 12, 7, tzinfo=UTC)
"""Monday, 09:00 in Berlin."""
MENTOR, MENTEE = "ana@example.org", "dan@example.org"
LINE = replace(line(ANA, DAN), at=None)
Taken = tuple[BusyInterval, ...] | None


def berlin(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def turn_of(
    roster_line: Line = LINE,
    *,
    mentor: Taken = (),
    mentee: Taken = (),
    now: datetime = NOW,
    **state: Any,
) -> PairingTurn:
    """A pair that looks for its first regular time; busy times of half a year were read in this beat."""
    own = {"standing": "invited", "mentor_yes": now, "mentee_yes": None, "wants_time": "first"}
    turn = pair_cast.turn_of(now=now, of=roster_line, **{**own, **state})
    busy = {MENTOR: mentor, MENTEE: mentee}
    turn.busy.append(BusySeen(now, now + timedelta(days=200), busy, now))
    return turn


def hours(*stretches: tuple[int, float, float]) -> Line:
    """The mentor is there only on these weekdays from that hour to that one."""
    there = tuple(Hours(day, int(a * 60), int(b * 60)) for day, a, b in stretches)
    return replace(LINE, mentor=replace(ANA, hours=there))


def series(first: str, standing: str = "put", step: Step | None = None) -> Series:
    rule = SeriesRule(first, "Europe/Berlin", 30, step or Step(weeks=1))
    return Series(MENTOR, "our-series", 1, rule, standing=standing)  # type: ignore[arg-type]


def opened(turn: PairingTurn) -> Proposal:
    """What is offered."""
    open_regular(turn)
    assert turn.state.proposal
    return turn.state.proposal


def shown(offers: tuple[Offer, ...]) -> list[str]:
    """`1 Tue 13 Oct 14:00`, in Berlin."""
    return [f"{o.number} {o.start.astimezone(BERLIN):%a %d %b %H:%M}" for o in offers]


def times(turn: PairingTurn) -> list[str]:
    """`Tue 14:00 8x`: what is offered, and how often it is free."""
    return [
        f"{o.start.astimezone(BERLIN):%a %H:%M} {o.why.split()[1]}x" for o in opened(turn).offers
    ]


def told(turn: PairingTurn) -> list[tuple[str, dict[str, Any]]]:
    """What the contact reads; nobody else is written to."""
    return [(e.change.fact, e.change.facts) for e in turn.effects]  # type: ignore[union-attr]
