"""Rhythm: when the occurrences of a series are, by its pattern and range.

Not which of them were moved or deleted: items.py.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from tests.servers.exchange.soap import Element, Refused, child, local, text_of

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKS = ("First", "Second", "Third", "Fourth", "Last")
YEARS_MOST = 5
"""So far an endless series is followed."""


def days_of(recurrence: Element) -> Iterator[date]:
    """The days of its pattern, in order, within its range."""
    pattern, limits = recurrence[0], recurrence[1]
    first = date.fromisoformat(text_of(limits, "StartDate")[:10])
    last = first + timedelta(days=366 * YEARS_MOST)
    if local(limits) == "EndDateRecurrence":
        last = date.fromisoformat(text_of(limits, "EndDate")[:10])
    most = int(text_of(limits, "NumberOfOccurrences") or 9999)
    for number, day in enumerate(_endless(pattern, first)):
        if day > last or number >= most:
            return
        yield day


def _endless(pattern: Element, first: date) -> Iterator[date]:
    interval = int(text_of(pattern, "Interval") or 1)
    match local(pattern):
        case "DailyRecurrence":
            yield from (first + timedelta(days=interval * step) for step in count())
        case "WeeklyRecurrence":
            yield from _weekly(pattern, first, interval)
        case "AbsoluteMonthlyRecurrence" | "RelativeMonthlyRecurrence":
            for step in count():
                month = first.month - 1 + step * interval
                day = _in_month(pattern, first.year + month // 12, month % 12 + 1)
                if day >= first:
                    yield day
        case other:
            raise Refused("ErrorInvalidRecurrence", f"{other} is not played here")


def _weekly(pattern: Element, first: date, interval: int) -> Iterator[date]:
    wanted = {DAYS.index(name) for name in text_of(pattern, "DaysOfWeek").split()}
    begins = DAYS.index(text_of(pattern, "FirstDayOfWeek") or "Monday")
    week = first - timedelta(days=(first.weekday() - begins) % 7)
    for step in count():
        for offset in range(7):
            day = week + timedelta(days=7 * interval * step + offset)
            if day >= first and day.weekday() in wanted:
                yield day


def _in_month(pattern: Element, year: int, month: int) -> date:
    last = monthrange(year, month)[1]
    if child(pattern, "DayOfMonth") is not None:
        return date(year, month, min(int(text_of(pattern, "DayOfMonth")), last))
    weekday = DAYS.index(text_of(pattern, "DaysOfWeek"))
    index = WEEKS.index(text_of(pattern, "DayOfWeekIndex"))
    days = [day for day in range(1, last + 1) if date(year, month, day).weekday() == weekday]
    return date(year, month, days[-1 if index == 4 else index])
