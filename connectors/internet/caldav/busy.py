"""What takes time: from somebody's own calendars, or from what the server says of others (RFC 6638 5).

Not a listing: only the window that was asked for is read, and nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection as Several
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from icalendar import Calendar, FreeBusy, vCalAddress

from connectors.internet.caldav.account import Item, item_in
from connectors.internet.caldav.dav import C, D, Dav
from connectors.internet.caldav.discovery import Collection
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy, BusyInterval, Unknown
from daemon.domain.people import Address
from daemon.ical.busy import NEVER, NORMAL, TENTATIVE, busy_of
from daemon.ical.parsing import Unreadable, listed
from daemon.ical.reading import organizer_of
from daemon.ical.recurrence import named_parts
from daemon.ical.writing import new_calendar

_MARGIN = timedelta(days=1)
"""Read around the window as well: servers differ by an hour where zones have changed (trap_93)."""
_KINDS = {"BUSY": NORMAL, "BUSY-UNAVAILABLE": NEVER, "BUSY-TENTATIVE": TENTATIVE}


def busy_in(
    dav: Dav, calendars: Several[Collection], owner: Address, window: Slot, home: str,
    colleagues: Several[Address],
) -> Busy | Unknown:  # fmt: skip
    """What is taken in all of these calendars of one person."""
    taken: list[BusyInterval] = []
    for collection in calendars:
        for entry in dav.query(
            collection.url, (window.start - _MARGIN, window.end + _MARGIN)
        ).entries:
            item = item_in(entry)
            if item is None:
                if entry.status in (404, 410):
                    continue
                return Unknown(f"{entry.href}: the answer has no data of it")
            if item.calendar is None:
                return Unknown(f"{entry.href}: {item.problem}")
            try:
                ours = _ours(item, owner, colleagues)
                taken += busy_of(item.calendar, owner, window, home, ours)
            except Unreadable as error:
                return Unknown(f"{entry.href}: {error}")
    return Busy(tuple(sorted(set(taken), key=lambda one: (one.start, one.end, one.source))))


def _ours(item: Item, owner: Address, colleagues: Several[Address]) -> Callable[[str], bool]:
    """Whether somebody whom we serve as well has invited the owner."""

    def ours(uid: str) -> bool:
        assert item.calendar is not None
        part = next(iter(named_parts(item.calendar, uid).values()))
        return organizer_of(part) != owner and organizer_of(part) in colleagues

    return ours


def busy_of_another(
    dav: Dav, outbox: httpx.URL | None, who: tuple[Address, Address], window: Slot, now: datetime
) -> Busy | Unknown:
    """What the server of `who[0]` says about the free and busy times of `who[1]`."""
    asking, asked = who
    if outbox is None:
        return Unknown(f"the server of {asking} does not tell when others are free")
    answer = dav.post(outbox, _request(asking, asked, window, now), who)
    for response in () if answer is None else answer.iter(f"{C}response"):
        recipient = (response.findtext(f"{C}recipient/{D}href") or "").strip().lower()
        status = (response.findtext(f"{C}request-status") or "").strip()
        data = response.findtext(f"{C}calendar-data")
        if recipient.removeprefix("mailto:") == asked and status.startswith("2.") and data:
            return periods(data.encode(), window)
    return Unknown(f"the server of {asking} does not know when {asked} is free")


def _request(asking: Address, asked: Address, window: Slot, now: datetime) -> bytes:
    calendar = new_calendar()
    calendar.add("method", "REQUEST")
    query = FreeBusy()
    query.add("uid", f"{asked}/{window.start:%Y%m%dT%H%M}/{window.end:%Y%m%dT%H%M}")
    query.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    query.add("dtstart", window.start.astimezone(UTC))
    query.add("dtend", window.end.astimezone(UTC))
    query.add("organizer", vCalAddress(f"mailto:{asking}"), encode=False)
    query.add("attendee", vCalAddress(f"mailto:{asked}"), encode=False)
    calendar.add_component(query)
    raw: bytes = calendar.to_ical()
    return raw


def periods(raw: bytes, window: Slot) -> Busy | Unknown:
    """What a server says is taken (RFC 5545 3.6.4). Of what it does not speak of nothing is known."""
    taken = []
    try:
        parts = Calendar.from_ical(raw).walk("VFREEBUSY")
        if not any(_spans(part, window) for part in parts):
            return Unknown("the server does not speak of all of the time that it was asked about")
        for part in parts:
            for prop in listed(part.get("FREEBUSY")):
                kind = str(prop.params.get("FBTYPE", "BUSY")).upper()
                if kind != "FREE":
                    slot = _slot(prop.dt)
                    if slot.start < window.end and slot.end > window.start:
                        priority = _KINDS.get(kind, NORMAL)
                        taken.append(BusyInterval(slot.start, slot.end, priority))
    except Exception as error:
        # the parser raises many kinds, and none of them may read as "free" (trap_72)
        return Unknown(f"what the server says cannot be read: {str(error)[:80]}")
    return Busy(tuple(sorted(taken, key=lambda one: (one.start, one.end))))


def _spans(part: Any, window: Slot) -> bool:
    """Whether it speaks of the whole window, which was asked for in whole seconds; without bounds it speaks of all that
    was asked."""
    start, end = (part[name].dt if name in part else None for name in ("DTSTART", "DTEND"))
    until = window.end.replace(microsecond=0)
    return (start is None or start <= window.start) and (end is None or end >= until)


def _slot(period: Any) -> Slot:
    start, end = period
    begin = start.astimezone(UTC)
    return Slot(begin, begin + end if isinstance(end, timedelta) else end.astimezone(UTC))
