"""Kinds of values that say how often and how long a pair meets.

Not at which time: that is calendar_kinds.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from daemon.domain.cadence import Cadence, Step
from daemon.settings.kinds import Number, Wrong
from daemon.settings.problem import nearest

_NAMED = {
    "weekly": Cadence(Step(weeks=1)),
    "biweekly": Cadence(Step(weeks=2)),
    "monthly": Cadence(Step(months=1, nth=1)),
    "quarterly": Cadence(Step(months=3, nth=1)),
}
_SAME_AS = {
    "fortnightly": "biweekly",
    "every week": "weekly",
    "once a week": "weekly",
    "every two weeks": "biweekly",
    "every month": "monthly",
    "once a month": "monthly",
    "every three months": "quarterly",
    "every 3 months": "quarterly",
}
_EVERY = re.compile(r"every (\d{1,2}) weeks?")
_SESSIONS = re.compile(r"(\d{1,2}) sessions? (?:in|within) (\d{1,3}) (days?|weeks?|months?)")
_DAYS = {"day": 1, "week": 7, "month": 30}
WEEKS_MOST = 26
SESSIONS_MOST = 26


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often: by a name, by weeks, or so many sessions inside a time."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "weekly, biweekly, every N weeks, monthly, quarterly, or N sessions in M weeks"

    def parse(self, text: str) -> Cadence:
        """The cadence. Raises Wrong."""
        plain = " ".join(text.lower().split())
        if plain in _NAMED:
            return _NAMED[plain]
        if plain in _SAME_AS:
            raise Wrong("is not known.", f"Did you mean {_SAME_AS[plain]}?")
        every = _EVERY.fullmatch(plain)
        if every:
            if not 1 <= int(every[1]) <= WEEKS_MOST:
                raise Wrong(f"is outside 1 to {WEEKS_MOST} weeks.")
            return Cadence(Step(weeks=int(every[1])))
        sessions = _SESSIONS.fullmatch(plain)
        if sessions:
            return _plan(int(sessions[1]), int(sessions[2]) * _DAYS[sessions[3].rstrip("s")])
        meant = nearest(plain, _NAMED)
        raise Wrong("is not a cadence.", f"Did you mean {meant}?" if meant else "")

    def show(self, value: Cadence) -> str:
        """The cadence as written."""
        if value.finite:
            weeks, days = divmod(value.within_days, 7)
            return f"{value.sessions} session{'s' if value.sessions > 1 else ''} in " + (
                f"{value.within_days} days" if days else f"{weeks} weeks"
            )
        known = next((name for name, each in _NAMED.items() if each == value), "")
        return known or f"every {value.step.weeks} weeks"


def _plan(sessions: int, days: int) -> Cadence:
    if not 1 <= sessions <= SESSIONS_MOST:
        raise Wrong(f"has not 1 to {SESSIONS_MOST} sessions.")
    if days < 7 * sessions:
        raise Wrong("leaves less than a week for each session.")
    return Cadence(sessions=sessions, within_days=days)


@dataclass(frozen=True, slots=True)
class Lengths:
    """One length in minutes, or two that alternate."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "a whole number of minutes from 10 to 240, or two with a comma that alternate"

    def parse(self, text: str) -> tuple[int, ...]:
        """The lengths. Raises Wrong."""
        one = Number(10, 240, "minutes")
        lengths = tuple(one.parse(part.strip()) for part in text.strip("[]").split(","))
        if len(lengths) > 2:
            raise Wrong("has more than two lengths.")
        return lengths[:1] if len(set(lengths)) == 1 else lengths

    def show(self, value: tuple[int, ...]) -> str:
        """The lengths as written."""
        return ", ".join(str(length) for length in value)
