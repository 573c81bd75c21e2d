"""Invitations by mail on the conformance suite, as far as there is a calendar to speak of.

Not their mails byte for byte (tests/itip/test_mailing.py) and not how they live (tests/stories/test_without_calendar.py).
What needs hands on a calendar, or busy times, is left out: there is neither.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from connectors.internet import Invitations, Post
from connectors.internet.kept import ANSWER, Kept
from connectors.memory import Faults, MemoryMail, MemoryWorld
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place
from daemon.domain.observation import Unknown
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import AccessLost, Permanent, Temporary
from daemon.ical.message import told_in
from daemon.mail.reading.incoming import read
from daemon.ports import NotSent, OutgoingLetter
from tests.conformance.calendar_writing import CHANGES, FOURTH, change
from tests.conformance.calendars import CalendarConformance
from tests.conformance.faults import KINDS, Fault
from tests.conformance.following import NOW, one_off, series
from tests.conformance.following import WINDOW as _WINDOW

MAILBOX = "koss@programs.example"
ANA, BEN = "ana@mentors.example", "ben@mentees.example"
BUSY = {
    "test_a_window_of_gaps_is_not_busy",
    "test_our_own_meetings_are_busy_for_both_and_carry_their_uid",
    "test_who_cannot_be_read_is_unknown_and_never_free",
}


class StandingClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always the same."""
        return NOW


class Letters:
    """The program's mailbox; the power goes, or nobody can tell what was sent, when a test says so."""

    def __init__(self) -> None:
        self.world = MemoryWorld(lambda: NOW, ())
        self.faults = Faults(Random(1), "none")
        self.mail = MemoryMail(self.world, MAILBOX, self.faults)
        self.fails_after = -1
        self.knows = True
        self.spam: set[Address] = set()
        self.shut = False

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """Accepted, and then perhaps nobody hears so."""
        if self.shut:
            raise AccessLost("mail.example does not take the user name and password")
        if letter.to in self.spam:
            raise Permanent("mail.example does not take the letter (554 5.7.1)")
        receipt = self.mail.send(letter, key=key)
        self.fails_after -= 1
        if self.fails_after == 0:
            raise Temporary("the line went dead after the final dot")
        return receipt

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """As the mailbox says, if it does."""
        return self.mail.sent(letter) if self.knows else Unknown("Sent cannot be read")

    def arrivals(self, since: str | None):  # type: ignore[no-untyped-def]
        """Nobody asks here."""
        raise AssertionError

    def clear(self, names, before, may_go):  # type: ignore[no-untyped-def]
        """Nobody asks here."""
        raise AssertionError

    def read_by(self, who: Address) -> list[str]:
        """Method, SEQUENCE and occurrence of every invitation in somebody's mailbox."""
        told = [
            t for m in self.world.mailbox(who).arrived for t in told_in(read(m.raw).calendar_text)
        ]
        return [f"{t.method}.{t.sequence} {t.recurrence or ''}".rstrip(" ") for t in told]


def invitations(folder: Path, letters: Letters) -> Invitations:
    """As run.py wires them."""
    post = Post(
        letters, MAILBOX, "KOSS 1:1s",
        reply_address=lambda guest: f"koss+{guest.partition('@')[0]}@programs.example",
        message_id=lambda key: f"<{key.replace('/', '.')}@programs.example>",
    )  # fmt: skip
    return Invitations(folder, StandingClock(), lambda key: post)


def _left_out() -> dict[str, None]:
    """What no account of this kind can do."""
    tests = {name: getattr(CalendarConformance, name) for name in dir(CalendarConformance)}
    return {
        name: None
        for name, test in tests.items()
        if name.startswith("test_")
        and ("hands" in inspect.signature(test).parameters or name in BUSY)
    }


class TestInvitations(CalendarConformance):
    """The suite for one that nobody but the daemon changes."""

    locals().update(_left_out())

    @pytest.fixture
    def calendars(self, tmp_path: Path) -> Invitations:
        return invitations(tmp_path, Letters())

    @pytest.fixture
    def reopen(self, tmp_path: Path) -> Callable[[], Invitations]:
        return lambda: invitations(tmp_path, Letters())


def test_only_hands_and_busy_times_are_left_out() -> None:
    suite = {name for name in dir(CalendarConformance) if name.startswith("test_")}
    assert suite >= BUSY
    assert len(suite - _left_out().keys()) == 20


# --- who is mailed what


@pytest.fixture
def letters() -> Letters:
    return Letters()


def test_each_is_mailed_each_change_once(tmp_path: Path, letters: Letters) -> None:
    calendars = invitations(tmp_path, letters)
    put = calendars.put(ANA, series(ANA, BEN), key="series/ana-ben/0/1", expected="")
    assert put.told == (ANA, BEN)
    place = Place(ANA, "one", FOURTH)
    for word in ("move", "cancel", "cancel"):
        change(calendars, word, place, key=f"{word}/1")
    fourth = "2026-10-27 09:00:00+00:00"
    assert letters.read_by(BEN) == ["REQUEST.0", f"REQUEST.1 {fourth}", f"CANCEL.2 {fourth}"]
    assert letters.read_by(ANA) == letters.read_by(BEN)


def test_the_answer_goes_to_an_address_of_that_guest_alone(
    tmp_path: Path, letters: Letters
) -> None:
    invitations(tmp_path, letters).put(ANA, one_off(BEN), key="put/1", expected="")
    for who, name in ((ANA, "ana"), (BEN, "ben")):
        (mail,) = letters.world.mailbox(who).arrived
        (told,) = told_in(read(mail.raw).calendar_text)
        assert b'ORGANIZER;CN="KOSS 1:1s":' in read(mail.raw).calendar_text
        assert told.organizer == f"koss+{name}@programs.example"
        assert f"Reply-To: <koss+{name}@programs.example>".encode() in mail.raw
        assert [guest.address for guest in told.guests] == [ANA, BEN]


@pytest.mark.parametrize("word", CHANGES[:3])
@pytest.mark.parametrize("mails", [1, 2])
def test_trap_47_a_line_that_dies_after_the_final_dot_costs_nobody_a_second_mail(
    tmp_path: Path, letters: Letters, word: str, mails: int
) -> None:
    calendars = invitations(tmp_path, letters)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    place = Place(ANA, "one", FOURTH)
    letters.fails_after = mails
    with pytest.raises(Temporary):
        change(calendars, word, place, key="k/2")
    before = calendars.changes(ANA, None, _WINDOW)
    receipt = change(invitations(tmp_path, letters), word, place, key="k/2")
    assert not receipt.repeated
    assert invitations(tmp_path, letters).changes(ANA, None, _WINDOW) != before
    assert [len(letters.read_by(who)) for who in (ANA, BEN)] == [2, 2]
    assert change(invitations(tmp_path, letters), word, place, key="k/2").repeated
    assert [len(letters.read_by(who)) for who in (ANA, BEN)] == [2, 2]


def test_what_nobody_can_tell_is_not_sent_again(tmp_path: Path, letters: Letters) -> None:
    calendars = invitations(tmp_path, letters)
    letters.fails_after, letters.knows = 1, False
    for _ in range(3):
        with pytest.raises(Temporary):
            calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert (letters.read_by(ANA), letters.read_by(BEN)) == (["REQUEST.0"], ["REQUEST.0"])
    letters.knows = True
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert (letters.read_by(ANA), letters.read_by(BEN)) == (["REQUEST.0"], ["REQUEST.0"])


def test_a_disk_that_refuses_is_temporary_and_nobody_is_mailed(
    tmp_path: Path, letters: Letters
) -> None:
    (tmp_path / "invitations").write_text("no folder")
    with pytest.raises(Temporary):
        invitations(tmp_path, letters).put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert letters.read_by(ANA) == []


def test_a_guest_whose_server_refuses_them_does_not_keep_the_other_from_hearing(
    tmp_path: Path, letters: Letters
) -> None:
    calendars = invitations(tmp_path, letters)
    letters.world.mailbox(ANA).refuses = "550 5.1.1 no such user"
    put = calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert put.told == (BEN,)
    assert letters.read_by(BEN) == ["REQUEST.0"]
    assert calendars.answer(Place(ANA, "one"), ANA, "REQUEST", key="r/1").told == ()


def test_a_guest_whose_server_takes_it_later_does_not_keep_the_other_waiting(
    tmp_path: Path, letters: Letters
) -> None:
    letters.world.mailbox(ANA).busy = True
    for _ in range(2):
        with pytest.raises(Temporary):
            invitations(tmp_path, letters).put(ANA, series(ANA, BEN), key="k/1", expected="")
        assert letters.read_by(BEN) == ["REQUEST.0"]
    letters.world.mailbox(ANA).busy = False
    put = invitations(tmp_path, letters).put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert put.told == (ANA, BEN)
    assert letters.read_by(ANA) == letters.read_by(BEN) == ["REQUEST.0"]


@pytest.mark.parametrize("who", [(ANA,), (ANA, BEN)])
def test_a_letter_that_is_refused_for_one_is_refused_for_all_only_if_nobody_gets_it(
    tmp_path: Path, letters: Letters, who: tuple[Address, ...]
) -> None:
    letters.spam = set(who)
    calendars = invitations(tmp_path, letters)
    if len(who) == 2:
        with pytest.raises(Permanent):
            calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    else:
        assert calendars.put(ANA, series(ANA, BEN), key="k/1", expected="").told == (BEN,)


def test_a_program_whose_password_is_wrong_is_no_trouble_of_the_mentors_account(
    tmp_path: Path, letters: Letters
) -> None:
    letters.shut = True
    with pytest.raises(Temporary) as raised:
        invitations(tmp_path, letters).put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert raised.value.whole and raised.value.retry_after


# --- what a guest's program is answered


def answering(folder: Path, letters: Letters) -> Invitations:
    """Both are invited to the series; the line is fine so far."""
    calendars = invitations(folder, letters)
    calendars.put(ANA, series(ANA, BEN), key="series/ana-ben/0/1", expected="")
    return calendars


FOURTH_STAYS = "DECLINECOUNTER.0 2026-10-27 09:00:00+00:00"


def test_a_guest_is_answered_once_per_key_and_the_event_stays_as_it_is(
    tmp_path: Path, letters: Letters
) -> None:
    calendars = answering(tmp_path, letters)
    before = calendars.changes(ANA, None, _WINDOW)
    place = Place(ANA, "one", FOURTH)
    first = calendars.answer(place, BEN, "DECLINECOUNTER", key="d/1")
    again = invitations(tmp_path, letters).answer(place, BEN, "DECLINECOUNTER", key="d/1")
    assert (first.repeated, first.told, again.repeated) == (False, (BEN,), True)
    calendars.answer(Place(ANA, "one"), BEN, "REQUEST", key="r/1")
    assert letters.read_by(BEN) == ["REQUEST.0", FOURTH_STAYS, "REQUEST.0"]
    assert letters.read_by(ANA) == ["REQUEST.0"]
    assert calendars.changes(ANA, None, _WINDOW) == before


def test_the_answer_tells_what_stands_when_it_goes(tmp_path: Path, letters: Letters) -> None:
    calendars = answering(tmp_path, letters)
    change(calendars, "move", Place(ANA, "one", FOURTH), key="m/1")
    calendars.answer(Place(ANA, "one"), BEN, "REQUEST", key="r/1")
    assert letters.read_by(BEN)[2:] == ["REQUEST.0", "REQUEST.1 2026-10-27 09:00:00+00:00"]
    calendars.cancel(ANA, Place(ANA, "one"), key="c/1", expected="")
    calendars.answer(Place(ANA, "one"), BEN, "REQUEST", key="r/2")
    assert [each[:6] for each in letters.read_by(BEN)[-2:]] == ["CANCEL", "CANCEL"]


@pytest.mark.parametrize(
    ("place", "guest"),
    [(Place(ANA, "two"), BEN), (Place(BEN, "one"), BEN), (Place(ANA, "one"), "carl@example.org"),
     (Place(ANA, "one", "2026-10-28T10:00"), BEN)],
    ids=["no such event", "no such account", "no guest", "no such date"],
)  # fmt: skip
def test_about_what_is_not_there_nothing_is_said(
    tmp_path: Path, letters: Letters, place: Place, guest: Address
) -> None:
    assert answering(tmp_path, letters).answer(place, guest, "DECLINECOUNTER", key="d/1").repeated
    assert len(letters.read_by(BEN)) == 1


ANSWERED = [(kind, fault) for kind, fault in KINDS.items() if "send" in fault.calls and fault.error]


@pytest.mark.parametrize(("kind", "fault"), ANSWERED, ids=[kind for kind, _ in ANSWERED])
def test_trap_47_a_fault_in_an_answer_costs_no_second_one(
    tmp_path: Path, letters: Letters, kind: str, fault: Fault
) -> None:
    calendars = answering(tmp_path, letters)
    letters.faults.inject("send", kind)
    place = Place(ANA, "one", FOURTH)
    with pytest.raises(Temporary):
        calendars.answer(place, BEN, "DECLINECOUNTER", key="d/1")
    assert len(letters.read_by(BEN)) == 1 + (fault.outcome == "done")
    for _ in range(2):
        invitations(tmp_path, letters).answer(place, BEN, "DECLINECOUNTER", key="d/1")
    assert letters.read_by(BEN) == ["REQUEST.0", FOURTH_STAYS]


def test_an_answer_of_which_nobody_can_tell_is_not_sent_again(
    tmp_path: Path, letters: Letters
) -> None:
    calendars = answering(tmp_path, letters)
    letters.fails_after, letters.knows = 1, False
    for _ in range(3):
        with pytest.raises(Temporary):
            calendars.answer(Place(ANA, "one"), BEN, "REQUEST", key="r/1")
    assert letters.read_by(BEN) == ["REQUEST.0", "REQUEST.0"]


def test_that_an_answer_was_begun_long_ago_is_forgotten_and_of_a_change_never(
    tmp_path: Path, letters: Letters
) -> None:
    calendars = answering(tmp_path, letters)
    Kept(tmp_path).begun(ANA, "long ago", NOW - timedelta(days=31), ANSWER)
    Kept(tmp_path).begun(ANA, "a change", NOW - timedelta(days=31))
    calendars.answer(Place(ANA, "one"), BEN, "REQUEST", key="r/1")
    kept = [path.suffix for path in sorted((tmp_path / "invitations").rglob("*.*"))]
    assert sorted(kept) == [".answer", ".ics", ".mails"]


def test_nobody_is_ever_taken_to_be_free(tmp_path: Path, letters: Letters) -> None:
    known = invitations(tmp_path, letters).busy(ANA, (ANA, BEN), _WINDOW)
    assert {type(each) for each in known.values()} == {Unknown}


def test_the_link_is_in_the_words_and_in_the_event_and_another_one_is_mailed(
    tmp_path: Path, letters: Letters
) -> None:
    calendars = invitations(tmp_path, letters)
    links = ("https://meet.example.org/ana-ben", "https://meet.example.org/other")
    for number, link in enumerate(links):
        event = replace(series(ANA, BEN), location=link)
        calendars.put(ANA, event, key=f"k/{number}", expected="")
    calendars.put(ANA, event, key="k/2", expected="")  # the same: nobody is mailed
    for who in (ANA, BEN):
        mails = [read(mail.raw) for mail in letters.world.mailbox(who).arrived]
        assert [[link in mail.text for link in links] for mail in mails] == [
            [True, False],
            [False, True],
        ]
        assert [event.location for mail in mails for event in told_in(mail.calendar_text)] == [
            *links
        ]
