"""VTIMEZONE components for IANA zones, in the classic two-rule form every client reads.

Not a zone database: offsets come from zoneinfo, and readers who know the TZID may ignore the component.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEARS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of the UTC offset. `onset` is the wall clock as it was just before (RFC 5545 3.6.5)."""

    onset: datetime
    before: timedelta
    after: timedelta
    daylight: bool
    name: str


@lru_cache(maxsize=256)
def vtimezone_text(zone: str, year: int) -> bytes:
    """The VTIMEZONE of an IANA zone, good for events from that year on, as bytes.

    trap_93: no RDATE lists. Two yearly rules where the zone keeps two, one STANDARD where it keeps none,
    else (Ramadan, or a law that ends daylight time) one dated observance per change.
    """
    info = ZoneInfo(zone)
    component = Timezone()
    component.add("tzid", zone)
    changes = _changes(info, year)
    rules = _two_rules(changes)
    if rules is not None:
        for change, rule in rules:
            _add(component, _in_1970s(change, rule), rule)
    else:
        first = datetime(year, 1, 1, tzinfo=info)
        offset = first.utcoffset() or timedelta()
        daylight = bool(first.dst())
        start = _Change(
            first.replace(year=1970, tzinfo=None), offset, offset, daylight, first.tzname() or zone
        )
        for change in (start, *changes):
            _add(component, change, None)
    raw: bytes = component.to_ical()
    return raw


def _add(component: Timezone, change: _Change, rule: vRecur | None) -> None:
    part = TimezoneDaylight() if change.daylight else TimezoneStandard()
    part.add("dtstart", change.onset)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if rule is not None:
        part.add("rrule", rule)
    component.add_component(part)


def _changes(info: ZoneInfo, year: int) -> list[_Change]:
    utc = ZoneInfo("UTC")
    at = datetime(year, 1, 1, tzinfo=utc)
    end = datetime(year + _YEARS_AHEAD, 1, 1, tzinfo=utc)
    found = []
    # a week is shorter than the shortest pause any zone has kept between two changes (Ramadan)
    while at < end:
        after = at + timedelta(days=7)
        if at.astimezone(info).utcoffset() != after.astimezone(info).utcoffset():
            found.append(_change_between(info, at, after))
        at = after
    return found


def _change_between(info: ZoneInfo, low: datetime, high: datetime) -> _Change:
    before = low.astimezone(info).utcoffset() or timedelta()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(info).utcoffset() == before:
            low = middle
        else:
            high = middle
    instant = high.replace(microsecond=0)
    local = instant.astimezone(info)
    return _Change(
        onset=instant.replace(tzinfo=None) + before,
        before=before,
        after=local.utcoffset() or timedelta(),
        daylight=bool(local.dst()),
        name=local.tzname() or info.key,
    )


def _two_rules(changes: list[_Change]) -> list[tuple[_Change, vRecur]] | None:
    if len(changes) != 2 * _YEARS_AHEAD:
        return None
    rules = []
    for kind in (changes[0::2], changes[1::2]):
        rule = _yearly(kind)
        if rule is None:
            return None
        rules.append((kind[0], rule))
    return rules


def _yearly(changes: list[_Change]) -> vRecur | None:
    first = changes[0]
    same = {(c.onset.month, c.onset.weekday(), c.onset.time(), c.before, c.after) for c in changes}
    if len(same) != 1:
        return None
    day = _DAYS[first.onset.weekday()]
    yearly: dict[str, Any] = {"FREQ": "YEARLY", "BYMONTH": first.onset.month}
    weeks = {(c.onset.day - 1) // 7 + 1 for c in changes}
    if all((c.onset + timedelta(days=7)).month != c.onset.month for c in changes):
        return vRecur(**yearly, BYDAY=f"-1{day}")
    if len(weeks) == 1:
        return vRecur(**yearly, BYDAY=f"{weeks.pop()}{day}")
    days = sorted({c.onset.day for c in changes})
    if days[-1] - days[0] > 6:
        return None
    # e.g. "the Saturday before the last Sunday": a run of seven days of the month
    low = min(days[0], days[-1] - 6) if len(days) == 7 else _run_start(first, days)
    return vRecur(**yearly, BYDAY=day, BYMONTHDAY=list(range(low, low + 7)))


def _run_start(change: _Change, days: list[int]) -> int:
    month_end = (change.onset.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = (month_end - timedelta(days=1)).day
    # the week that ends one or two days before the month does (Nuuk, Jerusalem), else as seen
    for low in (last - 7, last - 8):
        if low <= days[0] and days[-1] <= low + 6:
            return low
    return max(1, days[-1] - 6)


def _in_1970s(change: _Change, rule: vRecur) -> _Change:
    """The same observance anchored in 1970, as clients expect of a rule that has always held."""
    day = change.onset.replace(year=1970, day=1)
    months_days = rule.get("BYMONTHDAY")
    code = str(rule["BYDAY"][0])
    matching = [
        day + timedelta(days=n)
        for n in range(31)
        if (day + timedelta(days=n)).month == day.month
        and _DAYS[(day + timedelta(days=n)).weekday()] == code[-2:]
    ]
    if months_days:
        onset = next(d for d in matching if d.day in months_days)
    else:
        nth = int(code[:-2])
        onset = matching[nth if nth < 0 else nth - 1]
    return _Change(onset, change.before, change.after, change.daylight, change.name)
