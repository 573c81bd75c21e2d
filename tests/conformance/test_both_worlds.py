"""One long story of chance told by both worlds, memory and folders: they must tell the same at every step.

Not a promise of every connector: only these two are acted in by hands that know no difference.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from connectors.local import LocalCalendars, LocalHands
from connectors.memory import Faults, MemoryCalendars, MemoryHands, MemoryWorld
from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Place, Slot
from daemon.domain.value import replace
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands, Shown
from tests.conformance.calendar_rhythms import RHYTHMS
from tests.conformance.following import NOW, RULE, Reader, series, utc, walls
from tests.conformance.test_local import StandingClock
from tests.conformance.texts import ANA, BEN

AHEAD = Slot(NOW, NOW + timedelta(days=150))
DAY_OFF = Slot(utc("2026-11-09T08:00"), utc("2026-11-09T16:00"))
STEPS = 25


class World:
    """One of the two: the connector, people's hands, and a reader that goes on by cursors."""

    def __init__(self, calendars: CalendarConnector, hands: Hands) -> None:
        self.calendars, self.hands = calendars, hands
        self.reader = Reader(calendars, ANA)

    def tells(self) -> object:
        """Everything that the daemon can know after one more reading."""
        self.reader.read()
        rules = {
            place.uid: (told_of(seen.rule), seen.cancelled, seen.guests)
            for place, seen in self.reader.known.items()
            if not place.recurrence
        }
        busy = self.calendars.busy(ANA, (ANA, BEN), AHEAD)
        # a copy that its owner has declined may be there or not
        seen = [self.hands.calendar(who, AHEAD) for who in (ANA, BEN)]
        shown = [[one for one in theirs if one.answer != "DECLINED"] for theirs in seen]
        return self.reader.meetings(), rules, busy, shown, self.reader.stirred


def told_of(rule: SeriesRule | None) -> SeriesRule | None:
    """A rule with those gaps only that it would otherwise fill."""
    if rule is None or rule.until is None:
        return rule
    dates = set(walls(rule))
    return replace(rule, gaps=tuple(wall for wall in rule.gaps if wall in dates))


def worlds(folder: Path) -> tuple[World, World]:
    """Both, empty."""
    memory = MemoryWorld(lambda: NOW, [ANA, BEN])
    local = LocalCalendars(folder, StandingClock(), (ANA, BEN))
    return (
        World(MemoryCalendars(memory, Faults(Random(1), "none")), MemoryHands(memory)),
        World(local, LocalHands(folder, StandingClock())),
    )


Act = Callable[[World], object]


def on_one(one: Shown, invited: bool, chance: Random, key: str) -> Act:
    """Something that is done to one occurrence that Ana sees, or from it on; by Ben only if he sees it."""
    place, whole = one.place, replace(one.place, recurrence="")
    start = one.start + timedelta(hours=chance.choice((-3, 1, 26)))
    to = Slot(start, start + (one.end - one.start))
    acts: list[Act] = [
        lambda world: world.hands.cancel(ANA, place),
        lambda world: world.hands.delete(ANA, place),
        lambda world: world.hands.move(ANA, place, to),
        lambda world: world.hands.cut_series(ANA, place),
        lambda world: world.hands.split_series(ANA, place, to, f"rest-{key}"),
        lambda world: world.hands.move(ANA, whole, to),
        lambda world: world.calendars.move(ANA, place, to, key=key, expected=""),
        lambda world: world.calendars.cancel(ANA, place, key=key, expected=""),
    ]
    if invited:
        acts += [
            lambda world: world.hands.answer(BEN, place, "ACCEPTED"),
            lambda world: world.hands.answer(BEN, place, "DECLINED"),
            lambda world: world.hands.answer(BEN, place, "TENTATIVE"),
            lambda world: world.hands.answer(BEN, whole, "ACCEPTED"),
            lambda world: world.hands.answer(BEN, whole, "DECLINED"),
        ]
    return chance.choice(acts)


def on_all(uid: str, rule: SeriesRule, chance: Random, key: str) -> Act:
    """Something that is done to a whole series, or beside it."""
    place = Place(ANA, uid)
    gaps = tuple(chance.sample(list(walls(rule))[:20], 2))
    sparse = series(ANA, BEN, uid=uid, rule=replace(rule, gaps=gaps))
    ended = series(ANA, BEN, uid=uid, rule=replace(rule, until=date(2026, 12, 20)))
    acts: list[Act] = [
        lambda world: world.hands.uninvite(ANA, uid, BEN),
        lambda world: world.hands.delete_series(ANA, uid),
        lambda world: bin_and_back(world, uid),
        lambda world: world.hands.occupy(ANA, f"own-{key}", DAY_OFF),
        lambda world: world.hands.leave_office(BEN, f"own-{key}", DAY_OFF),
        lambda world: world.calendars.invite(ANA, place, (BEN,), key=key, expected=""),
        lambda world: world.calendars.put(ANA, sparse, key=key, expected=""),
        lambda world: world.calendars.put(ANA, ended, key=key, expected=""),
    ]
    return chance.choice(acts)


def bin_and_back(world: World, uid: str) -> None:
    """Deleted by mistake, seen to be gone, and taken out of the bin."""
    world.hands.delete_series(ANA, uid)
    world.reader.read()
    world.hands.restore_series(ANA, uid)


def next_act(world: World, chance: Random, key: str) -> Act | None:
    """What happens next, None when there is nothing left in which anything could."""
    shown = world.hands.calendar(ANA, AHEAD)
    if not shown:
        return None
    one = chance.choice(shown)
    rule = world.reader.known[replace(one.place, recurrence="")].rule
    if chance.random() < 0.7 or rule is None or rule.until is None or len(list(walls(rule))) < 3:
        invited = any(each.place == one.place for each in world.hands.calendar(BEN, AHEAD))
        return on_one(one, invited, chance, key)
    return on_all(one.place.uid, rule, chance, key)


@pytest.mark.parametrize("seed", range(24))
def test_memory_and_folders_tell_the_same_story(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    memory, local = both = worlds(tmp_path)
    for number in range(3):
        rule = replace(chance.choice([RULE, *RHYTHMS.values()]), until=date(2027, 6, 1))
        wanted = series(ANA, BEN, uid=f"s{number}", rule=rule)
        for world in both:
            world.calendars.put(ANA, wanted, key=f"s{number}", expected="")
    for number in range(STEPS):
        assert memory.tells() == local.tells(), f"before step {number}"
        act = next_act(local, chance, f"{number}")
        for world in both if act else ():
            act(world)
    assert memory.tells() == local.tells()


def test_a_server_that_knows_nobody_of_that_name_keeps_nothing(tmp_path: Path) -> None:
    memory = MemoryHands(MemoryWorld(lambda: NOW, [ANA]))
    local = LocalHands(tmp_path, StandingClock())
    for hands in (memory, local):
        for word in (b"one", b"two"):
            hands.write(BEN, ANA, b"Subject: " + word + b"\r\n\r\n", NOW)
        assert hands.turn_away(ANA) == [b"Subject: one\r\n\r\n", b"Subject: two\r\n\r\n"]
        assert (hands.letters(ANA), hands.turn_away(ANA)) == ([], [])
    assert not (tmp_path / "mail" / ANA).exists()
