"""Who invites the guests of a calendar on a server: that server where it schedules, else we by mail; never both, never twice.

Not the suites (test_caldav.py), and not what a server that schedules writes down (test_caldav_xandikos.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.internet import GuestMails, InternetCalendars, Post, Tally
from connectors.internet.caldav.account import Reached
from connectors.internet.caldav.wire import Way
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place
from daemon.domain.value import replace
from daemon.errors import Permanent, Temporary, VersionConflict
from daemon.ical.message import told_in
from daemon.mail.reading.incoming import read
from tests.conformance.caldav_suite import ANA, BEN, OnRadicale
from tests.conformance.caldav_suite import radicale_server as radicale_server
from tests.conformance.caldav_world import Faulty, Mirror, OnePassword
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON, change
from tests.conformance.following import RULE, listing, series
from tests.conformance.test_caldav_xandikos import CLEO, Site
from tests.conformance.test_caldav_xandikos import scheduling as scheduling
from tests.conformance.test_caldav_xandikos import server as server
from tests.conformance.test_caldav_xandikos import site as site
from tests.conformance.test_invitations import MAILBOX, Letters, StandingClock
from tests.servers.fault_proxy import FaultProxy

Make = Callable[[], InternetCalendars]
FOURTH_AT, FIFTH_AT = "2026-10-27 09:00:00+00:00", "2026-11-03 09:00:00+00:00"


def post(letters: Letters, tally: Tally | None = None) -> Post:
    """From the program's mailbox, answered to an address of each guest."""
    return Post(
        letters, MAILBOX, "KOSS 1:1s",
        reply_address=lambda guest: f"koss+{guest.partition('@')[0]}@programs.example",
        message_id=lambda key: f"<{key.replace('/', '.')}@programs.example>",
        tally=tally or Tally(),
    )  # fmt: skip


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def letters() -> Letters:
    return Letters()


class Guests:
    """What both kinds of servers have in common: a connector that mails through the program's mailbox."""

    @pytest.fixture
    def make(
        self,
        proxy: FaultProxy,
        mirror: Mirror,
        faults: Faulty,
        tmp_path: Path,
        letters: Letters,
        tally: Tally,
    ) -> Make:
        way = Way(resolve=faults.resolve, limits=faults.patience)

        def made() -> InternetCalendars:
            mails = GuestMails(tmp_path / "data", StandingClock(), lambda key: post(letters, tally))
            accounts = [Reached(who, url=proxy.url, own_network=True) for who in (ANA, BEN)]
            return InternetCalendars(
                accounts, OnePassword(), StandingClock(), way=way, guest_mails=mails
            )

        return made


class TestAServerThatTellsNobody(Guests, OnRadicale):
    """Radicale keeps calendars, and invites nobody."""

    def test_each_change_is_mailed_to_the_guest_once_and_the_owner_is_mailed_nothing(
        self, make: Make, letters: Letters
    ) -> None:
        calendars, place = make(), Place(ANA, "one", FOURTH)
        put = calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        assert put.told == (BEN,)
        assert calendars.put(ANA, series(ANA, BEN), key="k/1", expected="").told == (BEN,)
        assert calendars.move(ANA, place, NOON, key="k/2", expected="").told == (BEN,)
        assert calendars.cancel(ANA, place, key="k/3", expected="").told == (BEN,)
        ended = replace(series(ANA, BEN), rule=replace(RULE, until=RULE.begins.date()))
        assert calendars.put(ANA, ended, key="k/4", expected="").told == (BEN,)
        assert calendars.cancel(ANA, Place(ANA, "one"), key="k/5", expected="").told == (BEN,)
        calendars.cancel(ANA, Place(ANA, "one"), key="k/5", expected="")
        told = [re.sub(r"\.\d+", "", each) for each in letters.read_by(BEN)]
        assert told == [
            "REQUEST", f"REQUEST {FOURTH_AT}", f"CANCEL {FOURTH_AT}", "REQUEST", "CANCEL",
        ]  # fmt: skip
        assert letters.read_by(ANA) == []

    def test_whoever_is_let_go_alone_is_mailed_once(self, make: Make, letters: Letters) -> None:
        calendars, place = make(), Place(ANA, "one", FOURTH)
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        calendars.invite(ANA, place, (CLEO,), key="k/2", expected="")
        before = len(letters.read_by(BEN))
        letters.fails_after = 1
        with pytest.raises(Temporary):
            calendars.uninvite(ANA, place, (CLEO,), key="k/3", expected="")
        for _ in range(2):
            assert make().uninvite(ANA, place, (CLEO,), key="k/3", expected="").repeated
        told = [re.sub(r"\.\d+", "", each) for each in letters.read_by(CLEO)]
        assert told == [f"REQUEST {FOURTH_AT}", f"CANCEL {FOURTH_AT}"]
        assert len(letters.read_by(BEN)) == before

    def test_the_answer_comes_to_us_by_an_address_of_that_guest(
        self, make: Make, letters: Letters
    ) -> None:
        make().put(ANA, series(ANA, BEN), key="k/1", expected="")
        (mail,) = letters.world.mailbox(BEN).arrived
        (told,) = told_in(read(mail.raw).calendar_text)
        assert told.organizer == "koss+ben@programs.example"
        assert b"SCHEDULE-AGENT" not in read(mail.raw).calendar_text

    def test_the_link_is_in_the_invitation_and_another_one_is_mailed(
        self, make: Make, letters: Letters
    ) -> None:
        links = ["https://meet.example.org/ana-ben", "https://meet.example.org/other"]
        for number, link in enumerate(links):
            event = replace(series(ANA, BEN), location=link)
            make().put(ANA, event, key=f"k/{number}", expected="")
        mails = [read(mail.raw) for mail in letters.world.mailbox(BEN).arrived]
        assert [event.location for mail in mails for event in told_in(mail.calendar_text)] == links
        assert all(link in mail.text for link, mail in zip(links, mails, strict=True))

    @pytest.mark.parametrize("word", ["put", "move", "cancel"])
    def test_trap_47_a_line_that_dies_after_the_final_dot_costs_no_second_mail(
        self, make: Make, letters: Letters, word: str
    ) -> None:
        make().put(ANA, series(ANA, BEN), key="k/1", expected="")
        letters.fails_after = 1
        place = Place(ANA, "one", FOURTH)
        with pytest.raises(Temporary):
            change(make(), word, place, key="k/2")
        assert change(make(), word, place, key="k/2").told == (BEN,)
        assert len(letters.read_by(BEN)) == 2
        assert change(make(), word, place, key="k/2").told == (BEN,)
        assert len(letters.read_by(BEN)) == 2

    def test_a_write_of_which_the_answer_is_lost_is_told_when_it_is_tried_again(
        self, make: Make, letters: Letters, faults: Faulty
    ) -> None:
        calendars = make()
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        place = Place(ANA, "one", FOURTH)
        faults.inject("move", "timeout-after")
        with faults.during("move"), pytest.raises(Temporary):
            calendars.move(ANA, place, NOON, key="k/2", expected="")
        assert len(letters.read_by(BEN)) == 1
        assert make().move(ANA, place, NOON, key="k/2", expected="").told == (BEN,)
        assert len(letters.read_by(BEN)) == 2

    def test_a_guests_program_is_answered_once_and_the_event_stays_as_it_is(
        self, make: Make, letters: Letters
    ) -> None:
        calendars, place = make(), Place(ANA, "one", FOURTH)
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        before = listing(calendars, ANA)
        first = calendars.answer(place, BEN, "DECLINECOUNTER", key="d/1")
        letters.fails_after = 1
        with pytest.raises(Temporary):
            make().answer(Place(ANA, "one"), BEN, "REQUEST", key="r/1")
        for key in ("d/1", "r/1"):
            method = "REQUEST" if key == "r/1" else "DECLINECOUNTER"
            assert make().answer(place, BEN, method, key=key).repeated  # type: ignore[arg-type]
        assert (first.told, first.repeated) == ((BEN,), False)
        told = [each.split(".")[0] for each in letters.read_by(BEN)]
        assert told == ["REQUEST", "DECLINECOUNTER", "REQUEST"]
        assert letters.read_by(ANA) == []
        assert listing(calendars, ANA) == before
        assert make().answer(Place(ANA, "two"), BEN, "REQUEST", key="r/2").repeated

    def test_each_mail_that_has_gone_is_counted_once_whatever_it_is_about(
        self, make: Make, letters: Letters, tally: Tally
    ) -> None:
        place = Place(ANA, "one", FOURTH)
        make().put(ANA, series(ANA, BEN), key="k/1", expected="")
        make().put(ANA, series(ANA, BEN), key="k/1", expected="")
        assert tally.taken() == {MAILBOX: 1}
        make().answer(place, BEN, "DECLINECOUNTER", key="d/1")
        make().cancel(ANA, place, key="k/2", expected="")
        assert (tally.taken(), tally.taken()) == ({MAILBOX: 2}, {})
        letters.spam.add(BEN)
        with pytest.raises(Permanent):
            make().cancel(ANA, Place(ANA, "one", FIFTH), key="k/3", expected="")
        assert tally.taken() == {}

    def test_what_was_not_written_is_told_to_nobody(self, make: Make, letters: Letters) -> None:
        calendars = make()
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        with pytest.raises(VersionConflict):
            calendars.move(ANA, Place(ANA, "one", FOURTH), NOON, key="k/2", expected="of old")
        assert len(letters.read_by(BEN)) == 1


class TestAServerThatTells:
    """Xandikos schedules for people whose address it knows: whom it tells, nobody else does."""

    def test_we_mail_nobody(self, scheduling: Site, tmp_path: Path, letters: Letters) -> None:
        mails = GuestMails(tmp_path, StandingClock(), lambda key: post(letters))
        reached = [Reached(who, url=scheduling.proxy.url, own_network=True) for who in (ANA, BEN)]
        calendars = InternetCalendars(
            reached, OnePassword(), StandingClock(), way=Way(), guest_mails=mails
        )
        put = calendars.put(ANA, series(ANA, BEN, uid="told"), key="k/1", expected="")
        assert put.told == (BEN,)
        assert calendars.answer(Place(ANA, "told"), BEN, "REQUEST", key="r/1").repeated
        assert calendars.cancel(ANA, Place(ANA, "told"), key="k/2", expected="").told == (BEN,)
        assert letters.read_by(BEN) == []
        assert not (tmp_path / "guest-mails").exists()

    def test_whom_the_server_cannot_reach_is_mailed_once_per_change_and_is_not_called_told(
        self, scheduling: Site, tmp_path: Path, letters: Letters
    ) -> None:
        """Cleo has no account there: the server says 3.7 (RFC 6638 3.2.9)."""
        calendars, place = self.there(scheduling, tmp_path, letters), Place(ANA, "one", FOURTH)
        put = calendars.put(ANA, series(ANA, CLEO), key="k/1", expected="")
        assert put.told == ()
        assert calendars.put(ANA, series(ANA, CLEO), key="k/1", expected="").repeated
        both = calendars.invite(ANA, Place(ANA, "one"), (BEN,), key="k/2", expected="")
        moved = calendars.move(ANA, place, NOON, key="k/3", expected="")
        off = calendars.cancel(ANA, Place(ANA, "one", FIFTH), key="k/4", expected="")
        gone = calendars.cancel(ANA, Place(ANA, "one"), key="k/5", expected="")
        calendars.cancel(ANA, Place(ANA, "one"), key="k/5", expected="")
        assert [each.told for each in (both, moved, off, gone)] == [(BEN,)] * 4
        told = [re.sub(r"\.\d+", "", each) for each in letters.read_by(CLEO)]
        assert told == [
            "REQUEST", f"REQUEST {FOURTH_AT}", f"CANCEL {FIFTH_AT}", "CANCEL",
        ]  # fmt: skip
        assert letters.read_by(BEN) == letters.read_by(ANA) == []

    def test_whom_the_server_cannot_reach_hears_from_us_that_they_are_let_go(
        self, scheduling: Site, tmp_path: Path, letters: Letters
    ) -> None:
        calendars, place = self.there(scheduling, tmp_path, letters), Place(ANA, "one", FOURTH)
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        calendars.invite(ANA, place, (CLEO,), key="k/2", expected="")
        for _ in range(2):
            calendars.uninvite(ANA, place, (CLEO,), key="k/3", expected="")
        told = [re.sub(r"\.\d+", "", each) for each in letters.read_by(CLEO)]
        assert told == [f"REQUEST {FOURTH_AT}", f"CANCEL {FOURTH_AT}"]
        assert letters.read_by(BEN) == []

    @pytest.mark.parametrize("word", ["put", "move", "cancel", "delete"])
    def test_trap_47_a_line_that_dies_costs_whom_it_cannot_reach_no_second_mail(
        self, scheduling: Site, tmp_path: Path, letters: Letters, word: str
    ) -> None:
        def there() -> InternetCalendars:
            return self.there(scheduling, tmp_path, letters)

        def acts() -> Receipt:
            if word == "delete":
                return there().cancel(ANA, Place(ANA, "one"), key="k/2", expected="")
            if word == "put":
                longer = series(ANA, CLEO, rule=replace(RULE, length_minutes=45))
                return there().put(ANA, longer, key="k/2", expected="")
            return change(there(), word, Place(ANA, "one", FOURTH), key="k/2")

        there().put(ANA, series(ANA, CLEO), key="k/1", expected="")
        letters.fails_after = 1
        with pytest.raises(Temporary):
            acts()
        assert acts().told == ()
        acts()
        assert len(letters.read_by(CLEO)) == 2

    def test_a_guest_who_is_refused_everywhere_keeps_nothing_off_the_calendar(
        self, scheduling: Site, tmp_path: Path, letters: Letters
    ) -> None:
        letters.spam.add(CLEO)
        calendars = self.there(scheduling, tmp_path, letters)
        assert calendars.put(ANA, series(ANA, CLEO), key="k/1", expected="").told == ()
        assert list(listing(calendars, ANA)) != []

    def test_a_guest_whom_the_server_cannot_reach_is_answered_by_us(
        self, scheduling: Site, tmp_path: Path, letters: Letters
    ) -> None:
        calendars = self.there(scheduling, tmp_path, letters)
        calendars.put(ANA, series(ANA, CLEO), key="k/1", expected="")
        calendars.invite(ANA, Place(ANA, "one"), (BEN,), key="k/2", expected="")
        place = Place(ANA, "one", FOURTH)
        assert calendars.answer(place, CLEO, "DECLINECOUNTER", key="d/1").told == (CLEO,)
        assert calendars.answer(place, BEN, "DECLINECOUNTER", key="d/2").repeated
        assert [each.partition(".")[0] for each in letters.read_by(CLEO)] == [
            "REQUEST", "DECLINECOUNTER",
        ]  # fmt: skip

    def there(self, site: Site, folder: Path, letters: Letters) -> InternetCalendars:
        """As run.py wires them, after a restart."""
        mails = GuestMails(folder, StandingClock(), lambda key: post(letters))
        reached = [Reached(who, url=site.proxy.url, own_network=True) for who in (ANA, BEN)]
        return InternetCalendars(
            reached, OnePassword(), StandingClock(), way=Way(), guest_mails=mails
        )
