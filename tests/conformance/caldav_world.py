"""Two people on a real CalDAV server: their hands, the mail between them, and a connector that goes through a proxy.

Not a suite: test_caldav.py runs those. The hands are those of folders: what lies on the server is mirrored into folders,
changed there as a person's program would change it, and brought back; so nothing here goes through the connector.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import httpx

from connectors.internet.caldav.account import Reached
from connectors.internet.caldav.calendar import InternetCalendars
from connectors.internet.caldav.wire import Way
from connectors.local import LocalHands
from connectors.local.scheduling import Scheduling
from daemon.domain.people import Address
from daemon.ports import CalendarConnector
from tests.conformance.following import NOW
from tests.servers.fault_proxy import FaultProxy, Wrong

XML = {"Content-Type": "application/xml"}
PASSWORD = "open sesame: ö"
_NUMBERS = count(1)
CALLS = ("changes", "busy", "put", "move", "cancel", "invite", "uninvite")


@dataclass
class Patience:
    """Limits that a fault makes shorter, so that nobody waits for an answer that will not come."""

    silent_seconds: float = 25.0
    connect_seconds: float = 10.0
    whole_seconds: float = 90.0
    bytes_max: int = 20_000_000


class StandingClock:
    """A clock that stands still."""

    def now(self) -> Any:
        """Always the same."""
        return NOW


class OnePassword:
    """A vault with the same password for everybody."""

    def secret(self, name: str) -> bytes:
        """That password."""
        return PASSWORD.encode()


class Mirror:
    """The calendars of some people on a server, as folders of .ics files."""

    def __init__(self, server: str, root: Path, homes: Mapping[Address, tuple[str, str]]) -> None:
        """`homes`: what the server calls each person, and the path of their calendar."""
        self.root = root
        self._homes = dict(homes)
        self._client = httpx.Client(base_url=server, trust_env=False)
        self._etags: dict[Address, dict[str, str]] = {who: {} for who in homes}
        self._bytes: dict[Address, dict[str, bytes]] = {who: {} for who in homes}
        self.scheduling = Scheduling(root / "calendars")
        for who in homes:
            self.folder(who).mkdir(parents=True, exist_ok=True)

    def folder(self, who: Address) -> Path:
        """Where somebody's files are."""
        away = self.root / "locked-out" / who
        return away if away.is_dir() else self.root / "calendars" / who

    def ask(self, who: Address, method: str, name: str = "", **more: Any) -> httpx.Response:
        """One request as that person."""
        user, home = self._homes[who]
        headers = {"X-Remote-User": user, **more.pop("headers", {})}
        return self._client.request(method, f"{home}{name}", headers=headers, **more)

    def pull(self) -> None:
        """What is on the server now."""
        for who in self._homes:
            there = self.listed(who)
            for name in set(self._etags[who]) - set(there):
                (self.folder(who) / unquote(name)).unlink(missing_ok=True)
                self._bytes[who].pop(name, None)
            for name, etag in there.items():
                if self._etags[who].get(name) != etag:
                    raw = self.ask(who, "GET", name).content
                    (self.folder(who) / unquote(name)).write_bytes(raw)
                    self._bytes[who][name] = raw
            self._etags[who] = there

    def listed(self, who: Address) -> dict[str, str]:
        """The names of what lies in somebody's calendar, with their ETags."""
        body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        answer = self.ask(who, "PROPFIND", content=body, headers={"Depth": "1", **XML})
        assert answer.status_code == 207, answer.text
        found = {}
        for response in ElementTree.fromstring(answer.content).iter("{DAV:}response"):
            href, etag = response.findtext("{DAV:}href"), response.findtext(".//{DAV:}getetag")
            if href and etag and href.endswith(".ics"):
                found[href.rpartition("/")[2]] = etag
        return found

    def push(self) -> None:
        """What is in the folders now, onto the server."""
        for who in self._homes:
            known, pushed = self._bytes[who], False
            paths = {quote(path.name, safe="@"): path for path in self.folder(who).glob("*.ics")}
            same = {unquote(name): name for name in known}
            for name, path in paths.items():
                name = same.get(path.name, name)
                raw = path.read_bytes()
                if known.get(name) != raw:
                    answer = self.ask(
                        who, "PUT", name, content=raw, headers={"Content-Type": "text/calendar"}
                    )
                    assert answer.is_success, (answer.status_code, answer.text, raw.decode())
                    known[name], pushed = raw, True
            for name in [name for name in known if not (self.folder(who) / unquote(name)).exists()]:
                assert self.ask(who, "DELETE", name).is_success
                del known[name]
                pushed = True
            if pushed:
                self._etags[who] = self.listed(who)

    def settle(self) -> None:
        """Deliver the invitations and the answers: what mail programs do between people on servers that do not."""
        for who in self._homes:
            if (self.root / "calendars" / who).is_dir():
                self.scheduling.settle(who)

    def bring(self) -> None:
        """Everything that was sent has arrived."""
        self.pull()
        self.settle()
        self.push()


class CalDavHands:
    """Hands over two people on a server; the same as over folders, and what they did is on the server."""

    def __init__(self, mirror: Mirror, proxy: FaultProxy) -> None:
        self._mirror = mirror
        self._proxy = proxy
        self._hands = LocalHands(mirror.root, StandingClock())

    def lock_out(self, who: Address) -> None:
        """The server takes the daemon's password no more."""
        self._proxy.locked.add(who)

    def let_in(self, who: Address) -> None:
        """It does again."""
        self._proxy.locked.discard(who)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        act = getattr(self._hands, name)

        def acting(*given: Any) -> Any:
            self._mirror.bring()
            answer = act(*given)
            self._mirror.settle()
            self._mirror.push()
            return answer

        return acting


class Delivered:
    """The connector, with the mail between people delivered before each call, and what goes wrong armed for one."""

    def __init__(self, inner: CalendarConnector, mirror: Mirror, faults: Faulty) -> None:
        self._inner = inner
        self._mirror = mirror
        self._faults = faults

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._inner, name)
        if name not in CALLS:
            return call

        def calling(*given: Any, **more: Any) -> Any:
            self._mirror.bring()
            with self._faults.during(name):
                return call(*given, **more)

        return calling


class Faulty:
    """The faults of the matrix, as what a proxy and a network do."""

    def __init__(self, proxy: FaultProxy) -> None:
        self.proxy = proxy
        self.refusing = False
        self.patience = Patience()
        self._armed: tuple[str, str] | None = None

    def inject(self, call: str, kind: str) -> None:
        """The next such call suffers it."""
        self._armed = (call, kind)

    def resolve(self, host: str, port: int) -> list[str]:
        """Where the connector connects to: nobody listens on 127.0.0.2."""
        return ["127.0.0.2" if self.refusing else "127.0.0.1"]

    def during(self, call: str) -> Any:
        """One call of the connector."""
        return _During(self, call)

    def begin(self, call: str) -> None:
        """Arm what was injected for it."""
        if self._armed is None or self._armed[0] != call:
            return
        kind, self._armed = self._armed[1], None
        self.refusing = kind == "refused"
        self.patience.silent_seconds = 0.5 if kind.startswith("timeout") else 25.0
        self.proxy.wrongs += wrongs(call, kind)

    def end(self) -> None:
        """Nothing goes wrong any more."""
        self.refusing = False
        self.patience.silent_seconds = 25.0
        self.proxy.wrongs.clear()


class _During:
    def __init__(self, faults: Faulty, call: str) -> None:
        self._faults, self._call = faults, call

    def __enter__(self) -> None:
        self._faults.begin(self._call)

    def __exit__(self, *_: object) -> None:
        self._faults.end()


def wrongs(call: str, kind: str) -> Iterator[Wrong]:
    """A kind of fault, at the request of that call in which it matters."""
    at: dict[str, Any] = {"method": "PUT"}
    if call == "changes":
        at = {"method": "REPORT", "within": b"sync-collection"}
    if call == "busy":
        at = {"method": "REPORT", "within": b"calendar-query"}
    fetching = {"method": "REPORT", "within": b"calendar-multiget"}
    later = {"Retry-After": "600"}
    match kind:
        case "reset":
            yield Wrong(**at, reset=True)
        case "timeout":
            yield Wrong(**at, silent=True)
        case "timeout-after":
            yield Wrong(**at, silent=True, after=True)
        case "503-after":
            yield Wrong(**at, status=503, after=True, headers=later)
        case "403-rate":
            yield Wrong(**at, status=403, headers=later)
        case "403-rights":
            yield Wrong(**at, status=403)
        case "410" if call == "changes":
            yield Wrong(**at, status=403, body=b'<error xmlns="DAV:"><valid-sync-token/></error>')
        case "401" | "404" | "409" | "412" | "429" | "500":
            yield Wrong(**at, status=int(kind))
        case "part":
            yield Wrong(**fetching, spoil=without_the_last)
        case "garbage":
            yield Wrong(**fetching, spoil=with_garbage)
        case "unknown":
            yield Wrong(**at, spoil=with_garbage)
        case "refused" | "slow":
            return


def without_the_last(answer: bytes) -> bytes:
    """A multistatus that lacks its last resource."""
    root = ElementTree.fromstring(answer)
    root.remove(root.findall("{DAV:}response")[-1])
    return ElementTree.tostring(root)


def with_garbage(answer: bytes) -> bytes:
    """A multistatus whose last resource is no iCalendar."""
    root = ElementTree.fromstring(answer)
    data = root.findall(".//{urn:ietf:params:xml:ns:caldav}calendar-data")
    for each in data[-1:]:
        each.text = (each.text or "")[: len(each.text or "") // 2]
    return ElementTree.tostring(root)


def people(*addresses: Address) -> dict[Address, str]:
    """What the server calls each of them in this test, so that every test begins with empty calendars."""
    number = next(_NUMBERS)
    return {address: f"{address.split('@')[0]}{number}" for address in addresses}


def connector(proxy: FaultProxy, faults: Faulty, *addresses: Address) -> InternetCalendars:
    """The connector under test: it knows the proxy alone."""
    way = Way(resolve=faults.resolve, limits=faults.patience)
    accounts = [Reached(who, url=proxy.url, own_network=True) for who in addresses]
    return InternetCalendars(accounts, OnePassword(), StandingClock(), way=way)
