"""The report of a run: facts for machines, tables for people.

Not the run itself (engine.py).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from daemon.simulate.checkers import CANCELS
from daemon.simulate.engine import Simulation
from daemon.simulate.people import BEHAVIOURS

CRASH_POINTS = ("before-claim", "claimed", "done", "settling", "settled", "between-statements")


@dataclass(frozen=True, slots=True)
class Report:
    """What one run has shown. `facts` is the object that `simulate --json` prints (DESIGN section 8)."""

    facts: dict[str, Any]

    @property
    def violations(self) -> list[str]:
        """Broken invariants, in words."""
        found: list[str] = self.facts["violations"]
        return found

    def tables(self) -> list[Table]:
        """Everything that occurred, for a terminal."""
        figures = Table(title=f"seed {self.facts['seed']}", show_header=False)
        for name, value in self.facts.items():
            if not isinstance(value, dict | list):
                figures.add_row(name.replace("_", " "), str(value))
        tables = [figures]
        for name in ("behaviours", "faults", "crash_points", "touchpoints"):
            table = Table(title=name.replace("_", " "))
            table.add_column("what")
            table.add_column("how often", justify="right")
            for what, count in self.facts[name].items():
                table.add_row(what, str(count))
            tables.append(table)
        return tables


def report(run: Simulation) -> Report:
    """The facts of a finished run."""
    outcome, people, checkers = run.outcome, run.people, run.checkers
    answered = {name for name in people.chosen if name in outcome.offered}
    repaired = {name for name in answered if name in outcome.moved_at}
    faults: Counter[str] = Counter()
    for (_, kind), count in run.outside.faults().items():
        faults[kind] += count
    behaviours = {what: people.counts[what] for what in BEHAVIOURS}
    digest = run.digest.copy()
    for name, meeting in sorted(outcome.meetings.items()):
        digest.update(f"{name}{meeting}".encode())
    facts: dict[str, Any] = {
        "seed": run.seed,
        "pairings": len(run.config.lines),
        "weeks": run.weeks,
        "beats": run.beats,
        "meetings_due": len(outcome.due()),
        "meetings_held": outcome.held(),
        "cancellations": sum(people.counts[what] for what in CANCELS),
        "answered_in_time": len(answered),
        "repaired": len(repaired),
        "median_minutes_to_repair": outcome.minutes_to_repair(),
        "letters": sum(outcome.touchpoints.values()),
        "crashes": sum(run.chance.crashes.values()),
        "zombies": run.zombies,
        "duplicates": checkers.duplicates,
        "lost": checkers.lost,
        "digest": digest.hexdigest(),
        "violations": checkers.violations,
        "violations_by_invariant": dict(sorted(checkers.found.items())),
        "faults": dict(sorted(faults.items())),
        "crash_points": {point: run.chance.crashes[point] for point in CRASH_POINTS},
        "behaviours": behaviours,
        "touchpoints": dict(sorted(outcome.touchpoints.items())),
        "touchpoints_by_language": {
            language: dict(sorted(counts.items()))
            for language, counts in sorted(outcome.languages.items())
        },
        **outcome.burden.facts(run.config.lines, run.end),
    }
    return Report(facts)
