"""Row "recurrence" of the benchmarks: eight weeks of two hundred series, beside two well-known readers.

Not a test: it prints medians of the same run. All sides expand what was parsed before and must name the same
instants; series of one year and of twenty show what their age costs.
"""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar

from daemon.domain.cadence import RegularTime, SeriesRule, Step, first_wall, wall_text
from daemon.domain.meeting import Slot
from daemon.ical.recurrence import occurrences
from daemon.ical.writing import new_calendar, put_event, text_of
from daemon.ports import SeriesEvent

ROUNDS = 7
WINDOW = Slot(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC))
"""Eight weeks in which the clocks of Europe and of North America change, a week apart."""
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "America/Vancouver", "Asia/Kolkata")
MIXED = (
    *[Step(weeks=1)] * 12,
    *[Step(weeks=2)] * 5,
    Step(weeks=4),
    Step(months=1, nth=2),
    Step(months=1, nth=-1),
)
"""As programs have them: most pairs meet weekly or biweekly, some once a month."""
WEEKLY = (Step(weeks=1),)
Expand = Callable[[], list[datetime]]


@dataclass(frozen=True)
class Work:
    """Some series of one age, in a mix of rhythms."""

    name: str
    series: int
    steps: tuple[Step, ...]
    years: int

    def rules(self) -> list[SeriesRule]:
        """The same ones each time."""
        chance = Random(7)
        return [
            _rule(self.steps[n % len(self.steps)], self.years, chance) for n in range(self.series)
        ]


WORKS = (
    Work("200 series as programs have them", 200, MIXED, 1),
    Work("200 series as programs have them", 200, MIXED, 20),
    Work("289 weekly series", 289, WEEKLY, 1),
)
"""None of our rhythms is denser than weekly, so that the 2,313 instances in eight weeks with which readers
are usually compared take more than 200 series."""


def _rule(step: Step, years: int, chance: Random) -> SeriesRule:
    day = (WINDOW.start - timedelta(days=365 * years + chance.randrange(90))).date()
    at = RegularTime(chance.randrange(5), chance.randrange(8, 18), chance.choice((0, 15, 30)))
    return SeriesRule(wall_text(first_wall(at, step, day)), chance.choice(ZONES), 30, step)


def _file(rule: SeriesRule) -> bytes:
    calendar = new_calendar()
    event = SeriesEvent("one", rule, "1:1", ("ben@example.org",))
    put_event(calendar, event, "ana@example.org", WINDOW.start)
    return text_of(calendar)


def ours(rules: list[SeriesRule]) -> Expand:
    """The daemon's own path: it jumps to the window and asks the zone for each occurrence in it."""
    return lambda: [slot.start for rule in rules for _, slot in occurrences(rule, WINDOW)]


def recurring(rules: list[SeriesRule]) -> Expand:
    """recurring-ical-events over the files that we write, parsed before."""
    calendars = [Calendar.from_ical(_file(rule)) for rule in rules]

    def expand() -> list[datetime]:
        return [
            event["DTSTART"].dt.astimezone(UTC)
            for calendar in calendars
            for event in recurring_ical_events.of(calendar).between(WINDOW.start, WINDOW.end)
        ]

    return expand


def dateutil(rules: list[SeriesRule]) -> Expand:
    """python-dateutil over the RRULE that we write, parsed before."""
    parsed = []
    for rule in rules:
        text = re.search(rb"RRULE:FREQ=(?:WEEKLY|MONTHLY).*", _file(rule))
        assert text is not None
        start = rule.begins.replace(tzinfo=ZoneInfo(rule.zone))
        parsed.append(rrulestr(text[0].decode().strip(), dtstart=start))

    def expand() -> list[datetime]:
        return [
            start.astimezone(UTC)
            for rule in parsed
            for start in rule.between(WINDOW.start, WINDOW.end, inc=True)
        ]

    return expand


SIDES: dict[str, Callable[[list[SeriesRule]], Expand]] = {
    "ours: SeriesRule.walls + instants in a window": ours,
    "recurring-ical-events": recurring,
    "python-dateutil": dateutil,
}


def milliseconds(expand: Expand) -> float:
    """One round, in time of the processor: others work on the same machine."""
    begun = process_time()
    expand()
    return (process_time() - begun) * 1000


def digest(instants: list[datetime]) -> str:
    """What a side says, in whichever order."""
    return hashlib.sha256(repr(sorted(instants)).encode()).hexdigest()[:12]


def agreed(expands: dict[str, Expand]) -> str:
    """That all sides name the same instants, and how many."""
    said = {name: expand() for name, expand in expands.items()}
    named = {digest(instants) for instants in said.values()}
    assert len(named) == 1, "the sides do not name the same instants"
    return f"{len(next(iter(said.values()))):,} instances, sha256 {named.pop()}"


def measure(sides: dict[tuple[Work, str], Expand]) -> dict[tuple[Work, str], float]:
    """Every side with every work in turn, round after round; their medians."""
    rounds = [{each: milliseconds(expand) for each, expand in sides.items()} for _ in range(ROUNDS)]
    return {each: median(took[each] for took in rounds) for each in sides}


def main() -> None:
    """The table, and how each side's time grows with the age of the series."""
    print(f"Python {platform.python_version()}, {ROUNDS} rounds, medians, parsing left out")
    sides: dict[tuple[Work, str], Expand] = {}
    agreements = []
    for work in WORKS:
        expands = {name: side(work.rules()) for name, side in SIDES.items()}
        agreements.append(agreed(expands))
        sides |= {(work, name): expand for name, expand in expands.items()}
    medians, first = measure(sides), next(iter(SIDES))
    for work, agreement in zip(WORKS, agreements, strict=True):
        print(f"\n{work.name}, {work.years} years old: {agreement}")
        for name in SIDES:
            took = medians[work, name]
            print(f"{name:48}{took:9.2f} ms{took / medians[work, first]:9.1f} x")
    young, old = WORKS[:2]
    print(f"\n{old.years} years old against {young.years}")
    for name in SIDES:
        print(f"{name:48}{medians[old, name] / medians[young, name]:9.2f} x")


if __name__ == "__main__":
    main()
