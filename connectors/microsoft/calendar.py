"""CalendarConnector over Microsoft Graph.

Not the requests of a reading (mirror.py, busy.py). Microsoft itself tells every guest, so nobody else does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from icalendar import Calendar, Event

from connectors.microsoft.access import Access, Granted, Json, path_of
from connectors.microsoft.busy import own_busy, shown_busy
from connectors.microsoft.events import (
    DONE,
    OURS,
    ZONE,
    invited,
    made_by,
    marks_with,
    recurrence_of,
    tagged,
    times_of,
    told,
    transaction_of,
)
from connectors.microsoft.mirror import Group, Mirror
from connectors.microsoft.writing import Change, occurrence, take_off
from connectors.mirrored import Edit, SteppedCalendars, Words
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ical.meaning import meant
from daemon.ical.reading import master_of, zone_of
from daemon.ical.recurrence import exdates
from daemon.ical.writing import new_calendar
from daemon.ports import Clock, OneOff, SeriesEvent

log = logging.getLogger("oneonone")


class _Account:
    def __init__(self, access: Access, clock: Clock, names: dict[str, str]) -> None:
        self.access = access
        self.mirror = Mirror(access, clock, names)


class MicrosoftCalendars(SteppedCalendars[_Account]):
    """Calendars of people at Microsoft 365. `granted` gives what the owner of an address has allowed, or the admin of their tenant,
    or raises AccessLost; `save` keeps what msal keeps of it; `zones` are the homes of people, for days that are taken as a whole.

    `expected` and the versions told are names of what an event says; between our reading and our writing the ETag guards.
    """

    def __init__(
        self,
        accounts: Iterable[Address],
        granted: Callable[[Address], Granted],
        clock: Clock,
        zones: Mapping[Address, str] | None = None,
        save: Callable[[Address, str], None] = lambda who, cache: None,
    ) -> None:
        self._zones, self._names = dict(zones or {}), dict[str, str]()
        known = {each: Access(each, partial(granted, each), clock, partial(save, each)) for each in accounts}  # fmt: skip
        super().__init__(
            {who: _Account(each, clock, self._names) for who, each in known.items()}, clock
        )

    def close(self) -> None:
        """Let all connections go."""
        for each in self._accounts.values():
            each.access.close()

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> dict[Address, Busy | Unknown]:
        """See CalendarConnector. What takes the time of colleagues is told by the uid that we gave it, so that is read first."""
        mirror = self._reach(calendar).mirror
        if not mirror.listed:
            mirror.look()
        return super().busy(calendar, people, window)

    def _own_busy(self, account: _Account, who: Address, window: Slot) -> Busy:
        return own_busy(account.access, window, self._zones.get(who, ""), self._names)

    def _shown_busy(
        self, account: _Account, people: list[Address], window: Slot
    ) -> dict[Address, Busy | Unknown]:
        return shown_busy(account.mirror, people, window)

    # --- how each change goes

    def _create(
        self, account: _Account, place: Place, edit: Edit, event: SeriesEvent | OneOff, key: str
    ) -> bool:
        text = new_calendar()
        edit(text)
        master = master_of(text, place.uid)
        assert master is not None
        recurrence, whole = recurrence_of(master), not exdates(master)
        tags = {OURS: place.uid, ZONE: zone_of(master) or "UTC"}
        if whole:
            tags[DONE] = marks_with(None, key, meant(text))
        body: Json = {
            **times_of(master), **({"recurrence": recurrence} if recurrence else {}), **_worded(event), **(_ROOM if event.meet else {}),
            "attendees": invited(master) if whole else [], "responseRequested": True, "transactionId": transaction_of(place.uid),
            "singleValueExtendedProperties": tagged(tags),
        }  # fmt: skip
        made = account.access.ask("POST", "/events", body=body)
        account.mirror.again(str(made.get("id", "")))
        return whole

    def _searched(self, account: _Account, uid: str) -> Group | None:
        return account.mirror.found(uid)

    def _was_deleted(self, account: _Account, uid: str) -> bool:
        return uid in account.mirror.deleted

    def _with_link(self, group: Group, event: SeriesEvent | OneOff, receipt: Receipt) -> Receipt:
        if not event.meet:
            return receipt
        link = str((group.master.get("onlineMeeting") or {}).get("joinUrl") or "")
        if not link:
            log.warning("event=no-meeting-link")
        return replace(receipt, link=link)

    def _told(self, group: Group) -> tuple[Address, ...]:
        return told(group.master)

    def _take_off(self, account: _Account, group: Group, place: Place, part: Event) -> None:
        item = occurrence(account.access, group, part) if place.recurrence else group.master
        take_off(account.access, group, item)
        account.mirror.again(group.name)

    def _made(self, group: Group, key: str) -> Iterable[str | None]:
        return (made_by(each, key) for each in group.parts())

    def _words(self, account: _Account, group: Group, event: SeriesEvent | OneOff | None) -> Words:
        """What of its title, its place and its room is not as it should be. A room that is there cannot be taken away."""
        if event is None or (isinstance(event, SeriesEvent) and event.theirs):
            return {}
        there = account.access.ask("GET", f"/events/{path_of(group.name)}", query={"$select": "subject,location,isOnlineMeeting"})  # fmt: skip
        wished = _worded(event)
        words = {} if there.get("subject") == wished["subject"] else {"subject": wished["subject"]}
        if (there.get("location") or {}).get("displayName", "") != event.location:
            words["location"] = wished["location"]
        return words | (_ROOM if event.meet and not there.get("isOnlineMeeting") else {})

    def _write(
        self, account: _Account, change: tuple[Place, str, Calendar, SeriesEvent | OneOff | None], words: Words, part: Event,
        old: Event | None,
    ) -> None:  # fmt: skip
        Change(*change, account.mirror, words).write(part, old)


_ROOM: Json = {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}


def _worded(event: SeriesEvent | OneOff) -> Json:
    return {"subject": event.summary, "location": {"displayName": event.location}}
