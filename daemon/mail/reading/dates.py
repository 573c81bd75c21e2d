"""Dates in a command: "10–24 Dec", "until 15 January", "2027-01-15". English, and never guessed.

Not dates in sentences: only what stands behind AWAY, PAUSE or "till" is looked at.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*)\.?"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<{0}>\d{{4}}))?"
_TO = r"\s*(?:-|–|—|to|till|until|and)\s*"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TWO_ISO = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}){_TO}(\d{{4}}-\d{{2}}-\d{{2}})")

_ONE = (
    re.compile(_DAY.format("d") + r"\s+(?:of\s+)?" + _MONTH.format("m") + _YEAR.format("y")),
    re.compile(_MONTH.format("m") + r"\s+" + _DAY.format("d") + _YEAR.format("y")),
)
_TWO = (
    re.compile(
        _DAY.format("d1")
        + _TO
        + _DAY.format("d2")
        + r"\s+(?:of\s+)?"
        + _MONTH.format("m2")
        + _YEAR.format("y2")
    ),
    re.compile(
        _MONTH.format("m1")
        + r"\s+"
        + _DAY.format("d1")
        + _TO
        + _DAY.format("d2")
        + _YEAR.format("y2")
    ),
)
PAST_DAYS = 14
"""A day and month that lie further back than this are meant for next year."""


def stretch(text: str, today: date) -> tuple[date, date] | None:
    """The first and last day named, the same twice for one day; None for anything else."""
    plain = re.sub(r"^(?:from|on)\s+", "", " ".join(text.lower().split())).strip(" .!,;")
    for pattern in _TWO:
        found = pattern.fullmatch(plain)
        if found:
            groups = found.groupdict()
            last = _day(groups["d2"], groups.get("m2") or groups["m1"], groups.get("y2"), today)
            first = _safe(last.year, last.month, int(groups["d1"])) if last else None
            return _ordered(first, last)
    digits = _TWO_ISO.fullmatch(plain)  # the dashes inside a date are not the one between two
    if digits:
        return _ordered(one(digits[1], today), one(digits[2], today))
    parts = re.split(_TO, plain)
    if _ISO.fullmatch(plain) or len(parts) == 1:
        day = one(plain, today)
        return (day, day) if day else None
    if len(parts) == 2:
        first, last = one(parts[0], today), one(parts[1], today)
        if first and last and last < first and not _ISO.search(parts[1]):
            last = _safe(last.year + 1, last.month, last.day)
        return _ordered(first, last)
    return None


def one(text: str, today: date) -> date | None:
    """One day: "15 Jan", "January 15th", "2027-01-15"."""
    plain = " ".join(text.lower().split()).strip(" .!,;")
    iso = _ISO.fullmatch(plain)
    if iso:
        return _safe(int(iso[1]), int(iso[2]), int(iso[3]))
    for pattern in _ONE:
        found = pattern.fullmatch(plain)
        if found:
            return _day(found["d"], found["m"], found["y"], today)
    return None


def _day(day: str, month: str, year: str | None, today: date) -> date | None:
    number = _MONTHS.index(month[:3]) + 1
    if year:
        return _safe(int(year), number, int(day))
    found = _safe(today.year, number, int(day))
    if found and found < today - timedelta(days=PAST_DAYS):
        return _safe(today.year + 1, number, int(day))
    return found


def _ordered(first: date | None, last: date | None) -> tuple[date, date] | None:
    return (first, last) if first and last and first <= last else None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
