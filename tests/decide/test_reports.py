"""When a report is due, as a table: the first Monday after a period, at eight; of what was missed the newest alone.

Not what stands in it: tests/stories/test_reports.py.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.reports import Period, period_to_tell, readers_of, rhythms_of
from daemon.domain.program import Reader, Rhythm
from tests.decide.pair_cast import ruled

KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("rhythm", "now", "name", "first", "after"),
    [
        ("weekly", "2026-12-07T07:59", "2026-W48", "2026-11-23", "2026-11-30"),
        ("weekly", "2026-12-07T08:00", "2026-W49", "2026-11-30", "2026-12-07"),
        ("weekly", "2027-01-04T08:00", "2026-W53", "2026-12-28", "2027-01-04"),
        ("weekly", "2027-01-10T23:59", "2026-W53", "2026-12-28", "2027-01-04"),
        ("monthly", "2026-12-07T07:59", "2026-10", "2026-10-01", "2026-11-01"),
        ("monthly", "2026-12-07T08:00", "2026-11", "2026-11-01", "2026-12-01"),
        ("monthly", "2026-12-31T23:59", "2026-11", "2026-11-01", "2026-12-01"),
        ("monthly", "2027-01-04T08:00", "2026-12", "2026-12-01", "2027-01-01"),
        ("monthly", "2027-02-01T08:00", "2027-01", "2027-01-01", "2027-02-01"),  # itself a Monday
        ("monthly", "2027-02-01T07:59", "2026-12", "2026-12-01", "2027-01-01"),
        ("quarterly", "2026-10-05T07:59", "2026-Q2", "2026-04-01", "2026-07-01"),
        ("quarterly", "2026-10-05T08:00", "2026-Q3", "2026-07-01", "2026-10-01"),
        ("quarterly", "2026-12-28T08:00", "2026-Q3", "2026-07-01", "2026-10-01"),
        ("quarterly", "2027-01-04T08:00", "2026-Q4", "2026-10-01", "2027-01-01"),
        ("annual", "2027-01-04T07:59", "2025", "2025-01-01", "2026-01-01"),
        ("annual", "2027-01-04T08:00", "2026", "2026-01-01", "2027-01-01"),
        ("annual", "2027-12-31T08:00", "2026", "2026-01-01", "2027-01-01"),
    ],
)
def test_which_period_is_told(rhythm: Rhythm, now: str, name: str, first: str, after: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=KOLKATA)
    found = period_to_tell(rhythm, at, KOLKATA)
    assert found == Period(rhythm, date.fromisoformat(first), date.fromisoformat(after))
    assert found.name == name


ONE, TWO = Reader("Dean", "dean@x.org", ("quarterly",)), Reader("Board", "board@x.org")
WHOLE: tuple[Rhythm, ...] = ("weekly", "monthly", "quarterly", "annual")


@pytest.mark.parametrize(
    ("readers", "read"),
    [
        ((), [[], [""], [""], [""]]),
        ((TWO,), [[], ["board@x.org"], ["board@x.org"], ["board@x.org"]]),
        ((ONE,), [[], [""], ["dean@x.org"], [""]]),
        ((ONE, TWO), [[], ["board@x.org"], ["dean@x.org", "board@x.org"], ["board@x.org"]]),
        ((Reader("Dean", "dean@x.org", ("weekly",)),), [["dean@x.org"], [""], [""], [""]]),
    ],
)
def test_who_reads_which_and_the_contact_what_nobody_named_reads(
    readers: tuple[Reader, ...], read: list[list[str]]
) -> None:
    program = ruled(reports=WHOLE, reports_to=readers)
    assert [readers_of(program, each) for each in WHOLE] == read
    assert ("weekly" in rhythms_of(program)) == bool(read[0])
    assert rhythms_of(ruled(reports=(), reports_to=readers)) == ()


def test_it_goes_from_midnight_to_midnight_of_the_program() -> None:
    since, until = Period("monthly", date(2026, 11, 1), date(2026, 12, 1)).span(KOLKATA)
    assert (since.isoformat(), until.isoformat()) == (
        "2026-10-31T18:30:00+00:00",
        "2026-11-30T18:30:00+00:00",
    )
