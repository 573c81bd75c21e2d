"""What Exchange is asked, how often, and what never comes by: lost answers, crashes in the middle, other people's words, clocks.

Not the promises of the port: test_exchange.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.exchange import ExchangeCalendars, Login
from daemon.domain.cadence import Step
from daemon.domain.meeting import Place
from daemon.domain.observation import EventSeen
from daemon.domain.value import replace
from daemon.errors import AccessLost, Temporary
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.exchange_world import ExchangeHands
from tests.conformance.following import NOW, RULE, WINDOW, half_hour, listing, one_off, series
from tests.conformance.hanging import EVERYBODY, others_go_on
from tests.servers.exchange import Exchange, Fault

pytestmark = pytest.mark.server("the simulated Exchange")
ANA, BEN = "ana@mentors.example", "ben@mentees.example"
FIFTH = "2026-11-03T10:00"


@pytest.fixture
def exchange(request: pytest.FixtureRequest) -> Iterator[Exchange]:
    with Exchange(NOW) as exchange:
        for each in (ANA, BEN):
            exchange.account(each)
        yield exchange
    assert exchange.problems == []
    request.node.user_properties += exchange.counted


def connected(exchange: Exchange, *who: str, seconds: float = 20.0) -> ExchangeCalendars:
    people = who or (ANA, BEN)
    zones = dict.fromkeys(people, "Europe/Berlin")
    return ExchangeCalendars(
        people, lambda each: Login(each, exchange.url, each, exchange.boxes[each].password, seconds), StandingClock(), zones
    )  # fmt: skip


@pytest.fixture
def calendars(exchange: Exchange) -> Iterator[ExchangeCalendars]:
    calendars = connected(exchange)
    yield calendars
    calendars.close()


def invitations(exchange: Exchange) -> list[tuple[str, str]]:
    return [(each.to, each.kind) for each in exchange.mails]


@pytest.mark.parametrize("harm", ["drop-after", "say-after"])
def test_a_hundred_lost_answers_are_a_hundred_events_and_one_invitation_each(
    exchange: Exchange, calendars: ExchangeCalendars, harm: Any
) -> None:
    """exchangelib's own patience would make two of each (tests/exchange/test_simulator.py)."""
    for number in range(100):
        exchange.faults.inject(Fault(harm, "CreateItem"))
        event = one_off(BEN, uid=f"meeting {number}")
        with pytest.raises(Temporary):
            calendars.put(ANA, event, key=f"k/{number}", expected="")
        assert calendars.put(ANA, event, key=f"k/{number}", expected="").repeated
    assert len(exchange.boxes[ANA].items) == 100
    assert invitations(exchange) == [(BEN, "invitation")] * 100


def test_an_answer_that_never_comes_is_a_lost_one(exchange: Exchange) -> None:
    calendars = connected(exchange, seconds=1.5)
    exchange.faults.inject(Fault("hang-after", "CreateItem"))
    with pytest.raises(Temporary):
        calendars.put(ANA, one_off(BEN), key="k/1", expected="")
    exchange.faults.go_on()
    assert calendars.put(ANA, one_off(BEN), key="k/1", expected="").repeated
    assert invitations(exchange) == [(BEN, "invitation")]
    calendars.close()


@pytest.mark.parametrize("harm", ["drop", "drop-after"])
@pytest.mark.parametrize("number", range(1, 9))
def test_a_crash_at_any_request_of_a_change_loses_nothing_and_tells_once(
    exchange: Exchange, calendars: ExchangeCalendars, number: int, harm: Any
) -> None:
    """The rhythm is another one, and with it go a gap and a moved one at Exchange: both are made again."""
    hands = ExchangeHands(exchange)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    hands.move(ANA, Place(ANA, "one", FOURTH), NOON)
    version = listing(calendars, ANA)[Place(ANA, "one")].version
    exchange.mails.clear()
    wished = series(ANA, BEN, rule=replace(RULE, until=date(2027, 2, 23), gaps=(FIFTH,)))
    writes, reads = ("CreateItem", "UpdateItem", "DeleteItem"), ("FindItem", "GetItem", "SyncFolderItems")  # fmt: skip
    exchange.faults.inject(Fault(harm, (*writes, *reads), after=number))
    for _ in range(3):
        again = connected(exchange)
        try:
            again.put(ANA, wished, key="k/2", expected=version)
            break
        except Temporary:
            assert exchange.faults.left == 0
        finally:
            again.close()
    exchange.faults.clear()
    seen = listing(calendars, ANA)
    rule = seen[Place(ANA, "one")].rule
    assert rule is not None and (rule.until, rule.gaps) == (date(2027, 2, 23), (FIFTH,))
    assert seen[Place(ANA, "one", FOURTH)].start == NOON.start
    assert [kind for _, kind in invitations(exchange)] == ["update"]
    held = exchange.boxes[ANA].named("one")
    assert held is not None and not any("pending" in name for name in held.tags)


def test_no_word_of_anybodys_event_ever_comes_by(
    exchange: Exchange, calendars: ExchangeCalendars
) -> None:
    hands = ExchangeHands(exchange)
    exchange.outlook(ANA).make("Canary in a coal mine", NOON.start, NOON.end)
    hands.occupy(BEN, "dentist", NOON)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    calendars.changes(ANA, None, WINDOW)
    calendars.busy(ANA, (ANA, BEN, "cleo@else.example"), WINDOW)
    assert not any(b"Canary" in each or b"Something" in each for each in exchange.sent)


def test_a_hanging_account_and_a_lost_one_delay_nobody(exchange: Exchange) -> None:
    for each in EVERYBODY:
        exchange.account(each)
    calendars = connected(exchange, *EVERYBODY, seconds=20)
    lost, others = EVERYBODY[1], [EVERYBODY[0], *EVERYBODY[2:]]
    exchange.shut.add(lost)
    with pytest.raises(AccessLost):
        calendars.changes(lost, None, WINDOW)
    exchange.faults.inject(Fault("hang", "SyncFolderItems", account=EVERYBODY[0]))
    others_go_on(calendars, others, exchange.faults)
    exchange.shut.clear()
    assert calendars.changes(lost, None, WINDOW).complete
    calendars.close()


def test_a_password_that_was_changed_is_used_at_once_and_no_file_stays_open(
    exchange: Exchange, calendars: ExchangeCalendars
) -> None:
    calendars.changes(ANA, None, WINDOW)
    before = len(os.listdir("/proc/self/fd"))
    for number in range(60):
        exchange.boxes[ANA].password = f"secret {number // 20}"
        cursor = calendars.changes(ANA, None, WINDOW).cursor
        assert calendars.changes(ANA, cursor, WINDOW).complete
    assert len(os.listdir("/proc/self/fd")) <= before + 2


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/London", "America/Vancouver", "America/Sao_Paulo"])  # fmt: skip
def test_a_series_keeps_its_clock_for_two_years_with_a_moved_and_a_cancelled_one(
    exchange: Exchange, calendars: ExchangeCalendars, zone: str
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
    item = exchange.boxes[ANA].named("one")
    assert item is not None
    from zoneinfo import ZoneInfo

    walls = {f"{each.start.astimezone(ZoneInfo(zone)):%H:%M}" for each in item.times() if each.original not in item.moved}  # fmt: skip
    assert walls == {"10:00"}
    assert len(list(item.times())) == 103


def test_an_event_in_a_zone_that_nobody_knows_is_set_aside_and_never_touched(
    exchange: Exchange, calendars: ExchangeCalendars
) -> None:
    """Outlook writes "Customized Time Zone": exchangelib tells it as none, and an update would move the meeting (#310)."""
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    item = exchange.boxes[ANA].named("one")
    assert item is not None
    exchange.boxes[ANA].custom_zone = True
    exchange.outlook(ANA).change(item)
    first = calendars.changes(ANA, cursor, WINDOW)
    assert not first.complete
    batch = calendars.changes(ANA, cursor, WINDOW)
    assert [each.why for each in batch.set_aside] == ["it is in a time zone that nobody else knows"]
    assert not [each for each in batch.observations if isinstance(each, EventSeen)]
    with pytest.raises(Temporary):
        calendars.move(ANA, Place(ANA, "one", FOURTH), NOON, key="k/2", expected="")


@pytest.mark.parametrize(
    "step", [Step(weeks=1), Step(weeks=2), Step(weeks=4), Step(months=1, nth=2), Step(months=1, nth=-1)]
)  # fmt: skip
def test_every_rhythm_is_one_that_exchange_has(
    exchange: Exchange, calendars: ExchangeCalendars, step: Step
) -> None:
    rule = replace(
        RULE, first="2026-10-13T10:00" if step.nth != -1 else "2026-10-27T10:00", step=step
    )
    calendars.put(ANA, series(ANA, BEN, rule=rule), key="k/1", expected="")
    told = listing(calendars, ANA)[Place(ANA, "one")].rule
    assert told is not None and told.step == step


def test_where_only_ntlm_is_taken_it_is_used(
    exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real handshake, three messages of it; a name of Windows as well."""
    known = tmp_path / "ntlm"
    known.write_text(f":{ANA}:secret\nCOMPANY:ben:secret\n", encoding="ascii")
    monkeypatch.setenv("NTLM_USER_FILE", str(known))
    exchange.ntlm, exchange.boxes["ben"] = str(known), exchange.boxes[BEN]
    users = {ANA: ANA, BEN: "COMPANY\\ben"}
    calendars = ExchangeCalendars(
        (ANA, BEN), lambda who: Login(who, exchange.url, users[who], "secret"), StandingClock(), {}
    )
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    for who in (ANA, BEN):
        assert list(listing(calendars, who)) == [Place(who, "one")]
    calendars.close()
    wrong = ExchangeCalendars((ANA,), lambda who: Login(who, exchange.url, who, "wrong"), StandingClock(), {})  # fmt: skip
    with pytest.raises(AccessLost):
        wrong.changes(ANA, None, WINDOW)
    wrong.close()


def test_a_token_is_used_and_the_next_one_at_once(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Microsoft 365 wants it, as long as Exchange Web Services last there."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    token = ["first"]
    exchange.tokens = {"first": ANA}
    calendars = ExchangeCalendars((ANA,), lambda who: Login(who, exchange.url, who, "", token=token[0]), StandingClock(), {})  # fmt: skip
    calendars.put(ANA, one_off(BEN), key="k/1", expected="")
    exchange.tokens = {"second": ANA}
    with pytest.raises(AccessLost):
        calendars.changes(ANA, None, WINDOW)
    token[0] = "second"
    assert calendars.changes(ANA, None, WINDOW).complete
    calendars.close()
