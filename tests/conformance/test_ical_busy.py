"""What takes time in a calendar, by literal texts: status, transparency, answers, days, absences.

Not the rules of slots: priorities are weighed in daemon/decide.
"""

from __future__ import annotations

import pytest

from daemon.ical.busy import busy_of
from daemon.ical.parsing import parse
from tests.conformance.following import utc
from tests.conformance.texts import ANA, BEN, WEEKLY, WINDOW, YEAR, ics

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


LONG = "DTSTART;VALUE=DATE:20261019\nDTEND;VALUE=DATE:20261031\n"
WHOLE = ("2026-10-18T22:00", "2026-10-30T23:00")
OOF = "X-MICROSOFT-CDO-BUSYSTATUS:OOF\n"
AWAY: dict[str, tuple[str, list[tuple[str, str, int, bool]]]] = {
    "whole days in a row, over the change of the clock": (LONG, [(*WHOLE, 9, True)]),
    "three days": (
        "DTSTART;VALUE=DATE:20261027\nDURATION:P3D\n",
        [("2026-10-26T23:00", "2026-10-29T23:00", 9, True)],
    ),
    "two days": (
        "DTSTART;VALUE=DATE:20261027\nDURATION:P2D\n",
        [("2026-10-26T23:00", "2026-10-28T23:00", 5, False)],
    ),
    "three days that take no time": (LONG + "TRANSP:TRANSPARENT\n", []),
    "three days that are cancelled": (LONG + "STATUS:CANCELLED\n", []),
    "three days that are not certain": (LONG + "STATUS:TENTATIVE\n", [(*WHOLE, 3, False)]),
    "three days to which others are invited": (
        LONG + "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:x@y.example\n",
        [(*WHOLE, 9, True)],
    ),
    "Outlook: an afternoon out of office": (
        "DTSTART:20261027T120000Z\nDTEND:20261027T160000Z\n" + OOF,
        [("2026-10-27T12:00", "2026-10-27T16:00", 9, True)],
    ),
    "Outlook: weeks out of office, begun before the window and ending after it": (
        "DTSTART:20261001T060000Z\nDTEND:20261120T170000Z\n" + OOF,
        [("2026-10-01T06:00", "2026-11-20T17:00", 9, True)],
    ),
    "Outlook: every Tuesday out of office": (
        WEEKLY + "RRULE:FREQ=WEEKLY\n" + OOF,
        [
            ("2026-10-27T09:00", "2026-10-27T09:30", 9, True),
            ("2026-11-03T09:00", "2026-11-03T09:30", 9, True),
        ],
    ),
    "Outlook: merely busy": (
        "DTSTART:20261027T120000Z\nDTEND:20261027T160000Z\n" + OOF.replace("OOF", "BUSY"),
        [("2026-10-27T12:00", "2026-10-27T16:00", 5, False)],
    ),
}


@pytest.mark.parametrize("name", AWAY)
def test_trap_21_what_is_an_absence_and_that_it_is_told_whole(name: str) -> None:
    text, expected = AWAY[name]
    taken = busy_of(parse(ics(text)), ANA, WINDOW, "Europe/Berlin")
    assert [(t.start, t.end, t.priority, t.away) for t in taken] == [
        (utc(start), utc(end), *rest) for start, end, *rest in expected
    ]


@pytest.mark.parametrize(
    ("answer", "ours", "priority"),
    [
        ("ACCEPTED", False, 5),
        ("TENTATIVE", False, 3),
        ("NEEDS-ACTION", False, 3),
        ("NEEDS-ACTION", True, 5),
        ("TENTATIVE", True, 3),
    ],
)
def test_what_is_not_accepted_has_a_lower_claim_unless_it_is_ours(
    answer: str, ours: bool, priority: int
) -> None:
    """RULES 5, row 10; Ben is the guest of Ana's event."""
    text = WEEKLY + f"ATTENDEE;PARTSTAT={answer}:mailto:{BEN}\n"
    raw = ics(text).replace(
        b"ATTENDEE;CN=Ben;PARTSTAT=ACCEPTED:MAILTO:Ben@Mentees.example\r\n", b""
    )
    (taken,) = busy_of(parse(raw), BEN, YEAR, ours=lambda uid: ours and uid == "one")
    assert taken.priority == priority


@pytest.mark.parametrize("answer", ["NEEDS-ACTION", "TENTATIVE"])
def test_an_invitation_for_days_that_is_not_accepted_is_no_absence(answer: str) -> None:
    raw = ics(LONG).replace(b"PARTSTAT=ACCEPTED", f"PARTSTAT={answer}".encode())
    (taken,) = busy_of(parse(raw), BEN, WINDOW, "Europe/Berlin")
    assert (taken.priority, taken.away) == (3, False)
    (accepted,) = busy_of(parse(ics(LONG)), BEN, WINDOW, "Europe/Berlin")
    assert (accepted.priority, accepted.away) == (9, True)
