"""What takes time in a calendar, by literal texts: status, transparency, answers, days, absences.

Not the rules of slots: priorities are weighed in daemon/decide.
"""

from __future__ import annotations

import pytest

from daemon.ical.busy import busy_of
from daemon.ical.parsing import parse
from tests.conformance.following import utc
from tests.conformance.texts import ANA, WEEKLY, WINDOW, ics

BUSY: dict[str, tuple[str, list[tuple[str, str, int]]]] = {
    "an ordinary event": (
        "DTSTART:20261027T090000Z\nDTEND:20261027T100000Z\n",
        [("2026-10-27T09:00", "2026-10-27T10:00", 5)],
    ),
    "transparent": ("DTSTART:20261027T090000Z\nDTEND:20261027T100000Z\nTRANSP:TRANSPARENT\n", []),
    "cancelled": ("DTSTART:20261027T090000Z\nDTEND:20261027T100000Z\nSTATUS:CANCELLED\n", []),
    "tentative": (
        "DTSTART:20261027T090000Z\nDTEND:20261027T100000Z\nSTATUS:TENTATIVE\n",
        [("2026-10-27T09:00", "2026-10-27T10:00", 3)],
    ),
    "declined by its owner": (
        "DTSTART:20261027T090000Z\nDTEND:20261027T100000Z\n"
        f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ANA}\n",
        [],
    ),
    "declined by somebody else": (
        "DTSTART:20261027T090000Z\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:x@y.example\n",
        [("2026-10-27T09:00", "2026-10-27T10:00", 5)],
    ),
    "a whole day at home in Berlin (trap_23)": (
        "DTSTART;VALUE=DATE:20261027\nDTEND;VALUE=DATE:20261028\n",
        [("2026-10-26T23:00", "2026-10-27T23:00", 5)],
    ),
    "a free whole day: a birthday (trap_22)": (
        "DTSTART;VALUE=DATE:20261027\nTRANSP:TRANSPARENT\n",
        [],
    ),
    "monthly, last Friday (trap_11)": (
        "DTSTART;TZID=Europe/Berlin:20260130T100000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=-1FR\n",
        [("2026-10-30T09:00", "2026-10-30T10:00", 5)],
    ),
    "on two days of the week": (
        "DTSTART;TZID=Europe/Berlin:20261006T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH\n"
        "EXDATE;TZID=Europe/Berlin:20261103T100000\n",
        [
            ("2026-10-27T09:00", "2026-10-27T10:00", 5),
            ("2026-10-29T09:00", "2026-10-29T10:00", 5),
            ("2026-11-05T09:00", "2026-11-05T10:00", 5),
        ],
    ),
}


@pytest.mark.parametrize("name", BUSY)
def test_trap_22_trap_23_what_takes_time(name: str) -> None:
    text, expected = BUSY[name]
    taken = busy_of(parse(ics(text)), ANA, WINDOW, "Europe/Berlin")
    assert [(t.start, t.end, t.priority) for t in sorted(taken, key=lambda t: t.start)] == [
        (utc(start), utc(end), priority) for start, end, priority in expected
    ]


def test_trap_23_a_day_of_somebody_without_a_known_zone_takes_all_that_it_might() -> None:
    (taken,) = busy_of(parse(ics("DTSTART;VALUE=DATE:20261027\n")), ANA, WINDOW)
    assert (taken.start, taken.end) == (utc("2026-10-26T10:00"), utc("2026-10-28T12:00"))


def test_a_moved_occurrence_of_a_foreign_series_is_busy_where_it_is() -> None:
    moved = "RECURRENCE-ID;TZID=Europe/Berlin:20261029T100000\nDTSTART:20261030T120000Z\nDURATION:PT1H\n"
    raw = ics(WEEKLY + "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261101T000000Z\n", moved)
    assert sorted(taken.start for taken in busy_of(parse(raw), ANA, WINDOW)) == [
        utc("2026-10-27T09:00"),
        utc("2026-10-30T12:00"),
    ]
