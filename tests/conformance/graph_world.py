"""Two people with calendars at Microsoft 365: their hands before Outlook, what they have allowed, and what goes wrong on the wire.

Not a suite: test_microsoft.py runs those. The hands go past the connector, into the simulator.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msal
import pytest

from connectors.microsoft import App, Granted
from connectors.microsoft.events import invited, recurrence_of, times_of
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.ports import OneOff, SeriesEvent
from daemon.simulate.hands import Shown
from tests.conformance.following import NOW
from tests.conformance.hands import WithoutMail, as_text
from tests.servers.graph import APP, TENANT, Fault, Graph, Outlook, authority_in
from tests.servers.graph.events import Event, Occurrence, addresses, instant
from tests.servers.graph.rhythm import DAYS, WEEKS, zone

_SAYS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentativelyAccepted", "NEEDS-ACTION": "notResponded"}  # fmt: skip
_HEARS = {"accepted": "ACCEPTED", "declined": "DECLINED", "tentativelyAccepted": "TENTATIVE"}
SCOPES = ("Calendars.ReadWrite", "Mail.ReadWrite", "Mail.Send", "User.Read")


@contextmanager
def simulated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, *people: Address
) -> Iterator[Graph]:  # fmt: skip
    """A Microsoft 365 whose certificate this process trusts, and of which no body may be wrong in the end."""
    monkeypatch.setenv("SSL_CERT_FILE", authority_in(tmp_path))
    with Graph(NOW) as graph:
        for each in people:
            graph.account(each)
        yield graph
    assert graph.problems == []
    request.node.user_properties += graph.counted


class Allowed:
    """What people have allowed, kept as a vault does."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.kept: dict[Address, str] = {}
        self.seconds = 30.0

    def granted(self, who: Address) -> Granted:
        """What `connect` has kept of them."""
        graph = self._graph
        app = App(APP, TENANT, login=graph.url, api=graph.url, silent_seconds=self.seconds)
        if who not in self.kept:
            self.kept[who] = self._signed_in(who)
        return Granted(app, self.kept[who], SCOPES)

    def save(self, who: Address, cache: str) -> None:
        """What msal keeps has changed."""
        self.kept[who] = cache

    def lose(self, kind: str) -> None:
        """How long an answer may take: long, but where a test has one that never comes."""
        if kind.startswith("timeout"):
            self.seconds = 1.5

    def _signed_in(self, who: Address) -> str:
        """As after a sign-in an hour ago: a grant that is good, and a token that is over."""
        cache = msal.SerializableTokenCache()
        told = self._graph.sign_in.token(TENANT, {"grant_type": "refresh_token", "client_id": APP, "refresh_token": self._graph.sign_in.yes(who)})  # fmt: skip
        cache.add({"client_id": APP, "scope": [], "token_endpoint": f"{self._graph.url}/{TENANT}/oauth2/v2.0/token", "response": {**told, "expires_in": 0}})  # fmt: skip
        return str(cache.serialize())


class GraphHands(WithoutMail):
    """Hands over a simulated Microsoft 365. An event of ours is known by the uid that we gave it."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._bin: dict[tuple[Address, str], Event] = {}

    def calendar(self, who: Address, window: Slot) -> list[Shown]:
        """What lies in the copy of that person."""
        shown: list[Shown] = []
        for event in self._graph.boxes[who].events.values():
            if not event.guests:
                continue
            for each in event.times():
                off = (event.parts | each.own).get("isCancelled")
                if not off and window.start <= each.start < window.end:
                    shown.append(self._shown(who, event, each))
        return sorted(shown, key=lambda one: (one.start, one.place))

    def cancel(self, who: Address, place: Place) -> None:
        """There is only deleting."""
        self.delete(who, place)

    def delete(self, who: Address, place: Place) -> None:
        """One's own event, or one's own copy."""
        event = self._find(who, place.uid)
        if event is None:
            return
        if event.organizer != who:
            self.answer(who, place, "DECLINED")
        elif not place.recurrence:
            self.delete_series(who, place.uid)
        elif self._stands(event, place):
            self._outlook(who).delete_one(event, _planned(event, place))

    def answer(self, who: Address, place: Place, partstat: Partstat) -> None:
        """Yes, no, perhaps."""
        event = self._find(who, place.uid)
        if event is not None and (not place.recurrence or self._stands(event, place)):
            at = _planned(event, place) if place.recurrence else None
            self._outlook(who).answers(event.uid, _SAYS[partstat], at)

    def move(self, who: Address, place: Place, to: Slot) -> None:
        """One is dragged; of a whole series the rule goes along, and what had been changed by itself is lost."""
        event = self._find(who, place.uid)
        if event is None:
            return
        if place.recurrence:
            if self._stands(event, place):
                self._outlook(who).move_one(event, _planned(event, place), to.start, to.end)
            return
        _begin(event, to)
        self._outlook(who).change(event)

    def delete_series(self, who: Address, uid: str) -> None:
        """All of it."""
        event = self._find(who, uid)
        if event is not None:
            self._bin[who, uid] = deepcopy(event)
            self._outlook(who).delete(event)

    def restore_series(self, who: Address, uid: str) -> None:
        """Out of the bin."""
        self._outlook(who).put(self._bin.pop((who, uid)))

    def cut_series(self, who: Address, place: Place) -> None:
        """This and following deleted."""
        event = self._find(who, place.uid)
        assert event is not None
        planned = _planned(event, place)
        if planned == event.start:
            self.delete_series(who, place.uid)
        else:
            self._outlook(who).cut(event, planned)

    def split_series(self, who: Address, place: Place, to: Slot, uid: str) -> None:
        """This and following moved."""
        event = self._find(who, place.uid)
        assert event is not None
        planned = _planned(event, place)
        if planned == event.start:
            self.move(who, Place(who, place.uid), to)
            return
        rest = self._outlook(who).cut(event, planned)
        rest.name, rest.uid, rest.tags = self._graph.meetings.name(), uid, {}
        rest.parts.pop("transactionId", None)
        _begin(rest, to)
        self._outlook(who).put(rest)

    def uninvite(self, who: Address, uid: str, guest: Address) -> None:
        """Taken off the list."""
        event = self._find(who, uid)
        assert event is not None
        self._outlook(who).uninvite(event, guest)

    def make(self, who: Address, event: SeriesEvent | OneOff) -> None:
        """With guests, by hand."""
        master = as_text(event, who)
        times = times_of(master)
        made = Event(
            self._graph.meetings.name(), event.uid, instant(times["start"]), instant(times["end"]), times["start"]["timeZone"], who,
        )  # fmt: skip
        guests = [each | {"status": {"response": "none", "time": "0001-01-01T00:00:00Z"}} for each in invited(master)]  # fmt: skip
        made.parts |= {"subject": event.summary, "attendees": guests}
        if (recurrence := recurrence_of(master)) is not None:
            made.parts["recurrence"] = recurrence
        self._outlook(who).put(made)

    def leave_office(self, who: Address, uid: str, slot: Slot) -> None:
        """Out of office is how it is shown."""
        self._own(who, uid, slot, "oof")

    def occupy(self, who: Address, uid: str, slot: Slot) -> None:
        """Something of one's own."""
        self._own(who, uid, slot, "busy")

    def free(self, who: Address, uid: str) -> None:
        """Not any more."""
        event = self._find(who, uid)
        if event is not None:
            self._outlook(who).delete(event)

    def lock_out(self, who: Address) -> None:
        """No token of theirs is taken."""
        self._graph.shut.add(who)

    def let_in(self, who: Address) -> None:
        """And again it is."""
        self._graph.shut.discard(who)

    # --- where it is

    def _outlook(self, who: Address) -> Outlook:
        return self._graph.outlook(who)

    def _find(self, who: Address, uid: str) -> Event | None:
        shared = next((event.uid for event in self._every() if self._ours(event) == uid), uid)
        return self._graph.boxes[who].named(shared)

    def _every(self) -> list[Event]:
        return [event for box in self._graph.boxes.values() for event in box.events.values()]

    def _ours(self, event: Event) -> str:
        return next((value for name, value in event.tags.items() if name.endswith("Name oneonone")), "")  # fmt: skip

    def _own(self, who: Address, uid: str, slot: Slot, status: str) -> None:
        self.free(who, uid)
        self._outlook(who).make("Something", slot.start, slot.end, status=status, uid=uid)

    def _stands(self, event: Event, place: Place) -> bool:
        return any(each.original == _planned(event, place) for each in event.times())

    def _shown(self, who: Address, event: Event, at: Occurrence) -> Shown:
        wall = at.original.astimezone(zone(event.zone)).replace(tzinfo=None)
        recurrence = wall.isoformat(timespec="minutes") if event.recurs else ""
        said = "accepted" if event.organizer == who else at.own.get("answer", event.answer)
        for each in at.own.get("attendees", ()):
            if addresses([each]) == [who]:
                said = each["status"]["response"]
        names = {each.uid: self._ours(each) for each in self._every() if self._ours(each)}
        uid, place = names.get(event.uid, event.uid), event.parts.get("location", {})
        return Shown(
            Place(event.organizer, uid, recurrence), at.start, at.end, event.recurs, _HEARS.get(said, "NEEDS-ACTION"),  # type: ignore[arg-type]
            place.get("displayName", ""),
        )  # fmt: skip


def _planned(event: Event, place: Place) -> datetime:
    wall = datetime.fromisoformat(place.recurrence)
    return wall.replace(tzinfo=ZoneInfo(zone(event.zone).key)).astimezone(UTC)


def _begin(event: Event, to: Slot) -> None:
    """The series begins at that time, on that day of the week; its end stays."""
    event.start, event.end = to.start, to.end
    for each in event.parts.get("attendees", ()):
        each["status"] = {"response": "none", "time": "0001-01-01T00:00:00Z"}
    if not event.recurs:
        return
    event.moved, event.deleted = {}, set()
    local = to.start.astimezone(zone(event.zone))
    pattern, limits = event.parts["recurrence"]["pattern"], event.parts["recurrence"]["range"]
    if "daysOfWeek" in pattern:
        pattern["daysOfWeek"] = [DAYS[local.weekday()]]
    if pattern.get("index", "last") != "last":
        pattern["index"] = WEEKS[(local.day - 1) // 7]
    if "dayOfMonth" in pattern:
        pattern["dayOfMonth"] = local.day
    limits["startDate"] = local.date().isoformat()


WRITES = ("event.create", "event.update")


def fault_of(call: str, kind: str) -> Fault | None:
    """A kind of fault, at the request of that call in which it matters."""
    at: str | tuple[str, ...] = ("event.cancel", "event.delete") if call == "cancel" else WRITES
    if call in ("changes", "busy"):
        at = "delta" if call == "changes" else "view"
    match kind:
        case "refused" | "reset":
            return Fault("drop", at)
        case "timeout":
            return Fault("hang", at)
        case "timeout-after":
            return Fault("hang-after", at)
        case "503-after":
            return Fault("say-after", at, 503)
        case "401":
            return Fault("say", at, 401, "InvalidAuthenticationToken", times=2)
        case "429":
            return Fault("say", at, 429, "ApplicationThrottled", wait_seconds=90)
        case "403-rate":
            return Fault("say", at, 429, "ErrorExceededMessageLimit")
        case "403-rights":
            return Fault("say", at, 403, "ErrorCannotDeleteObject")
        case "404":
            return Fault("say", at, 404, "ErrorItemNotFound")
        case "409":
            return Fault("say", at, 409, "ErrorIrresolvableConflict")
        case "410":
            return Fault("say", at, 410, "syncStateNotFound")
        case "412":
            return Fault("say", at, 412, "ErrorIrresolvableConflict")
        case "500":
            return Fault("say", at, 500, "ErrorInternalServerError")
        case "part":
            return Fault("spoil", "batch", spoils=_without_the_last)
        case "garbage":
            return Fault("spoil", "batch", spoils=_without_times)
        case "unknown":
            return Fault("say", at, 500, account="ben@mentees.example")
    return None


def _without_the_last(answer: dict[str, Any]) -> dict[str, Any]:
    return {"responses": answer["responses"][1:]}


def _without_times(answer: dict[str, Any]) -> dict[str, Any]:
    """An event that does not say when it is."""
    for each in answer["responses"][:1]:
        each["body"].pop("start", None)
    return answer
