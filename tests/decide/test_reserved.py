"""When a pair's second reserved time is in the week of a 1:1, whether it can be offered, and what is offered beside it.

Not the proposal that names it: tests/stories/test_second_time.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from daemon.decide.offering import numbered
from daemon.decide.reserved import second_time
from daemon.decide.searching import search
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import RegularTime
from daemon.domain.meeting import Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.people import Days, Hours
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import DAY, HALF_HOUR
from tests.decide.searching_cast import CANCELLED, NOW, berlin, busy_seen, meeting, turn_of
from tests.stories.cast import KOSS

THURSDAY = RegularTime(3, 16, 0)
SECOND = "10-15T16:00"


@pytest.mark.parametrize(
    ("planned", "at", "expected"),
    [
        ("10-13", THURSDAY, "10-15T16:00"),
        ("10-20", THURSDAY, "10-22T16:00"),
        ("10-13", RegularTime(0, 9, 30), "10-12T09:30"),  # it may lie before it
        ("10-13", RegularTime(6, 9, 30), "10-18T09:30"),  # a week begins on Monday
        ("10-18", RegularTime(0, 9, 30), "10-12T09:30"),
        ("10-20", RegularTime(6, 9, 30), "10-25T09:30"),  # and its clock is that of the pair
    ],
)
def test_it_is_of_the_week_for_which_the_1_1_was_planned(
    planned: str, at: RegularTime, expected: str
) -> None:
    fallen = meeting(planned, standing="cancelled")
    start = berlin(expected)
    turn = turn_of(fallen, fallback_at=at)
    assert second_time(turn, fallen) == Slot(start, start + HALF_HOUR)
    moved_before = replace(fallen, start=fallen.start + 9 * DAY, end=fallen.end + 9 * DAY)
    assert second_time(turn, moved_before) == Slot(start, start + HALF_HOUR)


def test_where_none_is_reserved_there_is_none() -> None:
    assert second_time(turn_of(CANCELLED), CANCELLED) is None


def offers(turn: PairingTurn, avoid: frozenset[datetime] = frozenset()) -> list[str]:
    """What is offered for the 1:1 of the 13th: number, time in Berlin, and whether it is the reserved one."""
    found = search(turn, CANCELLED, avoid)
    assert found is not None
    return [
        f"{each.number} {each.start.astimezone(turn.zone('Europe/Berlin')):%d %H:%M}{' reserved' if each.second else ''}"
        for each in numbered(turn, found.found, 1)
    ]


def reserved(**more: Any) -> PairingTurn:
    """A pair with Thursdays at four, of whom both are there from three to five."""
    return turn_of(CANCELLED, **{"fallback_at": THURSDAY, **more})


AVOIDED = frozenset({CANCELLED.start})
"""Where it just fell out."""


def test_it_is_the_first_and_the_others_are_of_other_days() -> None:
    assert offers(reserved(), AVOIDED) == ["1 15 16:00 reserved", "2 10 15:00", "3 11 15:00"]
    assert offers(turn_of(CANCELLED), AVOIDED) == ["1 10 15:00", "2 11 15:00", "3 12 15:00"]
    assert offers(reserved(program=replace(KOSS, offers=1))) == ["1 15 16:00 reserved"]


def test_another_time_of_that_day_only_where_nothing_else_is_left() -> None:
    before, after = ((5, 14), (16, 25))
    breaks = tuple(Days(date(2026, 10, first), date(2026, 10, last)) for first, last in (before, after))  # fmt: skip
    only = reserved(program=replace(KOSS, breaks=breaks))
    assert offers(only) == ["1 15 16:00 reserved", "2 15 15:00"]
    at_three = reserved(program=replace(KOSS, breaks=breaks), fallback_at=RegularTime(3, 15, 0))
    assert offers(at_three) == ["1 15 15:00 reserved", "2 15 15:30"]


def busy(person: str, start: str, priority: int = 5) -> PairingTurn:
    """Somebody has something for half an hour."""
    turn = reserved(read=False)
    begins = berlin(start)
    lies = BusyInterval(begins, begins + HALF_HOUR, priority)
    seen = busy_seen(NOW, NOW + 90 * DAY)
    turn.busy.append(replace(seen, busy={**seen.busy, person: (lies,)}))
    return turn


def without(**person: Any) -> PairingTurn:
    """The mentor keeps other hours, and so on."""
    turn = reserved()
    line = turn.state.line
    turn.state = replace(turn.state, line=replace(line, mentor=replace(line.mentor, **person)))
    return turn


@pytest.mark.parametrize(
    "turn",
    [
        busy("ana@example.org", SECOND),
        busy("dan@example.org", "10-15T16:15"),
        without(hours=tuple(Hours(day, 15 * 60, 16 * 60) for day in range(7))),
        without(blackout=(Hours(3, 16 * 60, 17 * 60),)),
        reserved(program=replace(KOSS, breaks=(Days(berlin(SECOND).date(), berlin(SECOND).date()),))),
        reserved(now=berlin("10-14T17:00")),  # less than the notice ahead
        reserved(now=berlin("10-16T10:00")),  # over
        reserved(ends=berlin("10-14T12:00").date()),
    ],
)  # fmt: skip
def test_where_it_cannot_be_it_is_not_offered(turn: PairingTurn) -> None:
    found = search(turn, CANCELLED, frozenset())
    assert found is not None and not any(each.second for each in found.found)


def test_what_may_give_way_does_not_give_way_to_it() -> None:
    turn = busy("ana@example.org", SECOND, priority=3)
    line = turn.state.line
    turn.state = replace(turn.state, line=replace(line, mentor=replace(line.mentor, overbook=3)))
    assert not any("reserved" in each for each in offers(turn))


def test_offered_before_it_is_not_offered_anew() -> None:
    assert not any("reserved" in each for each in offers(reserved(), frozenset({berlin(SECOND)})))


def test_what_another_pairing_has_or_is_offered_then_is_left_alone() -> None:
    start = berlin(SECOND)
    for kind in ("meeting", "picked", "offer"):
        turn = reserved()
        bound = Commitment("pairing/else", kind, start, start + HALF_HOUR)
        turn.world = replace(turn.world, commitments={"ana": (bound,)})
        assert not any("reserved" in each for each in offers(turn)), kind
