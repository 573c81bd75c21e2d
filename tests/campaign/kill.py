"""The kill campaign: `python -m tests.campaign.kill [--kills 100] [--control 60] [--seed S]`.

Not a simulation: each kill is a kill -9 of a real `run.py start` on the real clock, with hundreds of
letters and moves due, while people act on the same files. The seed says where each one is aimed; where
it strikes is up to the machine. The same on TinyDB's own JSONStorage is the control, which has to fail.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

from daemon.ports import QueueEntry
from tests.campaign.json_root import convert
from tests.campaign.kinds import CONTROL, EMBEDDED, Kind
from tests.campaign.people import People
from tests.campaign.process import Process
from tests.campaign.report import Ending, Report, Tally
from tests.campaign.scene import Scene, prepared, run_out
from tests.campaign.strikes import Aim, aim, attempts, strike, struck

DEEDS_EACH = 4
EFFECTS_EACH = 7
"""So many effects of each pairing are shared out among the lives, so that something is left for the last."""
FIRST = Aim("before the claim", 1, 0.0)
"""The first kill strikes before anything is carried out, so that the whole backlog can be counted."""


@dataclass(slots=True)
class Campaign:
    """Processes over one data folder, one after another, each killed."""

    scene: Scene
    kind: Kind
    data: Path
    chance: Random
    lives: int
    people: People = field(init=False)
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.people = People(self.data, self.scene.cast)

    def run(self) -> Report:
        """A kill at the end of each life; then one that nobody kills does the rest."""
        began = monotonic()
        before: Mapping[str, int] = attempts(self.kind.read(self.data))
        for _ in range(self.lives):
            before = self._kill(before)
        self.tally.seconds = monotonic() - began
        self.tally.letters = self.people.letters.total()
        self.tally.deeds = self.people.done.total()
        run_out(self.scene, self.data, self.people, self.kind)
        ending, uninterrupted = Ending.of(self.people), reference(self.scene)
        return Report(self.kind.name, self.tally, ending, uninterrupted)

    def _kill(self, before: Mapping[str, int]) -> Mapping[str, int]:
        """One life of a daemon; how often what is in the outbox was claimed by the end of it."""
        tally = self.tally
        kept = Path(shutil.copy2(self.data / self.kind.file, self.data / "kept"))
        aimed = self._aim() if tally.kills else FIRST
        process = Process(self.scene.config, self.data, self.kind.root)
        process.until("started")
        tally.start_seconds += monotonic() - process.spawned
        self.people.act(DEEDS_EACH)
        hit = strike(process, aimed, self.data / self.kind.file)
        tally.kills += 1
        queue = self._read(kept)
        after = attempts(queue)
        tally.aimed[aimed.where] += 1
        tally.struck[struck(process.last, before, after)] += hit
        tally.idle += not hit
        tally.repeated += sum("repeated=True" in line for line in process.said)
        tally.backlog = tally.backlog or due(queue)
        self.people.look()
        self.people.act(DEEDS_EACH)
        return after

    def _aim(self) -> Aim:
        effects_max = max(1, EFFECTS_EACH * len(self.scene.cast) // self.lives)
        return aim(self.chance, self.tally.struck, effects_max, self.kind.change_seconds)

    def _read(self, kept: Path) -> list[QueueEntry]:
        """The store as the dead one left it. The control goes on with the copy from before its start."""
        try:
            return self.kind.read(self.data)
        except Exception as why:
            if self.kind is not CONTROL:
                raise
            self.tally.unreadable.append(f"kill {self.tally.kills}: {type(why).__name__}: {why}")
            shutil.copy2(kept, self.data / self.kind.file)
            return self.kind.read(self.data)


def due(queue: list[QueueEntry]) -> Counter[str]:
    """What waits to be carried out, by kind."""
    effects = [entry.effect for entry in queue if entry.standing != "on hold"]
    return Counter(type(effect.change).__name__ for effect in effects)


def reference(scene: Scene) -> Ending:
    """The run in which nothing is killed."""
    data = scene.data.with_name("uninterrupted")
    people = People(data, scene.cast)
    scene.copy(data.name)
    run_out(scene, data, people, EMBEDDED)
    return Ending.of(people)


def campaign(folder: Path, kind: Kind, kills: int, each: int, seed: int) -> Report:
    """`each` old pairings and as many new ones, in an empty folder."""
    scene = prepared(folder, each)
    data = scene.copy("killed")
    if kind is CONTROL:
        convert(data)
    return Campaign(scene, kind, data, Random(seed), kills).run()


def main() -> int:
    """Both campaigns, printed; 1 when ours broke a promise, or when the control kept all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign.kill")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pairings", type=int, default=320, help="half of them new in the files")
    parser.add_argument("--control", type=int, default=60, help="kills of the control, 0 for none")
    parser.add_argument("--control-pairings", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="oneonone-") as folder:
        ours = campaign(
            Path(folder, "ours"), EMBEDDED, asked.kills, asked.pairings // 2, asked.seed
        )
        print(*ours.lines(), sep="\n", flush=True)
        wrong += [*ours.broken(), *ours.rare()]
        if asked.control:
            control = campaign(
                Path(folder, "control"), CONTROL, asked.control, asked.control_pairings // 2, asked.seed
            )  # fmt: skip
            print("", *control.lines(), *control.broken(), sep="\n")
            wrong += [] if control.broken() else ["the control kept every promise"]
    failed = "; the control failed, as it has to." if asked.control else "."
    print("", *(wrong or [f"Every promise was kept{failed}"]), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
