"""Kinds of values that lie on a calendar: dates, weekly times, working hours.

Not arithmetic with them: whether a time suits a pairing is checked in suits.py.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Hours
from daemon.domain.value import replace
from daemon.settings.day_words import clock_meant, weekday_meant
from daemon.settings.kinds import Wrong, clock_of, minute_of

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def weekday_of(text: str) -> int | None:
    """0 for Mon, Monday or mon; None for anything else."""
    word = text.strip().lower().rstrip(".")
    for number, long in enumerate(_LONG):
        if len(word) >= 3 and long.startswith(word):
            return number
    return None


_WHICH = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "last": -1,
}  # fmt: skip
_FIFTH = ("fifth", "5th")


def which_of(nth: int) -> str:
    """The word for one of a month's weekdays, with its space; empty where weeks are counted."""
    return next((f"{word} " for word, number in _WHICH.items() if number == nth), "")


def _weekly_advice(text: str, which: str, day: str, clock: str) -> str:
    """What to write where no weekday and no time are understood: those that stand there, if they do."""
    known = weekday_of(day)
    weekday = weekday_meant(day) if known is None else known
    if weekday is not None:
        begin = f"{which_of(_WHICH.get(which, 0))}{DAYS[weekday]}"
        return f"Write it like this: {begin} {clock_meant(clock.strip()) or '15:00'}."
    try:
        return f"Write its weekday as well: Tue {clock_of(minute_of(text))}."
    except Wrong:
        return "Write it like this: Tue 15:00."


@lru_cache(maxsize=1024)
def _regular_time(text: str) -> RegularTime:
    first, _, rest = text.partition(" ")
    which = first.lower() if first.lower() in (*_WHICH, *_FIFTH) else ""
    day, _, clock = (rest.strip() if which else text).partition(" ")
    weekday = weekday_of(day)
    advice = _weekly_advice(text, which, day, clock)
    if weekday is None or not clock:
        raise Wrong("is not a weekday and a time.", advice)
    try:
        minute = minute_of(clock.strip())
    except Wrong:
        raise Wrong("is not a weekday and a time.", advice) from None
    if which in _FIFTH:
        raise Wrong(
            "does not exist in every month.",
            f"Write last {DAYS[weekday]} {clock_of(minute)}: the fifth or, without one, the fourth.",
        )
    return RegularTime(weekday, minute // 60, minute % 60, _WHICH.get(which, 0))


@dataclass(frozen=True, slots=True)
class Weekly:
    """One time of the week, or of the month."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return (
            "a weekday and a time, like Tue 15:00; with monthly and quarterly also which one: "
            "first, second, third, fourth or last Tue 15:00"
        )

    def parse(self, text: str) -> RegularTime:
        """Weekday and wall clock, in the anchor zone of the pairing."""
        return _regular_time(text)

    def show(self, value: RegularTime) -> str:
        """The time as written."""
        return f"{which_of(value.nth)}{DAYS[value.weekday]} {value.hour:02}:{value.minute:02}"


@dataclass(frozen=True, slots=True)
class WeekdayTime:
    """One time of the week, whatever the rhythm."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "a weekday and a time, like Thu 16:00"

    def parse(self, text: str) -> RegularTime:
        """Weekday and wall clock, in the anchor zone of the pairing. Raises Wrong."""
        found = _regular_time(text)
        if found.nth:
            alone = Weekly().show(replace(found, nth=0))
            raise Wrong("names a week of the month, and it is of any week.", f"Write {alone}.")
        return found

    def show(self, value: RegularTime) -> str:
        """The time as written."""
        return Weekly().show(value)


@dataclass(frozen=True, slots=True)
class Day:
    """One date."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "a date as YYYY-MM-DD"

    def parse(self, text: str) -> date:
        """The date. Every other order of its parts is refused with the date to write."""
        iso = _ISO.fullmatch(text)
        if not iso:
            raise Wrong("is not a date as YYYY-MM-DD.", _iso_advice(text))
        year, month, day = (int(part) for part in iso.groups())
        _check_exists(year, month, day)
        written = date(year, month, day)
        if text != written.isoformat():
            raise Wrong("is not a date as YYYY-MM-DD.", f"Write {written}.")
        return written

    def show(self, value: date) -> str:
        """The date as written."""
        return value.isoformat()


def _check_exists(year: int, month: int, day: int) -> None:
    if not 2000 <= year <= 2099:
        raise Wrong("is not a date in this century.")
    if not 1 <= month <= 12:
        raise Wrong(f"does not exist: there is no month {month}.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Wrong(
            f"does not exist: {MONTHS[month - 1]} {year} has {last} days.",
            f"Did you mean {year}-{month:02}-{last}?",
        )


def _iso_advice(text: str) -> str:
    written = _dates_meant(text)
    if len(written) == 2:
        either = " or ".join(f"{each} ({_in_words(each)})" for each in written)
        return f"Write {either}."
    return f"Write {written[0]}." if written else ""


def date_meant(text: str) -> date | None:
    """The one date that this can be, in whatever order of its parts; None where there are two or none."""
    written = _dates_meant(text)
    return written[0] if len(written) == 1 else None


def _dates_meant(text: str) -> list[date]:
    first, last = _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text), _YEAR_LAST.fullmatch(text)
    if first:
        candidates = [(int(first[1]), int(first[2]), int(first[3]))]
    elif last:
        a, b, year = (int(part) for part in last.groups())
        candidates = [(year, b, a), (year, a, b)]
    else:
        return []
    written = []
    for year, month, day in candidates:
        try:
            _check_exists(year, month, day)
        except Wrong:
            continue
        written.append(date(year, month, day))
    # with dots the day stands first, in every country that writes dots
    return list(dict.fromkeys(written))[: 1 if "." in text else 2]


def _in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_in_words(day: date) -> str:
    """A date for people: 30 June 2027."""
    return f"{_in_words(day)} {day.year}"


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Stretches of a week, like `Mon-Fri 09:00-18:00`."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "days and times, like Mon-Fri 09:00-18:00"

    def parse(self, text: str) -> tuple[Hours, ...]:
        """One stretch per weekday named."""
        days, _, times = text.replace("–", "-").rpartition(" ")
        weekdays = _weekdays(days.strip())
        start_text, _, end_text = times.partition("-")
        if not weekdays or not end_text:
            raise Wrong("is not days and times.", "Write it like this: Mon-Fri 09:00-18:00.")
        try:
            start, end = minute_of(start_text), minute_of(end_text, end=True)
        except Wrong as wrong:
            raise Wrong(wrong.text, "Write it like this: Mon-Fri 09:00-18:00.") from None
        if end <= start:
            raise Wrong(
                "ends before it begins.",
                "Hours over midnight are two entries: Fri 22:00-24:00 and Sat 00:00-02:00.",
            )
        return tuple(Hours(weekday, start, end) for weekday in weekdays)

    def show(self, value: tuple[Hours, ...]) -> str:
        """The hours as written, days of equal times together."""
        by_times: dict[tuple[int, int], list[int]] = {}
        for each in value:
            by_times.setdefault((each.from_minute, each.to_minute), []).append(each.weekday)
        return ", ".join(
            f"{_day_names(days)} {clock_of(start)}-{clock_of(end)}"
            for (start, end), days in by_times.items()
        )


def _day_names(days: list[int]) -> str:
    if len(days) == 7:
        return "every day"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
    return ",".join(DAYS[day] for day in days)


def _weekdays(text: str) -> tuple[int, ...]:
    if text.lower() in ("every day", "daily"):
        return tuple(range(7))
    found: list[int] = []
    for part in text.split(","):
        first_text, hyphen, last_text = part.partition("-")
        first = weekday_of(first_text)
        last = weekday_of(last_text) if hyphen else first
        if first is None or last is None:
            return ()
        found.extend((first + step) % 7 for step in range((last - first) % 7 + 1))
    return tuple(dict.fromkeys(found))
