"""What each guest is told when we change our own events: methods, SEQUENCE, and nothing that is not theirs.

Not the cases of another project: test_corpus.py.
"""

from __future__ import annotations

import pytest
from icalendar import Calendar

from daemon.ical.editing import add_guests, keep_guests, set_prop, touch
from daemon.ical.parsing import parse
from daemon.ical.reading import master_of
from daemon.ical.repeating import add_gap
from daemon.ical.scheduling import (
    Contradictory,
    Message,
    declined_counter,
    messages,
    messages_of_one,
    refreshed,
)
from daemon.ical.writing import text_of
from tests.itip.cast import (
    ANA,
    BEN,
    MADE,
    MAILBOX,
    NOW,
    ONE,
    UID,
    cancelled,
    moved,
    one_off,
    series,
)


def told(found: list[Message]) -> list[str]:
    """Method, reader and SEQUENCE of each."""
    return [f"{each.method} {each.recipient} {each.sequence}" for each in found]


def lines(message: Message, *names: str) -> list[str]:
    """The lines of its event that begin so."""
    text = text_of(message.calendar).decode().replace("\r\n ", "").partition("BEGIN:VEVENT")[2]
    return [line for line in text.splitlines() if line.startswith(names)]


def test_a_new_event_is_an_invitation_to_each_guest_and_none_to_its_organizer() -> None:
    found = messages(None, series(), MAILBOX, NOW)
    assert told(found) == [f"REQUEST {ANA} 0", f"REQUEST {BEN} 0"]
    assert [each.significant for each in found] == [True, True]


def test_a_guest_reads_when_it_is_and_none_of_our_keys() -> None:
    (first, _) = messages(None, series(), MAILBOX, NOW)
    assert lines(first, "DT", "RRULE", "UID", "SEQUENCE", "X-", "LAST") == [
        "DTSTART;TZID=Europe/Berlin:20261201T100000",
        "DTEND;TZID=Europe/Berlin:20261201T103000",
        "DTSTAMP:20261126T120000Z",
        f"UID:{UID}",
        "SEQUENCE:0",
        "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU",
        "LAST-MODIFIED:20261120T090000Z",
    ]


def test_one_occurrence_is_told_by_itself_and_leaves_the_answers_to_the_others() -> None:
    found = messages_of_one(moved(series()), UID, ONE, MAILBOX, NOW)
    assert told(found) == [f"REQUEST {ANA} 1", f"REQUEST {BEN} 1"]
    assert lines(found[0], "DT", "RECURRENCE-ID", "RRULE", "UID") == [
        "DTSTART;TZID=Europe/Berlin:20261208T140000",
        "DTEND;TZID=Europe/Berlin:20261208T143000",
        "DTSTAMP:20261126T120000Z",
        f"UID:{UID}",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000",
    ]


def test_one_occurrence_off_is_a_cancel_of_it_alone() -> None:
    found = messages_of_one(cancelled(series()), UID, ONE, MAILBOX, NOW)
    assert told(found) == [f"CANCEL {ANA} 1", f"CANCEL {BEN} 1"]
    assert lines(found[1], "RECURRENCE-ID", "RRULE", "STATUS", "ATTENDEE") == [
        "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000",
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:{BEN}",
        "STATUS:CANCELLED",
    ]


def test_an_occurrence_that_was_taken_out_is_told_as_off_as_well() -> None:
    calendar = series()
    master = master_of(calendar, UID)
    assert master is not None
    add_gap(master, ONE)
    touch(master, NOW)
    found = messages_of_one(calendar, UID, ONE, MAILBOX, NOW)
    assert told(found) == [f"CANCEL {ANA} 1", f"CANCEL {BEN} 1"]
    assert lines(found[0], "DTSTART") == ["DTSTART;TZID=Europe/Berlin:20261208T100000"]


def test_what_the_series_never_had_is_told_to_nobody() -> None:
    assert messages_of_one(series(), UID, "2026-12-09T10:00", MAILBOX, NOW) == []


def test_all_of_it_off_is_a_cancel_without_occurrences() -> None:
    before = moved(series())
    found = messages(before, cancelled(moved(series()), ""), MAILBOX, NOW)
    assert told(found) == [f"CANCEL {ANA} 2", f"CANCEL {BEN} 2"]
    assert lines(found[0], "RECURRENCE-ID", "STATUS") == ["STATUS:CANCELLED"]


def test_whoever_is_no_longer_invited_hears_so_first_and_that_it_goes_on() -> None:
    before, after = one_off(), one_off()
    master = master_of(after, UID)
    assert master is not None
    keep_guests(master, (ANA, "carl@example.org"))
    touch(master, NOW)
    found = messages(before, after, MAILBOX, NOW)
    assert told(found) == [f"CANCEL {BEN} 1", f"REQUEST {ANA} 1", "REQUEST carl@example.org 1"]
    assert lines(found[0], "STATUS") == []  # RFC 5546 3.2.5: it is not off
    assert [each.significant for each in found] == [True, False, True]


@pytest.mark.parametrize(("name", "value"), [("LOCATION", "Room 4"), ("STATUS", "TENTATIVE")])
def test_where_and_whether_matters_to_those_who_know_of_it(name: str, value: str) -> None:
    before, after = one_off(), one_off()
    master = master_of(after, UID)
    assert master is not None
    set_prop(master, name, value)
    touch(master, NOW)
    assert [each.significant for each in messages(before, after, MAILBOX, NOW)] == [True, True]


def test_a_title_does_not() -> None:
    before, after = one_off(), one_off()
    master = master_of(after, UID)
    assert master is not None
    set_prop(master, "SUMMARY", "Ana and Ben")
    assert [each.significant for each in messages(before, after, MAILBOX, NOW)] == [False, False]


def test_a_guest_of_one_occurrence_hears_of_that_one_alone() -> None:
    after = moved(series())
    part = next(e for e in after.walk("VEVENT") if e.get("RECURRENCE-ID"))
    add_guests(part, ("carl@example.org",))
    found = messages(series(), parse(text_of(after)), MAILBOX, NOW)
    assert told(found) == [f"REQUEST {ANA} 1", f"REQUEST {BEN} 1", "REQUEST carl@example.org 1"]
    assert len(found[0].calendar.walk("VEVENT")) == 2
    assert len(found[2].calendar.walk("VEVENT")) == 1
    assert lines(found[2], "RECURRENCE-ID") == ["RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000"]


def test_of_the_event_of_somebody_else_we_tell_nothing() -> None:
    for organizer in (ANA, "carl@example.org", ""):
        assert messages(None, series(), organizer, NOW) == []
        assert messages_of_one(series(), UID, ONE, organizer, NOW) == []
        assert refreshed(series(), BEN, organizer, NOW) is None
        assert declined_counter(series(), ONE, BEN, organizer, NOW) is None


def test_two_events_in_one_are_told_to_nobody() -> None:
    both = series()
    both.add_component(next(iter(one_off().walk("VEVENT"))))
    other = text_of(both).replace(UID.encode(), b"other@example.org", 1)
    with pytest.raises(Contradictory, match="more than one event"):
        messages(None, parse(other), MAILBOX, NOW)


def test_whoever_asks_what_stands_is_told_all_of_it() -> None:
    found = refreshed(moved(series()), BEN, MAILBOX, NOW)
    assert found is not None
    assert told([found]) == [f"REQUEST {BEN} 1"]
    assert len(found.calendar.walk("VEVENT")) == 2
    assert refreshed(series(), "carl@example.org", MAILBOX, NOW) is None


def test_whoever_asks_what_stands_of_what_is_off_is_told_that_it_is_off() -> None:
    found = refreshed(cancelled(moved(series()), ""), BEN, MAILBOX, NOW)
    assert found is not None
    assert told([found]) == [f"CANCEL {BEN} 1"]
    assert lines(found, "STATUS", "RECURRENCE-ID") == ["STATUS:CANCELLED"]


@pytest.mark.parametrize(
    ("calendar", "recurrence", "start"),
    [
        (series(), ONE, "DTSTART;TZID=Europe/Berlin:20261208T100000"),
        (moved(series()), ONE, "DTSTART;TZID=Europe/Berlin:20261208T140000"),
        (series(), "", "DTSTART;TZID=Europe/Berlin:20261201T100000"),
        (one_off(), "", "DTSTART;TZID=Europe/Berlin:20261203T160000"),
    ],
)
def test_a_counter_that_is_not_taken_leaves_the_time_as_it_is(
    calendar: Calendar, recurrence: str, start: str
) -> None:
    before = text_of(calendar)
    found = declined_counter(calendar, recurrence, BEN, MAILBOX, NOW)
    assert found is not None
    assert found.method == "DECLINECOUNTER"
    assert found.recipient == BEN
    assert lines(found, "DTSTART") == [start]
    assert bool(lines(found, "RECURRENCE-ID")) == bool(recurrence)
    assert text_of(calendar) == before


def test_a_counter_to_what_is_not_there_is_not_answered() -> None:
    assert declined_counter(series(), "2026-12-09T10:00", BEN, MAILBOX, NOW) is None
    assert declined_counter(series(), ONE, "carl@example.org", MAILBOX, NOW) is None


def test_the_organizers_own_event_stays_as_it_was() -> None:
    calendar = moved(series())
    before = text_of(calendar)
    messages(None, calendar, MAILBOX, NOW), messages(calendar, None, MAILBOX, NOW)
    messages_of_one(calendar, UID, "2026-12-15T10:00", MAILBOX, MADE)
    assert text_of(calendar) == before
