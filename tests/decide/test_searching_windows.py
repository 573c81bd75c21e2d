"""Where another time of a 1:1 is looked for, and for what (RULES 6).

Not which calendars count: test_slots_searched.py. Not when they are read: test_searching_read.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.searching import (
    Searched,
    search,
    search_window,
    windows,
)
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import Step
from daemon.domain.meeting import Meeting, Origin, Slot
from daemon.domain.people import Days, Hours
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import BERLIN, HALF_HOUR
from tests.decide.searching_cast import CANCELLED, berlin, meeting, turn_of
from tests.stories.cast import ANA, DAN, KOSS


def spans(turn: PairingTurn, about: Meeting = CANCELLED) -> list[str]:
    """The cadence window and the widened one, in Berlin."""
    return [
        f"{s.start.astimezone(BERLIN):%a %d %b %H:%M} to {s.end.astimezone(BERLIN):%a %d %b %H:%M}"
        for s in windows(turn, about)
    ]


NEAR = "Sat 10 Oct 03:00 to Sat 17 Oct 03:00"
WIDE = "Tue 06 Oct 10:00 to Mon 19 Oct 15:00"


@pytest.mark.parametrize(
    ("others", "near", "wide"),
    [
        # half a step before and behind; a day before the next one
        ([], NEAR, WIDE),
        ([meeting("10-06"), meeting("10-20")], NEAR, WIDE),
        # a third of a step from the previous one, wherever that is, and from the next
        ([meeting("10-06", "10-09T15:00")], "Sun 11 Oct 23:00 to Sat 17 Oct 03:00", WIDE),
        ([meeting("10-20", "10-17T15:00")], "Sat 10 Oct 03:00 to Thu 15 Oct 07:00", "Tue 06 Oct 10:00 to Fri 16 Oct 15:00"),
        # what is left out is nobody's neighbour
        ([meeting("10-06", "10-09T15:00", "skipped")], NEAR, WIDE),
        ([meeting("10-20", "10-17T15:00", "skipped")], NEAR, WIDE),
        ([meeting("10-20", "10-17T15:00", "skipped"), meeting("10-27", "10-26T09:00")], NEAR, "Tue 06 Oct 10:00 to Sun 25 Oct 09:00"),
        # until two steps behind, by the clock: it changes on 25 October
        ([meeting("10-20", standing="skipped"), meeting("10-27")], NEAR, "Tue 06 Oct 10:00 to Mon 26 Oct 15:00"),
        ([meeting("10-20", "10-30T09:00")], NEAR, "Tue 06 Oct 10:00 to Mon 26 Oct 15:00"),
        # of several the nearest counts
        ([meeting("09-29"), meeting("10-06", "10-09T15:00")], "Sun 11 Oct 23:00 to Sat 17 Oct 03:00", WIDE),
    ],
)  # fmt: skip
def test_half_a_step_around_the_origin_and_a_third_from_the_neighbours(
    others: list[Meeting], near: str, wide: str
) -> None:
    assert spans(turn_of(CANCELLED, *others)) == [near, wide]


@pytest.mark.parametrize(
    ("changed", "near", "wide"),
    [
        # the notice: 24 hours, or what the program says
        ({"now": berlin("10-12T10:00")}, "Tue 13 Oct 10:00 to Sat 17 Oct 03:00", "Tue 13 Oct 10:00 to Mon 19 Oct 15:00"),
        (
            {"now": berlin("10-12T10:00"), "program": replace(KOSS, notice_hours=6)},
            "Mon 12 Oct 16:00 to Sat 17 Oct 03:00", "Mon 12 Oct 16:00 to Mon 19 Oct 15:00",
        ),
        # nothing past the last day
        ({"ends": date(2026, 10, 15)}, "Sat 10 Oct 03:00 to Fri 16 Oct 00:00", "Tue 06 Oct 10:00 to Fri 16 Oct 00:00"),
        ({"ends": date(2026, 10, 18)}, NEAR, "Tue 06 Oct 10:00 to Mon 19 Oct 00:00"),
        ({"ends": date(2026, 10, 30)}, NEAR, WIDE),
        # the last day is one of the anchor zone
        ({"ends": date(2026, 10, 15), "anchor": "Asia/Kolkata"}, "Sat 10 Oct 03:00 to Thu 15 Oct 20:30", "Tue 06 Oct 10:00 to Thu 15 Oct 20:30"),
        # clocks change on 25 October, and a step is as long as they say
        ({"step": Step(weeks=2)}, "Tue 06 Oct 15:00 to Tue 20 Oct 15:30", "Tue 06 Oct 10:00 to Mon 26 Oct 15:00"),
        # the second Tuesdays: 35 days before, 28 behind
        ({"step": Step(months=1), "nth": 2}, "Tue 06 Oct 10:00 to Tue 27 Oct 14:30", "Tue 06 Oct 10:00 to Mon 09 Nov 15:00"),
    ],
)  # fmt: skip
def test_within_the_notice_the_end_and_the_step(
    changed: dict[str, Any], near: str, wide: str
) -> None:
    assert spans(turn_of(CANCELLED, **changed)) == [near, wide]


def test_a_step_is_as_long_as_the_clock_says() -> None:
    """Clocks change on 25 October: the step behind the 20th has an hour more, that before the 27th too."""
    turn = turn_of(now=berlin("10-12T10:00"))
    assert spans(turn, meeting("10-20"))[0] == "Sat 17 Oct 03:00 to Sat 24 Oct 03:30"
    assert spans(turn, meeting("10-27"))[0] == "Sat 24 Oct 03:30 to Sat 31 Oct 03:00"


@pytest.mark.parametrize("now_at", ["10-12T15:00", "10-16T09:00"])
def test_the_window_is_that_of_the_origin_wherever_the_meeting_is_now(now_at: str) -> None:
    """Moved ahead, it is not its own predecessor; moved back, not its own successor."""
    moved = meeting("10-13", now_at)
    assert spans(turn_of(moved), moved) == [NEAR, WIDE]


# --- searched


def shown(found: Searched | None) -> list[str]:
    assert found is not None
    return [f"{each.slot.start.astimezone(BERLIN):%a %d %H:%M}" for each in found.found]


def test_where_no_window_is_left_nothing_is_read() -> None:
    for now, expected in ((berlin("10-18T15:00"), Searched([])), (berlin("10-18T14:59"), None)):
        turn = turn_of(CANCELLED, now=now, read=False)
        assert search(turn, CANCELLED, frozenset()) == expected
        assert len(turn.needs) == (expected is None)


def test_it_is_as_long_as_it_was_at_the_hour_and_on_the_day_it_was_first_planned() -> None:
    odd = replace(CANCELLED, start=berlin("10-13T16:00"), end=berlin("10-13T17:00"))
    odd = replace(odd, origin=Origin("2026-10-13T15:30", "Europe/Berlin"))
    found = search(turn_of(odd, program=replace(KOSS, offers=1)), odd, frozenset())
    assert shown(found) == ["Tue 13 15:30"]
    assert found and found.found[0].slot.end == berlin("10-13T16:30")
    assert found.found[0].why == "your usual time"
    refused = search(turn_of(odd), odd, frozenset({berlin("10-13T15:30")}))
    assert shown(refused) == ["Sat 10 15:30", "Sun 11 15:30", "Mon 12 15:30"]


def test_only_who_asks_for_a_time_although_it_was_left_out_is_offered_a_holiday() -> None:
    free = replace(KOSS, breaks=(Days(date(2026, 10, 12), date(2026, 10, 16)),))
    away = replace(DAN, away=(Days(date(2026, 10, 14), date(2026, 10, 14)),))
    for standing, expected in (
        ("cancelled", ["Sat 10 15:00", "Sun 11 15:00"]),
        ("skipped", ["Mon 12 15:00", "Thu 15 15:00"]),  # their own absence counts all the same
    ):
        fallen = replace(CANCELLED, standing=standing)
        turn = turn_of(fallen, program=replace(free, offers=2), mentee=away)
        avoid = frozenset({berlin("10-13T15:00"), berlin("10-13T15:30"), berlin("10-13T16:00")})
        if standing == "skipped":
            avoid |= {berlin(f"10-{day}T15:00") for day in (10, 11, 16)}
        assert shown(search(turn, fallen, avoid)) == expected


def test_a_session_is_looked_for_around_two_and_on_no_day_rather_than_another() -> None:
    hours = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))
    turn = turn_of(mentor=replace(ANA, hours=hours), lengths_minutes=(45, 60))
    window = Slot(berlin("10-06T08:00"), berlin("10-13T20:00"))
    found = search_window(turn, window, frozenset())
    assert shown(found) == ["Tue 06 14:00", "Wed 07 14:00", "Thu 08 14:00"]
    assert found and found.found[0].slot.end == berlin("10-06T14:45")
    narrow = Slot(window.start, berlin("10-06T20:00"))
    few = search_window(turn, narrow, frozenset({berlin("10-06T14:00")}))
    assert few and len(few.found) < 3 and not few.widened


@pytest.mark.parametrize(
    ("hidden", "unknown"),
    [
        ((), ()),
        (("ana",), ("mentor",)),
        (("dan",), ("mentee",)),
        (("ana", "dan"), ("mentor", "mentee")),
    ],
)
def test_whose_calendar_is_hidden_is_said(
    hidden: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    turn = turn_of(CANCELLED)
    busy = {f"{who}@example.org": None if who in hidden else () for who in ("ana", "dan")}
    turn.busy[0] = replace(turn.busy[0], busy=busy)
    found = search(turn, CANCELLED, frozenset())
    assert found and found.unknown == unknown


@pytest.mark.parametrize(
    ("who", "kind", "hours", "expected"),
    [
        ("ana", "meeting", (9, 11), "Thu 15 15:00"),
        ("ana", "meeting", (9,), "Wed 14 15:00"),
        ("ana", "picked", (9, 11), "Wed 14 15:00"),  # is no meeting yet
        ("dan", "meeting", (9,), "Thu 15 15:00"),
        ("dan", "offer", (9,), "Wed 14 15:00"),
    ],
)
def test_a_day_with_as_many_1_1s_as_it_may_hold_is_not_offered(
    who: str, kind: Any, hours: tuple[int, ...], expected: str
) -> None:
    """Two on a day of a mentor, one on a day of a mentee."""
    program = replace(
        KOSS, mentor_meetings_per_day=2, mentee_meetings_per_day=1, offers=1, notice_hours=25
    )
    starts = [berlin(f"10-14T{hour:02}:00") for hour in hours]
    bound = tuple(Commitment("pairing/ana-eva", kind, at, at + HALF_HOUR) for at in starts)
    turn = turn_of(CANCELLED, now=berlin("10-12T16:30"), program=program)
    turn.world = replace(turn.world, commitments={who: bound})
    assert shown(search(turn, CANCELLED, frozenset())) == [expected]


@pytest.mark.parametrize("kind", ["meeting", "picked", "offer"])
def test_where_there_is_room_nothing_promised_to_others_is_offered(kind: Any) -> None:
    turn = turn_of(CANCELLED, now=berlin("10-12T10:00"))
    at = berlin("10-14T15:00")
    promised = Commitment("pairing/ana-eva", kind, at, at + HALF_HOUR)
    turn.world = replace(turn.world, commitments={"ana": (promised,)})
    offered = shown(search(turn, CANCELLED, frozenset({CANCELLED.start})))
    assert offered == ["Tue 13 15:30", "Thu 15 15:00", "Fri 16 15:00"]
