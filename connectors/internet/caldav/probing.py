"""Whether an account of calendars works: reachability, TLS, login, calendars, what the server can do, its clock.

Not a change: nothing is written to the server, and nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from connectors.internet.caldav.account import Account, Reached, log_in
from connectors.internet.caldav.dav import D, Dav
from connectors.internet.caldav.discovery import Found, principal_of
from connectors.internet.caldav.shared import Share, busy_told, shares_of
from connectors.internet.caldav.wire import Barred, Way
from connectors.internet.checks import LOGIN_ADVICE, TLS_ADVICE, clocks
from connectors.internet.srv import Srv, dns_srv, hosted_at
from daemon.domain.account import Account as Said
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import ConnectorError, Temporary
from daemon.ports import Clock
from daemon.ports.probe import Check, Probe

_LOOKED_AT = timedelta(days=7)


def probe(
    reached: Reached, password: str, clock: Clock, *, way: Way | None = None, srv: Srv = dns_srv
) -> Probe:
    """Connect with this password, and say what is there. It never raises for what a server does."""
    account = Account(reached, way or Way(), lambda: password, srv)
    try:
        with account.open() as (dav, found):
            known = _clock(dav, found.main.url, clock.now())
            checks = (*_reached(dav), *_calendars(found), *known)
            return Probe(reached.address, checks, _facts(found))
    except ConnectorError as error:
        return Probe(reached.address, (failed(error),))
    finally:
        account.forget()


def probe_calendars(
    account: Said, keeps: bool, others: Iterable[Said], password: str, clock: Clock, hosted: Callable[[str], str] = hosted_at,
) -> list[Probe]:  # fmt: skip
    """The calendars of an account as `run.py connect` and `doctor` look at it: what it `keeps`, and what `others` share with it."""
    shares, to = shares_of(others, account.address), Reached.of(account)
    kept = [probe(to, password, clock)] if keeps or not shares else []
    if kept and account.calendar == "auto" and not kept[0].usable:
        kept = [_hinted(kept[0], hosted(account.address.partition("@")[2]))]
    return [*kept, probe_shares(to, password, clock, shares)] if shares else kept


_HINTS = {
    "microsoft": "This address is in Microsoft 365: write calendar: microsoft (docs/connect-microsoft365.md).",
    "google": "This address is at Google: write calendar: google (docs/connect-google.md).",
}


def _hinted(probe: Probe, kind: str) -> Probe:
    """With what the calendar is, where it is with one of the two that have no server of calendars to be found."""
    if kind not in _HINTS:
        return probe
    checks = (
        replace(each, advice=_HINTS[kind]) if each.name in ("calendar", "reachability") else each
        for each in probe.checks
    )
    return replace(probe, checks=tuple(checks))


def probe_shares(
    reached: Reached,
    password: str,
    clock: Clock,
    shares: Mapping[Address, Share],
    *,
    way: Way | None = None,
    srv: Srv = dns_srv,
) -> Probe:
    """Connect with this password, and say of everybody who shares busy times with this account whether it is told
    them. It never raises for what a server does."""
    try:
        dav, asking = log_in(reached, password, way or Way(), srv, principal_of)
    except ConnectorError as error:
        return Probe(reached.address, (failed(error),))
    now = clock.now()
    try:
        seen = [
            _check(who, share, busy_told(dav, asking, share, who, Slot(now, now + _LOOKED_AT), now))
            for who, share in sorted(shares.items())
        ]
        return Probe(reached.address, (*_reached(dav), *seen, *_clock(dav, asking.url, now)))
    except ConnectorError as error:
        return Probe(reached.address, (failed(error),))
    finally:
        dav.wire.close()


_ADVICE = {
    "tls": TLS_ADVICE,
    "login": LOGIN_ADVICE,
    "reachability": "Look whether `url` is right and the server runs.",
    "calendar": "Give the address of the calendar as `url` of this account.",
}


def failed(error: ConnectorError) -> Check:
    """What stopped it, sorted by what has to be done about it."""
    at = "reachability" if isinstance(error, Temporary) else "calendar"
    if isinstance(error, Barred):
        at = error.at
    return Check(at, "bad", str(error), _ADVICE[at])


def _reached(dav: Dav) -> tuple[Check, ...]:
    """What is good, or to be looked at, once somebody is logged in."""
    base = dav.wire.base
    tls = Check("tls", "good", f"{base.host} has a certificate that is trusted")
    if base.scheme == "http":
        tls = Check(
            "tls", "look", f"{base.host} gets the password in clear text",
            "Fine on this machine; over a network let it speak https.",
        )  # fmt: skip
    return (
        Check("reachability", "good", f"{base.host} answers"),
        tls,
        Check("login", "good", "it takes the user and the password"),
    )


def _calendars(found: Found) -> tuple[Check, ...]:
    main = found.main
    name = main.name or main.href
    kept = Check("calendar", "good", f"1:1s are kept in {name}")
    if not main.writable:
        kept = Check(
            "calendar", "bad", f"{name} may not be written to",
            "Give the address of another calendar as `url` of this account.",
        )  # fmt: skip
    return kept, *_capabilities(found)


def _capabilities(found: Found) -> tuple[Check, ...]:
    counted = sum(each.counts for each in found.calendars)
    return (
        Check(
            "capabilities",
            "good",
            "the server invites guests by itself"
            if found.schedules
            else "guests are invited by mail, because the server does not do it",
        ),
        Check(
            "capabilities",
            "good",
            "changes are read by sync token"
            if found.main.syncs
            else "changes are found by comparing everything, because the server has no sync tokens",
        ),
        Check("capabilities", "good", f"busy times are those of {counted} calendar(s)"),
    )


def _clock(dav: Dav, url: httpx.URL, now: datetime) -> tuple[Check, ...]:
    """What time it is there, as an answer about that resource says."""
    multi = dav.propfind(url, [f"{D}resourcetype"], depth=0)
    try:
        there = parsedate_to_datetime((multi.headers or {}).get("date", "")).astimezone(UTC)
    except (ValueError, TypeError):
        return (Check("clock", "look", "the server does not say what time it is"),)
    return (clocks(there, now),)


def _facts(found: Found) -> dict[str, str]:
    return {
        "calendar": str(found.main.url),
        "calendar_name": found.main.name,
        "calendars": str(len(found.calendars)),
        "schedules": "yes" if found.schedules else "no",
        "sync": "token" if found.main.syncs else "etags",
        "free_busy_of_others": "yes" if found.outbox is not None else "no",
        "can": ", ".join(sorted(found.can)),
    }


def _check(who: Address, share: Share, busy: Busy | Unknown) -> Check:
    if isinstance(busy, Busy):
        return Check("busy times", "good", f"those of {who} are told, and nothing else")
    advice = (
        f"{who} shares them there with {share.told} (free/busy only is enough), and url: of {who} names the shared "
        f"calendar where the address does not find it. Until then {who} is asked which times suit."
    )
    return Check("busy times", "look", f"those of {who} are not told: {busy.why}", advice)
