"""Two people with calendars at Google: their hands before the web interface, and what goes wrong on the wire.

Not a suite: test_google.py runs those. The hands go past the connector, into the simulator.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from connectors.google.events import body_of, calendar_of, instance_id, uid_of
from connectors.local.by_hand import begun_at, series_in
from daemon.domain.cadence import SeriesRule
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ports import OneOff, SeriesEvent
from daemon.simulate.hands import Shown
from tests.conformance.hands import WithoutMail, as_text
from tests.servers.google import Browser, Fault, Google
from tests.servers.google.listing import expanded
from tests.servers.google.recurring import place as place_of

_SAYS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative", "NEEDS-ACTION": "needsAction"}  # fmt: skip
_HEARS = {google: ical for ical, google in _SAYS.items()}
WRITES = ("calendar.events.insert", "calendar.events.patch", "calendar.events.delete")


class GoogleHands(WithoutMail):
    """Hands over a simulated Google."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def calendar(self, who: Address, window: Slot) -> list[Shown]:
        """What lies in the copy of that person."""
        calendar = self._google.events.calendars[who]
        shown: list[Shown] = []
        for event in list(calendar.events.values()):
            if event["status"] == "cancelled" or "recurringEventId" in event:
                continue
            series = "recurrence" in event
            for each in expanded(calendar, event, None, window.end) if series else [event]:
                if not each.get("attendees") or each["status"] == "cancelled":
                    continue
                start = place_of(each["start"])
                if isinstance(start, datetime) and window.start <= start < window.end:
                    shown.append(_shown(who, event, each))
        return sorted(shown, key=lambda one: (one.start, one.place))

    def cancel(self, who: Address, place: Place) -> None:
        """There is only deleting."""
        self.delete(who, place)

    def delete(self, who: Address, place: Place) -> None:
        """One's own event, or one's own copy."""
        if (name := self._name(who, place)) and self._stands(who, name):
            self._browser(who).delete_one(name)

    def answer(self, who: Address, place: Place, partstat: Partstat) -> None:
        """Yes, no, perhaps."""
        if (name := self._name(who, place)) and self._stands(who, name):
            self._browser(who).answer(name, _SAYS[partstat])

    def move(self, who: Address, place: Place, to: Slot) -> None:
        """One is dragged; of a whole series the rule goes along, and what had been changed by itself is lost."""
        name = self._name(who, place)
        if not name or not self._stands(who, name):
            return
        if place.recurrence or "recurrence" not in self._event(who, place.uid):
            self._browser(who).edit_one(name, start=to.start, end=to.end)
            return
        self._browser(who).edit_one(name, **self._begun(who, place.uid, to))

    def delete_series(self, who: Address, uid: str) -> None:
        """All of it."""
        self.delete(who, Place(who, uid))

    def restore_series(self, who: Address, uid: str) -> None:
        """Out of the bin."""
        for (address, name), kept in list(self._google.events._bin.items()):
            if address == who and uid_of(kept[name]) == uid:
                self._browser(who).restore(name)

    def cut_series(self, who: Address, place: Place) -> None:
        """This and following deleted."""
        event, name = self._event(who, place.uid), self._name(who, place)
        if place_of(event["start"]) == self._planned(event, place):
            self.delete_series(who, place.uid)
        else:
            self._browser(who).delete_following(name)

    def split_series(self, who: Address, place: Place, to: Slot, uid: str) -> None:
        """This and following moved."""
        event, name = self._event(who, place.uid), self._name(who, place)
        if place_of(event["start"]) == self._planned(event, place):
            self.move(who, replace(place, recurrence=""), to)
            return
        fields = self._begun(who, place.uid, to)
        guests = [each["email"] for each in event["attendees"]]
        self._browser(who).edit_following(name, **fields, guests=guests, iCalUID=uid, status="confirmed")  # fmt: skip

    def uninvite(self, who: Address, uid: str, guest: Address) -> None:
        """Taken off the list."""
        self._browser(who).drop(self._event(who, uid)["id"], guest)

    def make(self, who: Address, event: SeriesEvent | OneOff) -> None:
        """With guests, by hand."""
        master = as_text(event, who)
        self._make(who, event.uid, **body_of(master), summary=event.summary)

    def leave_office(self, who: Address, uid: str, slot: Slot) -> None:
        """Out of office is a kind of event that never becomes another."""
        self.free(who, uid)
        self._make(who, uid, **_times(slot), eventType="outOfOffice")

    def occupy(self, who: Address, uid: str, slot: Slot) -> None:
        """Something of one's own."""
        self.free(who, uid)
        self._make(who, uid, **_times(slot))

    def free(self, who: Address, uid: str) -> None:
        """Not any more."""
        if (event := self._find(who, uid)) is not None:
            self._browser(who).delete_one(event["id"])

    def lock_out(self, who: Address) -> None:
        """What somebody takes back on the page of their account."""
        self._google.grants.shut.add(who)

    def let_in(self, who: Address) -> None:
        """And gives again."""
        self._google.grants.shut.discard(who)

    # --- by which id

    def _browser(self, who: Address) -> Browser:
        return self._google.browser(who)

    def _make(self, who: Address, uid: str, **fields: Any) -> None:
        name = self._browser(who).make(**fields)
        for calendar in self._google.events.calendars.values():
            if name in calendar.events:
                calendar.events[name]["iCalUID"] = uid

    def _find(self, who: Address, uid: str) -> Any:
        events = self._google.events.calendars[who].events.values()
        masters = [e for e in events if "recurringEventId" not in e and e["status"] != "cancelled"]
        return next((each for each in masters if uid_of(each) == uid), None)

    def _event(self, who: Address, uid: str) -> Any:
        found = self._find(who, uid)
        assert found is not None, f"{who} has no {uid}"
        return found

    def _planned(self, event: Any, place: Place) -> datetime:
        wall = datetime.fromisoformat(place.recurrence)
        return wall.replace(tzinfo=ZoneInfo(event["start"]["timeZone"])).astimezone(UTC)

    def _name(self, who: Address, place: Place) -> str:
        event = self._find(who, place.uid)
        if event is None or not place.recurrence:
            return "" if event is None else str(event["id"])
        return instance_id(event, self._planned(event, place))

    def _stands(self, who: Address, name: str) -> bool:
        event = self._google.events.calendars[who].found(name)
        return event is not None and event["status"] != "cancelled"

    def _begun(self, who: Address, uid: str, to: Slot) -> dict[str, Any]:
        text = calendar_of(self._event(who, uid), ())
        _, rule = series_in(text, uid)
        begun: SeriesRule = begun_at(rule, to)
        body = body_of(as_text(SeriesEvent(uid, begun, "", ()), who))
        return {name: body[name] for name in ("start", "end", "recurrence")}


def _times(slot: Slot) -> dict[str, Any]:
    return {"start": slot.start, "end": slot.end}


def _shown(who: Address, master: Any, event: Any) -> Shown:
    recurrence = ""
    if "recurrence" in master:
        planned = place_of(event["originalStartTime"])
        assert isinstance(planned, datetime)
        wall = planned.astimezone(ZoneInfo(master["start"]["timeZone"])).replace(tzinfo=None)
        recurrence = wall.isoformat(timespec="minutes")
    start, end = place_of(event["start"]), place_of(event["end"])
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    organizer = event["organizer"]["email"]
    own = {each["email"]: each["responseStatus"] for each in event["attendees"]}
    answer = "ACCEPTED" if organizer == who else _HEARS[own[who]]
    return Shown(
        Place(organizer, uid_of(master), recurrence), start, end, "recurrence" in master, answer,  # type: ignore[arg-type]
        event.get("location", ""),
    )  # fmt: skip


def fault_of(call: str, kind: str) -> Fault | None:
    """A kind of fault, at the request of that call in which it matters."""
    at: str | tuple[str, ...] = WRITES if call in ("put", "move", "cancel", "invite", "uninvite") else "calendar.events.list"  # fmt: skip
    match kind:
        case "refused" | "reset":
            return Fault("drop", at)
        case "timeout":
            return Fault("hang", at)
        case "timeout-after":
            return Fault("hang-after", at)
        case "503-after":
            return Fault("say-after", at)
        case "401":
            return Fault(
                "say", at, 401, "authError", times=3
            )  # the library asks for a new token, and again
        case "403-rate":
            return Fault("say", at, 403, "userRateLimitExceeded")
        case "403-rights":
            return Fault("say", at, 403, "forbidden")
        case "410":
            return Fault("say", at, 410, "fullSyncRequired")
        case "429":
            return Fault("say", at, 429, "rateLimitExceeded", retry_after=600)
        case "404" | "409" | "412" | "500":
            return Fault("say", at, int(kind), "planted")
        case "part":
            return Fault("spoil", at, spoils=_without_a_token)
        case "garbage":
            return Fault("spoil", at, spoils=_with_garbage)
        case "unknown":
            return Fault("say", at, 500, account="ben@mentees.example")
    return None


def _without_a_token(answer: Any) -> Any:
    """A page that is neither the last nor has a next one, and lacks an event."""
    return {"items": answer.get("items", [])[:-1]}


def _with_garbage(answer: Any) -> Any:
    """An event that does not say when it is."""
    items = [*answer["items"][:-1], {**answer["items"][-1], "start": {}, "originalStartTime": {}}]
    return {**answer, "items": items}
