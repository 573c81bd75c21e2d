"""What `run.py simulate --json` printed for several seeds, added up, and as tables.

Not a judgement: what has to hold stands in seeds.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rich.table import Table

SUMMED = (
    "beats", "meetings_due", "meetings_held", "cancellations", "answered_in_time", "repaired",
    "letters", "crashes", "zombies", "duplicates", "lost",
)  # fmt: skip
COUNTED = ("behaviours", "faults", "crash_points")
ROLES = ("mentee", "mentor")


@dataclass(frozen=True)
class Spread:
    """Mean, middle and the value that 95 % do not exceed (nearest rank), each value with a weight."""

    weights: dict[float, int]

    @property
    def mean(self) -> float:
        """The average."""
        count = sum(self.weights.values())
        return sum(value * weight for value, weight in self.weights.items()) / count if count else 0

    @property
    def p50(self) -> float:
        """The middle one."""
        return self._at(50)

    @property
    def p95(self) -> float:
        """What 95 % do not exceed."""
        return self._at(95)

    def _at(self, percent: int) -> float:
        rank = -(-percent * sum(self.weights.values()) // 100)
        for value in sorted(self.weights):
            rank -= self.weights[value]
            if rank <= 0:
                return value
        return 0


@dataclass
class Sums:
    """All seeds so far."""

    total: Counter[str] = field(default_factory=Counter)
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in COUNTED}
    )
    people: list[dict[str, Any]] = field(default_factory=list)
    single: dict[str, Counter[float]] = field(
        default_factory=lambda: {role: Counter() for role in ROLES}
    )
    touchpoints: dict[str, Counter[str]] = field(
        default_factory=lambda: {role: Counter() for role in ROLES}
    )

    def add(self, facts: dict[str, Any]) -> None:
        """One more seed."""
        for name in SUMMED:
            self.total[name] += facts[name]
        self.total["violations"] += sum(facts["violations_by_invariant"].values())
        for name in COUNTED:
            for what, count in facts[name].items():
                self.counts[name][what] += count
        self.people += facts["people"].values()
        for role in ROLES:
            self.touchpoints[role].update(facts["touchpoints_by_role"][role])
            for letters, count in facts["weeks_by_letters"][role].items():
                self.single[role][float(letters)] += count

    def spread(self, role: str, what: str = "letters") -> Spread:
        """Letters a week that a person of this role gets on average, all or those `unasked`; of a mentor's, those
        beyond one, and one for each pairing."""
        rates: Counter[float] = Counter()
        for person in self.people:
            if person["role"] == role and person["weeks"]:
                allowed = person["weeks"] + person["pairing_weeks"] if role == "mentor" else 0
                rates[(person[what] - allowed) / person["weeks"]] += 1
        return Spread(rates)

    def tables(self) -> list[Table]:
        """Everything, for a terminal."""
        sums = Table("over all seeds", "sum")
        for name in (*SUMMED, "violations"):
            sums.add_row(name.replace("_", " "), str(self.total[name]))
        tables = [sums]
        for name, counter in self.counts.items():
            table = Table(name.replace("_", " "), "how often")
            for what, count in sorted(counter.items()):
                table.add_row(what, str(count))
            tables.append(table)
        return [*tables, self._letters(), self._by_touchpoint()]

    def _letters(self) -> Table:
        table = Table("letters per person and week", "mean", "p50", "p95")
        rows = {
            "mentee, unasked": self.spread("mentee", "unasked"),
            "mentee, on average over the weeks": self.spread("mentee"),
            "mentee, in a single week": Spread(self.single["mentee"]),
            "mentor beyond 1 + 1 a pairing, unasked": self.spread("mentor", "unasked"),
            "mentor beyond 1 + 1 a pairing, on average": self.spread("mentor"),
            "mentor beyond 1 + 1 a pairing, in a single week": Spread(self.single["mentor"]),
        }
        for name, each in rows.items():
            table.add_row(name, *(f"{value:.2f}" for value in (each.mean, each.p50, each.p95)))
        return table

    def _by_touchpoint(self) -> Table:
        """Which letters these are, the most frequent first."""
        table = Table("letters in 100 weeks", "of a mentee", "of a mentor", "a mentor's pairing")
        units = [
            sum(p["weeks"] for p in self.people if p["role"] == "mentee"),
            sum(p["weeks"] for p in self.people if p["role"] == "mentor"),
            sum(p["pairing_weeks"] for p in self.people if p["role"] == "mentor"),
        ]
        of_mentees, of_mentors = self.touchpoints["mentee"], self.touchpoints["mentor"]
        for name, _ in (of_mentees + of_mentors).most_common():
            counts = (of_mentees[name], of_mentors[name], of_mentors[name])
            shares = zip(counts, units, strict=True)
            table.add_row(name, *(f"{100 * n / unit:.1f}" if unit else "–" for n, unit in shares))
        return table
