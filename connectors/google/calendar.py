"""CalendarConnector over Google Calendar.

Not the requests of a reading (mirror.py, busy.py). Google itself tells every guest (`sendUpdates=all`), so nobody else does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial

from icalendar import Calendar, Event

from connectors.google import meet
from connectors.google.access import Access, Granted
from connectors.google.busy import own_busy, shown_busy
from connectors.google.events import (
    DONE,
    ITEM,
    TAG,
    body_of,
    guests_in,
    id_of,
    instance_id,
    made_by,
    marks_with,
    planned_start,
    write_moment,
)
from connectors.google.mirror import Group, Mirror
from connectors.google.pace import Pace
from connectors.google.wire import Json, ask
from connectors.mirrored import Edit, MirroredCalendars, part_in, text_of
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.domain.program import GoogleLimits
from daemon.domain.value import replace
from daemon.errors import Permanent, Temporary, VersionConflict
from daemon.ical import changing
from daemon.ical.meaning import meant
from daemon.ical.reading import master_of, moment_of, zone_of
from daemon.ical.writing import new_calendar
from daemon.ports import Clock, OneOff, SeriesEvent

log = logging.getLogger("oneonone")

_TELLING: Json = {"calendarId": "primary", "sendUpdates": "all", "fields": ITEM}


class _Account:
    def __init__(self, access: Access, clock: Clock) -> None:
        self.access = access
        self.mirror = Mirror(access, clock)


class GoogleCalendars(MirroredCalendars[_Account]):
    """Calendars of people who have connected their Google account. `granted` gives what the owner of an address has allowed, or
    raises AccessLost; `zones` are the homes of people, for days that are taken as a whole.

    `expected` and the versions told are names of what an event says; between our reading and our writing the ETag guards.
    """

    def __init__(
        self,
        accounts: Iterable[Address],
        granted: Callable[[Address], Granted],
        clock: Clock,
        zones: Mapping[Address, str] | None = None,
        limits: GoogleLimits | None = None,
    ) -> None:
        self._zones, pace = dict(zones or {}), Pace(limits or GoogleLimits())
        known = {each: Access(each, partial(granted, each), clock, pace) for each in accounts}
        super().__init__({who: _Account(each, clock) for who, each in known.items()}, clock)

    def _own_busy(self, account: _Account, who: Address, window: Slot) -> Busy:
        return own_busy(account.access, window, self._zones.get(who, ""))

    def _shown_busy(
        self, account: _Account, people: list[Address], window: Slot
    ) -> dict[Address, Busy | Unknown]:
        return shown_busy(account.mirror, people, window)

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector. Its id derives from its uid, and stays taken for ever: a deleted one is a conflict."""

        def edit(text: Calendar) -> bool:
            return changing.put(text, event, calendar, self._clock.now())

        account, place = self._reach(calendar), Place(calendar, event.uid)
        group = self._found(account, event.uid)
        if group is None:
            if expected:
                raise VersionConflict(f"{event.uid} is not there, or was deleted")
            return self._insert(account, place, edit, event, key)

        def words() -> Json:
            return self._other_words(account, group, event, key)

        receipt = self._patch(account, group, place, edit, key, expected, words)
        return self._with_link(account, group.master["id"], event, receipt)

    def _told(self, group: Group) -> tuple[Address, ...]:
        return guests_in(group.master)

    def _take_off(self, account: _Account, group: Group, place: Place, part: Event) -> None:
        self._send_delete(account, group, self._item(group, part, place), place)

    def _send_delete(self, account: _Account, group: Group, item: Json, place: Place) -> None:
        events = account.access.events()
        request = events.delete(calendarId="primary", eventId=item["id"], sendUpdates="all")
        if "etag" in item:
            request.headers["If-Match"] = item["etag"]
        ask(request, account.access)
        if not place.recurrence:
            account.mirror.take({"id": item["id"], "status": "cancelled"})
            return
        account.mirror.take({
            "id": item["id"], "status": "cancelled", "recurringEventId": group.master["id"],
            "originalStartTime": item["originalStartTime"], "etag": f"gone {item.get('etag', '')}",
        })  # fmt: skip

    # --- how each change goes

    def _change(
        self, account: _Account, group: Group, place: Place, edit: Edit, key: str, expected: str
    ) -> Receipt:
        return self._patch(account, group, place, edit, key, expected, dict)

    def _patch(
        self, account: _Account, group: Group, place: Place, edit: Edit, key: str, expected: str, others: Callable[[], Json]
    ) -> Receipt:  # fmt: skip
        """One change of one event or occurrence: read, compare, edit, write over exactly what was read. `others`: what
        else has to be written."""
        text = text_of(group)
        made = self._made(group, place, key)
        if made is not None:
            return Receipt(version=made, place=place, told=guests_in(group.master), repeated=True)
        version, words = meant(text), others()
        if not edit(text) and not words:
            return Receipt(version=version, place=place, repeated=True)
        if expected not in ("", version):
            raise VersionConflict(f"{place.uid} has changed since it was seen")
        part = part_in(text, place)
        if part is None:
            raise VersionConflict(f"{place.uid} {place.recurrence} is no longer there")
        item = self._item(group, part, place)
        body = {**body_of(part, _deleted(group)), **words}
        self._keep_guests(account, group, item, body)
        body["extendedProperties"] = {"private": {DONE: marks_with(item, key, meant(text))}}
        _check_invites(account)
        room: Json = {"conferenceDataVersion": 1} if "conferenceData" in words else {}
        request = account.access.events().patch(eventId=item["id"], body=body, **_TELLING, **room)
        if "etag" in item:
            request.headers["If-Match"] = item["etag"]
        return self._done(account, place, ask(request, account.access))

    def _other_words(
        self, account: _Account, group: Group, event: SeriesEvent | OneOff, key: str
    ) -> Json:
        """What of its title, its place and its link is not as it should be, and is not read otherwise."""
        if isinstance(event, SeriesEvent) and event.theirs:
            return {}
        there = self._looked_at(account, group.master["id"])
        wished = {"summary": event.summary, "location": event.location}
        words = {name: text for name, text in wished.items() if there.get(name, "") != text}
        return words | meet.wanted(event.meet, there, key)

    def _looked_at(self, account: _Account, name: str) -> Json:
        events = account.access.events()
        return ask(
            events.get(calendarId="primary", eventId=name, fields=meet.STATE), account.access
        )

    def _with_link(
        self, account: _Account, name: str, event: SeriesEvent | OneOff, receipt: Receipt
    ) -> Receipt:
        """With the link that was asked for. While Google is still making it, the change is not done."""
        if not event.meet:
            return receipt
        link = meet.link_of(self._looked_at(account, name), self._clock.now())
        return replace(receipt, link=link)

    def _keep_guests(self, account: _Account, group: Group, item: Json, body: Json) -> None:
        """Guests are always written, or Google might ask them anew; and a list is replaced as a whole: of an event that a
        person made, what else stands there of each (a name, that they need not come) is looked up and stays."""
        if TAG in group.master.get("extendedProperties", {}).get("private", {}):
            return
        events = account.access.events()
        request = events.get(calendarId="primary", eventId=item["id"], fields="attendees")
        there = ask(request, account.access).get("attendees", ())
        known = {str(each["email"]).lower(): each for each in there}
        body["attendees"] = [{**known.get(each["email"], {}), **each} for each in body["attendees"]]

    def _insert(
        self, account: _Account, place: Place, edit: Edit, event: SeriesEvent | OneOff, key: str
    ) -> Receipt:
        _check_invites(account)
        text = new_calendar()
        edit(text)
        master = master_of(text, place.uid)
        assert master is not None
        mark = {TAG: place.uid, DONE: marks_with(None, key, meant(text))}
        body = {
            **body_of(master), "id": id_of(place.uid), "summary": event.summary, "location": event.location,
            "extendedProperties": {"private": mark, "shared": {TAG: place.uid}},
        }  # fmt: skip
        events = account.access.events()
        try:
            receipt = self._done(account, place, self._made_new(account, body, event, key))
            return self._with_link(account, body["id"], event, receipt)
        except VersionConflict:
            # taken: by ourselves, in an answer that never came, or by what is over too long ago to be listed
            there = ask(
                events.get(calendarId="primary", eventId=id_of(place.uid), fields=ITEM),
                account.access,
            )
            if there.get("status") == "cancelled":
                raise
        account.mirror.take(there)
        group = Group(there)

        def words() -> Json:
            return self._other_words(account, group, event, key)

        receipt = self._patch(account, group, place, edit, key, "", words)
        return self._with_link(account, body["id"], event, receipt)

    def _made_new(
        self, account: _Account, body: Json, event: SeriesEvent | OneOff, key: str
    ) -> Json:
        """With a link if one is wanted; without, where Google makes none for this account: the 1:1 matters more."""
        events = account.access.events()
        if event.meet:
            room = {"conferenceData": meet.asked(key)}
            request = events.insert(body=body | room, conferenceDataVersion=1, **_TELLING)
            try:
                return ask(request, account.access)
            except Permanent as why:
                log.warning("event=no-meet-link why=%s", why)
        return ask(events.insert(body=body, **_TELLING), account.access)

    def _made(self, group: Group, place: Place, key: str) -> str | None:
        """The version that this change made before, wherever it was written down."""
        parts = [group.master, *group.exceptions.values()]
        return next((made for each in parts if (made := made_by(each, key)) is not None), None)

    def _item(self, group: Group, part: Event, place: Place) -> Json:
        """What is written: the event, the occurrence that stands by itself, or one that has nothing of its own yet."""
        if not place.recurrence:
            return group.master
        planned = moment_of(part, "RECURRENCE-ID")
        for each in group.exceptions.values():
            if planned_start(each, group.master) == planned:
                return each
        private = group.master.get("extendedProperties", {}).get("private", {})
        return {
            "id": instance_id(group.master, planned),
            "originalStartTime": write_moment(planned, zone_of(part) or "UTC"),
            "extendedProperties": {"private": {DONE: private.get(DONE, "")}},
        }

    def _done(self, account: _Account, place: Place, item: Json) -> Receipt:
        account.mirror.take(item)
        group = account.mirror.named(place.uid)
        if group is not None and group.exceptions and "recurringEventId" not in item:
            # what a change of the series has done to its single occurrences stands in no answer
            account.mirror.look()
            group = account.mirror.named(place.uid)
        if group is None:
            raise Temporary(f"Google's answer about {place.uid} is not about it")
        return Receipt(version=meant(text_of(group)), place=place, told=guests_in(item))


def _check_invites(account: _Account) -> None:
    access = account.access
    access.pace.check_invites(access.address, access.clock.now())


def _deleted(group: Group) -> list[date | datetime]:
    """The planned starts of occurrences that are deleted at Google."""
    starts = (
        planned_start(each, group.master)
        for each in group.exceptions.values()
        if each.get("status") == "cancelled"
    )
    return [each for each in starts if each is not None]
