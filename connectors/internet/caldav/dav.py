"""The requests of a CalDAV client and what their answers say: RFC 4918, 4791, 6578 and 6638, in about 200 lines.

Not a connector: it knows resources and properties, and nothing of meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import httpx
from defusedxml import ElementTree as Safe  # type: ignore[import-untyped]

from connectors.internet.caldav.wire import Answer, Barred, Wire, retry_after
from daemon.errors import (
    AccessLost,
    ConnectorError,
    CursorExpired,
    Permanent,
    Temporary,
    VersionConflict,
)

D = "{DAV:}"
C = "{urn:ietf:params:xml:ns:caldav}"
CS = "{http://calendarserver.org/ns/}"
register_namespace("d", "DAV:")
register_namespace("c", "urn:ietf:params:xml:ns:caldav")
register_namespace("cs", "http://calendarserver.org/ns/")

WAIT = timedelta(minutes=2)
"""How long to wait where a server says "too many" and not for how long."""
_LATER = {408, 423, 425, 429, 500, 502, 503, 504, 507}
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_ICS = {"Content-Type": "text/calendar; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource in a multistatus. `status` is 200 unless the server says otherwise of the whole of it."""

    url: httpx.URL
    status: int
    props: Mapping[str, Element]

    @property
    def href(self) -> str:
        """Its path, written one way however the server writes it."""
        return path_of(self.url)

    def text(self, name: str) -> str:
        """A property as text, empty where there is none."""
        found = self.props.get(name)
        return "" if found is None or found.text is None else found.text.strip()


@dataclass(frozen=True, slots=True)
class Multi:
    """A multistatus. `cut`: the server says that there is more (RFC 6578 3.6)."""

    entries: tuple[Entry, ...]
    token: str = ""
    cut: bool = False
    headers: Mapping[str, str] | None = None


def path_of(url: httpx.URL) -> str:
    """A path whose letters are escaped in one way only."""
    return quote(unquote(url.path), safe="/@:!$&'()*+,;=~-._")


def etag_of(text: str) -> str:
    """An ETag good for If-Match. A proxy that packs answers makes it weak, and a weak one never matches."""
    return text.strip().removeprefix("W/")


class Dav:
    """A CalDAV server, asked over one wire."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def propfind(self, url: httpx.URL, names: Iterable[str], *, depth: int) -> Multi:
        """The properties of a resource, and with depth 1 of what is in it."""
        root = Element(f"{D}propfind")
        prop = SubElement(root, f"{D}prop")
        for name in names:
            SubElement(prop, name)
        return self._multi("PROPFIND", url, root, depth)

    def changed(self, url: httpx.URL, token: str) -> Multi:
        """What changed in a collection since the token; everything where it is empty. CursorExpired when the
        token is no longer good: 403 by RFC 6578 3.2, and 409, 410, 412 or 418 by servers that were met."""
        root = Element(f"{D}sync-collection")
        SubElement(root, f"{D}sync-token").text = token
        SubElement(root, f"{D}sync-level").text = "1"
        SubElement(SubElement(root, f"{D}prop"), f"{D}getetag")
        answer = self._ask("REPORT", url, tostring(root), {**_XML, "Depth": "0"})
        bogus = answer.status in (409, 410, 412, 418) or (
            answer.status in (400, 403) and b"valid-sync-token" in answer.body
        )
        if token and (bogus or (answer.status == 403 and "retry-after" not in answer.headers)):
            raise CursorExpired(f"the server no longer knows {token[:60]!r}")
        return self._read(answer, url)

    def fetch(self, url: httpx.URL, hrefs: Iterable[str]) -> Multi:
        """The data of some resources of a collection."""
        root = Element(f"{C}calendar-multiget")
        _data(root)
        for href in hrefs:
            SubElement(root, f"{D}href").text = href
        return self._multi("REPORT", url, root, 1)

    def query(
        self, url: httpx.URL, window: tuple[datetime, datetime] | None, uid: str = ""
    ) -> Multi:
        """The data of the events in a window, or of those with a uid."""
        root = Element(f"{C}calendar-query")
        _data(root)
        whole = SubElement(SubElement(root, f"{C}filter"), f"{C}comp-filter", name="VCALENDAR")
        event = SubElement(whole, f"{C}comp-filter", name="VEVENT")
        if window is not None:
            start, end = (f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" for at in window)
            SubElement(event, f"{C}time-range", start=start, end=end)
        if uid:
            named = SubElement(event, f"{C}prop-filter", name="UID")
            SubElement(named, f"{C}text-match", collation="i;octet").text = uid
        return self._multi("REPORT", url, root, 1)

    def free_busy(self, url: httpx.URL, window: tuple[datetime, datetime]) -> bytes:
        """What of a collection takes time, as iCalendar and without a word of what it is (RFC 4791 7.10). The right to
        see no more than that is enough."""
        root = Element(f"{C}free-busy-query")
        start, end = (f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" for at in window)
        SubElement(root, f"{C}time-range", start=start, end=end)
        answer = self._ask("REPORT", url, tostring(root), {**_XML, "Depth": "1"})
        if answer.status != 200:
            raise refused(answer, "read")
        return answer.body

    def get(self, url: httpx.URL) -> tuple[bytes, str] | None:
        """A resource and its ETag, None when it is not there."""
        answer = self._ask("GET", url, b"", {})
        if answer.status in (404, 410):
            return None
        if answer.status != 200:
            raise refused(answer, "read")
        return answer.body, etag_of(answer.headers.get("etag", ""))

    def put(self, url: httpx.URL, raw: bytes, etag: str | None) -> str:
        """Write a resource over the one with that ETag; None: there must be none. Answers the new ETag, empty
        where the server keeps it to itself."""
        only = {"If-None-Match": "*"} if etag is None else {"If-Match": etag} if etag else {}
        answer = self._ask("PUT", url, raw, {**_ICS, **only})
        if answer.status not in (200, 201, 204):
            raise refused(answer, "written")
        return etag_of(answer.headers.get("etag", ""))

    def delete(self, url: httpx.URL, etag: str) -> None:
        """Take a resource away; already gone is gone."""
        answer = self._ask("DELETE", url, b"", {"If-Match": etag} if etag else {})
        if answer.status not in (200, 202, 204, 404, 410):
            raise refused(answer, "deleted")

    def options(self, url: httpx.URL) -> frozenset[str]:
        """What the server says that it can do (header DAV)."""
        answer = self._ask("OPTIONS", url, b"", {})
        if answer.status not in (200, 204):
            raise refused(answer, "read")
        said = answer.headers.get("dav", "")
        return frozenset(word.strip().lower() for word in said.split(",") if word.strip())

    def post(self, url: httpx.URL, raw: bytes, people: tuple[str, str]) -> Element | None:
        """An iTIP request to the outbox (RFC 6638 5); None where the server will not have it."""
        originator, recipient = people
        says = {"Originator": f"mailto:{originator}", "Recipient": f"mailto:{recipient}"}
        answer = self._ask("POST", url, raw, {**_ICS, **says})
        if answer.status != 200:
            if answer.status in _LATER or answer.status == 401:
                raise refused(answer, "asked")
            return None
        return parsed(answer)

    def _multi(self, method: str, url: httpx.URL, root: Element, depth: int) -> Multi:
        answer = self._ask(method, url, tostring(root), {**_XML, "Depth": str(depth)})
        return self._read(answer, url)

    def _ask(self, method: str, url: httpx.URL, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self.wire.ask(method, url, body=body, headers=headers)

    def _read(self, answer: Answer, url: httpx.URL) -> Multi:
        if answer.status != 207:
            raise refused(answer, "read")
        root = parsed(answer)
        entries: list[Entry] = []
        cut = False
        for response in root.iter(f"{D}response"):
            for href in response.findall(f"{D}href"):
                entry = self._entry(response, self.wire.within(href.text or "", answer.url))
                if entry.status == 507 and entry.href == path_of(answer.url):
                    cut = True
                else:
                    entries.append(entry)
        token = (root.findtext(f"{D}sync-token") or "").strip()
        return Multi(tuple(entries), token, cut, answer.headers)

    def _entry(self, response: Element, url: httpx.URL) -> Entry:
        props: dict[str, Element] = {}
        for propstat in response.findall(f"{D}propstat"):
            if _status(propstat.findtext(f"{D}status")) == 200:
                for found in propstat.findall(f"{D}prop"):
                    props |= {each.tag: each for each in found}
        said = response.findtext(f"{D}status")
        return Entry(url, _status(said) if said else 200, props)


def _data(root: Element) -> None:
    prop = SubElement(root, f"{D}prop")
    SubElement(prop, f"{D}getetag")
    SubElement(prop, f"{C}calendar-data")


def _status(line: str | None) -> int:
    """The number in `HTTP/1.1 404 Not Found`."""
    words = (line or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def parsed(answer: Answer) -> Element:
    """The XML of an answer: no document type, so no entities, neither growing nor from elsewhere."""
    try:
        root: Element = Safe.fromstring(answer.body, forbid_dtd=True)
    except (Safe.ParseError, ValueError, LookupError) as error:
        # defusedxml refuses with ValueErrors; a cut answer is a ParseError
        raise Temporary(
            f"{answer.url.host} answers with what is no good XML: {str(error)[:80] or type(error).__name__}"
        ) from error
    return root


def refused(answer: Answer, what: str) -> ConnectorError:
    """What an unwelcome status means. `what` was to be done: read, written, deleted, asked."""
    host, status = answer.url.host, answer.status
    wait = retry_after(answer.headers)
    if status == 401:
        return Barred(
            "login",
            f"{host} does not take this user and password (where it has two-factor login, "
            f"it wants an app password)",
        )
    if status in _LATER or status >= 500 or (wait is not None and status >= 400):
        full = ": there is no room left" if status == 507 else ""
        return Temporary(f"{host} says {status}{full}", wait or (WAIT if status == 429 else None))
    if what == "read":
        said = {403: "it may not be read", 404: "it is not there", 410: "it is gone"}
        return AccessLost(f"{host} says {status}: {said.get(status, 'it cannot be read')}")
    if status in (404, 409, 410, 412):
        return VersionConflict(f"{host} says {status}: it has changed, or is not there")
    return Permanent(f"{host} says {status}: it cannot be {what}")
