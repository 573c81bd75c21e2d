"""From an address or a URL to a person's calendars: RFC 6764, 5397, 4791 6.2 and 6638 2.

Not a reader of events. What is found here is kept by its account and found anew when it stops working.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import httpx

from connectors.internet.caldav import quirks
from connectors.internet.caldav.dav import CS, C, D, Dav, Entry, Multi, path_of
from connectors.internet.caldav.wire import Barred
from connectors.internet.srv import Srv, is_believed
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError, Temporary

_OF_COLLECTION = (
    f"{D}resourcetype", f"{D}displayname", f"{D}owner", f"{D}sync-token", f"{CS}getctag",
    f"{D}supported-report-set", f"{D}current-user-privilege-set",
    f"{C}supported-calendar-component-set", f"{C}schedule-calendar-transp",
)  # fmt: skip
_OF_START = (f"{D}resourcetype", f"{D}current-user-principal", f"{C}calendar-home-set")
_OF_PRINCIPAL = (
    f"{C}calendar-home-set", f"{C}schedule-inbox-URL", f"{C}schedule-outbox-URL",
    f"{C}calendar-user-address-set",
)  # fmt: skip
_WRITES = {f"{D}all", f"{D}write", f"{D}write-content", f"{D}bind"}


@dataclass(frozen=True, slots=True)
class Collection:
    """One calendar. `token` changes with everything in it: a sync token where `syncs`, else a ctag, else empty."""

    url: httpx.URL
    name: str
    token: str
    syncs: bool
    counts: bool
    writable: bool

    @property
    def href(self) -> str:
        """Its path."""
        return path_of(self.url)


@dataclass(frozen=True, slots=True)
class Found:
    """What a server has for one person. `main` is where 1:1s are kept; `schedules`: what is written there is
    told to its guests by the server itself (RFC 6638), so that nobody else may invite them."""

    main: Collection
    home: httpx.URL | None = None
    outbox: httpx.URL | None = None
    schedules: bool = False
    calendars: tuple[Collection, ...] = ()
    can: frozenset[str] = field(default=frozenset())


def start_of(address: Address, url: str, srv: Srv) -> list[str]:
    """Where to begin, best first. Raises AccessLost where DNS sends us to somebody else's domain."""
    if url:
        return [url]
    domain = address.rpartition("@")[2]
    if domain in quirks.START:
        return [quirks.START[domain]]
    named = srv(f"_caldavs._tcp.{domain}")
    well_known = [f"https://{domain}/.well-known/caldav"]
    if named is None:
        return well_known
    host, port = named
    if not is_believed(host, domain):
        raise Barred(
            "reachability",
            f"the DNS of {domain} says that its calendars are at {host}: if that is right, give "
            f"`url: https://{host}/` for {address}",
        )
    return [f"https://{host}:{port}/.well-known/caldav", *well_known]


def discover(dav: Dav, address: Address) -> Found:
    """Follow the server's own signs from where the wire begins. AccessLost says what was missing."""
    start, props = _principal(dav)
    home = _named(dav, props, f"{C}calendar-home-set") or _named(
        dav, start, f"{C}calendar-home-set"
    )
    given = dav.wire.base if _is_calendar(start) else None
    if home is None and given is None:
        raise AccessLost(f"{dav.wire.base.host} names no calendars of {address}")
    calendars = collections_of(dav, home) if home is not None else ()
    main = _main(dav, given or _default(dav, props), calendars, address, given is not None)
    outbox = _named(dav, props, f"{C}schedule-outbox-URL")
    can = dav.options(main.url)
    schedules = (
        "calendar-auto-schedule" in can and outbox is not None and address in _addresses(props)
    )
    own = calendars or (main,)
    return Found(main, home, outbox, schedules, own, can)


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever is logged in, with or without a calendar. `outbox` is where busy times of others are asked for (RFC 6638
    2.1), None where the server has no such place."""

    url: httpx.URL
    outbox: httpx.URL | None


def principal_of(dav: Dav) -> Principal:
    """Who that is. AccessLost says what was missing."""
    props = _principal(dav)[1]
    return Principal(props.url, _named(dav, props, f"{C}schedule-outbox-URL"))


def _principal(dav: Dav) -> tuple[Entry, Entry]:
    """The resource to begin with, and what the server says of whoever is logged in."""
    start, url = _first(dav)
    principal = _named(dav, start, f"{D}current-user-principal") or url
    return start, _one(dav.propfind(principal, _OF_PRINCIPAL, depth=0), principal)


def _first(dav: Dav) -> tuple[Entry, httpx.URL]:
    """The resource to begin with; where a bare host has none, the well-known one (RFC 6764 5)."""
    base = dav.wire.base
    tries = [base]
    if base.path in ("", "/"):
        tries.append(base.join("/.well-known/caldav"))
    elif base.path.startswith("/.well-known/"):
        tries.append(base.join("/"))
    trouble: ConnectorError | None = None
    for url in tries:
        try:
            multi = dav.propfind(url, _OF_START, depth=0)
        except (Temporary, Barred):
            raise
        except ConnectorError as error:
            trouble = trouble or error
            continue
        entry = multi.entries[0] if multi.entries else None
        if entry is None:
            continue
        names = entry.props.get(f"{D}current-user-principal")
        if names is not None and names.find(f"{D}unauthenticated") is not None:
            raise Barred("login", f"{base.host} does not say who we are: it takes no password here")
        if _is_calendar(entry) or any(entry.props.get(name) is not None for name in _OF_START[1:]):
            return entry, entry.url
    raise trouble or AccessLost(f"there are no calendars at {base}")


def collections_of(dav: Dav, home: httpx.URL) -> tuple[Collection, ...]:
    """The person's own calendars below a home, in the server's order; what others share is left out."""
    multi = dav.propfind(home, _OF_COLLECTION, depth=1)
    mine = {_href(e.props.get(f"{D}owner")) for e in multi.entries if e.href == path_of(home)}
    found = []
    for entry in multi.entries:
        owner = _href(entry.props.get(f"{D}owner"))
        if _is_calendar(entry) and not (owner and any(mine) and owner not in mine):
            found.append(_collection(entry))
    return tuple(found)


def collection_at(dav: Dav, url: httpx.URL) -> Collection:
    """One calendar as it is now. AccessLost when it is none, or no longer there."""
    entry = _one(dav.propfind(url, _OF_COLLECTION, depth=0), url)
    if not _is_calendar(entry):
        raise AccessLost(f"the calendar {path_of(url)} is no longer there")
    return _collection(entry)


def _collection(entry: Entry) -> Collection:
    props = entry.props
    token = entry.text(f"{D}sync-token")
    reports = props.get(f"{D}supported-report-set")
    syncs = bool(token) and (reports is None or reports.find(f".//{D}sync-collection") is not None)
    transparent = props.get(f"{C}schedule-calendar-transp")
    may = props.get(f"{D}current-user-privilege-set")
    return Collection(
        url=entry.url,
        name=entry.text(f"{D}displayname"),
        token=token if syncs else entry.text(f"{CS}getctag"),
        syncs=syncs,
        counts=transparent is None or transparent.find(f"{C}transparent") is None,
        writable=may is None or any(each.tag in _WRITES for each in may.iter()),
    )


def _is_calendar(entry: Entry) -> bool:
    kind = entry.props.get(f"{D}resourcetype")
    if kind is None or kind.find(f"{C}calendar") is None:
        return False
    kept = entry.props.get(f"{C}supported-calendar-component-set")
    names = [] if kept is None else [each.get("name", "").upper() for each in kept]
    return not names or "VEVENT" in names


def _main(
    dav: Dav,
    wanted: httpx.URL | None,
    calendars: tuple[Collection, ...],
    address: Address,
    given: bool,
) -> Collection:
    by_href = {each.href: each for each in calendars}
    if wanted is not None and path_of(wanted) in by_href:
        return by_href[path_of(wanted)]
    if wanted is not None and given:
        return collection_at(dav, wanted)
    usual = {name: place for place, name in enumerate(quirks.USUAL)}

    def rank(each: Collection) -> tuple[int, int]:
        last = each.href.rstrip("/").rpartition("/")[2].lower()
        return usual.get(last, len(usual)), calendars.index(each)

    writable = [each for each in calendars if each.writable]
    if not writable:
        raise AccessLost(
            f"{dav.wire.base.host} has no calendar of {address} that may be written to"
        )
    return min(writable, key=rank)


def _default(dav: Dav, props: Entry) -> httpx.URL | None:
    """The calendar that the person has chosen for invitations (RFC 6638 9.2)."""
    inbox = _named(dav, props, f"{C}schedule-inbox-URL")
    if inbox is None:
        return None
    name = f"{C}schedule-default-calendar-URL"
    try:
        return _named(dav, _one(dav.propfind(inbox, [name], depth=0), inbox), name)
    except Temporary:
        raise
    except ConnectorError:
        return None


def _one(multi: Multi, url: httpx.URL) -> Entry:
    for entry in multi.entries:
        if entry.href.rstrip("/") == path_of(url).rstrip("/"):
            return entry
    if len(multi.entries) == 1:
        return multi.entries[0]
    raise Temporary(f"{url.host} was asked for {path_of(url)} and answers about something else")


def _href(prop: Element | None) -> str:
    found = None if prop is None else prop.findtext(f"{D}href")
    return (found or "").strip().rstrip("/")


def _named(dav: Dav, entry: Entry, name: str) -> httpx.URL | None:
    """The resource that a property names, None where it names none."""
    href = _href(entry.props.get(name))
    prop = entry.props.get(name)
    if not href or prop is None:
        return None
    return dav.wire.within((prop.findtext(f"{D}href") or "").strip(), entry.url)


def _addresses(entry: Entry) -> list[Address]:
    prop = entry.props.get(f"{C}calendar-user-address-set")
    texts = [] if prop is None else [(each.text or "").strip().lower() for each in prop]
    return [text.removeprefix("mailto:") for text in texts if text.startswith("mailto:")]


def others(found: Found) -> Mapping[str, Collection]:
    """The calendars beside the main one whose events take time, by path."""
    return {
        each.href: each for each in found.calendars if each.counts and each.href != found.main.href
    }
