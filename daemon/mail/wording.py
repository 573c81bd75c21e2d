"""The wording of rhythms, lists of numbers and stretches of days, for letters.

Not times of day: those are times.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from daemon.mail import times
from daemon.mail.times import Reading

_YEARS_NAMED = timedelta(days=300)
"""A stretch as long as this reads wrong without its years."""
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def spelled(number: int, reading: Reading, form: str = "spelled") -> str:
    """`three`; from eleven on in digits. `form`: another list of numbers of that language, like `feminine`."""
    return reading.words.number(number, form)


def minutes(value: Sequence[int], reading: Reading) -> str:
    """Lengths: `30 minutes`, `30 and 60 minutes in turn`."""
    if len(value) == 1:
        return reading.words.say("rhythms", "minutes", of=value[0])
    lengths = reading.words.listed([str(length) for length in value], "and")
    return reading.words.say("rhythms", "in_turn", lengths=lengths)


def amount(value: tuple[Sequence[int], int, int, int], reading: Reading) -> str:
    """[lengths, weeks, months, sessions]: `30 minutes a week`, `30 minutes every two weeks`, `30 and 60 minutes
    in turn, every week`, `six sessions of 30 minutes`."""
    lengths, weeks, months, sessions = value
    length = minutes(lengths, reading)
    if sessions:
        return reading.words.say("rhythms", "sessions", of=sessions, length=length)
    if len(lengths) == 1 and (weeks, months) in _A_STEP:
        return reading.words.say("rhythms", _A_STEP[weeks, months], length=length)
    name = "rarer" if len(lengths) == 1 else "several"
    often = how_often((weeks, months), reading)
    return reading.words.say("rhythms", name, length=length, often=often)


_A_STEP = {(1, 0): "a_week", (0, 1): "a_month"}


def how_often(value: Sequence[int], reading: Reading) -> str:
    """[weeks, months]: `every week`, `every two weeks`, `once a month`, `every three months`."""
    weeks, months = value
    count, step = (weeks, "week") if weeks else (months, "month")
    if count == 1:
        return reading.words.say("rhythms", f"every_{step}")
    return reading.words.say("rhythms", f"every_{step}s", of=count)


def regular(
    text: str, reading: Reading, weeks: int, months: int, anchor: str, clock: bool = True
) -> str:
    """`Tuesdays 15:00 Berlin (19:30 Kolkata)`, `every second Tuesday, …`, `the first Tuesday of the month, …`.

    Which Tuesday of the month it is, is counted on the calendar of the `anchor` zone, the pair's wall clock.
    Without `clock` only the days: `the first Tuesday of the month`.
    """
    if weeks == 1:
        return times.weekly(text, reading)
    days = _days(text, reading, weeks, months, anchor)
    if not clock:
        return days
    return reading.words.say(
        "rhythms", "regular", days=days, clock=times.regular_clock(text, reading)
    )


def _days(text: str, reading: Reading, weeks: int, months: int, anchor: str) -> str:
    here = times.local_date(text, reading)
    if weeks:
        name = "every_second" if weeks == 2 else "every_weeks_on"
        return reading.words.on_weekday("rhythms", name, here.weekday(), of=weeks)
    there = times.local_date(text, replace(reading, zone=anchor))
    number = there.weekday()
    nth = reading.words.on_weekday("rhythms", _NTH[_nth(there)], number)
    beside = "itself" if here == there else "day_after" if here > there else "day_before"
    nth = reading.words.on_weekday("rhythms", beside, number, nth=nth)
    often = "of_month" if months == 1 else "of_months"
    return reading.words.on_weekday("rhythms", often, number, of=months, nth=nth)


def _nth(day: date) -> int:
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def numbers(value: Sequence[Mapping[str, Any]], reading: Reading) -> str:
    """The numbers of slots: `1, 2 or 3`."""
    return reading.words.listed([str(slot["number"]) for slot in value], "or")


def people(value: Sequence[str], reading: Reading) -> str:
    """Names in a row: `Maya`, `Maya and Tom`, `Maya, Tom and Eva`."""
    return reading.words.listed(value, "and")


def days(value: Sequence[str], reading: Reading) -> str:
    """[first, last]: `on 10 December`, `from 10 to 24 December`, `from 20 December to 3 January`."""
    first, last = value
    if first == last:
        return reading.words.say("stretches", "one_day", first=times.long_date(first, reading))
    if date.fromisoformat(last) - date.fromisoformat(first) > _YEARS_NAMED:
        begins, ends = (times.full_date(each, reading) for each in (first, last))
        return reading.words.say("stretches", "days", first=begins, last=ends)
    ends = times.long_date(last, reading)
    if first[:7] == last[:7]:
        begins = times.day_number(date.fromisoformat(first), reading.words)
        return reading.words.say("stretches", "in_one_month", first=begins, last=ends)
    begins = times.long_date(first, reading)
    return reading.words.say("stretches", "days", first=begins, last=ends)


def shifted(minutes: int, reading: Reading) -> str:
    """`One hour earlier than usual`."""
    amount = abs(minutes)
    much = reading.words.say("rhythms", "minutes", of=amount)
    if amount % 60 == 0:
        much = reading.words.say("shifts", "hours", of=amount // 60)
    said = reading.words.say("shifts", "earlier" if minutes < 0 else "later", much=much)
    return said[:1].upper() + said[1:]


def city(zone: str, reading: Reading) -> str:
    """`Asia/Kolkata` → `Kolkata`."""
    return reading.words.city(zone)


def translated(text: str, reading: Reading) -> str:
    """A text of a program or a bank in the reader's language, as it stands there where it is in no other."""
    return reading.words.texts.get(text, text)


def language(code: str, reading: Reading) -> str:
    """`pt` → `Portuguese`; the code itself for a language without a name here."""
    return reading.words.language_name(code)
