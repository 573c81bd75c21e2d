"""The wording of rhythms, lists of numbers and stretches of days, for letters.

Not times of day: those are times.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from daemon.mail import times
from daemon.mail.times import Reading

_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def _spelled(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def rhythm(value: Sequence[int], _: Reading) -> str:
    """[weeks, months, sessions] behind a length: `30 minutes a week`, `… every two weeks`, `… a month`."""
    weeks, months, sessions = value
    if sessions:
        return f"in each of {_spelled(sessions)} sessions"
    count, unit = (weeks, "week") if weeks else (months, "month")
    return f"a {unit}" if count == 1 else f"every {_spelled(count)} {unit}s"


def how_often(value: Sequence[int], _: Reading) -> str:
    """[weeks, months]: `every week`, `every two weeks`, `once a month`, `every three months`."""
    weeks, months = value
    if weeks:
        return "every week" if weeks == 1 else f"every {_spelled(weeks)} weeks"
    return "once a month" if months == 1 else f"every {_spelled(months)} months"


def regular(text: str, reading: Reading, weeks: int, months: int) -> str:
    """`Tuesdays 15:00 Berlin (19:30 Kolkata)`, `every second Tuesday, …`, `the first Tuesday of the month, …`."""
    if weeks == 1:
        return times.weekly(text, reading)
    day, clock = times.weekday(text, reading), times.clock(text, reading)
    if weeks:
        which = "every second" if weeks == 2 else f"every {_spelled(weeks)} weeks on"
        return f"{which} {day}, {clock}"
    nth = _NTH[_nth(times.local_date(text, reading))]
    month = "month" if months == 1 else f"month, every {_spelled(months)} months"
    return f"the {nth} {day} of the {month}, {clock}"


def _nth(day: date) -> int:
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def numbers(value: Sequence[Mapping[str, Any]], _: Reading) -> str:
    """The numbers of slots: `1, 2 or 3`."""
    shown = [str(slot["number"]) for slot in value]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def days(value: Sequence[str], reading: Reading) -> str:
    """[first, last]: `on 10 December`, `from 10 to 24 December`, `from 20 December to 3 January`."""
    first, last = value
    if first == last:
        return f"on {times.long_date(first, reading)}"
    begins = times.long_date(first, reading)
    if first[:7] == last[:7]:
        begins = str(date.fromisoformat(first).day)
    return f"from {begins} to {times.long_date(last, reading)}"


def shifted(minutes: int, _: Reading) -> str:
    """`One hour earlier than usual`."""
    amount = abs(minutes)
    much = "One hour" if amount == 60 else f"{amount} minutes"
    if amount > 60 and amount % 60 == 0:
        much = f"{_spelled(amount // 60).capitalize()} hours"
    return f"{much} {'earlier' if minutes < 0 else 'later'} than usual"


def city(zone: str, _: Reading) -> str:
    """`Asia/Kolkata` → `Kolkata`."""
    return times.city(zone)
