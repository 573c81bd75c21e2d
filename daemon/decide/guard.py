"""The guard: effects that no cadence or touchpoint date explains are weighed together (RULES 10).

Not a rule about one pairing: it sees one beat over all lanes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from daemon.domain.effect import Effect
from daemon.domain.program import Program
from daemon.domain.world import Lane

WEIGHING = "weighing"
"""The hold under which such effects wait until the end of the beat."""
BURST = timedelta(minutes=15)
"""What was caused within so short a time of each other counts as one."""


class Verdict(Struct, frozen=True):
    """What becomes of the effects with these keys: `hold` is None to let them go."""

    keys: tuple[str, ...]
    hold: str | None
    why: str


def weigh(
    effects: Iterable[tuple[Lane, Effect]], active_pairings: int, program: Program, now: datetime
) -> list[Verdict]:
    """One verdict per cause and burst. A few go at once; a mass waits for a person under
    `guard/<cause>/<day>`.

    Effects whose causes lie further apart (`opens`) are no mass, though they come due together: a
    Monday morning at seven asks about all that fell out over the weekend.
    """
    by_cause: dict[str, list[tuple[Lane, Effect]]] = defaultdict(list)
    for lane, effect in effects:
        by_cause[effect.explained].append((lane, effect))
    verdicts: list[Verdict] = []
    bursts = [(cause, burst) for cause in sorted(by_cause) for burst in _bursts(by_cause[cause])]
    for explained, found in bursts:
        lanes = {lane for lane, _ in found}
        letters = sum(effect.port == "mail" for _, effect in found)
        share = len(lanes) * 100 > program.guard_share_percent * active_pairings
        mass = (share and len(lanes) >= program.guard_pairings) or letters > program.guard_letters
        hold = f"guard/{explained}/{now.date().isoformat()}" if mass else None
        why = f"{len(lanes)} of {active_pairings} pairings, {letters} letters at once ({explained})"
        verdicts.append(Verdict(tuple(effect.key for _, effect in found), hold, why))
    return verdicts


def _bursts(found: list[tuple[Lane, Effect]]) -> list[list[tuple[Lane, Effect]]]:
    bursts: list[list[tuple[Lane, Effect]]] = []
    for each in sorted(found, key=lambda pair: (pair[1].opens, pair[1].key)):
        if bursts and each[1].opens - bursts[-1][-1][1].opens <= BURST:
            bursts[-1].append(each)
        else:
            bursts.append([each])
    return bursts
