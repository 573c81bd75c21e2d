"""A search in a pairing's turn: which calendars and promises become sides, and what is said of it (RULES 6, 7).

Not the arithmetic of slots: test_slots.py. Not what is offered: tests/stories/test_proposal.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.searching import Searched, is_free, search
from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting, Origin, Place, Slot
from daemon.domain.observation import BusyInterval, BusySeen
from daemon.domain.people import Hours
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide import pair_cast
from tests.decide.searching_cast import AFTERNOONS
from tests.stories.cast import ANA, DAN, KOSS, line

NOW = datetime(2026, 10, 12, 7, tzinfo=UTC)
TUESDAY = Meeting(
    Origin("2026-10-13T15:00", "Europe/Berlin"),
    datetime(2026, 10, 13, 13, tzinfo=UTC),
    datetime(2026, 10, 13, 13, 30, tzinfo=UTC),
    "cancelled",
    Place("ana@example.org", "our-series", "2026-10-13T15:00"),
)
ONE_OFF = replace(TUESDAY, place=Place("ana@example.org", "our-one-off"))


def at(day: int, hour: int, minute: int = 0, **more: object) -> BusyInterval:
    """Half an hour in October 2026, by the clock of Berlin."""
    start = datetime(2026, 10, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    return BusyInterval(start, start + timedelta(minutes=30), **more)  # type: ignore[arg-type]


def all_day(day: int) -> BusyInterval:
    return replace(at(day, 8), end=at(day, 20).end)


def promised(kind: str, day: int, hour: int, lane: str = "pairing/ana-eva") -> Commitment:
    return Commitment(lane, kind, at(day, hour).start, at(day, hour).end)  # type: ignore[arg-type]


def turn_of(
    mentor: tuple[BusyInterval, ...] | None = (),
    mentee: tuple[BusyInterval, ...] | None = (),
    *,
    overbook: int = 0,
    bound: tuple[Commitment, ...] = (),
    meeting: Meeting = TUESDAY,
    hours: tuple[Hours, ...] = AFTERNOONS,
) -> PairingTurn:
    """Ana in Berlin, there from 15 to 17, and Dan; their busy times were read in this beat."""
    roster_line = line(replace(ANA, hours=hours, overbook=overbook), DAN)
    turn = pair_cast.turn_of(meeting, now=NOW, of=roster_line, program=KOSS, bounds={"ana": bound})
    busy = {"ana@example.org": mentor, "dan@example.org": mentee}
    turn.busy.append(BusySeen(NOW, NOW + timedelta(days=30), busy, NOW))
    return turn


def searched(turn: PairingTurn, meeting: Meeting = TUESDAY) -> Searched:
    found = search(turn, meeting, frozenset({meeting.start}))
    assert found is not None
    return found


def shown(found: Searched) -> list[str]:
    berlin = ZoneInfo("Europe/Berlin")
    return [f"{each.slot.start.astimezone(berlin):%a %d %H:%M}" for each in found.found]


def test_the_usual_hour_on_the_next_days_within_the_cadence_window() -> None:
    found = searched(turn_of())
    assert shown(found) == ["Wed 14 15:00", "Thu 15 15:00", "Fri 16 15:00"]
    assert (found.widened, found.mentor_known, found.unknown) == (False, True, ())
    assert found.found[1].why == "your usual hour"


def test_what_was_not_offered_is_said_in_one_sentence() -> None:
    found = searched(turn_of(mentor=(at(14, 15), all_day(15))))
    assert shown(found) == ["Tue 13 15:30", "Wed 14 15:30", "Fri 16 15:00"]
    assert (
        found.rejected
        == "not offered: 1 the old hour or an earlier offer, 164 outside the hours, 5 busy"
    )


@pytest.mark.parametrize(
    ("priority", "overbook", "expected"),
    [
        (5, 0, ["Fri 16 15:00", "Fri 16 16:00", "Sat 17 15:00"]),
        (5, 4, ["Fri 16 15:00", "Fri 16 16:00", "Sat 17 15:00"]),
        (5, 5, ["Thu 15 15:00", "Fri 16 15:00", "Fri 16 16:00"]),
        (9, 8, ["Fri 16 15:00", "Fri 16 16:00", "Sat 17 15:00"]),
    ],
)
def test_what_has_at_most_that_priority_may_be_overbooked_and_saves_the_wider_window(
    priority: int, overbook: int, expected: list[str]
) -> None:
    full = tuple(replace(all_day(day), priority=9) for day in (13, 14, 18))
    thursday = replace(all_day(15), priority=priority)
    found = searched(turn_of(mentor=(*full, thursday), overbook=overbook))
    assert shown(found) == expected
    assert found.widened is (priority > overbook)


def test_nothing_is_overbooked_without_saying_so() -> None:
    full = [replace(all_day(day), priority=5) for day in (13, 14, 15)]
    friday = replace(all_day(16), priority=6)
    found = searched(turn_of(mentor=(*full, friday), overbook=5))
    assert shown(found) == ["Tue 13 15:30", "Wed 14 15:00", "Thu 15 15:00"]
    assert {each.why.partition(", ")[2] for each in found.found} == {"over what may give way"}


def test_the_meeting_itself_is_not_in_its_own_way() -> None:
    by_uid = at(14, 15, source="our-one-off")
    by_time = at(13, 15)
    turn = turn_of(mentor=(by_uid, by_time), meeting=ONE_OFF)
    assert "Wed 14 15:00" in shown(searched(turn, ONE_OFF))
    # an event of the series has the uid of all of them
    turn = turn_of(mentor=(replace(by_uid, source="our-series"),))
    assert "Wed 14 15:00" not in shown(searched(turn))


def test_what_another_pairing_was_offered_is_left_alone_unless_too_little_remains() -> None:
    offered = promised("offer", 14, 15)
    assert "Wed 14 15:00" not in shown(searched(turn_of(bound=(offered,))))
    full = tuple(all_day(day) for day in (13, 15, 16, 17, 18))
    scarce = tuple(promised("offer", 14, hour) for hour in (15, 16))
    assert shown(searched(turn_of(mentor=full, bound=scarce))) == ["Wed 14 15:00", "Wed 14 16:00"]
    booked = tuple(replace(each, kind="meeting") for each in scarce)
    assert shown(searched(turn_of(mentor=full, bound=booked))) == ["Wed 14 15:30", "Wed 14 16:30"]
    own = tuple(replace(each, lane="pairing/ana-dan") for each in booked)
    assert "Wed 14 15:00" in shown(searched(turn_of(mentor=full, bound=own)))


def test_fewer_than_three_widen_the_window() -> None:
    full = tuple(all_day(day) for day in (13, 14, 15, 16))
    found = searched(turn_of(mentor=full))
    assert found.widened and shown(found) == ["Sat 17 15:00", "Sat 17 16:00", "Sun 18 15:00"]


@pytest.mark.parametrize(
    ("holiday", "expected"),
    [(18, ["Mon 19 10:30", "Mon 19 11:30"]), (19, ["Sun 18 10:30", "Sun 18 11:30"])],
)
def test_a_holiday_is_not_offered_not_even_the_last_day_of_the_window(
    holiday: int, expected: list[str]
) -> None:
    full = tuple(all_day(day) for day in (13, 14, 15, 16, 17))
    turn = turn_of(mentor=full, hours=tuple(Hours(day, 10 * 60, 12 * 60) for day in range(7)))
    program = replace(KOSS, holidays=("DE-BE",))
    days = {"DE-BE": frozenset({date(2026, 10, holiday)})}
    turn.world = replace(turn.world, program=program, holidays=days)
    assert shown(searched(turn)) == expected


def test_busy_times_that_were_not_read_are_asked_for_and_unknown_ones_are_said() -> None:
    turn = turn_of()
    turn.busy.clear()
    assert search(turn, TUESDAY, frozenset()) is None
    assert [need.people for need in turn.needs] == [("ana@example.org", "dan@example.org")]
    found = searched(turn_of(mentor=None))
    assert (found.mentor_known, found.unknown) == (False, ("mentor",))


@pytest.mark.parametrize(
    ("busy", "bound", "free"),
    [
        ((), (), True),
        ((at(14, 15),), (), False),
        ((at(14, 15, priority=0),), (), True),
        ((), (promised("meeting", 14, 15),), False),
        ((), (promised("offer", 14, 15),), True),
    ],
)
def test_is_free_just_before_the_move(
    busy: tuple[BusyInterval, ...], bound: tuple[Commitment, ...], free: bool
) -> None:
    wednesday = at(14, 15)
    turn = turn_of(mentor=busy, bound=bound)
    assert is_free(turn, TUESDAY, Slot(wednesday.start, wednesday.end)) is free
