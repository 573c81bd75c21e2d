"""Guests of a server that tells nobody hear by mail what the owner of the calendar has changed by hand (Radicale).

Not what we change ourselves, nor a server that tells them: test_caldav_guests.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import caldav
import httpx
import pytest

from connectors.internet import GuestMails, InternetCalendars, Post, Reached, Tally
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone
from daemon.errors import AccessLost, ReaderRefused, Temporary
from daemon.ports import OutgoingLetter
from tests.conformance.caldav_world import PASSWORD, OnePassword, StandingClock
from tests.conformance.calendar_writing import FIFTH, FOURTH
from tests.conformance.following import WINDOW, series
from tests.conformance.test_invitations import ANA, BEN, MAILBOX, Letters
from tests.servers import radicale

KEY = "series/ana-ben/0/1"
ON_FOURTH, ON_FIFTH = "2026-10-27 09:00:00+00:00", "2026-11-03 09:00:00+00:00"


class Desk(Letters):
    """The program's mailbox, which refuses everything with this error while there is one."""

    error: Exception | None = None

    def __init__(self) -> None:
        super().__init__()
        self.tally = Tally()

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """Nothing of it is accepted."""
        if self.error:
            raise self.error
        return super().send(letter, key=key)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale.radicale(tmp_path_factory.mktemp("radicale"), {ANA: PASSWORD}) as url:
        yield url


@pytest.fixture
def url(server: str) -> Iterator[str]:
    """Ana's calendar, empty."""
    mine, login = f"{server}{ANA}/main/", (ANA, PASSWORD)
    assert httpx.request("MKCALENDAR", mine, auth=login).status_code == 201
    yield server
    httpx.delete(mine, auth=login)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def reopen(url: str, tmp_path: Path, desk: Desk) -> Callable[[], InternetCalendars]:
    """As run.py wires them, after a restart."""
    return lambda: telling(tmp_path, Reached(ANA, url=url, own_network=True), desk)


def telling(folder: Path, account: Reached, desk: Desk) -> InternetCalendars:
    """One account, whose guests are told from that desk; only Ana and Ben are a pair."""
    post = Post(
        desk, MAILBOX, "KOSS 1:1s",
        reply_address=lambda who: f"koss+{who.partition('@')[0]}@programs.example" if who in (ANA, BEN) else MAILBOX,
        message_id=lambda key: f"<{key.replace('/', '.')}@programs.example>",
        tally=desk.tally,
    )  # fmt: skip
    mails = GuestMails(folder, StandingClock(), lambda key: post)
    return InternetCalendars([account], OnePassword(), StandingClock(), guest_mails=mails)


class Client:
    """Ana's own program, which is none of ours."""

    def __init__(self, url: str) -> None:
        self._url = url

    def edits(self, edit: Callable[[Any, Any], None]) -> None:
        """Change her one event: `edit` gets its VCALENDAR and its VEVENT."""
        with self._opened() as client:
            (event,) = self._calendar(client).events()
            whole = event.icalendar_instance
            edit(whole, whole.walk("VEVENT")[0])
            event.icalendar_instance = whole
            event.save()

    def deletes(self) -> None:
        """Her one event, as a whole."""
        with self._opened() as client:
            (event,) = self._calendar(client).events()
            event.delete()

    def _opened(self) -> caldav.DAVClient:
        return caldav.DAVClient(self._url, username=ANA, password=PASSWORD, auth_type="basic")

    def _calendar(self, client: caldav.DAVClient) -> Any:
        return client.calendar(url=f"{self._url}{ANA.replace('@', '%40')}/main/")


def takes_off(wall: str) -> Callable[[Any, Any], None]:
    """One occurrence less."""

    def edit(whole: Any, master: Any) -> None:
        zone = master["DTSTART"].dt.tzinfo
        master.add("EXDATE", [datetime.fromisoformat(wall).replace(tzinfo=zone)])

    return edit


def an_hour_later(whole: Any, master: Any) -> None:
    """All of it."""
    for name in ("DTSTART", "DTEND"):
        at = master[name].dt
        del master[name]
        master.add(name, at + timedelta(hours=1))


@pytest.mark.server("Radicale")
def test_what_the_owner_changes_by_hand_is_told_once(
    url: str, reopen: Callable[[], InternetCalendars], desk: Desk
) -> None:
    reopen().put(ANA, series(ANA, BEN), key=KEY, expected="")
    cursor = reopen().changes(ANA, None, WINDOW).cursor
    Client(url).edits(takes_off(FOURTH))
    for _ in range(2):
        assert reopen().changes(ANA, cursor, WINDOW).observations
    assert desk.read_by(BEN)[1:] == [f"CANCEL.1 {ON_FOURTH}"]
    assert desk.tally.taken() == {MAILBOX: 2}, "each counts in letters_a_day"
    Client(url).edits(an_hour_later)
    reopen().changes(ANA, None, WINDOW)
    assert [each.partition(".")[0] for each in desk.read_by(BEN)[2:]] == ["REQUEST"]


@pytest.mark.server("Radicale")
def test_a_guest_whom_the_owner_added_is_the_owners_to_tell(
    url: str, reopen: Callable[[], InternetCalendars], desk: Desk
) -> None:
    reopen().put(ANA, series(ANA, BEN), key=KEY, expected="")
    Client(url).edits(lambda whole, master: master.add("ATTENDEE", "mailto:cleo@else.example"))
    Client(url).edits(takes_off(FIFTH))
    reopen().changes(ANA, None, WINDOW)
    assert desk.read_by("cleo@else.example") == []
    assert len(desk.read_by(BEN)) == 2


@pytest.mark.server("Radicale")
def test_trap_20_what_is_gone_as_a_whole_is_told_to_nobody_before_we_take_it_off(
    url: str, reopen: Callable[[], InternetCalendars], desk: Desk
) -> None:
    reopen().put(ANA, series(ANA, BEN), key=KEY, expected="")
    cursor = reopen().changes(ANA, None, WINDOW).cursor
    Client(url).deletes()
    gone = reopen().changes(ANA, cursor, WINDOW).observations
    assert [type(each) for each in gone] == [EventGone]
    assert desk.read_by(BEN) == ["REQUEST.0"]
    reopen().cancel(ANA, Place(ANA, "one"), key="cancel/1", expected="")
    assert desk.read_by(BEN) == ["REQUEST.0", "CANCEL.1"]


@pytest.mark.server("Radicale")
def test_a_mailbox_that_is_away_costs_no_reading_and_no_news(
    url: str, reopen: Callable[[], InternetCalendars], desk: Desk
) -> None:
    desk.error = AccessLost("the mailbox is not connected")
    with pytest.raises(Temporary):  # not AccessLost: nothing is wrong with the calendar
        reopen().put(ANA, series(ANA, BEN), key=KEY, expected="")
    desk.error = None
    assert reopen().put(ANA, series(ANA, BEN), key=KEY, expected="").told == (BEN,)
    desk.error = Temporary("the mail server is away")
    Client(url).edits(takes_off(FOURTH))
    cursor = reopen().changes(ANA, None, WINDOW).cursor
    assert desk.read_by(BEN) == ["REQUEST.0"]
    desk.error = None
    reopen().changes(ANA, cursor, WINDOW)
    assert desk.read_by(BEN) == ["REQUEST.0", f"CANCEL.1 {ON_FOURTH}"]


@pytest.mark.server("Radicale")
def test_a_guest_whose_address_is_refused_keeps_nothing_off_the_calendar(
    reopen: Callable[[], InternetCalendars], desk: Desk
) -> None:
    desk.error = ReaderRefused("550 no such user", "no such user")
    assert reopen().put(ANA, series(ANA, BEN), key=KEY, expected="").told == ()
    assert reopen().changes(ANA, None, WINDOW).observations
