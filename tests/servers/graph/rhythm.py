"""Rhythm: when the occurrences of a series are, by its pattern and range; and zones by their names.

Not which of them were moved or deleted: events.py.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, islice, takewhile
from zoneinfo import ZoneInfo

from dateutil import rrule
from tzlocal.windows_tz import win_tz

from tests.servers.graph.faults import Json, Refused

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKS = ("first", "second", "third", "fourth", "last")
_DAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
YEARS_MOST = 5
"""So far an endless series is followed."""


def zone(name: str) -> ZoneInfo:
    """By its name in Windows, or of IANA. Raises Refused."""
    try:
        return ZoneInfo(win_tz.get(name, name))
    except (ValueError, OSError, KeyError) as why:
        raise Refused(400, "ErrorInvalidTimeZone", f"{name} is no time zone") from why


def days_of(recurrence: Json) -> Iterator[date]:
    """The days of its pattern, in order, within its range."""
    limits = recurrence["range"]
    first = date.fromisoformat(limits["startDate"])
    last = first + timedelta(days=366 * YEARS_MOST)
    if limits["type"] == "endDate":
        last = date.fromisoformat(limits["endDate"])
    days = takewhile(lambda day: day <= last, _endless(recurrence["pattern"], first))
    return islice(days, limits["numberOfOccurrences"] if limits["type"] == "numbered" else None)


def _endless(pattern: Json, first: date) -> Iterator[date]:
    interval, begins = int(pattern["interval"]), datetime.combine(first, time())
    days = [_DAYS[DAYS.index(name)] for name in pattern.get("daysOfWeek", ())]
    match pattern["type"]:
        case "daily":
            found = iter(rrule.rrule(rrule.DAILY, begins, interval))
        case "weekly":
            week = _DAYS[DAYS.index(pattern.get("firstDayOfWeek", "sunday"))]
            found = iter(rrule.rrule(rrule.WEEKLY, begins, interval, wkst=week, byweekday=days))
        case "relativeMonthly":
            nth = (1, 2, 3, 4, -1)[WEEKS.index(pattern.get("index", "first"))]
            found = iter(rrule.rrule(rrule.MONTHLY, begins, interval, byweekday=[day(nth) for day in days]))  # fmt: skip
        case "absoluteMonthly":
            return _on_that_day(first, interval, int(pattern["dayOfMonth"]))
        case other:
            raise Refused(400, "ErrorInvalidRequest", f"{other} is not played here")
    return (each.date() for each in found)


def _on_that_day(first: date, interval: int, wanted: int) -> Iterator[date]:
    """A month that is too short has it on its last day."""
    for step in count():
        month = first.month - 1 + step * interval
        year, month = first.year + month // 12, month % 12 + 1
        day = date(year, month, min(wanted, monthrange(year, month)[1]))
        if day >= first:
            yield day
