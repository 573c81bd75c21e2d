"""Events: what an account may do to an event, and what its guests get of it.

Not lists of them (listing.py), and not what people do by hand (browser.py), which comes down to the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime

from tests.servers.google import kinds, meetings, recurring
from tests.servers.google.bodies import NOT_WRITTEN, WORDS, ask_anew, differs, normal, patched
from tests.servers.google.calendars import OWN, Calendar, Told, as_seen_by, occurrence, people
from tests.servers.google.refused import Refused, bad, gone, not_found
from tests.servers.google.schema import Json

_ID = re.compile(r"[a-v0-9]{5,1024}")
_TIMED = ("start", "end", "recurrence")
_OF_A_GUEST = ("attendees", *OWN)
PROPAGATED_MOST = 200
"""With more guests, what one says is told to the organizer alone (EventAttendee.responseStatus)."""


class Events:
    """All calendars, by the address of their account; `now` is asked for the time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.calendars: dict[str, Calendar] = {}
        self.mails: list[Told] = []
        self.resets_answers = True
        """Whether who said yes to one time is asked anew when it moves. Not recorded of the live API: both occur here."""
        self.makes_meetings = "success"
        """What becomes of a wish for a Meet link: `success`, `pending` (success with the next look), `failure`."""
        self.spared: set[str] = set()
        """Accounts that may invite nobody for hours: 403 quotaExceeded."""
        self._now = now
        self._made = 0
        self._bin: dict[tuple[str, str], dict[str, Json]] = {}
        """What was deleted with an event, by calendar and id: it can be put back for some weeks."""

    def insert(self, owner: str, body: Json, query: Mapping[str, str]) -> Json:
        """events.insert. An id of the client's own is taken, unless it ever was (PROVIDERS 3)."""
        calendar = self.calendars[owner]
        name = body.get("id", "")
        if name and not _ID.fullmatch(name):
            raise bad("Invalid resource id value.")
        if name in calendar.events:
            raise Refused(409, "duplicate", "The requested identifier already exists.")
        event = self._made_of(owner, body, name)
        name = event["id"]
        normal(event, calendar.zone)
        kinds.check(event)
        self._invites(owner, [], event)
        meetings.settle({}, event, query, self.makes_meetings)
        calendar.put(as_seen_by(owner, event), self._now())
        self._tell(owner, event, "invitation", people(event), query)
        self._share(owner, event, [])
        return calendar.events[name]

    def change(
        self, owner: str, name: str, body: Json, query: Mapping[str, str], *, if_match: str = "", whole: bool = False
    ) -> Json:  # fmt: skip
        """events.patch, and (`whole`) events.update."""
        calendar = self.calendars[owner]
        before = self._known(calendar, name, if_match)
        if before["status"] == "cancelled":
            before = _revived(calendar, before)
        elif body.get("status") == "cancelled":  # the same as to delete it (guides/recurringevents)
            self.delete(owner, name, query, if_match=if_match)
            return calendar.events[name]
        kept = {k: v for k, v in before.items() if k in NOT_WRITTEN} if whole else before
        event = patched({} if whole else kept, body) | ({**kept} if whole else {})
        event["status"] = body.get("status", before["status"])
        if event["organizer"]["email"] != owner:
            return self._of_a_guest(owner, before, event, body)
        normal(event, calendar.zone)
        kinds.check(event)
        self._invites(owner, people(before), event)
        meetings.settle(before, event, query, self.makes_meetings)
        moved = differs(event, before, _TIMED)
        if moved:
            event["sequence"] = before.get("sequence", 0) + 1
            if self.resets_answers and "attendees" not in body:
                ask_anew(event, owner)
        self._keep(owner, before, event)
        left = [each for each in people(before) if each not in people(event)]
        new = [each for each in people(event) if each not in people(before)]
        self._tell(owner, event, "cancellation", left, query)
        self._tell(owner, event, "invitation", new, query)
        if moved or differs(event, before, WORDS):
            self._tell(owner, event, "update", [p for p in people(event) if p not in new], query)
        return calendar.events[event["id"]]

    def delete(
        self, owner: str, name: str, query: Mapping[str, str], *, if_match: str = ""
    ) -> None:
        """events.delete. A guest who deletes declines."""
        calendar = self.calendars[owner]
        event = self._known(calendar, name, if_match)
        if event["status"] == "cancelled":
            raise gone()
        if event["organizer"]["email"] != owner:
            self.answer(owner, name, "declined")
            calendar.bury(event, self._now(), alone="recurringEventId" in event)
            return
        self._bury(owner, event)
        self._tell(owner, event, "cancellation", people(event), query)

    def answer(self, guest: str, name: str, status: str, comment: str = "") -> None:
        """What a guest says to an event or an occurrence goes into every copy of it."""
        mine = self.calendars[guest].found(name)
        if mine is None:
            raise not_found()
        owner = mine["organizer"]["email"]
        calendar = self.calendars.get(owner)
        event = deepcopy(calendar.found(name) if calendar else mine)
        assert event is not None
        for each in event.get("attendees", ()):
            if each["email"] == guest:
                each["responseStatus"] = status
                if comment:
                    each["comment"] = comment
        if "recurringEventId" not in event and calendar:
            for exception in list(calendar.exceptions(name)):
                if exception["status"] != "cancelled":
                    self.answer(guest, exception["id"], status, comment)
        if calendar:
            calendar.put(as_seen_by(owner, event), self._now())
        to = None if len(people(event)) <= PROPAGATED_MOST else [guest]
        self._share(owner, event, people(event), to)

    def looked_at(self, owner: str, name: str) -> Json:
        """events.get: deleted ones as well. A Meet link that is pending is there with the next look."""
        calendar = self.calendars[owner]
        event = calendar.found(name)
        if event is None:
            raise not_found()
        if name in calendar.events and meetings.finish(event):
            calendar.put(event, self._now())
            self._share(owner, event, people(event))
        return event

    def import_(self, owner: str, body: Json) -> Json:
        """events.import: a private copy of what lies elsewhere, of which nobody is told. One of the same iCalUID takes the
        place of the first."""
        if body.get("eventType", "default") != "default":
            raise bad("Only events of type default can be imported.", "eventTypeRestriction")
        calendar = self.calendars[owner]
        known = [each["id"] for each in calendar.events.values() if each.get("iCalUID") == body["iCalUID"]]  # fmt: skip
        event = self._made_of(owner, {k: v for k, v in body.items() if k != "id"}, known[0] if known else "")  # fmt: skip
        event["organizer"] = body.get("organizer") or {"email": owner}
        normal(event, calendar.zone)
        meetings.settle({}, event, {}, "")
        return calendar.put(as_seen_by(owner, event), self._now())

    def put(self, owner: str, event: Json) -> None:
        """An event as it is, with its copies: what the web interface makes."""
        normal(event, self.calendars[owner].zone)
        self.calendars[owner].put(as_seen_by(owner, event), self._now())
        self._share(owner, event, [])
        self._tell(owner, event, "invitation", people(event), {"sendUpdates": "all"})

    def _made_of(self, owner: str, body: Json, name: str) -> Json:
        """What Google itself puts to what was sent."""
        self._made += 1
        name = name or f"m{self._made:025d}"
        now = f"{self._now():%Y-%m-%dT%H:%M:%S}.000Z"
        return {
            "eventType": "default", "reminders": {"useDefault": True}, "iCalUID": f"{name}@google.com", **deepcopy(body),
            "kind": "calendar#event", "id": name, "status": body.get("status", "confirmed"), "created": now, "sequence": 0,
            "htmlLink": f"https://www.google.com/calendar/event?eid={name}",
            "creator": {"email": owner}, "organizer": {"email": owner},
        }  # fmt: skip

    def _known(self, calendar: Calendar, name: str, if_match: str) -> Json:
        event = calendar.found(name)
        if event is None:
            raise not_found()
        if if_match and if_match != event.get("etag"):
            raise Refused(412, "conditionNotMet", "Precondition Failed", location="If-Match")
        return event

    def _of_a_guest(self, guest: str, before: Json, event: Json, body: Json) -> Json:
        others = [name for name in body if name not in _OF_A_GUEST]
        if others:
            raise Refused(403, "forbiddenForNonOrganizer", "Shared properties can only be changed by the organizer of the event.", domain="calendar")  # fmt: skip
        said = {e["email"]: e.get("responseStatus") for e in event.get("attendees", ())}.get(guest)
        was = {e["email"]: e.get("responseStatus") for e in before.get("attendees", ())}.get(guest)
        kept = deepcopy(before) | {name: event[name] for name in OWN if name in event}
        self.calendars[guest].put(kept, self._now())
        if said and said != was:
            self.answer(guest, before["id"], said)
        return self.calendars[guest].events[before["id"]]

    def _keep(self, owner: str, before: Json, event: Json) -> None:
        """The organizer's copy, those of the guests, and what the change does to single occurrences."""
        calendar = self.calendars[owner]
        calendar.put(as_seen_by(owner, event), self._now())
        self._share(owner, event, people(before))
        if "recurrence" not in event:
            return
        for each in list(calendar.exceptions(event["id"])):
            if not _is_made_by(event, each):
                self._bury(owner, {k: v for k, v in each.items() if k != "recurringEventId"})
            elif each["status"] != "cancelled" and differs(event, before, ("attendees", *WORDS)):  # fmt: skip
                known = {guest["email"]: guest for guest in each.get("attendees", ())}
                guests = [known.get(g["email"], deepcopy(g)) for g in event.get("attendees", ())]
                words = {n: event[n] for n in WORDS if n in event and each.get(n) == before.get(n)}
                changed = as_seen_by(owner, {**each, **words, "attendees": guests})
                calendar.put(changed, self._now())
                self._share(owner, changed, people(each))

    def restore(self, owner: str, name: str) -> None:
        """Out of the bin, with all that it had, under its id."""
        for (address, deleted), kept in list(self._bin.items()):
            if deleted == name:
                for each in kept.values():
                    self.calendars[address].put(each, self._now())
                del self._bin[address, deleted]

    def _bury(self, owner: str, event: Json) -> None:
        """In every calendar where it lies; with a series go its single occurrences."""
        for address in {owner, *people(event), *self._copied(event["id"])}:
            calendar = self.calendars.get(address)
            if calendar is None:
                continue
            below = list(calendar.exceptions(event["id"]))
            if event["id"] in calendar.events and "recurringEventId" not in event:
                kept = [deepcopy(each) for each in (calendar.events[event["id"]], *below)]
                self._bin[address, event["id"]] = {each["id"]: each for each in kept}
            for each in below:
                calendar.bury(each, self._now())
            if calendar.found(event["id"]) or address == owner:
                calendar.bury(event, self._now(), alone="recurringEventId" in event)

    def _copied(self, name: str) -> list[str]:
        return [address for address, calendar in self.calendars.items() if name in calendar.events]

    def _share(
        self, owner: str, event: Json, before: list[str], to: list[str] | None = None
    ) -> None:
        """The copies of those who have a calendar here (`to`: of them alone); who is no guest any more has one that is
        cancelled."""
        for address in dict.fromkeys([*people(event), *before] if to is None else to):
            calendar = self.calendars.get(address)
            if calendar is None or address == owner:
                continue
            if address not in people(event):
                if event["id"] in calendar.events:
                    calendar.bury(event, self._now(), alone="recurringEventId" in event)
                continue
            old = calendar.events.get(event["id"], {})
            copy = as_seen_by(address, event)
            for name in OWN:
                copy.pop(name, None)
                if name in old:
                    copy[name] = old[name]
            shared = event.get("extendedProperties", {}).get("shared")
            own = old.get("extendedProperties", {}).get("private")
            properties = {"shared": shared} if shared else {}
            properties |= {"private": own} if own else {}
            copy.pop("extendedProperties", None)
            if properties:
                copy["extendedProperties"] = properties
            calendar.put(copy, self._now())

    def _tell(self, owner: str, event: Json, kind: str, to: list[str], query: Mapping[str, str]) -> None:  # fmt: skip
        """`sendUpdates` says who gets a mail: by default nobody (PROVIDERS 3)."""
        wanted = query.get("sendUpdates") or ("all" if query.get("sendNotifications") == "true" else "none")  # fmt: skip
        for each in to:
            outside = each not in self.calendars
            if each != owner and (wanted == "all" or (wanted == "externalOnly" and outside)):
                self.mails.append(Told(each, kind, event["id"], event.get("sequence", 0)))

    def _invites(self, owner: str, before: list[str], event: Json) -> None:
        new = [each for each in people(event) if each not in before and each != owner]
        if new and owner in self.spared:
            raise Refused(403, "quotaExceeded", "Calendar usage limits exceeded.", domain="usageLimits")  # fmt: skip


def _is_made_by(master: Json, exception: Json) -> bool:
    if "originalStartTime" not in exception:
        return True
    when = recurring.place(exception["originalStartTime"])
    return when in recurring.occurrences(master, when)


def _revived(calendar: Calendar, exception: Json) -> Json:
    """A deleted occurrence as its series makes it: whoever writes it puts it back. What is deleted as a whole stays so."""
    master = calendar.events.get(exception.get("recurringEventId", ""))
    if master is None:
        raise Refused(403, "forbidden", "Forbidden")
    return occurrence(master, recurring.place(exception["originalStartTime"]))
