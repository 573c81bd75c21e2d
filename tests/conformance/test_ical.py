"""iCalendar as other programs write it: literal texts, and what we understand of them.

Not what takes time (test_ical_busy.py), and not what we write (test_ical_written.py).
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import SeriesRule, Step
from daemon.domain.meeting import Place
from daemon.ical.busy import busy_of
from daemon.ical.parsing import Unreadable, parse
from daemon.ical.reading import master_of
from daemon.ical.recurrence import rule_of
from daemon.ical.telling import seen
from tests.conformance.following import utc
from tests.conformance.texts import ANA, BEN, LAST_TUESDAY, WEEKLY, WINDOW, YEAR, ics

OWN_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Our Office\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
    "TZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n"
)
RULES: dict[str, tuple[str, SeriesRule | None]] = {
    "Thunderbird: EXDATE with TZID, no BYDAY": (
        WEEKLY + "RRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Berlin:20261013T100000\n",
        SeriesRule("2026-10-06T10:00", "Europe/Berlin", 30, gaps=("2026-10-13T10:00",)),
    ),
    "khal: EXDATE in UTC, over the change of the clock (trap_17)": (
        WEEKLY + "RRULE:FREQ=WEEKLY;BYDAY=TU\nEXDATE:20261013T080000Z,20261027T090000Z\n",
        SeriesRule(
            "2026-10-06T10:00",
            "Europe/Berlin",
            30,
            gaps=("2026-10-13T10:00", "2026-10-27T10:00"),
        ),
    ),
    "Google: UNTIL as a date counts that day (trap_9)": (
        WEEKLY + "RRULE:FREQ=WEEKLY;UNTIL=20270330;BYDAY=TU\n",
        SeriesRule("2026-10-06T10:00", "Europe/Berlin", 30, until=date(2027, 3, 30)),
    ),
    "UNTIL just before that day's start (trap_9)": (
        WEEKLY + "RRULE:FREQ=WEEKLY;UNTIL=20270330T075959Z\n",
        SeriesRule("2026-10-06T10:00", "Europe/Berlin", 30, until=date(2027, 3, 29)),
    ),
    "UNTIL without a zone (trap_9)": (
        WEEKLY + "RRULE:FREQ=WEEKLY;UNTIL=20270330T100000\n",
        SeriesRule("2026-10-06T10:00", "Europe/Berlin", 30, until=date(2027, 3, 30)),
    ),
    "COUNT counts what EXDATE takes out (trap_10)": (
        WEEKLY + "RRULE:FREQ=WEEKLY;COUNT=3;INTERVAL=2\nEXDATE;VALUE=DATE:20261020\n",
        SeriesRule(
            "2026-10-06T10:00",
            "Europe/Berlin",
            30,
            Step(weeks=2),
            date(2026, 11, 3),
            ("2026-10-20T10:00",),
        ),
    ),
    "Outlook: a Windows zone, DURATION, WKST (trap_6)": (
        "DTSTART;TZID=W. Europe Standard Time:20261006T100000\nDURATION:PT45M\n"
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU\n",
        SeriesRule("2026-10-06T10:00", "Europe/Berlin", 45, Step(weeks=2)),
    ),
    "a series in UTC": (
        "DTSTART:20261006T080000Z\nDTEND:20261006T083000Z\nRRULE:FREQ=WEEKLY\n",
        SeriesRule("2026-10-06T08:00", "UTC", 30),
    ),
    "two days a week": (WEEKLY + "RRULE:FREQ=WEEKLY;BYDAY=TU,TH\n", None),
    "another day than it starts on": (WEEKLY + "RRULE:FREQ=WEEKLY;BYDAY=TH\n", None),
    "monthly on the first Tuesday, as we write it": (
        WEEKLY + "RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU\n",
        SeriesRule("2026-10-06T10:00", "Europe/Berlin", 30, Step(months=1, nth=1)),
    ),
    "with a sign, and a week that begins on Sunday": (
        WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=+1TU;INTERVAL=3;WKST=SU\n",
        SeriesRule("2026-10-06T10:00", "Europe/Berlin", 30, Step(months=3, nth=1)),
    ),
    "Outlook: BYSETPOS": (
        WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;UNTIL=20270330T080000Z\n",
        SeriesRule(
            "2026-10-06T10:00",
            "Europe/Berlin",
            30,
            Step(months=1, nth=1),
            date(2027, 3, 30),
        ),
    ),
    "Outlook: BYSETPOS from behind": (
        LAST_TUESDAY + "RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=TU\n",
        SeriesRule("2026-10-27T10:00", "Europe/Berlin", 30, Step(months=1, nth=-1)),
    ),
    "the last Tuesday, which is the fourth that month (trap_11)": (
        LAST_TUESDAY + "RRULE:FREQ=MONTHLY;BYDAY=-1TU\n",
        SeriesRule("2026-10-27T10:00", "Europe/Berlin", 30, Step(months=1, nth=-1)),
    ),
    "monthly, COUNT counts what EXDATE takes out (trap_10)": (
        LAST_TUESDAY + "RRULE:FREQ=MONTHLY;BYDAY=4TU;COUNT=3;INTERVAL=2\nEXDATE:20261222T090000Z\n",
        SeriesRule(
            "2026-10-27T10:00",
            "Europe/Berlin",
            30,
            Step(months=2, nth=4),
            date(2027, 2, 23),
            ("2026-12-22T10:00",),
        ),
    ),
    "monthly, UNTIL just before that day's start (trap_9)": (
        WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261103T085959Z\n",
        SeriesRule(
            "2026-10-06T10:00", "Europe/Berlin", 30, Step(months=1, nth=1), date(2026, 11, 2)
        ),
    ),
    "monthly on a day of the month (trap_11)": (WEEKLY + "RRULE:FREQ=MONTHLY;BYMONTHDAY=6\n", None),
    "monthly without saying on what": (WEEKLY + "RRULE:FREQ=MONTHLY\n", None),
    "monthly on every Tuesday": (WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=TU\n", None),
    "a fifth Tuesday, which few months have": (WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=5TU\n", None),
    "the last but one": (WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=-2TU\n", None),
    "another of the month than it starts on": (WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=2TU\n", None),
    "said twice": (WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=1TU;BYSETPOS=1\n", None),
    "two of the month": (WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=1TU,3TU\n", None),
    "yearly": (WEEKLY + "RRULE:FREQ=YEARLY;BYDAY=1TU\n", None),
    "extra dates": (WEEKLY + "RRULE:FREQ=WEEKLY\nRDATE;TZID=Europe/Berlin:20261009T100000\n", None),
}


@pytest.mark.parametrize("name", RULES)
def test_trap_9_trap_10_trap_17_rules_of_other_programs(name: str) -> None:
    text, expected = RULES[name]
    calendar = parse(ics(text))
    master = master_of(calendar, "one")
    assert master is not None and rule_of(master) == expected
    told = seen(calendar, ANA, "v")
    assert [fact.rule for fact in told] == ([] if expected is None else [expected])
    assert busy_of(calendar, ANA, YEAR), "whatever it is, it takes time"


UNREADABLE: dict[str, bytes] = {
    "trap_7: a zone nobody knows": ics("DTSTART;TZID=Foo/Bar:20261006T100000\n"),
    "trap_8: a zone that is a folder": ics("DTSTART;TZID=Europe:20261006T100000\n"),
    "trap_8: a zone of 300 letters": ics(f"DTSTART;TZID={'a' * 300}:20261006T100000\n"),
    "trap_13: an EXDATE that is no date": ics(WEEKLY + "EXDATE:20261399T090000Z\n"),
    "trap_13: a RECURRENCE-ID that is none": ics(WEEKLY + "RECURRENCE-ID:bad\n"),
    "trap_13: an RRULE that is none": ics(WEEKLY + "RRULE:FREQ=SOMETIMES\n"),
    "trap_31: every second": ics(WEEKLY + "RRULE:FREQ=SECONDLY\n"),
    "trap_31: every minute of a day": ics(
        WEEKLY + f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE=0,1\n"
    ),
    "no start": ics("SUMMARY:x\n"),
    "two starts": ics(WEEKLY + "DTSTART:20261007T100000Z\n"),
    "half written": ics(WEEKLY)[:-40],
    "empty": b"",
    "a web page": b"<html><body>503</body></html>",
    "two calendars": ics(WEEKLY) + ics(WEEKLY),
    "more than a megabyte": ics(WEEKLY + "DESCRIPTION:" + "x" * 1_000_001 + "\n"),
    "thousands of parts": ics(*[WEEKLY] * 2_001),
    "never going on": ics(
        "DTSTART:20261027T100000Z\nDTEND:20261027T110000Z\nRRULE:FREQ=WEEKLY;INTERVAL=0\n"
    ),
    "without end": ics("DTSTART:20261027T100000Z\nDURATION:P99999999W\n"),
    "at the end of time": ics("DTSTART:99991231T230000Z\nDTEND:99991231T235959Z\n"),
    "before all calendars": ics("DTSTART:00010101T000000Z\nDTEND:00010101T010000Z\n"),
    "deeply nested": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 1_900 + b"END:VCALENDAR",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_trap_7_trap_8_trap_13_trap_31_what_is_not_acted_upon(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(UNREADABLE[name])
    assert 0 < len(str(refused.value)) < 200


def test_trap_104_an_event_in_an_event_is_refused_where_it_is_looked_into() -> None:
    inner = "BEGIN:VEVENT\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;COUNT=9;WKST=SU\nEND:VEVENT\n"
    raw = ics(
        "DTSTART:20261027T100000Z\nDTEND:20261027T110000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2\n" + inner
    )
    with pytest.raises(Unreadable):
        busy_of(parse(raw), ANA, WINDOW)


def test_trap_7_a_zone_that_another_file_defined_is_unknown_here() -> None:
    """The parser remembers zones over files; a file that does not define its zone is still doubtful."""
    text = "DTSTART;TZID=Our Office:20261027T100000\nDTEND;TZID=Our Office:20261027T110000\n"
    (taken,) = busy_of(parse(ics(text, before=OWN_ZONE)), ANA, WINDOW)
    assert taken.start == utc("2026-10-27T07:00")
    with pytest.raises(Unreadable):
        parse(ics(text))


def test_trap_6_a_text_that_names_a_file_opens_none() -> None:
    with pytest.raises(Unreadable):
        parse(b"pyproject.toml")


@pytest.mark.parametrize(
    "recurrence",
    [
        "RECURRENCE-ID;TZID=Europe/Berlin:20261027T100000",
        "RECURRENCE-ID:20261027T090000Z",
        "RECURRENCE-ID;TZID=America/New_York:20261027T050000",
        "RECURRENCE-ID;VALUE=DATE:20261027",
    ],
)
def test_trap_17_an_override_is_found_whatever_form_its_name_has(recurrence: str) -> None:
    moved = f"{recurrence}\nDTSTART:20261028T120000Z\nDTEND:20261028T123000Z\n"
    raw = ics(WEEKLY + "RRULE:FREQ=WEEKLY\n", moved)
    master, override = seen(parse(b"\xef\xbb\xbf" + raw.replace(b"\r\n", b"\n")), ANA, "v")
    assert master.place == Place(ANA, "one") and master.guests[0].address == BEN
    assert override.place == Place(ANA, "one", "2026-10-27T10:00")
    assert override.start == utc("2026-10-28T12:00")
    assert [taken.start for taken in busy_of(parse(raw), ANA, WINDOW)] == [
        utc("2026-10-28T12:00"),
        utc("2026-11-03T09:00"),
    ]


def test_trap_2_an_occurrence_in_the_gap_keeps_its_name() -> None:
    text = (
        "DTSTART;TZID=Europe/Berlin:20270321T023000\nDTEND;TZID=Europe/Berlin:20270321T030000\n"
        "RRULE:FREQ=WEEKLY\nEXDATE:20270328T013000Z\n"
    )
    master = master_of(parse(ics(text)), "one")
    assert master is not None
    rule = rule_of(master)
    assert rule is not None and rule.gaps == ("2027-03-28T02:30",)
