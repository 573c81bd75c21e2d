"""A data folder in which hundreds of changes are due at once, and a run in which nothing is killed.

Not the kills: see kill.py.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from connectors.clock import SystemClock
from tests.campaign.kinds import Kind
from tests.campaign.people import People
from tests.campaign.process import Process
from tests.campaign.world import Pair, pairs, write_files

ROUNDS_MAX = 20


@dataclass(frozen=True, slots=True)
class Scene:
    """Files, and the data folder of which each run gets a copy."""

    config: Path
    data: Path
    cast: list[Pair]

    def copy(self, name: str) -> Path:
        """Another data folder like it."""
        return shutil.copytree(self.data, self.data.with_name(name))


def prepared(folder: Path, each: int) -> Scene:
    """What is due when the next daemon starts: `each` moves, and as many welcomes.

    The old pairings have lost their first 1:1, and the answers to the offers lie in the mailbox; the new
    ones stand in the files since just now.
    """
    now, cast = SystemClock().now(), pairs(each)
    scene = Scene(folder / "config", folder / "data", cast)
    old = [pair for pair in cast if pair.old]
    write_files(scene.config, old, now)
    process = Process(scene.config, scene.data)
    process.until("started")
    people = People(scene.data, old)
    for _ in range(ROUNDS_MAX):
        process.reads_again()
        people.look()
        if all(deed.final for deed in people.deeds):
            break
        people.act(len(people.deeds))
    process.stop()
    people.act(len(people.deeds))
    write_files(scene.config, cast, now)
    return scene


def run_out(scene: Scene, data: Path, people: People, kind: Kind) -> None:
    """One daemon that nobody kills does all that is left, until nobody has anything to do."""
    process = Process(scene.config, data, kind.root)
    process.until("started")
    for _ in range(ROUNDS_MAX):
        process.reads_again()
        people.look()
        if not people.deeds:
            break
        people.act(len(people.deeds))
    process.stop()
