"""A server that schedules by itself: whom it tells, nobody else invites; and what only a Xandikos answers.

Not the suites, which play the mail between people: see test_caldav.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from connectors.internet import InternetCalendars, Reached, probe
from connectors.internet.caldav.wire import Way
from daemon.domain.meeting import Place
from daemon.domain.observation import Busy, EventSeen, Unknown
from daemon.errors import CursorExpired
from daemon.ical.parsing import parse
from daemon.ical.reading import attendees, is_cancelled, master_of
from daemon.ical.recurrence import gaps_of, named_parts
from tests.conformance.caldav_world import PASSWORD, OnePassword, StandingClock, people
from tests.conformance.calendar_busy import FORTNIGHT
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON
from tests.conformance.following import WINDOW, half_hour, one_off, series, utc
from tests.servers import xandikos
from tests.servers.fault_proxy import FaultProxy, fault_proxy

pytestmark = pytest.mark.server("Xandikos")
ANA, BEN, CLEO = "ana@mentors.example", "ben@mentees.example", "cleo@elsewhere.example"
HOME_OFFICE = "ana@home.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with xandikos.xandikos(tmp_path_factory.mktemp("xandikos")) as url:
        yield url


class Site:
    """One Xandikos as Ana and Ben use it; `names` is what it calls them."""

    def __init__(self, server: str, proxy: FaultProxy, names: dict[str, str]) -> None:
        self.server, self.proxy, self.names = server, proxy, names

    def ask(self, who: str, method: str, path: str, **more: object) -> httpx.Response:
        """One request as that person."""
        user = self.names[who]
        headers = {
            "X-Remote-User": user,
            "Content-Type": "application/xml",
            **more.pop("headers", {}),
        }  # type: ignore[dict-item]
        return httpx.request(method, f"{self.server}{user}/{path}", headers=headers, **more)  # type: ignore[arg-type]

    def is_called(self, who: str, *addresses: str) -> None:
        """Tell the server which addresses are that person's."""
        self.ask(who, "PROPFIND", "", headers={"Depth": "0"}, content=b"")
        hrefs = "".join(f"<href>mailto:{each}</href>" for each in addresses)
        body = (
            '<propertyupdate xmlns="DAV:"><set><prop><c:calendar-user-address-set '
            f'xmlns:c="urn:ietf:params:xml:ns:caldav">{hrefs}</c:calendar-user-address-set></prop></set></propertyupdate>'
        )
        answer = self.ask(who, "PROPPATCH", "", content=body)
        assert answer.status_code == 207 and "200 OK" in answer.text, answer.text

    def copies(self, who: str) -> dict[str, bytes]:
        """What lies in somebody's calendar."""
        body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        answer = self.ask(
            who, "PROPFIND", "calendars/calendar/", content=body, headers={"Depth": "1"}
        )
        names = [part.split("<")[0] for part in answer.text.split("/calendars/calendar/")[1:]]
        return {
            name: self.ask(who, "GET", f"calendars/calendar/{name}").content
            for name in names
            if name.endswith(".ics")
        }

    def calendars(self, *accounts: str) -> InternetCalendars:
        """The connector for these people."""
        reached = [Reached(who, url=self.proxy.url, own_network=True) for who in accounts]
        return InternetCalendars(reached, OnePassword(), StandingClock(), way=Way())


@pytest.fixture
def site(server: str) -> Iterator[Site]:
    names = people(ANA, BEN)
    with fault_proxy(server, {who: (PASSWORD, name) for who, name in names.items()}) as proxy:
        yield Site(server, proxy, names)


@pytest.fixture
def scheduling(site: Site) -> Iterator[Site]:
    site.is_called(ANA, ANA, HOME_OFFICE)
    site.is_called(BEN, BEN)
    yield site
    for who in (ANA, BEN):
        site.is_called(who)


def agents(raw: bytes) -> set[str]:
    """Who is said to tell the guests."""
    calendar = parse(raw)
    return {
        str(guest.params.get("SCHEDULE-AGENT", "SERVER"))
        for event in calendar.walk("VEVENT")
        for guest in attendees(event)  # type: ignore[arg-type]
    }


def test_trap_98_whom_the_server_invites_is_told_and_nobody_invites_them_again(
    scheduling: Site,
) -> None:
    calendars = scheduling.calendars(ANA)
    receipt = calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert receipt.told == (BEN,)
    (copy,) = scheduling.copies(BEN).values()
    assert agents(copy) == {"SERVER"}
    again = calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert again.repeated and len(scheduling.copies(BEN)) == 1


def test_trap_98_whom_the_server_cannot_tell_is_not_told(scheduling: Site) -> None:
    """Cleo has no account there: the server says 3.7, so we have to invite her by mail."""
    calendars = scheduling.calendars(ANA)
    receipt = calendars.put(ANA, series(ANA, CLEO), key="k/1", expected="")
    assert receipt.told == ()
    both = calendars.invite(ANA, Place(ANA, "one"), (BEN,), key="k/2", expected="")
    assert both.told == (BEN,)


def test_trap_98_the_version_is_that_of_what_the_server_kept(scheduling: Site) -> None:
    calendars = scheduling.calendars(ANA)
    receipt = calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    (seen,) = calendars.changes(ANA, None, WINDOW).observations
    assert isinstance(seen, EventSeen) and seen.version == receipt.version
    moved = calendars.move(
        ANA, Place(ANA, "one", FOURTH), NOON, key="k/2", expected=receipt.version
    )
    assert moved.told == (BEN,)


def test_where_the_server_does_not_know_our_address_we_invite_ourselves(site: Site) -> None:
    """It says calendar-auto-schedule all the same, and would tell nobody (RFC 6638 3.2)."""
    receipt = site.calendars(ANA).put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert receipt.told == ()
    (raw,) = site.copies(ANA).values()
    assert agents(raw) == {"CLIENT"}
    assert site.copies(BEN) == {}


def test_an_answer_that_the_server_delivers_is_seen(scheduling: Site) -> None:
    calendars = scheduling.calendars(ANA)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    ((name, copy),) = scheduling.copies(BEN).items()
    accepted = copy.replace(b"PARTSTAT=NEEDS-ACTION", b"PARTSTAT=ACCEPTED")
    answer = scheduling.ask(
        BEN,
        "PUT",
        f"calendars/calendar/{name}",
        content=accepted,
        headers={"Content-Type": "text/calendar"},
    )
    assert answer.is_success, answer.text
    (seen,) = calendars.changes(ANA, cursor, WINDOW).observations
    assert isinstance(seen, EventSeen)
    assert [(guest.address, guest.partstat) for guest in seen.guests] == [(BEN, "ACCEPTED")]


def test_trap_15_one_occurrence_taken_off_leaves_the_guest_all_the_others(scheduling: Site) -> None:
    calendars = scheduling.calendars(ANA)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    calendars.cancel(ANA, Place(ANA, "one", FOURTH), key="k/2", expected="")
    calendars.move(ANA, Place(ANA, "one", FIFTH), NOON, key="k/3", expected="")
    (copy,) = scheduling.copies(BEN).values()
    parts = named_parts(parse(copy), "one")
    assert not any(is_cancelled(part) for part in parts.values())
    assert gaps_of(parts[""]) == {FOURTH} and set(parts) == {"", FIFTH}


def test_a_whole_event_taken_off_is_cancelled_at_the_guest(scheduling: Site) -> None:
    calendars = scheduling.calendars(ANA)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    receipt = calendars.cancel(ANA, Place(ANA, "one"), key="k/2", expected="")
    assert receipt.told == (BEN,)
    (copy,) = scheduling.copies(BEN).values()
    master = master_of(parse(copy), "one")
    assert master is not None and is_cancelled(master)
    assert scheduling.copies(ANA) == {}


def test_free_and_busy_times_of_others_are_asked_of_the_server(scheduling: Site) -> None:
    """Who has no account here is asked about at the outbox; who the server does not know is Unknown, never free.
    Xandikos answers for the asking person alone, so Ana asks about her other address."""
    calendars = scheduling.calendars(ANA)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    told = calendars.busy(ANA, (ANA, HOME_OFFICE, CLEO), FORTNIGHT)
    assert isinstance(told[CLEO], Unknown)
    other, own = told[HOME_OFFICE], told[ANA]
    assert isinstance(other, Busy) and isinstance(own, Busy)
    assert [(each.start, each.end) for each in other.intervals] == [
        (each.start, each.end) for each in own.intervals
    ]
    posted = [asked for asked in scheduling.proxy.asked if asked.method == "POST"]
    assert [asked.headers["Recipient"] for asked in posted] == [
        f"mailto:{HOME_OFFICE}",
        f"mailto:{CLEO}",
    ]


def test_the_1to1_itself_is_named_in_what_the_server_tells_of_its_guest(scheduling: Site) -> None:
    """A server tells times without uids; without a name a 1:1 would clash with itself."""
    calendars = scheduling.calendars(ANA)
    calendars.put(ANA, one_off(HOME_OFFICE, start=NOON.start), key="k/1", expected="")
    calendars.put(
        ANA, one_off(CLEO, uid="other", start=utc("2026-11-05T12:00")), key="k/2", expected=""
    )
    told = calendars.busy(ANA, (HOME_OFFICE,), FORTNIGHT)[HOME_OFFICE]
    assert isinstance(told, Busy)
    assert [(each.start, each.source) for each in told.intervals] == [
        (NOON.start, "single"),
        (half_hour("2026-11-05T12:00").start, ""),
    ]


def test_trap_32_a_bogus_sync_token_is_answered_412(site: Site) -> None:
    calendars = site.calendars(ANA)
    first = calendars.changes(ANA, None, WINDOW).cursor
    assert first is not None
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    bogus = json.dumps(json.loads(first) | {"token": "b" * 40})
    with pytest.raises(CursorExpired):
        calendars.changes(ANA, bogus, WINDOW)


def test_a_probe_says_that_the_server_invites(scheduling: Site) -> None:
    reached = Reached(ANA, url=scheduling.proxy.url, own_network=True)
    found = probe(reached, PASSWORD, StandingClock())
    assert (found.facts["schedules"], found.facts["free_busy_of_others"]) == ("yes", "yes")
    assert "the server invites guests by itself" in [check.text for check in found.checks]
