"""The guard: effects that no cadence or touchpoint date explains are weighed together (RULES 10).

Not a rule about one pairing: it sees one beat over all lanes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from daemon.domain.effect import Effect
from daemon.domain.program import Program
from daemon.domain.world import Lane

WEIGHING = "weighing"
"""The hold under which such effects wait until the end of the beat."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of the effects weighed under `WEIGHING/<cause>`: `hold` is None to let them go."""

    weighed: str
    hold: str | None
    why: str


def weigh(
    effects: Iterable[tuple[Lane, Effect]], active_pairings: int, program: Program, now: datetime
) -> list[Verdict]:
    """One verdict per cause. A few go at once; a mass waits for a person under `guard/<cause>/<day>`."""
    by_cause: dict[str, list[tuple[Lane, Effect]]] = defaultdict(list)
    for lane, effect in effects:
        by_cause[effect.explained].append((lane, effect))
    verdicts: list[Verdict] = []
    for cause, found in sorted(by_cause.items()):
        lanes = {lane for lane, _ in found}
        letters = sum(effect.port == "mail" for _, effect in found)
        share = len(lanes) * 100 > program.guard_share_percent * active_pairings
        mass = (share and len(lanes) >= program.guard_pairings) or letters > program.guard_letters
        hold = f"guard/{cause}/{now.date().isoformat()}" if mass else None
        why = f"{len(lanes)} of {active_pairings} pairings, {letters} letters at once ({cause})"
        verdicts.append(Verdict(f"{WEIGHING}/{cause}", hold, why))
    return verdicts
