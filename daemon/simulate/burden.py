"""Burden: how many letters people get in the weeks in which a pairing of theirs runs, and how many of them unasked.

Not a judgement: tests/simulate/seeds.py holds it against the goal. Letters of other weeks (before the first
yes, in a pause, after the end) are left out on both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from daemon.domain.people import ROLES, Line, Person, Role
from daemon.domain.world import PairingState
from daemon.simulate.letterbox import Letter

RUNNING = ("active", "closing")
REACTING = (
    "proposal",
    "proposal-mentor",
    "slot-gone",
    "counter",
    "off",
    "moved",
    "copy",
    "ack",
    "unclear",
    "intro",
    "intro-draft",
    "intro-told",
    "themes-told",
    "chance-told",
)
"""What follows from something that one of the two did or wrote; the caps leave it out, and so does the goal."""
DAYS_A_WEEK = 7


def week_of(moment: datetime) -> int:
    """Which week an instant lies in, from Monday to Sunday in UTC."""
    return (moment.date().toordinal() - 1) // DAYS_A_WEEK


@dataclass(slots=True)
class Burden:
    """Letters by reader, week and touchpoint, and in which weeks each pairing ran."""

    letters: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    running: set[tuple[str, int]] = field(default_factory=set)

    def letter(self, seen: Letter) -> None:
        """Somebody got a letter."""
        self.letters[seen.to, week_of(seen.at), seen.touchpoint] += 1

    def look(self, state: PairingState, now: datetime) -> None:
        """How a pairing stands now."""
        if state.standing in RUNNING:
            self.running.add((state.line.pairing, week_of(now)))

    def facts(self, lines: Iterable[Line], end: datetime) -> dict[str, Any]:
        """Per person: whole weeks before `end`, the same counted for each pairing, letters, and those among them that
        came unasked; how many weeks had how many letters (for mentors: beyond one and one for each pairing of that
        week); what these letters were."""
        kinds: dict[Role, Counter[str]] = {"mentee": Counter(), "mentor": Counter()}
        weeks = self._weeks(lines, week_of(end))
        for (address, week, touchpoint), count in self.letters.items():
            known = weeks.get(address)
            if known and week in known.pairings:
                known.letters[week] += count
                known.unasked += count if touchpoint not in REACTING else 0
                kinds[known.role][touchpoint] += count
        single: dict[Role, Counter[int]] = {"mentee": Counter(), "mentor": Counter()}
        for each in weeks.values():
            for week, running in each.pairings.items():
                allowed = 1 + running if each.role == "mentor" else 0
                single[each.role][each.letters[week] - allowed] += 1
        return {
            "people": {
                each.person.id: {
                    "role": each.role, "weeks": len(each.pairings),
                    "pairing_weeks": each.pairings.total(), "letters": each.letters.total(),
                    "unasked": each.unasked,
                }
                for _, each in sorted(weeks.items())
            },
            "weeks_by_letters": {
                role: {str(n): count for n, count in sorted(counts.items())}
                for role, counts in single.items()
            },
            "touchpoints_by_role": {role: dict(sorted(c.items())) for role, c in kinds.items()},
        }  # fmt: skip

    def _weeks(self, lines: Iterable[Line], last: int) -> dict[str, _Weeks]:
        """Address → in which weeks how many pairings of that person ran. Nobody is mentor and mentee here."""
        found: dict[str, _Weeks] = {}
        of_pairing = {line.pairing: line for line in lines}
        for pairing, week in sorted(each for each in self.running if each[1] < last):
            line = of_pairing[pairing]
            for role in ROLES:
                person = line.person(role)
                own = found.setdefault(person.address, _Weeks(person, role))
                own.pairings[week] += 1
        return found


@dataclass(slots=True)
class _Weeks:
    person: Person
    role: Role
    pairings: Counter[int] = field(default_factory=Counter)
    letters: Counter[int] = field(default_factory=Counter)
    unasked: int = 0
