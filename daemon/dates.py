"""Public holidays as dates: what the `holidays` package knows, handed to decisions that must not ask.

Not who keeps which: people and programs name their calendars in the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

YEARS_BEHIND = 1
YEARS_AHEAD = 3


def holiday_dates(codes: Iterable[str], now: datetime) -> Mapping[str, frozenset[date]]:
    """The dates of each calendar (`DE`, `DE-BE`), last year and the next three. An unknown code has none:
    the settings refuse it."""
    years = tuple(range(now.year - YEARS_BEHIND, now.year + YEARS_AHEAD + 1))
    return {code: _dates(code, years) for code in codes}


@lru_cache(maxsize=256)
def _dates(code: str, years: tuple[int, ...]) -> frozenset[date]:
    import holidays

    country, _, subdivision = code.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    except NotImplementedError:
        return frozenset()
    return frozenset(found)


@lru_cache(maxsize=1)
def known_calendars() -> frozenset[str]:
    """Every code that may be named: countries, and countries with one of their parts."""
    import holidays

    parts = holidays.list_supported_countries()
    return frozenset({*parts, *(f"{c}-{s}" for c, subs in parts.items() for s in subs)})
