"""Which regular times suit two people: tables, and random worlds against dates looked at one by one (RULES 6).

Not how they are offered and agreed: tests/stories/test_pairing.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.moment import instant, local_day
from daemon.decide.regular_times import Regular, Sought, regular_times
from daemon.decide.slots import Side, overlaps, within
from daemon.domain.cadence import RegularTime, Step, first_wall
from daemon.domain.meeting import Slot
from daemon.domain.people import Hours
from daemon.domain.value import replace

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
VANCOUVER, LORD_HOWE = ZoneInfo("America/Vancouver"), ZoneInfo("Australia/Lord_Howe")
HALF_HOUR, HOUR, DAY = timedelta(minutes=30), timedelta(hours=1), timedelta(days=1)
WEEKLY, BIWEEKLY, MONTHLY = Step(weeks=1), Step(weeks=2), Step(months=1, nth=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def every_day(first: int, after: int) -> tuple[Hours, ...]:
    """The same hours on every day of the week."""
    return tuple(Hours(day, first * 60, after * 60) for day in range(7))


def side(hours: tuple[Hours, ...], *taken: Slot, zone: ZoneInfo = BERLIN) -> Side:
    return Side(zone, hours, taken)


MONDAYS = (Hours(0, 14 * 60, 16 * 60), Hours(2, 9 * 60, 10 * 60))
SOUGHT = Sought(BERLIN, WEEKLY, 8, date(2026, 10, 6), utc("2026-10-06T08:00"), HOUR)
"""Eight weeks from Tuesday 6 October 2026 on; clocks change on 25 October."""


def shown(found: list[Regular]) -> list[str]:
    return [f"{each.first.astimezone(BERLIN):%a %d %b %H:%M} {each.free}x" for each in found]


def weekly(start: str, times: int, length: timedelta = HOUR) -> tuple[Slot, ...]:
    """The same wall clock in Berlin, week after week."""
    wall = datetime.fromisoformat(start)
    starts = [instant(wall + number * 7 * DAY, BERLIN) for number in range(times)]
    return tuple(Slot(each, each + length) for each in starts)


@pytest.mark.parametrize(
    ("mentor", "mentee", "changed", "expected"),
    [
        # what is nearest to the middle of the day is offered first, at the same wall clock all along
        (
            side(MONDAYS),
            side(every_day(0, 24)),
            {},
            ["Mon 12 Oct 14:00 8x", "Mon 12 Oct 14:30 8x", "Mon 12 Oct 15:00 8x", "Wed 07 Oct 09:00 8x"],
        ),
        # taken three times of eight: still most of them, but behind what is always free
        (
            side(MONDAYS, *weekly("2026-10-12T14:00", 3)),
            side(every_day(0, 24)),
            {},
            ["Mon 12 Oct 15:00 8x", "Wed 07 Oct 09:00 8x", "Mon 12 Oct 14:00 5x", "Mon 12 Oct 14:30 5x"],
        ),
        # taken five times of eight: too often, while others are better
        (
            side(MONDAYS, *weekly("2026-10-12T14:00", 5)),
            side(every_day(0, 24)),
            {},
            ["Mon 12 Oct 15:00 8x", "Wed 07 Oct 09:00 8x"],
        ),
        # nothing is free in most of the dates: what is free most often
        (
            side(MONDAYS, *weekly("2026-10-12T14:00", 5, 2 * HOUR), *weekly("2026-10-07T09:00", 6)),
            side(every_day(0, 24)),
            {},
            ["Mon 12 Oct 14:00 3x", "Mon 12 Oct 14:30 3x", "Mon 12 Oct 15:00 3x"],
        ),
        # a date that is off is not free
        (
            side(MONDAYS),
            side(every_day(0, 24)),
            {"off": (Slot(utc("2026-10-12T00:00"), utc("2026-10-14T00:00")),)},
            ["Wed 07 Oct 09:00 8x", "Mon 12 Oct 14:00 7x", "Mon 12 Oct 14:30 7x", "Mon 12 Oct 15:00 7x"],
        ),
        # too soon on the first date: the first one is a week later
        (
            side(MONDAYS),
            side(every_day(0, 24)),
            {"earliest": utc("2026-10-07T07:30"), "from_day": date(2026, 10, 7)},
            ["Mon 12 Oct 14:00 8x", "Mon 12 Oct 14:30 8x", "Mon 12 Oct 15:00 8x", "Wed 14 Oct 09:00 8x"],
        ),
        # offered before
        (
            side(MONDAYS),
            side(every_day(0, 24)),
            {"avoid": frozenset({utc("2026-10-12T12:30"), utc("2026-10-07T07:00")})},
            ["Mon 12 Oct 14:00 8x", "Mon 12 Oct 15:00 8x"],
        ),
        # never in what is never offered
        (
            replace(side(MONDAYS), blackout=(Hours(0, 14 * 60 + 30, 15 * 60),)),
            side(every_day(0, 24)),
            {},
            ["Mon 12 Oct 15:00 8x", "Wed 07 Oct 09:00 8x"],
        ),
        # in the hours of both at every date: in the week of 25 October Vancouver is an hour nearer
        (
            side(every_day(16, 19)),
            side((Hours(1, 9 * 60, 11 * 60),), zone=VANCOUVER),
            {"length": HALF_HOUR},
            ["Tue 06 Oct 18:30 8x", "Tue 06 Oct 18:00 8x"],
        ),
        (
            side(every_day(16, 19)),
            side((Hours(1, 9 * 60, 10 * 60),), zone=VANCOUVER),
            {"length": HALF_HOUR},
            [],
        ),
        # every second Wednesday; the second, third, fourth and first Monday of the month
        (side(MONDAYS[1:]), side(every_day(0, 24)), {"step": BIWEEKLY, "dates": 4}, ["Wed 07 Oct 09:00 4x"]),
        (
            side((Hours(0, 14 * 60, 15 * 60),)),
            side(every_day(0, 24)),
            {"step": MONTHLY, "dates": 4},
            [
                "Mon 12 Oct 14:00 4x",
                "Mon 19 Oct 14:00 4x",
                "Mon 26 Oct 14:00 4x",
                "Mon 02 Nov 14:00 4x",
            ],
        ),
        (side(every_day(9, 10)), side(every_day(11, 12)), {}, []),
    ],
)  # fmt: skip
def test_regular_times(
    mentor: Side, mentee: Side, changed: dict[str, object], expected: list[str]
) -> None:
    assert shown(regular_times(replace(SOUGHT, **changed), (mentor, mentee))) == expected


def test_far_zones_share_the_burden() -> None:
    sought = replace(SOUGHT, length=HALF_HOUR)
    found = regular_times(sought, (side(every_day(9, 18)), side(every_day(9, 21), zone=KOLKATA)))
    first = found[0].first
    assert [f"{first.astimezone(zone):%H:%M}" for zone in (BERLIN, KOLKATA)] == ["12:00", "15:30"]
    assert found[0].away_minutes == 120


def test_promises_elsewhere_count_without_a_buffer_and_calendars_with_it() -> None:
    promised = weekly("2026-10-07T10:00", 8)
    mentee = side(every_day(0, 24))
    for mentor, expected in (
        (Side(BERLIN, MONDAYS[1:], (), buffer_minutes=10, bound=promised), ["Wed 07 Oct 09:00 8x"]),
        (Side(BERLIN, MONDAYS[1:], promised, buffer_minutes=10), []),
    ):
        assert shown(regular_times(SOUGHT, (mentor, mentee))) == expected


# --- random worlds


def one_by_one(sought: Sought, sides: tuple[Side, Side]) -> list[Regular]:
    """Every candidate, every date of it, every interval."""
    found = []
    nths = (1, 2, 3, 4) if sought.step.months else (0,)
    for at in (
        RegularTime(day, minute // 60, minute % 60, nth)
        for nth in nths
        for day in range(7)
        for minute in range(0, 1440, 30)
    ):
        regular = judged(sought, sides, at)
        if regular and regular.first not in sought.avoid:
            found.append(regular)
    most = max((each.free for each in found), default=0)
    good = [each for each in found if each.free * 2 > sought.dates or each.free == most]
    return sorted(good, key=lambda each: (-each.free, each.away_minutes, each.first))


def judged(sought: Sought, sides: tuple[Side, Side], at: RegularTime) -> Regular | None:
    step = replace(sought.step, nth=at.nth)
    first = first_wall(at, step, sought.from_day)
    if instant(first, sought.zone) < sought.earliest:
        first = step.wall(first, 1)
    free = 0
    for number in range(sought.dates):
        start = instant(step.wall(first, number), sought.zone)
        slot = Slot(start, start + sought.length)
        if not all(fits(slot, side) for side in sides):
            return None
        off = any(each.start <= start < each.end for each in sought.off)
        free += not off and all(is_free(slot, side) for side in sides)
    if not free:
        return None
    start = instant(first, sought.zone)
    worst = max(from_two_in_the_afternoon(start, side) for side in sides)
    return Regular(at, start, start + sought.length, free, worst)


def fits(slot: Slot, side: Side) -> bool:
    day = local_day(slot.start, side.zone)
    never = any(
        each.weekday == day.weekday()
        and overlaps(
            slot,
            [
                Slot(
                    *(
                        instant(datetime.combine(day, datetime.min.time()) + minute * timedelta(minutes=1), side.zone)
                        for minute in (each.from_minute, each.to_minute)
                    )
                )
            ],
        )
        for each in side.blackout
    )  # fmt: skip
    return within(slot, side.zone, side.hours) and not never


def is_free(slot: Slot, side: Side) -> bool:
    wide = Slot(slot.start - side.buffer, slot.end + side.buffer)
    return not overlaps(wide, side.taken) and not overlaps(slot, side.bound)


def from_two_in_the_afternoon(start: datetime, side: Side) -> int:
    local = start.astimezone(side.zone)
    away = abs(local.hour * 60 + local.minute - 840)
    return min(away, 1440 - away)


ZONES = (
    "Europe/Berlin", "America/New_York", "America/Santiago", "America/St_Johns", "Asia/Kolkata",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "Atlantic/Azores", "Africa/Cairo",
)  # fmt: skip


def random_world(seed: int) -> tuple[Sought, tuple[Side, Side]]:
    """A question in the weeks in which clocks change, with hours that touch the night."""
    chance = Random(seed)
    earliest = utc(chance.choice(["2026-03-20T07:13", "2026-10-20T22:40", "2027-03-27T23:00"]))
    zones = [ZoneInfo(name) for name in chance.sample(ZONES, 2)]
    anchor = chance.choice(zones)
    step = chance.choice([WEEKLY, WEEKLY, BIWEEKLY, MONTHLY])
    busy = [
        earliest + timedelta(minutes=chance.randrange(200 * 1440), seconds=chance.choice([0, 31]))
        for _ in range(300)
    ]
    sides = tuple(
        Side(
            zone,
            tuple(
                Hours(day, *each)
                for day in range(chance.choice([5, 7]))
                for each in chance.choice([((0, 1440),), ((0, 150), (150, 900)), ((540, 1080),)])
            ),
            tuple(
                Slot(at, at + timedelta(minutes=chance.randrange(1, 400))) for at in busy[half::2]
            ),
            (Hours(chance.randrange(7), 90, 200),),
            chance.choice([0, 10]),
            bound=weekly("2026-10-21T15:00", 3),
        )
        for half, zone in enumerate(zones)
    )
    begins = earliest + timedelta(days=chance.randrange(60))
    from_day = local_day(earliest, anchor) + chance.choice([0, 0, 9]) * DAY
    return (
        Sought(
            anchor, step, chance.choice([3, 4]), from_day, earliest,
            timedelta(minutes=chance.choice([30, 45, 60])), (Slot(begins, begins + 9 * DAY),),
        ),
        (sides[0], sides[1]),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_what_is_found_is_what_looking_at_every_date_finds(seed: int) -> None:
    sought, sides = random_world(seed)
    assert regular_times(sought, sides) == one_by_one(sought, sides)
