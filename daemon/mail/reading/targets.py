"""Targets: the day that a goal names ("CV done by 15 March"); none where it names several, or none that is to come.

Not the dates themselves: dates.py reads them.
"""

from __future__ import annotations

from datetime import date, timedelta

from daemon.mail.reading.dates import day_at
from daemon.mail.reading.lexicon import LANGUAGES, clause_of, lexicon

AHEAD_MOST = timedelta(days=3 * 365)
"""A day further off is a year in somebody's words, and no target."""


def target_of(goal: str, language: str, today: date) -> date | None:
    """The one day that is named in the writer's language, or else in English."""
    clause = clause_of(goal)
    for code in dict.fromkeys(each for each in (language, "en") if each in LANGUAGES):
        words, found, at = lexicon(code), set[date](), 0
        while at < len(clause):
            day = day_at(clause, words, at, today)
            if day:
                found.add(day[0])
            at = day[1] if day else at + 1
        if found:
            day_named = found.pop()
            ahead = today < day_named <= today + AHEAD_MOST
            return day_named if ahead and not found else None
    return None
