"""What only the world in memory does: faults by seed, accounts that shut, readings at no cost.

Not the promises of a port: those are in the suites that test_memory.py inherits.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

import pytest

from connectors.memory import Faults, MemoryCalendars, MemoryHands, MemoryMail, MemoryWorld
from connectors.memory.faults import CALLS, EVERY, NEVER_ROLLED, Level
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Unknown
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError, CursorExpired, Permanent, VersionConflict
from daemon.ports import NotSent
from tests.conformance.calendar_busy import FORTNIGHT
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.faults import MATRIX
from tests.conformance.following import NOW, WINDOW, apply, half_hour, listing, meaning, series
from tests.conformance.mailboxes import letter

ANA, BEN, KOSS = "ana@mentors.example", "ben@mentees.example", "koss@program.example"
T = TypeVar("T")


class Scene:
    """A world with its clock set by hand."""

    def __init__(self, seed: int, level: Level, people: tuple[Address, ...] = (ANA, BEN)) -> None:
        self.now = NOW
        self.spent = timedelta()
        self.faults = Faults(Random(seed), level, spend=self.spend)
        self.world = MemoryWorld(self.clock, people)
        self.calendars = MemoryCalendars(self.world, self.faults)
        self.hands = MemoryHands(self.world)
        self.mail = MemoryMail(self.world, KOSS, self.faults)

    def clock(self) -> datetime:
        return self.now

    def spend(self, time: timedelta) -> None:
        self.spent += time

    def insist(self, call: Callable[[], T]) -> T:
        """Call until it answers, as the daemon does; ten minutes pass after each fault."""
        for _ in range(500):
            try:
                return call()
            except (VersionConflict, Permanent, CursorExpired):
                raise
            except ConnectorError:
                self.now += timedelta(minutes=10)
        raise AssertionError("no call ever gets through")


def test_the_matrix_and_the_dice_know_the_same_faults() -> None:
    rolled = {(kind, call) for kind, calls in CALLS.items() for call in calls}
    assert rolled == {(fault.kind, call) for fault in MATRIX for call in fault.calls}


def put_with_generations(scene: Scene, name: str) -> int:
    """What the daemon does about a first PutSeries: after a definite no, the next generation."""
    for generation in range(1, 100):
        uid = f"{name}-{generation}"
        try:
            scene.insist(
                lambda uid=uid: scene.calendars.put(
                    ANA, series(ANA, BEN, uid=uid), key=uid, expected=""
                )
            )
        except (VersionConflict, Permanent):
            continue
        return generation
    raise AssertionError("never put")


@pytest.mark.parametrize("seed", range(12))
def test_a_definite_no_is_always_true_so_that_no_series_is_put_twice(seed: int) -> None:
    scene = Scene(seed, "heavy")
    generations = [put_with_generations(scene, f"pair{pair}") for pair in range(150)]
    scene.faults.quiet = True
    live = [place.uid for place in listing(scene.calendars, ANA)]
    assert live == [f"pair{pair}-{number}" for pair, number in enumerate(generations)]
    assert scene.faults.counts.total() > 3


@pytest.mark.parametrize("kind", ["403-rights", "409", "412"])
def test_a_change_that_was_made_is_never_answered_with_a_definite_no(kind: str) -> None:
    scene = Scene(1, "none")
    scene.faults.inject("put", "timeout-after")
    with pytest.raises(ConnectorError):
        scene.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    scene.faults.inject("put", kind)
    assert scene.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="").repeated
    assert scene.faults.counts == {("put", "timeout-after"): 1}


@pytest.mark.parametrize("seed", range(6))
def test_a_reader_under_heavy_faults_ends_up_knowing_everything(seed: int) -> None:
    scene, known = Scene(seed, "heavy"), {}
    cursor: str | None = None
    put_with_generations(scene, "pair")
    (place,) = (event.place for event in scene.world.account(ANA).events.values())
    chance = Random(seed)
    for week in range(200):
        at = f"2026-{10 + week % 3}-{(6, 3, 1)[week % 3] + 7 * (week % 4):02d}T10:00"
        to = Slot(NOON.start + timedelta(minutes=week), NOON.end + timedelta(minutes=week))
        scene.hands.move(ANA, Place(ANA, place.uid, at), to)
        scene.hands.answer(BEN, Place(ANA, place.uid, at), chance.choice(["ACCEPTED", "DECLINED"]))
        try:
            batch = scene.insist(lambda since=cursor: scene.calendars.changes(ANA, since, WINDOW))
        except CursorExpired:
            cursor, known = None, {}
            continue
        apply(known, batch)
        cursor = batch.cursor
    scene.faults.quiet = True
    try:
        apply(known, scene.calendars.changes(ANA, cursor, WINDOW))
    except CursorExpired:
        known = listing(scene.calendars, ANA)
    assert meaning(known) == meaning(listing(scene.calendars, ANA))
    assert sum(scene.faults.counts.values()) > 5


def play(seed: int, level: Level, calls: int = 20_000) -> Counter[tuple[str, str]]:
    """Every call in turn, all of them with something to do."""
    scene = Scene(seed, level)
    scene.faults.quiet = True
    scene.calendars.put(ANA, series(ANA, BEN), key="k/0", expected="")
    scene.faults.quiet = False
    place, ours = Place(ANA, "one", FOURTH), letter(KOSS, BEN)
    acts: tuple[Callable[[int], object], ...] = (
        lambda n: scene.calendars.changes(ANA, None, WINDOW),
        lambda n: scene.calendars.busy(ANA, (ANA, BEN), FORTNIGHT),
        lambda n: scene.calendars.put(ANA, series(ANA, BEN), key=f"p/{n}", expected=""),
        lambda n: scene.calendars.move(ANA, place, NOON, key=f"m/{n}", expected=""),
        lambda n: scene.calendars.invite(ANA, place, (BEN,), key=f"i/{n}", expected=""),
        lambda n: scene.calendars.uninvite(ANA, place, (BEN,), key=f"u/{n}", expected=""),
        lambda n: scene.calendars.cancel(ANA, Place(ANA, "x"), key=f"c/{n}", expected=""),
        lambda n: scene.mail.send(ours, key=ours.key),
        lambda n: scene.mail.sent(ours),
        lambda n: scene.mail.arrivals(None),
        lambda n: scene.mail.clear((), scene.now, lambda lying: False),
    )
    for number in range(calls):
        try:
            acts[number % len(acts)](number)
        except AccessLost:
            scene.hands.let_in(ANA)
        except ConnectorError:
            scene.now += timedelta(minutes=1)
    return scene.faults.counts


def test_the_levels_are_what_they_say() -> None:
    assert play(1, "none") == {}
    assert 100 <= play(1, "light").total() <= 300
    heavy = play(1, "heavy")
    assert 1000 <= heavy.total() <= 1600
    every = {(call, kind) for kind, calls in CALLS.items() for call in calls}
    full_listings_only = {("changes", "410")}
    assert set(heavy) == every - NEVER_ROLLED - full_listings_only
    assert {call for call, _ in heavy} == set(EVERY)


def test_the_same_seed_is_the_same_trouble_and_another_is_another() -> None:
    assert play(7, "heavy", 3000) == play(7, "heavy", 3000)
    assert play(7, "heavy", 3000) != play(8, "heavy", 3000)


@pytest.mark.parametrize("hash_seed", ["0", "42"])
def test_the_order_of_hashing_does_not_matter(hash_seed: str) -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tests.conformance.test_memory_faults import play;"
            "print(sorted(play(7, 'heavy', 3000).items()))",
        ],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str(sorted(play(7, "heavy", 3000).items()))


def test_idle_readings_meet_trouble_too_but_rarely() -> None:
    scene, faults = Scene(3, "heavy"), 0
    cursor = scene.calendars.changes(ANA, None, WINDOW).cursor
    for _ in range(50_000):
        try:
            cursor = scene.calendars.changes(ANA, cursor, WINDOW).cursor
        except CursorExpired:
            cursor = None
        except ConnectorError:
            faults += 1
            scene.hands.let_in(ANA)
    assert 10 <= scene.faults.counts.total() <= 150
    assert faults > 0


def test_a_reading_without_news_is_one_and_the_same_answer() -> None:
    scene = Scene(1, "none")
    cursor = scene.calendars.changes(ANA, None, WINDOW).cursor
    first = scene.calendars.changes(ANA, cursor, WINDOW)
    assert scene.calendars.changes(ANA, cursor, WINDOW) is first


def test_quiet_is_quiet() -> None:
    scene = Scene(1, "heavy")
    scene.faults.inject("busy", "500")
    scene.faults.quiet = True
    for _ in range(2000):
        scene.calendars.busy(ANA, (BEN,), FORTNIGHT)
    assert scene.faults.counts == {}


def test_a_401_shuts_the_account_for_some_hours_and_for_all_calls() -> None:
    scene = Scene(1, "none")
    scene.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    scene.faults.inject("busy", "401")
    with pytest.raises(AccessLost):
        scene.calendars.busy(ANA, (BEN,), FORTNIGHT)
    scene.now += timedelta(hours=2, minutes=59)
    with pytest.raises(AccessLost):
        scene.calendars.changes(ANA, None, WINDOW)
    assert isinstance(scene.calendars.busy(BEN, (ANA,), FORTNIGHT)[ANA], Unknown)
    scene.now += timedelta(minutes=1)
    assert len(listing(scene.calendars, ANA)) == 1


def test_a_person_who_locks_the_daemon_out_is_out_until_they_let_it_in() -> None:
    scene = Scene(1, "none")
    scene.hands.lock_out(ANA)
    scene.now += timedelta(days=300)
    with pytest.raises(AccessLost):
        scene.calendars.changes(ANA, None, WINDOW)
    scene.hands.let_in(ANA)
    assert scene.calendars.changes(ANA, None, WINDOW).complete


def test_a_slow_call_takes_virtual_seconds_and_answers() -> None:
    scene = Scene(1, "none")
    scene.faults.inject("changes", "slow")
    assert scene.calendars.changes(ANA, None, WINDOW).complete
    assert timedelta(seconds=20) <= scene.spent <= timedelta(seconds=90)


def test_trap_47_a_letter_whose_receipt_is_lost_and_is_sent_again_arrives_twice() -> None:
    """SMTP knows no key: whoever does not ask `sent` first makes a duplicate, and it shows."""
    scene, ours = Scene(1, "none"), letter(KOSS, BEN)
    assert isinstance(scene.mail.sent(ours), NotSent)
    scene.faults.inject("send", "timeout-after")
    with pytest.raises(ConnectorError):
        scene.mail.send(ours, key=ours.key)
    assert not isinstance(scene.mail.sent(ours), NotSent | Unknown)
    scene.mail.send(ours, key=ours.key)
    assert scene.hands.letters(BEN) == [ours.raw, ours.raw]


def test_a_guest_without_a_readable_calendar_can_still_see_and_decline() -> None:
    scene = Scene(1, "none", people=(ANA,))
    scene.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert len(scene.hands.calendar(BEN, WINDOW)) == 26
    assert isinstance(scene.calendars.busy(ANA, (BEN,), FORTNIGHT)[BEN], Unknown)
    with pytest.raises(AccessLost):
        scene.calendars.changes(BEN, None, WINDOW)
    scene.hands.answer(BEN, Place(ANA, "one", FOURTH), "DECLINED")
    seen = listing(scene.calendars, ANA)[Place(ANA, "one", FOURTH)]
    assert [guest.partstat for guest in seen.guests] == ["DECLINED"]


def test_an_answer_to_the_whole_series_replaces_the_answers_to_single_ones() -> None:
    scene = Scene(1, "none")
    scene.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    scene.hands.answer(BEN, Place(ANA, "one", FOURTH), "DECLINED")
    scene.hands.answer(BEN, Place(ANA, "one"), "ACCEPTED")
    answers = {one.answers for one in meaning(listing(scene.calendars, ANA)).values()}
    assert answers == {((BEN, "ACCEPTED"),)}


@pytest.mark.parametrize("wrong", ["1.9", "1.", "1.-1", "0.0", "2.0", "1.0.0", "1." + "9" * 5000])
def test_a_cursor_that_looks_like_ours_must_also_be_true(wrong: str) -> None:
    scene = Scene(1, "none")
    scene.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    with pytest.raises(CursorExpired):
        scene.calendars.changes(ANA, wrong, WINDOW)


def test_a_dragged_series_is_followed_as_a_whole() -> None:
    scene = Scene(1, "none")
    scene.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    scene.hands.move(ANA, Place(ANA, "one"), half_hour("2026-10-08T13:00"))
    rule = listing(scene.calendars, ANA)[Place(ANA, "one")].rule
    assert rule is not None and (rule.first, rule.length_minutes) == ("2026-10-08T15:00", 30)


def test_what_happened_long_ago_is_not_told_again() -> None:
    scene = Scene(1, "none")
    scene.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    scene.hands.move(ANA, Place(ANA, "one", FOURTH), NOON)
    spring = Slot(NOW + timedelta(days=150), NOW + timedelta(days=300))
    (master,) = scene.calendars.changes(ANA, None, spring).observations
    assert master.place == Place(ANA, "one")
