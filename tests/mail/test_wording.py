"""The wording of rhythms, lists of numbers and stretches of days, as tables.

Not about single times: tests/mail/test_times.py has those.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.mail import wording
from daemon.mail.times import Reading

KOLKATA = Reading("Asia/Kolkata", "Europe/Berlin")
BERLIN = Reading("Europe/Berlin", "Asia/Kolkata")
TUESDAY = "2026-12-01T14:00:00Z"

AMOUNTS = [
    (([30], 1, 0, 0), "30 minutes a week"),
    (([30], 2, 0, 0), "30 minutes every two weeks"),
    (([45], 0, 1, 0), "45 minutes a month"),
    (([45], 0, 3, 0), "45 minutes every three months"),
    (([30, 60], 1, 0, 0), "30 and 60 minutes in turn, every week"),
    (([30, 45, 60], 0, 1, 0), "30, 45 and 60 minutes in turn, once a month"),
    (([30], 2, 0, 6), "six sessions of 30 minutes"),
    (([60], 1, 0, 1), "one session of 60 minutes"),
    (([30], 1, 0, 12), "12 sessions of 30 minutes"),
]


@pytest.mark.parametrize(("value", "shown"), AMOUNTS, ids=[shown for _, shown in AMOUNTS])
def test_how_much_a_pair_meets(value: Any, shown: str) -> None:
    assert wording.amount(value, KOLKATA) == shown


HOW_OFTEN = [
    ((1, 0), "every week"),
    ((2, 0), "every two weeks"),
    ((13, 0), "every 13 weeks"),
    ((0, 1), "once a month"),
    ((0, 3), "every three months"),
]


@pytest.mark.parametrize(("value", "shown"), HOW_OFTEN, ids=[shown for _, shown in HOW_OFTEN])
def test_how_often_a_pair_meets(value: tuple[int, int], shown: str) -> None:
    assert wording.how_often(value, KOLKATA) == shown


# A Thursday in Berlin that is a Friday in Taipei, and the same hour seen from there.
LATE = "2026-12-03T20:00:00Z"
BERLIN_TAIPEI = Reading("Europe/Berlin", "Asia/Taipei")
TAIPEI = Reading("Asia/Taipei", "Europe/Berlin")
EARLY = "2026-12-01T23:30:00Z"  # Wednesday morning in Berlin, Tuesday evening in New York
NEW_YORK = Reading("America/New_York", "Europe/Berlin")

REGULAR = [
    (TUESDAY, KOLKATA, 1, 0, "Tuesdays 19:30 Kolkata (15:00 Berlin)"),
    (TUESDAY, BERLIN, 2, 0, "every second Tuesday, 15:00 Berlin (19:30 Kolkata)"),
    (TUESDAY, BERLIN, 3, 0, "every three weeks on Tuesday, 15:00 Berlin (19:30 Kolkata)"),
    (LATE, BERLIN_TAIPEI, 2, 0, "every second Thursday, 21:00 Berlin (Fridays 04:00 Taipei)"),
    (TUESDAY, BERLIN, 0, 1, "the first Tuesday of the month, 15:00 Berlin (19:30 Kolkata)"),
    (TUESDAY, KOLKATA, 0, 3, "the first Tuesday every three months, 19:30 Kolkata (15:00 Berlin)"),
    (
        "2026-12-22T14:00:00Z",
        KOLKATA,
        0,
        1,
        "the fourth Tuesday of the month, 19:30 Kolkata (15:00 Berlin)",
    ),
    # A fifth is the last: not every month has five.
    (
        "2026-12-29T14:00:00Z",
        KOLKATA,
        0,
        1,
        "the last Tuesday of the month, 19:30 Kolkata (15:00 Berlin)",
    ),
    # Which one of the month is counted where the wall clock of the pair is.
    (
        LATE,
        TAIPEI,
        0,
        1,
        "the day after the first Thursday of the month, 04:00 Taipei (Thursdays 21:00 Berlin)",
    ),
    (
        EARLY,
        NEW_YORK,
        0,
        1,
        "the day before the first Wednesday of the month, 18:30 New York (Wednesdays 00:30 Berlin)",
    ),
    (TUESDAY, Reading("Europe/Berlin", "Europe/Paris"), 1, 0, "Tuesdays 15:00"),
    (TUESDAY, Reading("Europe/Berlin", "Europe/Paris"), 0, 1, "the first Tuesday of the month, 15:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reading", "weeks", "months", "shown"), REGULAR, ids=[each[-1] for each in REGULAR]
)
def test_a_regular_time(text: str, reading: Reading, weeks: int, months: int, shown: str) -> None:
    assert wording.regular(text, reading, weeks, months, "Europe/Berlin") == shown


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("reading", [BERLIN, KOLKATA, TAIPEI], ids=["Berlin", "Kolkata", "Taipei"])
def test_a_monthly_time_is_called_the_same_in_every_month(reading: Reading, month: int) -> None:
    """The day after a first Monday may be a second Tuesday: only one of the two names holds all year."""
    first_monday = (1 - date(2027, month, 1).isoweekday()) % 7 + 1
    shown = wording.regular(
        f"2027-{month:02}-{first_monday:02}T20:30:00+01:00", reading, 0, 1, "Europe/Berlin"
    )
    assert "the first Monday of the month" in shown


def test_another_anchor_is_another_calendar_to_count_on() -> None:
    shown = wording.regular(LATE, TAIPEI, 0, 1, "Asia/Taipei")
    assert shown.startswith("the first Friday of the month, 04:00")


NUMBERS = [([1], "1"), ([1, 3], "1 or 3"), ([4, 5, 6], "4, 5 or 6")]


@pytest.mark.parametrize(("numbers", "shown"), NUMBERS, ids=[shown for _, shown in NUMBERS])
def test_the_numbers_of_slots(numbers: list[int], shown: str) -> None:
    assert wording.numbers([{"number": number} for number in numbers], KOLKATA) == shown


DAYS = [
    (("2026-12-10", "2026-12-10"), "on 10 December"),
    (("2026-12-10", "2026-12-24"), "from 10 to 24 December"),
    (("2026-12-20", "2027-01-03"), "from 20 December to 3 January"),
    (("2026-12-10", "2027-12-10"), "from 10 December 2026 to 10 December 2027"),
]


@pytest.mark.parametrize(("value", "shown"), DAYS, ids=[shown for _, shown in DAYS])
def test_a_stretch_of_days(value: tuple[str, str], shown: str) -> None:
    assert wording.days(value, KOLKATA) == shown


SHIFTED = [
    (-60, "One hour earlier than usual"),
    (60, "One hour later than usual"),
    (-120, "Two hours earlier than usual"),
    (30, "30 minutes later than usual"),
    (-90, "90 minutes earlier than usual"),
]


@pytest.mark.parametrize(("minutes", "shown"), SHIFTED, ids=[shown for _, shown in SHIFTED])
def test_clocks_that_changed(minutes: int, shown: str) -> None:
    assert wording.shifted(minutes, KOLKATA) == shown


def test_small_numbers_are_words_and_zones_are_cities() -> None:
    assert [wording.spelled(n, KOLKATA) for n in (0, 1, 10, 11)] == ["no", "one", "ten", "11"]
    assert wording.minutes([20], KOLKATA) == "20 minutes"
    assert wording.city("America/Argentina/Buenos_Aires", KOLKATA) == "Buenos Aires"
