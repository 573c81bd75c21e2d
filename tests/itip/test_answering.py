"""What guests' programs answer, in the shapes of Google, Outlook and Apple, held against the event as it stands.

Not who wrote the mails: tests/stories/test_counter.py. The mails in answers/ are ours, in the shape of each program.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Slot
from daemon.ical.answering import Answer, answers, write_down
from daemon.ical.editing import ask_anew, set_slot, touch
from daemon.ical.parsing import parse, parse_message
from daemon.ical.reading import guests_of
from daemon.ical.recurrence import named_parts
from daemon.ical.repeating import part_named
from daemon.ical.writing import new_calendar, put_event, text_of
from daemon.mail.reading.incoming import read
from daemon.ports import SeriesEvent

MAILS = Path(__file__).parent / "answers"
UID = "kq2u3h5j7l9n1p3r@example.org"
MAILBOX = "koss+7dk4mzq2xw5ap3rn6tjc8yvhbe@example.org"
BENS = {
    "google": "ben@gmail.example",
    "outlook": "ben@company.example",
    "apple": "ben@icloud.example",
}
MADE = datetime(2026, 11, 20, 9, tzinfo=UTC)
ANSWERED = datetime(2026, 11, 26, 18, 30, 12, tzinfo=UTC)
ONE = "2026-12-08T10:00"


def event(ben: str) -> Calendar:
    """The series as we invited to it: Tuesdays at 10:00 in Berlin, from 1 December, SEQUENCE 0."""
    rule = SeriesRule("2026-12-01T10:00", "Europe/Berlin", 30)
    calendar = new_calendar()
    desired = SeriesEvent(UID, rule, "1:1 Ana and Ben", ("ana@example.org", ben))
    put_event(calendar, desired, MAILBOX, MADE)
    return parse(text_of(calendar))


def ben_of(name: str) -> str:
    """Ben's address, by whose program he uses."""
    return BENS[name.partition("-")[0]]


def message(name: str, *changes: tuple[str, str]) -> Calendar:
    """The calendar part of a mail as the daemon reads it, with words changed."""
    text = read((MAILS / f"{name}.eml").read_bytes()).calendar_text.decode()
    text = re.sub(r"\r?\n[ \t]", "", text)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return parse_message(text.encode())


def answer(name: str, *changes: tuple[str, str], existing: Calendar | None = None) -> Answer:
    """The one answer in it."""
    ben = ben_of(name)
    (found,) = answers(message(name, *changes), existing or event(ben), author=ben)
    return found


SAID = {
    "google-accepted-series": ("REPLY", "", "ACCEPTED", ""),
    "google-declined-series": ("REPLY", "", "DECLINED", ""),
    "google-declined-one": ("REPLY", ONE, "DECLINED", "I have an exam, sorry"),
    "google-tentative-one": ("REPLY", ONE, "TENTATIVE", ""),
    "google-counter": ("COUNTER", ONE, "TENTATIVE", "the seminar moved"),
    "outlook-accepted-series": ("REPLY", "", "ACCEPTED", "Looking forward to it"),
    "outlook-accepted-one": ("REPLY", ONE, "ACCEPTED", ""),
    "outlook-tentative-series": ("REPLY", "", "TENTATIVE", ""),
    "outlook-declined-one": ("REPLY", ONE, "DECLINED", "I am travelling that day, sorry"),
    "outlook-declined-series": ("REPLY", "", "DECLINED", ""),
    "outlook-counter": ("COUNTER", ONE, "TENTATIVE", "Could we do Wednesday?"),
    "outlook-counter-now": ("COUNTER", ONE, "TENTATIVE", ""),
    "apple-accepted-series": ("REPLY", "", "ACCEPTED", ""),
    "apple-declined-one": ("REPLY", ONE, "DECLINED", ""),
    "apple-tentative-one": ("REPLY", ONE, "TENTATIVE", "I try"),
}


def test_every_mail_is_asked_about() -> None:
    assert {path.stem for path in MAILS.glob("*.eml")} == SAID.keys()


@pytest.mark.parametrize("name", SAID)
def test_what_each_program_says(name: str) -> None:
    found = answer(name)
    assert (found.method, found.recurrence, found.partstat, found.comment) == SAID[name]
    assert (found.uid, found.who, found.worth, found.status) == (
        UID,
        ben_of(name),
        "current",
        "2.0",
    )
    assert (found.sequence, found.answered_at) == (0, ANSWERED)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("google-counter", datetime(2026, 12, 9, 10, tzinfo=UTC)),
        ("outlook-counter", datetime(2026, 12, 9, 13, tzinfo=UTC)),
        (
            "outlook-counter-now",
            datetime(2026, 11, 26, 18, 30, tzinfo=UTC),
        ),  # trap_29: when it was sent
    ],
)
def test_which_time_a_counter_proposes(name: str, begins: datetime) -> None:
    assert answer(name).proposed == Slot(begins, begins + timedelta(minutes=30))


@pytest.mark.parametrize("name", [name for name in SAID if SAID[name][0] == "REPLY"])
def test_an_answer_is_written_down_where_it_belongs_and_only_there(name: str) -> None:
    ben, calendar = ben_of(name), event(ben_of(name))
    _, recurrence, partstat, _ = SAID[name]
    assert write_down(calendar, answer(name))
    parts = named_parts(parse(text_of(calendar)), UID)
    said = {name: {g.address: g.partstat for g in guests_of(part)} for name, part in parts.items()}
    assert said.pop(recurrence) == {"ana@example.org": "NEEDS-ACTION", ben: partstat}
    assert all(set(others.values()) == {"NEEDS-ACTION"} for others in said.values())
    assert not write_down(calendar, answer(name))  # the same once more


def test_a_counter_is_never_written_down() -> None:
    calendar = event("ben@gmail.example")
    before = text_of(calendar)
    assert not write_down(calendar, answer("google-counter"))
    assert text_of(calendar) == before


# --- what counts for nothing


def moved(ben: str) -> Calendar:
    """The same with 8 December at 14:00, which everybody was told."""
    calendar = event(ben)
    part = part_named(calendar, UID, ONE)
    assert part is not None
    start = datetime(2026, 12, 8, 13, tzinfo=UTC)
    set_slot(part, Slot(start, start + timedelta(minutes=30)), "Europe/Berlin")
    ask_anew(part)
    touch(part, MADE)
    return parse(text_of(calendar))


@pytest.mark.parametrize(
    "name", ["google-tentative-one", "outlook-accepted-one", "apple-declined-one"]
)
def test_trap_28_a_late_answer_to_an_earlier_time_is_stale(name: str) -> None:
    assert answer(name, existing=moved(ben_of(name))).worth == "stale"
    assert (
        answer(name, ("SEQUENCE:0", "SEQUENCE:1"), existing=moved(ben_of(name))).worth == "current"
    )


def test_trap_28_of_answers_that_overtake_each_other_the_last_given_counts() -> None:
    calendar = event("ben@gmail.example")
    later = answer("google-declined-one", ("DTSTAMP:20261126T1830", "DTSTAMP:20261126T1831"))
    assert write_down(calendar, later)
    assert answer("google-tentative-one", existing=calendar).worth == "stale"


@pytest.mark.parametrize(
    "change",
    [
        (f"UID:{UID}", "UID:another@example.org"),
        (
            "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000",
            "RECURRENCE-ID;TZID=Europe/Berlin:20261209T100000",
        ),
        (
            "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000",
            "RECURRENCE-ID;TZID=Europe/Berlin:20261124T100000",
        ),
    ],
)
def test_an_answer_to_what_is_not_there_is_about_nothing(change: tuple[str, str]) -> None:
    assert answer("google-declined-one", change).worth == "unknown"


def test_without_an_event_there_is_nothing_to_answer() -> None:
    (found,) = answers(message("google-declined-one"), None)
    assert found.worth == "unknown"


@pytest.mark.parametrize(
    "change",
    [
        ("mailto:ben@company.example", "mailto:benjamin.das@company.example"),  # an alias
        ("mailto:ben@company.example", "mailto:carl@company.example"),  # forwarded to somebody
        ("PARTSTAT=DECLINED", 'PARTSTAT=DELEGATED;DELEGATED-TO="mailto:carl@company.example"'),
        ("PARTSTAT=DECLINED", 'PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:ben@company.example"'),
    ],
)
def test_whoever_is_not_invited_answers_for_nobody(change: tuple[str, str]) -> None:
    assert answer("outlook-declined-one", change).worth == "uninvited"


def test_a_delegate_beside_whom_they_stand_for_is_no_third_answer() -> None:
    both = (
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:carl@company.example":mailto:ben@company.example\r\n'
        'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:ben@company.example":mailto:carl@company.example'
    )
    change = ("ATTENDEE;PARTSTAT=DECLINED;CN=Ben Das:mailto:ben@company.example", both)
    found = answer("outlook-declined-one", change)
    assert (found.who, found.worth) == ("ben@company.example", "uninvited")


def test_of_a_counter_that_repeats_all_guests_the_mail_says_whose_it_is() -> None:
    calendar = event("ben@gmail.example")
    assert [a.who for a in answers(message("google-counter"), calendar, "ana@example.org")] == [
        "ana@example.org"
    ]
    assert answers(message("google-counter"), calendar, "carl@example.org") == []


@pytest.mark.parametrize("sequence", ["", "SEQUENCE:0\r\n"])
def test_a_question_what_stands_is_never_stale(sequence: str) -> None:
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REFRESH\r\nBEGIN:VEVENT\r\n"
        f"UID:{UID}\r\nDTSTAMP:20260101T000000Z\r\n{sequence}"
        f"ATTENDEE:mailto:{BENS['google']}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (found,) = answers(parse_message(text.encode()), moved(BENS["google"]))
    assert (found.method, found.worth) == ("REFRESH", "current")


def test_an_invitation_is_no_answer() -> None:
    assert answers(message("google-declined-one", ("METHOD:REPLY", "METHOD:REQUEST")), None) == []


@pytest.mark.parametrize(
    "form",
    [
        "RECURRENCE-ID:20261208T090000Z",
        "RECURRENCE-ID;TZID=Asia/Kolkata:20261208T143000",
        "RECURRENCE-ID;VALUE=DATE:20261208",
    ],
)
def test_trap_17_an_occurrence_is_found_however_it_is_named(form: str) -> None:
    change = ("RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000", form)
    assert answer("google-declined-one", change).recurrence == ONE
