"""What the guides behind the presets want of a program: of which settings they speak, how far they let one go, and their words.

Not the warning of what goes against it: against_guide.py. A row (S1.3) is one of docs/guides.md, which says whose guide it is.
Where a guide has no measure (how often and how long the two of `km` meet) nothing is wanted here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from daemon.domain.cadence import Cadence
from daemon.settings.report_kinds import RHYTHMS

ANY_RHYTHM = 999
MONTH_WEEKS = 4
TWO_MONTHS_DAYS = range(56, 64)
"""From eight weeks to nine: sixty days lie between, and any two months of the calendar."""
THREE_MONTHS_DAYS = 89
"""The shortest ones: February to April."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How long a 1:1 is to be, in minutes, for rhythms of so many weeks at most; the guide's words for it, and their row."""

    weeks_most: int
    least: int
    most: int
    words: str
    row: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A setting of which a guide speaks: which values are as it wants, what to write, its words, and their row. Nothing is
    wanted of it while another setting, `idle_with`, has that value."""

    name: str
    fits: Callable[[Any], bool]
    write: str
    words: str
    row: str
    idle_with: tuple[str, str] = ("", "")


_HOUR_A_WEEK = "Minimum 1 hour/week availability"
_TWO_SESSIONS = "two 1-hour sessions over the course of two months"
_OUT_OF_A_WEEK = "taking 30 minutes out of your week"

LENGTHS: Mapping[str, tuple[Wanted, ...]] = {
    # Half an hour of each week may be an hour of every second one.
    "koss": (
        Wanted(1, 30, 30, _OUT_OF_A_WEEK, "S0.14"),
        Wanted(ANY_RHYTHM, 30, 60, _OUT_OF_A_WEEK, "S0.14"),
    ),
    "practical": (
        Wanted(1, 30, 30, "Weekly: 30min", "S1.3"),
        Wanted(2, 45, 60, "Bi-weekly: 45-60min", "S1.3"),
        Wanted(ANY_RHYTHM, 60, 90, "Monthly: 60-90min", "S1.3"),
    ),
    "wealljs": (Wanted(ANY_RHYTHM, 60, 240, _HOUR_A_WEEK, "S2.1"),),
    "ctan": (Wanted(ANY_RHYTHM, 60, 60, _TWO_SESSIONS, "S3.4"),),
}
"""The guides that say how long a 1:1 takes; of several lengths the densest rhythm comes first."""


def wanted(preset: str, cadence: Cadence) -> Wanted | None:
    """How long the guide of a preset wants a 1:1 of that rhythm; None where it does not say. A plan of sessions is no rhythm:
    only a length that goes with all of them is wanted of it."""
    lengths = LENGTHS.get(preset, ())
    if cadence.finite:
        return lengths[0] if len(lengths) == 1 else None
    return next((each for each in lengths if weeks_apart(cadence) <= each.weeks_most), None)


def weeks_apart(cadence: Cadence) -> int:
    """How many weeks lie between two 1:1s of a rhythm; a month has four."""
    return cadence.step.weeks or MONTH_WEEKS * cadence.step.months


def _repeats(weeks_most: int) -> Callable[[Cadence], bool]:
    return lambda cadence: not cadence.finite and weeks_apart(cadence) <= weeks_most


def _two_sessions(cadence: Cadence) -> bool:
    return cadence.sessions == 2 and cadence.within_days in TWO_MONTHS_DAYS


CADENCES: Mapping[str, Asked] = {
    "koss": Asked(
        "cadence", _repeats(MONTH_WEEKS), "weekly, biweekly or monthly",
        "Use the weekly/bi-weekly/monthly schedule feature", "S0.4",
    ),
    "wealljs": Asked("cadence", _repeats(1), "weekly", _HOUR_A_WEEK, "S2.1"),
    "ctan": Asked("cadence", _two_sessions, "2 sessions in 60 days", _TWO_SESSIONS, "S3.4"),
}  # fmt: skip
"""The guides that say how often, and which cadences are as they want."""

LASTING: Mapping[str, Asked] = {
    "wealljs": Asked(
        "minimum_weeks", lambda weeks: not weeks or lasts_long(7 * weeks), "13",
        "participate for at least 3 months, preferably longer", "S2.3",
    ),
}  # fmt: skip
"""The guides that say for how long; 0 weeks are without an end."""


def lasts_long(days: int) -> bool:
    """Whether from the first day to the last there are three months."""
    return days >= THREE_MONTHS_DAYS


FURTHER: Mapping[str, tuple[Asked, ...]] = {
    "wealljs": (
        Asked("hard_stop", bool, "true", "Timeboxed to 1 hour with a hard stop", "S2.14"),
        Asked(
            "goals", lambda goals: goals != "none", "plain",
            "what the overall goals for the relationship will be", "S2.15",
        ),
        Asked(
            "goal_days", bool, "30, 60, 90", "general targets for the first 30/60/90 days", "S2.19",
            idle_with=("goals", "none"),
        ),
        Asked("check_weeks", bool, "6", "Communicate about the relationship regularly", "S2.11"),
    ),
    "ctan": (
        Asked(
            "initiator", lambda who: who == "mentor", "mentor",
            "Mentors, schedule a time to meet", "S3.2",
        ),
        Asked(
            "goals", lambda goals: goals == "smart", "smart",
            "Prepare a few SMART goals ahead of time", "S3.7",
        ),
    ),
    "km": (
        Asked("chemistry", bool, "true", "Chemistry check", "S4.6"),
        Asked("check_weeks", bool, "6", "Regular check-ins", "S4.7"),
        Asked(
            "assess", lambda moments: "end" in moments, "start, mid, end", "Outcome assessment", "S4.8"
        ),
        Asked(
            "reports", lambda rhythms: len(rhythms) == len(RHYTHMS), ", ".join(RHYTHMS),
            "Weekly: Progress check; Monthly: Program review; Quarterly: Framework update; Annual: Major revision",
            "S4.14",
        ),
    ),
}  # fmt: skip
"""What else the guides want of settings that only a program says."""
