"""Busy times that somebody has shared with an account of the program, on real servers: seen are they, and nothing else.

Not the calendars of people who connect one: see test_caldav.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from connectors.internet import Invitations, Reached, Share, SharedBusy
from connectors.internet.caldav.probing import probe_shares
from connectors.internet.caldav.wire import Limits, Way
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from tests.conformance.caldav_world import PASSWORD, OnePassword, StandingClock, people
from tests.conformance.calendar_busy import FORTNIGHT
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.following import one_off, series
from tests.conformance.test_invitations import Letters, invitations
from tests.servers import radicale, xandikos
from tests.servers.fault_proxy import FaultProxy, Wrong, fault_proxy

ANA, BEN, PROGRAM = "ana@mentors.example", "ben@mentees.example", "one-on-ones@koss.example"
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//her program//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
    "DTSTAMP:20261001T080000Z\r\nDTSTART:{start}\r\nDTEND:{end}\r\nSUMMARY:Oncologist\r\n{more}"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Town:
    """One server with Ana's calendar, which the program's account may look into as far as busy times."""

    def __init__(self, server: str, proxy: FaultProxy, path: str, owner: str) -> None:
        self.server, self.proxy, self.path, self._owner = server, proxy, path, owner
        self.url = f"{proxy.url.rstrip('/')}{path}"

    def shared(self, url: str | None = None, limits: Limits | None = None) -> SharedBusy:
        """As run.py wires it."""
        reached = [Reached(PROGRAM, url=self.proxy.url, own_network=True)]
        share = {ANA: Share(PROGRAM, self.url if url is None else url)}
        way = Way(limits=limits or Limits())
        return SharedBusy(share, reached, OnePassword(), StandingClock(), way=way)

    def occupies(self, uid: str, start: str, end: str, more: str = "") -> None:
        """Ana's own program writes down that she is busy."""
        text = EVENT.format(uid=uid, start=start, end=end, more=more)
        answer = httpx.put(
            f"{self.server.rstrip('/')}{self.path}{uid}.ics", content=text,
            headers={"X-Remote-User": self._owner, "Content-Type": "text/calendar"},
        )  # fmt: skip
        assert answer.is_success, answer.text

    def readable(self) -> bool:
        """Whether the account of the program may read what her events are about."""
        answer = httpx.get(f"{self.url}dentist.ics", auth=(PROGRAM, PASSWORD))
        return answer.is_success


@pytest.fixture(scope="module")
def radicale_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("radicale")
    with radicale.radicale(folder, may_see_busy="program") as url:
        yield url


@pytest.fixture(scope="module")
def xandikos_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with xandikos.xandikos(tmp_path_factory.mktemp("xandikos")) as url:
        yield url


@pytest.fixture
def on_radicale(radicale_server: str) -> Iterator[Town]:
    """The program's account has no calendar of its own there."""
    (name,) = people(ANA).values()
    with fault_proxy(radicale_server, {PROGRAM: (PASSWORD, "program")}) as proxy:
        httpx.request(
            "MKCALENDAR", f"{radicale_server}{name}/main/", headers={"X-Remote-User": name}
        )
        yield Town(radicale_server, proxy, f"/{name}/main/", name)


@pytest.fixture
def on_xandikos(xandikos_server: str) -> Iterator[Town]:
    """A calendar that is shared stands among those of whoever it is shared with, as on Nextcloud."""
    (name,) = people(PROGRAM).values()
    with fault_proxy(xandikos_server, {PROGRAM: (PASSWORD, name)}) as proxy:
        httpx.request("PROPFIND", f"{xandikos_server}{name}/", headers={"X-Remote-User": name})
        yield Town(xandikos_server, proxy, f"/{name}/calendars/calendar/", name)


Asked = Callable[[], Town]
BOTH = [
    pytest.param("on_radicale", marks=pytest.mark.server("Radicale"), id="radicale"),
    pytest.param("on_xandikos", marks=pytest.mark.server("Xandikos"), id="xandikos"),
]


@pytest.fixture
def town(request: pytest.FixtureRequest) -> Town:
    """One of the two."""
    found: Town = request.getfixturevalue(request.param)
    return found


def times(busy: Busy | Unknown) -> list[tuple[str, str, int]]:
    """Begin, end and priority of each."""
    assert isinstance(busy, Busy), busy
    return [(f"{b.start:%d %H:%M}", f"{b.end:%d %H:%M}", b.priority) for b in busy.intervals]


@pytest.mark.parametrize("town", BOTH, indirect=True)
def test_what_takes_time_is_told_and_what_does_not_is_not(town: Town) -> None:
    town.occupies("dentist", "20261105T130000Z", "20261105T140000Z")
    town.occupies("maybe", "20261106T090000Z", "20261106T100000Z", "STATUS:TENTATIVE\r\n")
    town.occupies("birthday", "20261106T110000Z", "20261106T120000Z", "TRANSP:TRANSPARENT\r\n")
    told = times(town.shared().of(ANA, FORTNIGHT))
    assert told == [("05 13:00", "05 14:00", 5), ("06 09:00", "06 10:00", 3)]


@pytest.mark.parametrize("town", BOTH, indirect=True)
def test_a_calendar_with_nothing_in_it_is_free_and_that_is_known(town: Town) -> None:
    assert town.shared().of(ANA, FORTNIGHT) == Busy(())
    parts = timedelta(microseconds=123_456)
    odd = Slot(FORTNIGHT.start + parts, FORTNIGHT.end + parts)
    assert town.shared().of(ANA, odd) == Busy(()), "servers know whole seconds"


@pytest.mark.server("Radicale")
def test_the_right_to_see_busy_times_is_enough_and_nothing_else_is_asked_for(
    on_radicale: Town,
) -> None:
    on_radicale.occupies("dentist", "20261105T130000Z", "20261105T140000Z")
    assert not on_radicale.readable()
    assert len(times(on_radicale.shared().of(ANA, FORTNIGHT))) == 1
    bodies = [each.body for each in on_radicale.proxy.asked if each.method == "REPORT"]
    assert bodies and all(b"free-busy-query" in body for body in bodies)


@pytest.mark.parametrize("town", BOTH, indirect=True)
def test_a_1to1_is_told_apart_from_what_is_somebody_elses(town: Town, tmp_path: Path) -> None:
    """Her program has put the invitation into her calendar: without its uid the 1:1 would clash with itself."""
    letters = Letters()
    by_mail = invitations(tmp_path, letters)
    by_mail.put(ANA, one_off(BEN, start=NOON.start), key="k/1", expected="")
    town.occupies("single", f"{NOON.start:%Y%m%dT%H%M%SZ}", f"{NOON.end:%Y%m%dT%H%M%SZ}")
    town.occupies("dentist", "20261105T130000Z", "20261105T140000Z")
    seeing = Invitations(tmp_path, StandingClock(), by_mail._post, town.shared())
    told = seeing.busy(ANA, (ANA, BEN), FORTNIGHT)
    busy = told[ANA]
    assert isinstance(busy, Busy)
    assert sorted((f"{b.start:%d %H:%M}", b.source) for b in busy.intervals) == sorted(
        [(f"{NOON.start:%d %H:%M}", "single"), ("05 13:00", "")]
    )
    assert isinstance(told[BEN], Unknown), "who shares nothing is not known, and never free"


@pytest.mark.server("Radicale")
def test_a_moved_occurrence_is_known_where_it_is_now(on_radicale: Town, tmp_path: Path) -> None:
    by_mail = invitations(tmp_path, Letters())
    by_mail.put(ANA, series(ANA, BEN), key="k/1", expected="")
    by_mail.move(ANA, Place(ANA, "one", FOURTH), NOON, key="k/2", expected="")
    on_radicale.occupies("here", f"{NOON.start:%Y%m%dT%H%M%SZ}", f"{NOON.end:%Y%m%dT%H%M%SZ}")
    busy = Invitations(tmp_path, StandingClock(), by_mail._post, on_radicale.shared()).busy(
        ANA, (ANA,), FORTNIGHT
    )[ANA]
    assert isinstance(busy, Busy)
    assert [(b.start, b.source) for b in busy.intervals] == [(NOON.start, "one")]


def _silent(proxy: FaultProxy) -> None:
    proxy.wrongs.append(Wrong("REPORT", silent=True))


def _says(status: int, headers: Mapping[str, str] | None = None) -> Callable[[FaultProxy], None]:
    def wrong(proxy: FaultProxy) -> None:
        proxy.wrongs.append(Wrong("REPORT", status=status, headers=headers or {}))

    return wrong


def _spoilt(spoil: Callable[[bytes], bytes]) -> Callable[[FaultProxy], None]:
    return lambda proxy: proxy.wrongs.append(Wrong("REPORT", spoil=spoil))


WRONG: dict[str, tuple[Callable[[FaultProxy], None], str]] = {
    "a wrong password": (lambda proxy: proxy.locked.add(PROGRAM), "does not take this user"),
    "no answer": (_silent, "cannot be asked"),
    "a reset": (lambda p: p.wrongs.append(Wrong("REPORT", reset=True)), "cannot be asked"),
    "half an answer": (lambda p: p.wrongs.append(Wrong("REPORT", cut=True)), "cannot be asked"),
    "403": (_says(403), "may not be read"),
    "403 for a while": (_says(403, {"Retry-After": "600"}), "cannot be asked"),
    "404": (_says(404), "it is not there"),
    "405": (_says(405), "is not told"),
    "429": (_says(429), "cannot be asked"),
    "500": (_says(500), "cannot be asked"),
    "nothing": (_spoilt(lambda answer: b""), "cannot be read"),
    "a page": (_spoilt(lambda answer: b"<html>Log in</html>"), "cannot be read"),
    "no busy times in it": (
        _spoilt(lambda answer: answer.replace(b"VFREEBUSY", b"VTODO")),
        "does not speak of all of the time",
    ),
    "half of the time": (
        _spoilt(lambda answer: answer.replace(b"DTEND:20261109", b"DTEND:20261104")),
        "does not speak of all of the time",
    ),
    "no times in a period": (
        _spoilt(lambda answer: answer.replace(b"20261105T13", b"x")), "cannot be read",
    ),
}  # fmt: skip


@pytest.mark.server("Radicale")
@pytest.mark.parametrize("wrong", WRONG)
def test_what_goes_wrong_makes_unknown_and_never_free(on_radicale: Town, wrong: str) -> None:
    on_radicale.occupies("dentist", "20261105T130000Z", "20261105T140000Z")
    act, says = WRONG[wrong]
    act(on_radicale.proxy)
    shared = on_radicale.shared(limits=Limits(silent_seconds=0.5))
    told = shared.of(ANA, FORTNIGHT)
    assert isinstance(told, Unknown) and says in told.why, told
    on_radicale.proxy.locked.clear()
    on_radicale.proxy.wrongs.clear()
    if wrong != "no answer":  # a host that was silent is let alone for a minute
        assert len(times(shared.of(ANA, FORTNIGHT))) == 1, "and it is asked again"


@pytest.mark.server("Radicale")
@pytest.mark.parametrize("url", ["https://elsewhere.example/ana/", "http://127.0.0.1:9/ana/"])
def test_the_password_goes_to_no_other_server(on_radicale: Town, url: str) -> None:
    told = on_radicale.shared(url).of(ANA, FORTNIGHT)
    assert told == Unknown(f"{url} is not on the server of {PROGRAM}")


@pytest.mark.server("Xandikos")
def test_by_the_address_alone_the_server_is_asked(xandikos_server: str) -> None:
    """RFC 6638 5. Xandikos answers for the asking person alone, so the account of the program is called Ana as well."""
    (name,) = people(PROGRAM).values()
    with fault_proxy(xandikos_server, {PROGRAM: (PASSWORD, name)}) as proxy:
        as_user = {"X-Remote-User": name, "Content-Type": "application/xml"}
        httpx.request("PROPFIND", f"{xandikos_server}{name}/", headers=as_user)
        hrefs = "".join(f"<href>mailto:{each}</href>" for each in (PROGRAM, ANA))
        body = (
            '<propertyupdate xmlns="DAV:"><set><prop><c:calendar-user-address-set '
            f'xmlns:c="urn:ietf:params:xml:ns:caldav">{hrefs}</c:calendar-user-address-set></prop></set></propertyupdate>'
        )
        httpx.request("PROPPATCH", f"{xandikos_server}{name}/", headers=as_user, content=body)
        town = Town(xandikos_server, proxy, f"/{name}/calendars/calendar/", name)
        town.occupies("dentist", "20261105T130000Z", "20261105T140000Z")
        assert times(town.shared("").of(ANA, FORTNIGHT)) == [("05 13:00", "05 14:00", 5)]


@pytest.mark.server("Radicale")
def test_where_the_server_cannot_be_asked_by_the_address_that_is_said(on_radicale: Town) -> None:
    told = on_radicale.shared("").of(ANA, FORTNIGHT)
    assert told == Unknown(f"the server of {PROGRAM} does not tell when others are free")


@pytest.mark.server("Radicale")
def test_doctor_says_whose_busy_times_are_told(on_radicale: Town) -> None:
    shares = {ANA: Share(PROGRAM, on_radicale.url), BEN: Share(PROGRAM)}
    reached = Reached(PROGRAM, url=on_radicale.proxy.url, own_network=True)
    told = probe_shares(reached, PASSWORD, StandingClock(), shares)
    assert told.usable
    assert [(c.name, c.state, c.text) for c in told.checks if c.name == "busy times"] == [
        ("busy times", "good", f"those of {ANA} are told, and nothing else"),
        (
            "busy times", "look",
            f"those of {BEN} are not told: the server of {PROGRAM} does not tell when others are free",
        ),
    ]  # fmt: skip
    wrong = probe_shares(reached, "wrong", StandingClock(), shares)
    assert [(c.name, c.state) for c in wrong.checks] == [("login", "bad")]
