"""`wake_at` is never too late: deciding any lane at any hour before it would change nothing (DESIGN 3).

Not a proof: five weeks of three pairings whose people do what people do.
"""

from __future__ import annotations

from collections.abc import Iterator

from daemon.decide import decide
from daemon.deciding import world_of
from daemon.domain.cadence import RegularTime
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy, BusySeen
from daemon.domain.value import replace
from daemon.domain.world import Lane, Need, Plan
from daemon.ports import Rendered
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, line
from tests.stories.people import moment
from tests.stories.stage import Stage, running

LINES = (
    line(ANA, BEN),
    line(ANA, CHI, RegularTime(2, 10, 0)),
    line(DAN, EVA, RegularTime(3, 17, 0), ends=moment("Thu 5 Nov 12:00 UTC").date()),
)

ACTS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Fri 9 Oct 11:00 Berlin", "ana", "deletes", ("Tue 13 Oct",)),
    ("Fri 9 Oct 12:10 Berlin", "ben", "replies", ("proposal", "2")),
    ("Mon 12 Oct 10:20 Berlin", "chi", "declines", ("Wed 14 Oct",)),
    ("Wed 14 Oct 20:00 Berlin", "dan", "drags", ("Thu 15 Oct", "Fri 16 Oct 22:00")),
    ("Fri 16 Oct 21:40 Kolkata", "ben", "replies", ("notes", "A line.\ntodo: read it\n@ana: ask")),
    ("Mon 19 Oct 22:30 Kolkata", "ben", "replies", ("prep-mentee", "DONE a")),
    ("Tue 20 Oct 22:15 Kolkata", "ben", "replies", ("notes", "NO")),
    ("Tue 20 Oct 23:15 Kolkata", "ben", "replies", ("proposal", "NONE")),
    ("Wed 21 Oct 08:15 Taipei", "chi", "replies", ("prep-mentee", "MOVE")),
    ("Thu 22 Oct 09:00 Berlin", "ana", "locks_out", ()),
    ("Sat 24 Oct 03:00 Berlin", "ana", "lets_in", ()),
    ("Mon 26 Oct 18:00 Toronto", "eva", "replies", ("prep-mentee", "private: tired\nRome")),
    ("Tue 27 Oct 09:00 Berlin", "ana", "drags", ("Tue 27 Oct", "Tue 27 Oct 16:00")),
    ("Thu 29 Oct 09:00 Toronto", "eva", "replies", ("prep-mentee", "SKIP")),
    ("Mon 2 Nov 09:00 Berlin", "ana", "deletes_all", ()),
)


def hours(stage: Stage, until: str) -> Iterator[None]:
    while stage.now < moment(until):
        stage.passes(60)
        yield


def busy_of(stage: Stage, need: Need) -> BusySeen:
    """A need, answered."""
    found = stage.daemon.ports.calendars["local"].busy(
        need.calendar, need.people, Slot(need.start, need.end)
    )
    busy = {who: found[who].intervals for who in need.people if isinstance(found[who], Busy)}
    known = {who: busy.get(who) for who in need.people}
    return BusySeen(need.start, need.end, known, stage.now)


def on_the_side(stage: Stage, lane: Lane) -> Plan | None:
    """What would be decided now about a lane that sleeps; None for one that does not."""
    record = stage.daemon.ports.store.world(lane)
    world = world_of(stage.daemon, record)
    if world is None or record.inbox or lane in stage.daemon.ports.store.lanes(stage.now):
        return None
    plan = decide(world, stage.now)
    if plan.needs:
        seen = tuple(busy_of(stage, need) for need in plan.needs)
        plan = decide(replace(world, inbox=seen), stage.now)
    if plan.state == record.state:
        plan = replace(plan, state=None)
    return plan


def early(stage: Stage) -> list[str]:
    """Everything that a sleeping lane would do now."""
    found: list[str] = []
    for lane in stage.daemon.ports.store.lane_names():
        plan = on_the_side(stage, lane)
        if plan is None:
            continue
        before = stage.daemon.ports.store.world(lane).state
        found += [f"{stage.now:%a %d %b %H:%M} {lane} {e.key}" for e in plan.effects]
        found += [
            f"{stage.now:%a %d %b %H:%M} {lane} {what}" for what in (*plan.withdraw, *plan.skip)
        ]
        if plan.state is not None and before is not None:
            names = [
                name
                for name in type(before).__struct_fields__
                if getattr(before, name) != getattr(plan.state, name)
            ]
            found.append(f"{stage.now:%a %d %b %H:%M} {lane} state: {', '.join(names)}")
    return found


def test_no_lane_would_do_anything_before_it_is_woken() -> None:
    stage = running(*LINES, start="Mon 5 Oct 16:00 Berlin")
    decided = 0
    for at, who, verb, words in ACTS:
        for _ in hours(stage, at):
            assert early(stage) == []
            decided += 1
        getattr(stage.people[who], verb)(*words)
        assert early(stage) == []
    for _ in hours(stage, "Sat 14 Nov 12:00 Berlin"):
        assert early(stage) == []
        decided += 1
    assert decided > 800


def test_a_lane_that_is_woken_too_late_is_seen() -> None:
    """The same check, over a lane whose wake_at was lost."""
    stage = running(*LINES[:1])
    stage.until("Mon 12 Oct 13:30 Berlin")
    record = stage.daemon.ports.store.world(stage.lane())
    lost = Plan(record.lane, record.state)
    stage.daemon.ports.store.commit(record, lost, Rendered(), now=stage.now)
    found = [each for _ in hours(stage, "Wed 14 Oct 08:00 Berlin") for each in early(stage)]
    assert any("prep-mentee" in each for each in found)
