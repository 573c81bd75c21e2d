"""`wake_at`: nothing is decided late because a lane slept on (DESIGN 3, the store's contract of `lanes`).

Not when people are written to, which the rules say: only that a plan never appears before its wake-up.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from connectors.memory.faults import Level
from connectors.outside import MemoryOutside
from daemon.decide import decide
from daemon.deciding import world_of
from daemon.mail.render import Templates
from daemon.settings import load
from daemon.simulate.cast import cast
from daemon.simulate.engine import START, Simulation

ROOT = Path(__file__).resolve().parents[2]
PAIRINGS, WEEKS = 8, 10


def early(run: Simulation) -> list[str]:
    """Lanes that nobody would decide now, although something would come of it."""
    store = run.daemon.ports.store
    awake = set(store.lanes(run.now))
    found: list[str] = []
    for lane in store.lane_names():
        world = None if lane in awake else world_of(run.daemon, store.world(lane))
        if world is None or world.state is None:
            continue
        plan = decide(world, run.now)
        what = [each.key for each in plan.effects] + [
            key for key, _ in (*plan.withdraw, *plan.skip)
        ]
        if (
            what or plan.state != world.state
        ):  # needs alone: busy times that were not known, asked again
            found.append(f"{run.now:%a %d %b %H:%M}Z {lane}: {what or 'another state'}")
    return found


@pytest.mark.parametrize(("seed", "level"), [(1, "heavy"), (3, "heavy"), (5, "none")])
def test_no_plan_appears_before_its_lane_wakes(seed: int, level: Level) -> None:
    """Every lane is decided at every simulated hour at which the daemon is up; nothing is committed."""
    played = cast(load(ROOT / "config").config, PAIRINGS, Random(seed)).config
    outside = MemoryOutside(played, START, seed, level)
    run = Simulation(played, outside, Templates([ROOT / "templates"]), seed, WEEKS, level)
    found: list[str] = []
    hours: list[int] = []

    def look() -> None:
        if run.beats and run.now >= run.down_until:
            hours.append(1)
            found.extend(early(run))

    for number in range(WEEKS * 7 * 24):
        run.later(START + timedelta(hours=number), look)
    run.run()
    assert len(hours) > WEEKS * 7 * 24 * 0.8
    assert found == []
