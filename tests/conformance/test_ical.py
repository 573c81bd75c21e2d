"""iCalendar as other programs write it: literal texts, and what we understand of them.

Not files and folders: see tests/conformance/test_local_folders.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.ical.busy import busy_of
from daemon.ical.parsing import Unreadable, parse
from daemon.ical.reading import (
    instant,
    master_of,
    occurrences,
    rule_of,
    seen,
    version_made_by,
    version_of,
)
from daemon.ical.writing import new_calendar, part_named, put_event, remember_key, text_of
from daemon.ical.zones import vtimezone_text
from daemon.ports import OneOff, SeriesEvent
from tests.conformance.following import NOW, RULE, utc

ANA: Address = "ana@mentors.example"
BEN: Address = "ben@mentees.example"
PEOPLE = f"ORGANIZER:mailto:{ANA}\nATTENDEE;CN=Ben;PARTSTAT=ACCEPTED:MAILTO:Ben@Mentees.example\n"
OWN_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Our Office\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
    "TZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n"
)
WINDOW = Slot(utc("2026-10-26T00:00"), utc("2026-11-09T00:00"))


def ics(*events: str, before: str = "") -> bytes:
    """A calendar of these events, each with uid `one` and our two people."""
    parts = "".join(f"BEGIN:VEVENT\nUID:one\n{PEOPLE}{event}END:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{before}{parts}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


WEEKLY = "DTSTART;TZID=Europe/Berlin:20261006T100000\nDTEND;TZID=Europe/Berlin:20261006T103000\n"
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
            "2026-10-06T10:00", "Europe/Berlin", 30, 2, date(2026, 11, 3), ("2026-10-20T10:00",)
        ),
    ),
    "Outlook: a Windows zone, DURATION, WKST (trap_6)": (
        "DTSTART;TZID=W. Europe Standard Time:20261006T100000\nDURATION:PT45M\n"
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU\n",
        SeriesRule("2026-10-06T10:00", "Europe/Berlin", 45, 2),
    ),
    "a series in UTC": (
        "DTSTART:20261006T080000Z\nDTEND:20261006T083000Z\nRRULE:FREQ=WEEKLY\n",
        SeriesRule("2026-10-06T08:00", "UTC", 30),
    ),
    "two days a week": (WEEKLY + "RRULE:FREQ=WEEKLY;BYDAY=TU,TH\n", None),
    "another day than it starts on": (WEEKLY + "RRULE:FREQ=WEEKLY;BYDAY=TH\n", None),
    "monthly": (WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=1TU\n", None),
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
    assert busy_of(calendar, ANA, WINDOW), "whatever it is, it takes time"


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
    "deeply nested": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 1_900 + b"END:VCALENDAR",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_trap_7_trap_8_trap_13_trap_31_what_is_not_acted_upon(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(UNREADABLE[name])
    assert 0 < len(str(refused.value)) < 200


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


def put(event: SeriesEvent | OneOff, before: bytes | None = None) -> bytes:
    """The text after one put with key k/1."""
    calendar = new_calendar() if before is None else parse(before)
    put_event(calendar, event, ANA, NOW)
    remember_key(calendar, event.uid, "k/1")
    return text_of(calendar)


def test_trap_93_trap_94_what_we_write() -> None:
    rule = SeriesRule(
        "2026-10-06T10:00", "Europe/Berlin", 30, 2, date(2027, 3, 30), ("2026-12-15T10:00",)
    )
    raw = put(SeriesEvent("one", rule, "1:1 Ana", (BEN,), "Room 3"))
    assert raw.decode().replace("\r\n", "\n").split("END:VTIMEZONE\n")[1].splitlines()[:-1] == [
        "BEGIN:VEVENT",
        "SUMMARY:1:1 Ana",
        "DTSTART;TZID=Europe/Berlin:20261006T100000",
        "DTEND;TZID=Europe/Berlin:20261006T103000",
        "DTSTAMP:20261001T080000Z",
        "UID:one",
        "SEQUENCE:0",
        "RRULE:FREQ=WEEKLY;UNTIL=20270330T080000Z;INTERVAL=2;BYDAY=TU",
        "EXDATE;TZID=Europe/Berlin:20261215T100000",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:ben@m",
        " entees.example",
        "LAST-MODIFIED:20261001T080000Z",
        "LOCATION:Room 3",
        f"ORGANIZER:mailto:{ANA}",
        "STATUS:CONFIRMED",
        f"X-ONEONONE-KEY;X-VERSION={version_of(raw)}:k/1",
        "END:VEVENT",
    ]
    assert b"RDATE" not in raw
    assert text_of(parse(raw)) == raw, "the same content is the same bytes"
    assert version_made_by(parse(raw), "one", "k/1") == version_of(raw)
    (told,) = seen(parse(raw), ANA, "v")
    assert told.rule == rule


def test_a_put_leaves_alone_what_is_not_ours() -> None:
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:-PT5M\nEND:VALARM\n"
    foreign = ics(WEEKLY + "RRULE:FREQ=WEEKLY\nX-COLOUR:blue\nCATEGORIES:Work\n" + alarm)
    after = put(SeriesEvent("one", RULE, "1:1", (BEN,)), foreign)
    for kept in (b"X-COLOUR:blue", b"CATEGORIES:Work", b"BEGIN:VALARM", b"PARTSTAT=ACCEPTED"):
        assert kept in after


@pytest.mark.parametrize(
    ("zone", "observances"),
    [("Europe/Berlin", 2), ("America/New_York", 2), ("Asia/Jerusalem", 2), ("Asia/Kolkata", 1)],
)
def test_trap_93_a_zone_is_two_yearly_rules_or_one_standard(zone: str, observances: int) -> None:
    text = vtimezone_text(zone, 2026).decode()
    assert text.count("BEGIN:STANDARD") + text.count("BEGIN:DAYLIGHT") == observances
    assert text.count("RRULE:FREQ=YEARLY") == (observances if observances > 1 else 0)


@pytest.mark.parametrize(
    "zone",
    ["Europe/Berlin", "America/Nuuk", "Africa/Casablanca", "Asia/Jerusalem", "America/Santiago"],
)
def test_trap_93_who_believes_our_vtimezone_sees_the_same_instants(zone: str) -> None:
    """Read back under a name that nobody knows, the component alone gives the offsets."""
    own = vtimezone_text(zone, 2026).decode().replace(f"TZID:{zone}", f"TZID:Copy of {zone}")
    at = datetime(2026, 10, 6, 10, 0)  # noqa: DTZ001 - a wall clock
    while at.year < 2029:
        stamp = at.strftime("%Y%m%dT%H%M%S")
        text = f"DTSTART;TZID=Copy of {zone}:{stamp}\nDURATION:PT1H\n"
        (told,) = seen(parse(ics(text, before=own.replace("\r\n", "\n"))), ANA, "v")
        assert told.start == at.replace(tzinfo=ZoneInfo(zone)), at
        at += timedelta(days=13)


def test_the_second_of_two_equal_wall_clocks_survives() -> None:
    late = Slot(utc("2026-10-25T01:30"), utc("2026-10-25T02:00"))
    (told,) = seen(parse(put(OneOff("one", late, "Europe/Berlin", "1:1", (BEN,)))), ANA, "v")
    assert (told.start, told.end) == (late.start, late.end)


def test_occurrences_start_at_the_window_and_leave_gaps_out() -> None:
    rule = SeriesRule("2000-01-04T10:00", "Europe/Berlin", 30, gaps=("2026-10-27T10:00",))
    assert [wall for wall, _ in occurrences(rule, WINDOW)] == ["2026-11-03T10:00"]
    assert instant("2026-11-03T10:00", "Europe/Berlin") == utc("2026-11-03T09:00")


def test_an_occurrence_that_the_series_does_not_have_is_never_made() -> None:
    calendar = parse(put(SeriesEvent("one", RULE, "1:1", (BEN,))))
    assert part_named(calendar, "one", "2026-10-28T10:00") is None
    assert part_named(calendar, "one", "2027-04-06T10:00") is None
    assert part_named(calendar, "two", "2026-10-27T10:00") is None
