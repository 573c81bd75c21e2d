"""What Microsoft is asked, how often, and what comes of it: lost answers, crashes in the middle, windows, clocks.

Not the promises of the port: test_microsoft.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.microsoft import MicrosoftCalendars
from connectors.microsoft.mirror import LOOKS_AHEAD, ROLLS
from daemon.domain.cadence import Step
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, EventGone, EventSeen
from daemon.domain.value import replace
from daemon.errors import Temporary, VersionConflict
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.following import NOW, RULE, WINDOW, half_hour, listing, one_off, series, utc
from tests.conformance.graph_world import Allowed, GraphHands
from tests.servers.graph import Fault, Graph
from tests.servers.graph.events import Event

pytestmark = pytest.mark.server("the simulated Microsoft 365")
ANA, BEN, CLEO = "ana@mentors.example", "ben@mentees.example", "cleo@mentors.example"
FIFTH = "2026-11-03T10:00"


class Moved(StandingClock):
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """As it was set."""
        return self.at


def connected(allowed: Allowed, *who: str, clock: Any = None) -> MicrosoftCalendars:
    people = who or (ANA, BEN)
    zones = dict.fromkeys(people, "Europe/Berlin")
    return MicrosoftCalendars(people, allowed.granted, clock or StandingClock(), zones, allowed.save)  # fmt: skip


@pytest.fixture
def calendars(allowed: Allowed) -> Iterator[MicrosoftCalendars]:
    calendars = connected(allowed)
    yield calendars
    calendars.close()


def invitations(graph: Graph) -> list[tuple[str, str]]:
    return [(each.to, each.kind) for each in graph.mails]


def event_of(graph: Graph, who: str = ANA) -> Event:
    (event,) = graph.boxes[who].events.values()
    return event


def asked(graph: Graph, since: int) -> list[str]:
    return [name for _, name in graph.calls[since:] if name != "token"]


@pytest.mark.parametrize("harm", ["drop-after", "say-after"])
def test_a_hundred_lost_answers_are_a_hundred_events_and_one_invitation_each(
    graph: Graph, calendars: MicrosoftCalendars, harm: Any
) -> None:
    for number in range(100):
        graph.faults.inject(Fault(harm, "event.create"))
        event = one_off(BEN, uid=f"meeting {number}")
        with pytest.raises(Temporary):
            calendars.put(ANA, event, key=f"k/{number}", expected="")
        assert calendars.put(ANA, event, key=f"k/{number}", expected="").repeated
    assert len(graph.boxes[ANA].events) == 100
    assert invitations(graph) == [(BEN, "invitation")] * 100


def test_what_no_listing_and_no_search_shows_yet_is_not_made_twice(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    """Graph knows a second request by its transaction."""
    calendars.put(ANA, one_off(BEN), key="k/1", expected="")
    nothing = {
        "value": [],
        "@odata.deltaLink": f"{graph.url}/v1.0/me/calendarView/delta?%24deltatoken=none",
    }
    again = connected(Allowed(graph))
    graph.faults.inject(Fault("spoil", "delta", spoils=lambda answer: nothing))
    graph.faults.inject(Fault("spoil", "event.list", spoils=lambda answer: {"value": []}))
    again.put(ANA, one_off(BEN), key="k/1", expected="")
    assert len(graph.boxes[ANA].events) == 1
    assert invitations(graph) == [(BEN, "invitation")]
    again.close()


@pytest.mark.parametrize("harm", ["drop", "drop-after"])
@pytest.mark.parametrize("number", range(1, 12))
def test_a_crash_at_any_request_of_a_change_loses_nothing(
    graph: Graph, allowed: Allowed, calendars: MicrosoftCalendars, number: int, harm: Any
) -> None:
    """The rhythm is another one, and with it go a gap and a moved one at Exchange: both are made again. Of each the guest is told:
    Graph has no way not to."""
    hands = GraphHands(graph)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    hands.move(ANA, Place(ANA, "one", FOURTH), NOON)
    version = listing(calendars, ANA)[Place(ANA, "one")].version
    wished = series(ANA, BEN, rule=replace(RULE, until=date(2027, 2, 23), gaps=(FIFTH,)))
    graph.mails.clear()
    graph.faults.inject(Fault(harm, ("event", "batch", "delta", "instances"), after=number))
    for _ in range(3):
        again = connected(allowed)
        try:
            again.put(ANA, wished, key="k/2", expected=version)
            break
        except Temporary:
            assert graph.faults.left == 0
        finally:
            again.close()
    graph.faults.clear()
    seen = listing(calendars, ANA)
    rule = seen[Place(ANA, "one")].rule
    assert rule is not None and (rule.until, rule.gaps) == (date(2027, 2, 23), (FIFTH,))
    assert seen[Place(ANA, "one", FOURTH)].start == NOON.start
    assert sorted(kind for _, kind in invitations(graph)) == ["cancellation", "update", "update"]


@pytest.mark.parametrize("harm", ["drop", "drop-after"])
@pytest.mark.parametrize("number", range(8))
def test_a_series_with_gaps_is_one_invitation_wherever_it_was_interrupted(
    graph: Graph, allowed: Allowed, number: int, harm: Any
) -> None:
    wished = series(ANA, BEN, rule=replace(RULE, gaps=(FIFTH,)))
    graph.faults.inject(Fault(harm, ("event", "batch", "instances"), after=number))
    for _ in range(3):
        again = connected(allowed)
        try:
            again.put(ANA, wished, key="k/1", expected="")
            break
        except Temporary:
            assert BEN not in {to for to, _ in invitations(graph)} or harm == "drop-after"
        finally:
            again.close()
    assert invitations(graph) == [(BEN, "invitation")]
    assert len(graph.boxes[ANA].events) == 1


def test_no_word_of_anybodys_event_is_kept(graph: Graph, calendars: MicrosoftCalendars) -> None:
    """Graph sends whole events where something has changed: there is no other way to ask for changes."""
    graph.outlook(ANA).make("Canary in a coal mine", NOON.start, NOON.end)
    GraphHands(graph).make(ANA, one_off(CLEO, uid="theirs"))
    calendars.changes(ANA, None, WINDOW)
    before = len(graph.sent)
    calendars.put(ANA, one_off(BEN), key="k/1", expected="")
    calendars.busy(ANA, (ANA, BEN, CLEO), WINDOW)
    kept = repr([group.master for group in calendars._accounts[ANA].mirror])
    assert "theirs" in kept and "Canary" not in kept and "subject" not in kept
    assert not any(b"Canary" in each for each in graph.sent[before:])


def test_the_window_rolls_on_and_nothing_is_gone_by_that(graph: Graph, allowed: Allowed) -> None:
    clock = Moved()
    calendars = connected(allowed, clock=clock)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    clock.at = NOW + ROLLS
    before = len(graph.calls)
    batch = calendars.changes(ANA, cursor, WINDOW)
    assert batch.complete and not batch.observations
    assert asked(graph, before) == ["delta", "batch", "event.get"]
    calendars.close()


def test_what_is_moved_out_of_the_window_is_not_gone(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    """Graph says of it that it was deleted (microsoft-graph-docs #6599)."""
    calendars.put(ANA, one_off(BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    far = NOW + LOOKS_AHEAD + timedelta(days=30)
    GraphHands(graph).move(ANA, Place(ANA, "single"), Slot(far, far + timedelta(minutes=30)))
    (seen,) = calendars.changes(ANA, cursor, WINDOW).observations
    assert isinstance(seen, EventSeen) and seen.start == far


def test_a_copy_of_ours_is_another_event(graph: Graph, calendars: MicrosoftCalendars) -> None:
    """It has every extended property that ours has."""
    calendars.put(ANA, one_off(BEN), key="k/1", expected="")
    copy = deepcopy(event_of(graph))
    copy.name, copy.uid = graph.meetings.name(), graph.meetings.uid(NOW)
    del copy.parts["transactionId"]
    graph.boxes[ANA].put(copy)
    places = {place.uid for place in listing(calendars, ANA)}
    assert places == {"single", copy.uid}
    graph.outlook(ANA).delete(event_of_name(graph, "single"))
    assert calendars.put(ANA, one_off(BEN, uid="other"), key="k/2", expected="").told == (BEN,)
    assert {place.uid for place in listing(calendars, ANA)} == {copy.uid, "other"}


def event_of_name(graph: Graph, uid: str) -> Event:
    every = graph.boxes[ANA].events.values()
    return next(e for e in every if uid in e.tags.values() and "transactionId" in e.parts)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/London", "America/Vancouver", "America/Sao_Paulo"])  # fmt: skip
def test_a_series_keeps_its_clock_for_two_years_with_a_moved_and_a_cancelled_one(
    graph: Graph, calendars: MicrosoftCalendars, zone: str
) -> None:
    rule = replace(RULE, zone=zone, until=date(2028, 9, 26))
    calendars.put(ANA, series(ANA, BEN, rule=rule), key="k/1", expected="")
    calendars.move(ANA, Place(ANA, "one", "2027-04-06T10:00"), half_hour("2027-04-07T12:00"), key="k/2", expected="")  # fmt: skip
    calendars.cancel(ANA, Place(ANA, "one", "2028-02-01T10:00"), key="k/3", expected="")
    seen = listing(calendars, ANA)
    told = seen[Place(ANA, "one")].rule
    assert told is not None
    assert (told.first, told.zone, told.until, told.gaps) == (rule.first, zone, rule.until, ("2028-02-01T10:00",))  # fmt: skip
    assert seen[Place(ANA, "one", "2027-04-06T10:00")].start == half_hour("2027-04-07T12:00").start
    event = event_of(graph)
    walls = {f"{each.start.astimezone(ZoneInfo(zone)):%H:%M}" for each in event.times() if each.original not in event.moved}  # fmt: skip
    assert walls == {"10:00"}
    assert len(list(event.times())) == 103


def test_an_event_in_a_zone_that_nobody_knows_is_set_aside_and_never_touched(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    """Outlook writes "tzone://Microsoft/Custom": an update that guesses would move the meeting."""
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    event = event_of(graph)
    event.custom_zone = True
    graph.boxes[ANA].note(event)
    assert not calendars.changes(ANA, cursor, WINDOW).complete
    batch = calendars.changes(ANA, cursor, WINDOW)
    assert [each.why for each in batch.set_aside] == ["it is in a time zone that nobody else knows"]
    assert not [each for each in batch.observations if isinstance(each, EventSeen | EventGone)]
    with pytest.raises(Temporary):
        calendars.move(ANA, Place(ANA, "one", FOURTH), NOON, key="k/2", expected="")


def test_what_a_person_changes_while_we_write_is_not_written_over(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    calendars.put(ANA, one_off(BEN), key="k/1", expected="")
    hands, place = GraphHands(graph), Place(ANA, "single")

    def meanwhile(answer: dict[str, Any]) -> dict[str, Any]:
        hands.move(ANA, place, NOON)
        return answer

    graph.faults.inject(Fault("spoil", "event.get", spoils=meanwhile))
    with pytest.raises(VersionConflict, match="ErrorIrresolvableConflict"):
        calendars.put(ANA, replace(one_off(BEN), summary="Another"), key="k/2", expected="")
    assert listing(calendars, ANA)[place].start == NOON.start
    assert event_of(graph).parts["subject"] == "1:1"


def test_an_event_that_microsoft_will_not_show_hides_no_other_one(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    for uid in ("one", "two"):
        calendars.put(ANA, series(ANA, BEN, uid=uid), key=uid, expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    one, two = graph.boxes[ANA].events.values()
    for each in (one, two):
        graph.boxes[ANA].note(each)
    hands = GraphHands(graph)
    hands.move(ANA, Place(ANA, "two", FOURTH), NOON)
    refused = {"error": {"code": "ErrorInternalServerError", "message": "It cannot be converted."}}

    def spoil(answer: dict[str, Any]) -> dict[str, Any]:
        bodies = answer["responses"]
        return {"responses": [each | ({"status": 400, "body": refused} if each["body"]["id"] == one.name else {}) for each in bodies]}  # fmt: skip

    for _ in range(2):
        graph.faults.inject(Fault("spoil", "batch", spoils=spoil))
        batch = calendars.changes(ANA, cursor, WINDOW)
        graph.faults.clear()
    assert [each.name for each in batch.set_aside] == [one.name]
    moved = [each for each in batch.observations if each.place == Place(ANA, "two", FOURTH)]
    assert moved and not [each for each in batch.observations if isinstance(each, EventGone)]
    graph.boxes[ANA].note(one)
    assert calendars.changes(ANA, batch.cursor, WINDOW).complete
    assert set(listing(calendars, ANA)) >= {Place(ANA, "one"), Place(ANA, "two")}


@pytest.mark.parametrize("name", ["W. Europe Standard Time", "Europe/Paris", "Europe/Berlin"])
def test_a_zone_is_read_by_whatever_name_a_client_wrote(
    graph: Graph, calendars: MicrosoftCalendars, name: str
) -> None:
    GraphHands(graph).make(ANA, replace(series(ANA, BEN), uid="theirs"))
    event_of(graph).zone = name
    event_of(graph).parts["recurrence"]["range"]["recurrenceTimeZone"] = name
    rule = listing(calendars, ANA)[Place(ANA, "theirs")].rule
    assert rule is not None
    assert rule.zone == ("Europe/Paris" if name == "Europe/Paris" else "Europe/Berlin")


@pytest.mark.parametrize(
    "step", [Step(weeks=1), Step(weeks=2), Step(weeks=4), Step(months=1, nth=2), Step(months=1, nth=-1)]
)  # fmt: skip
def test_every_rhythm_is_one_that_microsoft_has(
    graph: Graph, calendars: MicrosoftCalendars, step: Step
) -> None:
    first = "2026-10-13T10:00" if step.nth != -1 else "2026-10-27T10:00"
    rule = replace(RULE, first=first, step=step)
    calendars.put(ANA, series(ANA, BEN, rule=rule), key="k/1", expected="")
    told = listing(calendars, ANA)[Place(ANA, "one")].rule
    assert told is not None and told.step == step


def test_an_online_room_is_made_with_the_event_and_with_one_that_is_there(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    plain, room = series(ANA, BEN), replace(series(ANA, BEN, uid="two"), meet=True)
    assert calendars.put(ANA, plain, key="k/1", expected="").link == ""
    link = calendars.put(ANA, room, key="k/2", expected="").link
    assert link.startswith("https://teams.example/l/")
    assert calendars.put(ANA, room, key="k/3", expected="").link == link
    assert calendars.put(ANA, replace(plain, meet=True), key="k/4", expected="").link
    graph.makes_rooms = False
    assert calendars.put(ANA, replace(one_off(BEN), meet=True), key="k/5", expected="").link == ""


def test_who_need_not_come_and_a_room_stay_on_a_list_that_is_changed(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    GraphHands(graph).make(ANA, one_off(BEN, uid="theirs"))
    event = event_of(graph)
    none = {"response": "none", "time": "0001-01-01T00:00:00Z"}
    event.parts["attendees"] = [
        {"emailAddress": {"name": "Benjamin", "address": BEN}, "type": "optional", "status": none},
        {"emailAddress": {"name": "Room 3", "address": "room@mentors.example"}, "type": "resource", "status": none},
    ]  # fmt: skip
    graph.boxes[ANA].note(event)
    calendars.invite(ANA, Place(ANA, "theirs"), (BEN, CLEO), key="k/1", expected="")
    told = [(each["emailAddress"]["address"], each["type"]) for each in event.parts["attendees"]]
    assert told == [(BEN, "optional"), (CLEO, "required"), ("room@mentors.example", "resource")]
    assert event.parts["attendees"][0]["emailAddress"]["name"] == "Benjamin"


def test_days_on_which_somebody_is_away_are_theirs(graph: Graph, calendars: MicrosoftCalendars) -> None:  # fmt: skip
    """A day begins at midnight where they live, whatever zone was asked for."""
    at = utc("2026-10-28T00:00")
    event = graph.outlook(BEN).make("Away", at, at + timedelta(days=1), status="oof")
    event.parts["isAllDay"] = True
    seen = calendars.busy(ANA, (BEN,), Slot(utc("2026-10-26T00:00"), utc("2026-11-02T00:00")))[BEN]
    assert isinstance(seen, Busy)
    (away,) = seen.intervals
    assert (away.start, away.end, away.away) == (utc("2026-10-27T23:00"), utc("2026-10-28T23:00"), True)  # fmt: skip
