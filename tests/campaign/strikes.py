"""Where to kill, and where the kill really struck.

Not the killing itself: that is a signal, see process.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from daemon.ports import QueueEntry
from tests.campaign.process import Event, Process

Where = Literal[
    "before the claim", "while claimed", "after the effect", "before the settle",
    "between two effects", "observing, deciding",
]  # fmt: skip
NAMED: tuple[Where, ...] = (
    "before the claim",
    "while claimed",
    "after the effect",
    "before the settle",
)
OTHERS: tuple[Where, ...] = ("between two effects", "observing, deciding")
LINE: Mapping[Where, str] = {
    "before the claim": "before-claim",
    "while claimed": "claimed",
    "after the effect": "done",
    "before the settle": "settling",
    "between two effects": "settled",
    "observing, deciding": "started",
}
"""The line of the log that daemon/act.py writes at the beginning of each (`started`: the heartbeat)."""
EFFECT_SECONDS, DECIDING_SECONDS = 0.01, 0.4
QUIET_SECONDS = 10.0
"""A daemon that writes nothing for so long has nothing left to do."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Strike upon the `nth` line of that kind and then up to `dwell_seconds` later; `in_write`: as soon
    as the file of its store changes, which is the worst moment for a file."""

    where: Where
    nth: int
    dwell_seconds: float
    in_write: bool = False


def aim(
    chance: Random, struck: Mapping[Where, int], effects_max: int, change_seconds: float
) -> Aim:
    """Most of the kills where least have struck so far, the others anywhere.

    A daemon lives for so many effects at most; a change of its store takes so long at most, but often
    much less, hence the power.
    """
    where = min(NAMED, key=lambda each: struck.get(each, 0))
    if chance.random() < 0.25:
        where = chance.choice((*NAMED, *NAMED, *OTHERS))
    nth, how = chance.randint(1, effects_max), chance.random()
    match where:
        case "before the claim" | "before the settle":
            late = change_seconds * chance.random() ** 3 if how < 0.35 else 0.0
            return Aim(where, nth, late, in_write=how > 0.75)
        case "while claimed":
            return Aim(where, nth, EFFECT_SECONDS * chance.random() ** 3)
        case "observing, deciding":
            return Aim(where, 1, chance.uniform(0, DECIDING_SECONDS))
        case _:  # microseconds: who dwells has missed it
            return Aim(where, nth, 0.0)


def strike(process: Process, aimed: Aim, store: Path) -> bool:
    """Kill it there; False when it had nothing left to do.

    It does not stop for us, so a line that it has left behind already does not count.
    """
    line, left = LINE[aimed.where], aimed.nth
    at_once = not (aimed.dwell_seconds or aimed.in_write)
    hit = False
    event: Event | None = process.last
    while event and not hit:
        left -= event.name == line
        hit = left <= at_once and (at_once or event.name == line) and not process.has_more()
        if not hit:
            event = process.event(QUIET_SECONDS)
    if hit and at_once:
        hit = process.kill_upon(line, QUIET_SECONDS)
    elif hit and aimed.in_write:
        process.kill_in_write(store)
    elif hit:
        process.event(aimed.dwell_seconds)
    process.kill()
    return hit


def attempts(queue: list[QueueEntry]) -> dict[str, int]:
    """How often each effect in the outbox was claimed."""
    return {entry.effect.key: entry.attempts for entry in queue if entry.attempts}


def struck(last: Event, before: Mapping[str, int], after: Mapping[str, int]) -> Where:
    """What was going on: by the last line it wrote, and by what its store says it had in hand.

    Only the dead one can have claimed what was claimed more often than before, so a claim or a settle
    that was committed although its line was never written is told from one that was not.
    """
    in_hand = any(count > before.get(key, 0) for key, count in after.items())
    match last.name:
        case "before-claim":
            return "while claimed" if in_hand else "before the claim"
        case "claimed":
            return "while claimed"
        case "done":
            return "after the effect"
        case "settling":
            return "before the settle" if in_hand else "between two effects"
        case "settled":
            return "between two effects"
        case _:
            return "observing, deciding"
