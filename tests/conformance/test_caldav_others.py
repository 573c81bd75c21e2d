"""Servers that are less than Radicale, or answer in another way: without sync tokens, without ETags, page by page.

Not servers of their own: a proxy makes the answers of a real Radicale poorer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from connectors.internet import InternetCalendars, Reached
from connectors.internet.caldav.wire import Way
from daemon.domain.meeting import Place
from daemon.domain.observation import Busy, EventGone
from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ports import CalendarConnector
from tests.conformance.caldav_suite import ANA, BEN, OnRadicale, radicale_server
from tests.conformance.caldav_world import PASSWORD, OnePassword, StandingClock
from tests.conformance.calendar_busy import FORTNIGHT
from tests.conformance.calendar_listing import ONE_ACT_EACH
from tests.conformance.calendar_stirred import DENTIST, FOREIGN
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.following import WINDOW, Reader, apply, half_hour, listing, series
from tests.servers import radicale
from tests.servers.fault_proxy import Asked, FaultProxy, Wrong, fault_proxy

__all__ = ["radicale_server"]
pytestmark = pytest.mark.server("Radicale")
DAV = "{DAV:}"


def without(*names: str) -> Callable[[Asked, bytes], bytes]:
    """Answers that lack some properties."""

    def poorer(asked: Asked, answer: bytes) -> bytes:
        if asked.method not in ("PROPFIND", "REPORT") or b"multistatus" not in answer:
            return answer
        root = ElementTree.fromstring(answer)
        for prop in root.iter(f"{DAV}prop"):
            for each in [each for each in prop if each.tag in names]:
                prop.remove(each)
        return ElementTree.tostring(root)

    return poorer


NO_TOKENS = without(f"{DAV}sync-token")
NOTHING_AT_ALL = without(f"{DAV}sync-token", "{http://calendarserver.org/ns/}getctag")


class Poor(OnRadicale):
    """Radicale, behind a proxy that takes something away."""

    @pytest.fixture
    def reader(self, calendars: CalendarConnector) -> Reader:
        """Follows Ana's calendar."""
        return Reader(calendars, ANA)


@pytest.mark.parametrize("taken", [NO_TOKENS, NOTHING_AT_ALL], ids=["no tokens", "no ctag either"])
class TestByEtags(Poor):
    """Everything is compared by ETag."""

    @pytest.mark.parametrize("act", ONE_ACT_EACH)
    def test_each_act_is_told_once(
        self, calendars: CalendarConnector, hands: object, reader: Reader, proxy: FaultProxy,
        act: str, taken: Callable[[Asked, bytes], bytes],
    ) -> None:  # fmt: skip
        proxy.answering = taken
        for uid in ("one", "untouched"):
            calendars.put(ANA, series(ANA, BEN, uid=uid), key=uid, expected="")
        reader.read()
        ONE_ACT_EACH[act](hands, ANA, BEN)  # type: ignore[arg-type]
        told = reader.read()
        assert {seen.place.uid for seen in told} == {"one"} and not reader.stirred
        assert reader.read() == ()

    @pytest.mark.parametrize("what", FOREIGN)
    def test_a_foreign_event_stirs_once(
        self, calendars: CalendarConnector, hands: object, reader: Reader, proxy: FaultProxy,
        what: str, taken: Callable[[Asked, bytes], bytes],
    ) -> None:  # fmt: skip
        proxy.answering = taken
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        hands.occupy(ANA, "dentist", DENTIST)  # type: ignore[attr-defined]
        reader.read()
        reader.read()
        assert not reader.stirred
        FOREIGN[what](hands, ANA)  # type: ignore[arg-type]
        assert reader.read() == () and reader.stirred
        assert reader.read() == () and not reader.stirred

    def test_tokens_that_come_back_begin_anew(
        self, calendars: CalendarConnector, reader: Reader, proxy: FaultProxy,
        taken: Callable[[Asked, bytes], bytes],
    ) -> None:  # fmt: skip
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        for before, after in ((taken, None), (None, taken)):
            proxy.answering = before
            reader.cursor = None
            reader.read()
            proxy.answering = after
            with pytest.raises(CursorExpired):
                calendars.changes(ANA, reader.cursor, WINDOW)


class TestWithoutEtags(Poor):
    """trap_40: an ETag that is not told, or is another one each time."""

    def test_trap_40_nothing_is_told_twice_and_nothing_is_lost(
        self, calendars: CalendarConnector, hands: object, reader: Reader, proxy: FaultProxy
    ) -> None:
        proxy.answering = without(f"{DAV}getetag")
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        reader.read()
        hands.move(ANA, Place(ANA, "one", FOURTH), NOON)  # type: ignore[attr-defined]
        assert reader.read() != ()
        assert reader.read() == ()
        assert reader.meeting(FOURTH).start == NOON.start

    def test_trap_40_an_etag_that_is_new_each_time_tells_nothing(
        self, calendars: CalendarConnector, reader: Reader, proxy: FaultProxy
    ) -> None:
        numbers = iter(range(10_000))

        def restless(asked: Asked, answer: bytes) -> bytes:
            poorer = NO_TOKENS(asked, answer)
            return re.sub(
                rb"(getetag>)[^<]*", lambda found: b'%s"%d"' % (found[1], next(numbers)), poorer
            )

        proxy.answering = restless
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        first = calendars.changes(ANA, None, WINDOW)
        assert calendars.changes(ANA, first.cursor, WINDOW).observations == ()


class TestTeapot(Poor):
    """Of what was deleted a server said 418 instead of 404 (python-caldav/caldav #183, #234)."""

    def test_trap_35_what_is_said_to_be_a_teapot_is_looked_at_alone(
        self, calendars: CalendarConnector, hands: object, reader: Reader, proxy: FaultProxy
    ) -> None:
        for uid in ("one", "two"):
            calendars.put(ANA, series(ANA, BEN, uid=uid), key=uid, expected="")
        reader.read()
        proxy.answering = lambda asked, answer: answer.replace(
            b" 404 Not Found", b" 418 I'm a teapot"
        )
        hands.delete_series(ANA, "one")  # type: ignore[attr-defined]
        assert [type(seen) for seen in reader.read()] == [EventGone]
        assert reader.read() == () and {place.uid for place in reader.known} == {"two"}


class Pages:
    """A server that lists at most two resources at once (RFC 6578 3.6)."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[ElementTree.Element]] = {}
        self.last: dict[str, str] = {}

    def __call__(self, asked: Asked, answer: bytes) -> bytes:
        if b"sync-collection" not in asked.body:
            return answer
        wanted = re.search(rb"sync-token>([^<]*)</", asked.body)
        token = wanted[1].decode() if wanted else ""
        if token in self.waiting:
            responses, last = self.waiting[token], self.last[token]
        else:
            root = ElementTree.fromstring(answer)
            responses, last = (
                root.findall(f"{DAV}response"),
                root.findtext(f"{DAV}sync-token") or "",
            )
        page, rest = responses[:2], responses[2:]
        told = ElementTree.Element(f"{DAV}multistatus")
        told.extend(page)
        name = last
        if rest:
            name = f"page-{len(self.waiting)}"
            self.waiting[name], self.last[name] = rest, last
            cut = ElementTree.SubElement(told, f"{DAV}response")
            ElementTree.SubElement(cut, f"{DAV}href").text = asked.path
            ElementTree.SubElement(cut, f"{DAV}status").text = "HTTP/1.1 507 Insufficient Storage"
        ElementTree.SubElement(told, f"{DAV}sync-token").text = name
        return ElementTree.tostring(told)

    def known(self, asked: bytes) -> bool:
        """Whether the request goes on with a page of ours."""
        return any(name.encode() in asked for name in self.waiting)


class TestInPages(Poor):
    """trap_34, trap_35: a listing that comes in pages is whole or nothing."""

    def test_trap_35_a_listing_in_pages_is_whole(
        self, calendars: CalendarConnector, proxy: FaultProxy
    ) -> None:
        uids = [f"uid-{number}" for number in range(7)]
        for uid in uids:
            calendars.put(ANA, series(ANA, BEN, uid=uid), key=uid, expected="")
        pages = Pages()
        proxy.answering = pages
        proxy.rewrite.append((rb"(sync-token>)page-\d+(</)", rb"\1\2"))
        assert sorted(place.uid for place in listing(calendars, ANA)) == uids
        assert len(pages.waiting) == 3

    @pytest.mark.parametrize("page", range(4))
    def test_trap_34_whichever_page_fails_nothing_is_gone(
        self, calendars: CalendarConnector, proxy: FaultProxy, page: int
    ) -> None:
        for number in range(7):
            uid = f"uid-{number}"
            calendars.put(ANA, series(ANA, BEN, uid=uid), key=uid, expected="")
        apply(known := {}, calendars.changes(ANA, None, WINDOW))
        proxy.answering = Pages()
        proxy.rewrite.append((rb"(sync-token>)page-\d+(</)", rb"\1\2"))
        within = b"sync-collection" if page == 0 else b"page-%d" % (page - 1)
        proxy.wrongs.append(Wrong("REPORT", within, reset=True))
        with pytest.raises(Temporary):
            calendars.changes(ANA, None, WINDOW)
        assert proxy.wrongs == []
        again = calendars.changes(ANA, None, WINDOW)
        assert again.complete and len(again.observations) == len(known) == 7
        assert not any(isinstance(seen, EventGone) for seen in again.observations)


CUT = {
    "changes": ("REPORT", b"sync-collection"),
    "fetching": ("REPORT", b"calendar-multiget"),
    "looking": ("PROPFIND", b"supported-report-set"),
    "busy": ("REPORT", b"calendar-query"),
    "put": ("GET", b""),
}


class TestBroken(Poor):
    """Beside the matrix: answers that break off in the middle, and a server without room."""

    @pytest.mark.parametrize("where", CUT)
    def test_an_answer_that_breaks_off_proves_nothing(
        self, calendars: CalendarConnector, proxy: FaultProxy, where: str
    ) -> None:
        for uid in ("one", "two"):
            calendars.put(ANA, series(ANA, BEN, uid=uid), key=uid, expected="")
        before = listing(calendars, ANA)
        method, within = CUT[where]
        proxy.wrongs.append(Wrong(method, within, cut=True))
        with pytest.raises(Temporary):
            if where == "busy":
                calendars.busy(ANA, (ANA,), FORTNIGHT)
            elif where == "put":
                calendars.put(ANA, series(ANA, BEN), key="k/2", expected="")
            else:
                calendars.changes(ANA, None, WINDOW)
        assert proxy.wrongs == []
        assert listing(calendars, ANA) == before

    @pytest.mark.parametrize("status", [507, 503])
    def test_a_server_without_room_is_tried_again_later(
        self, calendars: CalendarConnector, proxy: FaultProxy, status: int
    ) -> None:
        proxy.wrongs.append(Wrong("PUT", status=status, headers={"Retry-After": "300"}))
        with pytest.raises(Temporary) as raised:
            calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        assert raised.value.retry_after is not None and raised.value.retry_after.seconds == 300
        assert listing(calendars, ANA) == {}
        assert not calendars.put(ANA, series(ANA, BEN), key="k/1", expected="").repeated


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[str, Callable[..., httpx.Response]]]:
    """A Radicale of Ana's own, and her requests to it."""
    with radicale.radicale(tmp_path, {ANA: PASSWORD}) as url:

        def ask(method: str, path: str, **more: object) -> httpx.Response:
            return httpx.request(method, f"{url}{ANA}/{path}", auth=(ANA, PASSWORD), **more)  # type: ignore[arg-type]

        yield url, ask


def event(uid: str, start: str) -> bytes:
    """An hour of something."""
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261001T080000Z\r\n"
        f"DTSTART:{start}\r\nDURATION:PT1H\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def mine(url: str, at: str = "") -> InternetCalendars:
    """Ana's calendars, found from the server or from one of them."""
    return InternetCalendars(
        [Reached(ANA, url=f"{url}{at}", own_network=True)],
        OnePassword(),
        StandingClock(),
        way=Way(),
    )


def busy_uids(calendars: InternetCalendars, who: Address = ANA) -> set[str]:
    """What takes time in the fortnight."""
    told = calendars.busy(ANA, (who,), FORTNIGHT)[who]
    assert isinstance(told, Busy)
    return {each.source for each in told.intervals}


def test_every_calendar_of_a_person_takes_time_and_stirs(
    home: tuple[str, Callable[..., httpx.Response]],
) -> None:
    """The dentist is in "private", the 1:1s in the usual one; what only informs does not count."""
    url, ask = home
    for name in ("private", "personal", "birthdays"):
        assert ask("MKCALENDAR", f"{name}/").status_code == 201
    calendars = mine(url)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert ask("GET", "personal/one.ics").status_code == 200
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    assert ask(
        "PUT", "private/dentist.ics", content=event("dentist", "20261028T090000Z")
    ).is_success
    batch = calendars.changes(ANA, cursor, WINDOW)
    assert (batch.observations, batch.stirred, batch.complete) == ((), True, True)
    assert not calendars.changes(ANA, batch.cursor, WINDOW).stirred
    assert busy_uids(calendars) == {"one", "dentist"}


def test_a_calendar_that_is_named_is_where_1to1s_are_kept(
    home: tuple[str, Callable[..., httpx.Response]],
) -> None:
    url, ask = home
    for name in ("personal", "mentoring"):
        ask("MKCALENDAR", f"{name}/")
    ask("PUT", "personal/dentist.ics", content=event("dentist", "20261028T090000Z"))
    calendars = mine(url, f"{ANA}/mentoring/")
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert ask("GET", "mentoring/one.ics").status_code == 200
    assert busy_uids(calendars) == {"one", "dentist"}


def test_a_quiet_calendar_costs_one_request(
    calendars_and_proxy: tuple[InternetCalendars, FaultProxy],
) -> None:
    calendars, proxy = calendars_and_proxy
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    proxy.asked.clear()
    calendars.changes(ANA, cursor, WINDOW)
    assert [asked.method for asked in proxy.asked] == ["PROPFIND"]
    proxy.asked.clear()
    calendars.move(
        ANA, Place(ANA, "one", FOURTH), half_hour("2026-10-28T08:00"), key="k/2", expected=""
    )
    assert [asked.method for asked in proxy.asked] == ["GET", "PUT"]
    assert proxy.asked[1].headers["If-Match"]
    proxy.asked.clear()
    calendars.changes(ANA, cursor, WINDOW)
    assert [asked.method for asked in proxy.asked] == ["PROPFIND", "REPORT", "REPORT"]


@pytest.fixture
def calendars_and_proxy(radicale_server: str) -> Iterator[tuple[InternetCalendars, FaultProxy]]:
    with fault_proxy(radicale_server, {ANA: (PASSWORD, "quiet")}) as proxy:
        httpx.request("MKCALENDAR", f"{proxy.url}quiet/c/", auth=(ANA, PASSWORD))
        yield mine(proxy.url), proxy
