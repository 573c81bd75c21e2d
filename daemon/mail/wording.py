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

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_YEARS_NAMED = timedelta(days=300)
"""A stretch as long as this reads wrong without its years."""
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def spelled(number: int, _: Reading) -> str:
    """`three`; from eleven on in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def minutes(value: Sequence[int], _: Reading) -> str:
    """Lengths: `30 minutes`, `30 and 60 minutes in turn`."""
    shown = [str(length) for length in value]
    if len(shown) == 1:
        return f"{shown[0]} minutes"
    return f"{', '.join(shown[:-1])} and {shown[-1]} minutes in turn"


def amount(value: tuple[Sequence[int], int, int, int], reading: Reading) -> str:
    """[lengths, weeks, months, sessions]: `30 minutes a week`, `30 minutes every two weeks`, `30 and 60 minutes
    in turn, every week`, `six sessions of 30 minutes`."""
    lengths, weeks, months, sessions = value
    length = minutes(lengths, reading)
    if sessions:
        return f"{spelled(sessions, reading)} session{'' if sessions == 1 else 's'} of {length}"
    often = how_often((weeks, months), reading)
    if len(lengths) > 1:
        return f"{length}, {often}"
    return f"{length} {_A_STEP.get(often, often)}"


_A_STEP = {"every week": "a week", "once a month": "a month"}


def how_often(value: Sequence[int], reading: Reading) -> str:
    """[weeks, months]: `every week`, `every two weeks`, `once a month`, `every three months`."""
    weeks, months = value
    if weeks:
        return "every week" if weeks == 1 else f"every {spelled(weeks, reading)} weeks"
    return "once a month" if months == 1 else f"every {spelled(months, reading)} months"


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
    return f"{days}, {times.regular_clock(text, reading)}" if clock else days


def _days(text: str, reading: Reading, weeks: int, months: int, anchor: str) -> str:
    if weeks:
        which = "every second" if weeks == 2 else f"every {spelled(weeks, reading)} weeks on"
        return f"{which} {times.weekday(text, reading)}"
    counted = replace(reading, zone=anchor)
    here, there = times.local_date(text, reading), times.local_date(text, counted)
    beside = "" if here == there else f"the day {'after' if here > there else 'before'} "
    nth = f"{beside}the {_NTH[_nth(there)]} {times.weekday(text, counted)}"
    often = "of the month" if months == 1 else f"every {spelled(months, reading)} months"
    return f"{nth} {often}"


def _nth(day: date) -> int:
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def numbers(value: Sequence[Mapping[str, Any]], _: Reading) -> str:
    """The numbers of slots: `1, 2 or 3`."""
    shown = [str(slot["number"]) for slot in value]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def people(value: Sequence[str], _: Reading) -> str:
    """Names in a row: `Maya`, `Maya and Tom`, `Maya, Tom and Eva`."""
    *most, last = value
    return f"{', '.join(most)} and {last}" if most else last


def days(value: Sequence[str], reading: Reading) -> str:
    """[first, last]: `on 10 December`, `from 10 to 24 December`, `from 20 December to 3 January`."""
    first, last = value
    if first == last:
        return f"on {times.long_date(first, reading)}"
    if date.fromisoformat(last) - date.fromisoformat(first) > _YEARS_NAMED:
        return f"from {times.full_date(first, reading)} to {times.full_date(last, reading)}"
    begins = times.long_date(first, reading)
    if first[:7] == last[:7]:
        begins = str(date.fromisoformat(first).day)
    return f"from {begins} to {times.long_date(last, reading)}"


def shifted(minutes: int, reading: Reading) -> str:
    """`One hour earlier than usual`."""
    amount = abs(minutes)
    much = f"{amount} minutes"
    if amount % 60 == 0:
        hours = amount // 60
        much = f"{spelled(hours, reading).capitalize()} hour{'' if hours == 1 else 's'}"
    return f"{much} {'earlier' if minutes < 0 else 'later'} than usual"


def city(zone: str, _: Reading) -> str:
    """`Asia/Kolkata` → `Kolkata`."""
    return times.city(zone)


LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language(code: str, _: Reading) -> str:
    """`pt` → `Portuguese`; the code itself for a language without a name here."""
    return LANGUAGES.get(code.partition("-")[0], code)
