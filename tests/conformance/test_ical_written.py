"""What we write: literal texts, the zones in them, and that everything else is left alone.

Not what other readers make of it: see test_ical_read_by_others.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.domain.cadence import SeriesRule, Step
from daemon.domain.meeting import Slot
from daemon.domain.value import replace
from daemon.ical.editing import Unwritable
from daemon.ical.parsing import parse
from daemon.ical.reading import version_made_by, version_of
from daemon.ical.recurrence import instant, occurrences
from daemon.ical.repeating import part_named
from daemon.ical.telling import seen
from daemon.ical.writing import new_calendar, put_event, remember_key, text_of
from daemon.ical.zones import vtimezone_text
from daemon.ports import OneOff, SeriesEvent
from tests.conformance.following import NOW, RULE, utc
from tests.conformance.texts import ANA, BEN, WEEKLY, WINDOW, ics


def put(event: SeriesEvent | OneOff, before: bytes | None = None) -> bytes:
    """The text after one put with key k/1."""
    calendar = new_calendar() if before is None else parse(before)
    put_event(calendar, event, ANA, NOW)
    remember_key(calendar, event.uid, "k/1")
    return text_of(calendar)


def test_trap_93_trap_94_what_we_write() -> None:
    rule = SeriesRule(
        "2026-10-06T10:00",
        "Europe/Berlin",
        30,
        Step(weeks=2),
        date(2027, 3, 30),
        ("2026-12-15T10:00",),
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


MONTHLY: dict[str, tuple[SeriesRule, str]] = {
    "second Tuesday": (
        SeriesRule("2026-10-13T10:00", "Europe/Berlin", 30, Step(months=1, nth=2)),
        "RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU",
    ),
    "last Friday of every third month": (
        SeriesRule("2026-10-30T10:00", "UTC", 30, Step(months=3, nth=-1), date(2027, 4, 30)),
        "RRULE:FREQ=MONTHLY;UNTIL=20270430T100000Z;INTERVAL=3;BYDAY=-1FR",
    ),
}


@pytest.mark.parametrize("name", MONTHLY)
def test_trap_11_a_month_is_counted_by_weekday_and_never_by_day(name: str) -> None:
    rule, expected = MONTHLY[name]
    raw = put(SeriesEvent("one", rule, "1:1 Ana", (BEN,)))
    assert expected in raw.decode().splitlines()
    assert b"BYMONTHDAY" not in raw.split(b"END:VTIMEZONE")[-1]
    (told,) = seen(parse(raw), ANA, "v")
    assert told.rule == rule


def test_a_series_ended_before_it_began_has_its_first_date_taken_out() -> None:
    """RFC 5545 3.8.5.3: to many readers DTSTART is an occurrence, whatever UNTIL says."""
    ended = replace(RULE, until=date(2026, 10, 5))
    raw = put(
        SeriesEvent("one", ended, "1:1", (BEN,)), put(SeriesEvent("one", RULE, "1:1", (BEN,)))
    )
    assert b"EXDATE;TZID=Europe/Berlin:20261006T100000" in raw
    again = put(SeriesEvent("one", RULE, "1:1", (BEN,)), raw)
    assert b"EXDATE" not in again
    (told,) = seen(parse(again), ANA, "v")
    assert told.rule == RULE


def test_a_series_that_does_not_begin_on_a_date_of_its_own_is_not_written() -> None:
    crooked = SeriesRule("2026-10-20T10:00", "Europe/Berlin", 30, Step(months=1, nth=2))
    with pytest.raises(Unwritable):
        put(SeriesEvent("one", crooked, "1:1", (BEN,)))


def test_a_put_leaves_alone_what_is_not_ours() -> None:
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:-PT5M\nEND:VALARM\n"
    foreign = ics(WEEKLY + "RRULE:FREQ=WEEKLY\nX-COLOUR:blue\nCATEGORIES:Work\n" + alarm)
    after = put(SeriesEvent("one", RULE, "1:1", (BEN,)), foreign)
    for kept in (b"X-COLOUR:blue", b"CATEGORIES:Work", b"BEGIN:VALARM", b"PARTSTAT=ACCEPTED"):
        assert kept in after


def test_of_an_event_made_by_hand_nothing_but_its_rule_is_written() -> None:
    """Title, place, description, guests with their answers and alarms stay, line by line."""
    own = ("DESCRIPTION:Coffee", "LOCATION:Room 7", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@x.org")
    before = put(SeriesEvent("one", RULE, "Mentoring", (BEN,), "Room 7"))
    before = before.replace(
        b"SUMMARY:Mentoring", "\r\n".join(("SUMMARY:Mentoring", own[0], own[2])).encode()
    )
    rule = replace(RULE, until=date(2026, 12, 1))
    after = put(SeriesEvent("one", rule, "1:1 Ana & Ben", ("x@y.org",), "", theirs=True), before)
    said = [line for line in parse_lines(before) if line not in parse_lines(after)]
    assert {line.partition(b":")[0].partition(b";")[0] for line in said} <= {
        *(b"RRULE", b"SEQUENCE", b"LAST-MODIFIED", b"DTSTAMP", b"X-ONEONONE-KEY"),
    }
    assert b"SUMMARY:Mentoring" in after and b"maya@x.org" in after and b"x@y.org" not in after


def parse_lines(raw: bytes) -> list[bytes]:
    """Unfolded."""
    return raw.replace(b"\r\n ", b"").split(b"\r\n")


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
