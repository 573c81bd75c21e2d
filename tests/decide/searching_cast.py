"""Words for questions about one search: a 1:1 of a Tuesday at three, a pair in Berlin, calendars that are empty.

Not Ana and Ben: pair_cast.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.observation import BusySeen
from daemon.domain.people import Hours
from daemon.domain.program import Program
from daemon.domain.value import replace
from tests.decide import pair_cast
from tests.decide.pair_cast import BERLIN, DAY, HALF_HOUR
from tests.stories.cast import ANA, DAN, KOSS, line

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
"""Monday, 10:00 in Berlin."""
AFTERNOONS = tuple(Hours(day, 15 * 60, 17 * 60) for day in range(7))


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BERLIN).astimezone(UTC)


def meeting(day: str, moved_to: str = "", standing: Any = "planned") -> Meeting:
    """A 1:1 planned for 15:00, perhaps at another time now."""
    start = berlin(moved_to or f"{day}T15:00")
    return Meeting(Origin(f"2026-{day}T15:00", "Europe/Berlin"), start, start + HALF_HOUR, standing)


CANCELLED = meeting("10-13", standing="cancelled")


def turn_of(
    *meetings: Meeting,
    now: datetime = NOW,
    step: Step | None = None,
    nth: int = 0,
    ends: date | None = None,
    program: Program = KOSS,
    read: bool = True,
    **more: Any,
) -> PairingTurn:
    roster_line = replace(
        line(replace(ANA, hours=AFTERNOONS), DAN, RegularTime(1, 15, 0, nth)),
        cadence=Cadence(step or Step(weeks=1)), ends=ends, **more,
    )  # fmt: skip
    turn = pair_cast.turn_of(*meetings, now=now, of=roster_line, program=program)
    if read:
        turn.busy.append(busy_seen(now, now + 90 * DAY))
    return turn


def busy_seen(start: datetime, end: datetime, **more: Any) -> BusySeen:
    return BusySeen(start, end, {"ana@example.org": (), "dan@example.org": ()}, start, **more)
