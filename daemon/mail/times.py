"""The wording of times: the reader's time first, the partner's in brackets (LETTERS 1.3).

Not arithmetic about meetings: it only words instants that were decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from daemon.mail.words import Words, english


@dataclass(frozen=True, slots=True)
class Reading:
    """For whom a time is worded. `partner_zone` is empty when there is nobody to compare with."""

    zone: str
    partner_zone: str = ""
    clock_hours: int = 24
    words: Words = field(default_factory=english)


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def city(zone: str) -> str:
    """The city of a zone, for whoever reads in no letter."""
    return english().city(zone)


def instant(text: str) -> datetime:
    """An RFC 3339 string with an offset as an aware UTC instant; ValueError for anything else."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"an instant needs an offset: {text!r}")
    return value.astimezone(UTC)


def _clock(at: datetime, reading: Reading) -> str:
    if reading.clock_hours == 24:
        return f"{at.hour:02}:{at.minute:02}"
    half = reading.words.say("times", "am" if at.hour < 12 else "pm")
    return f"{at.hour % 12 or 12}:{at.minute:02} {half}"


def _date(name: str, at: date, words: Words) -> str:
    """A date as that pattern has it."""
    return words.on_weekday(
        "times", name, at.weekday(), day=day_number(at, words), month=words.months[at.month - 1],
        month_short=words.months_short[at.month - 1], year=str(at.year),
    )  # fmt: skip


def day_number(at: date, words: Words) -> str:
    """`3`; what the first of a month is called is the language's own."""
    return words.say("times", "first_of_month") if at.day == 1 else str(at.day)


def _partner_time(text: str, reading: Reading) -> tuple[datetime, datetime | None]:
    """Local time of the reader, and of the partner unless both clocks show the same that day."""
    at = instant(text)
    mine = at.astimezone(_zone(reading.zone))
    if not reading.partner_zone:
        return mine, None
    theirs = at.astimezone(_zone(reading.partner_zone))
    return mine, None if theirs.utcoffset() == mine.utcoffset() else theirs


def _with_partner(text: str, reading: Reading, weekly: bool) -> str:
    """Clock and city, with the partner's clock (and day, where it is another one) in brackets."""
    mine, theirs = _partner_time(text, reading)
    shown, words = _clock(mine, reading), reading.words
    city = words.city(reading.zone)
    if theirs is None:
        # One clock for both: once, without a city. Alone, the city says whose clock it is.
        return (
            shown if reading.partner_zone else words.say("times", "alone", clock=shown, city=city)
        )
    other = words.say(
        "times", "other", clock=_clock(theirs, reading), city=words.city(reading.partner_zone)
    )
    if theirs.date() != mine.date():
        # The next day or the one before: the weekday says which, and a phone has room for no more.
        name = "other_weekly" if weekly else "other_day"
        other = words.on_weekday("times", name, theirs.weekday(), other=other)
    return words.say("times", "both", clock=shown, city=city, other=other)


def when(text: str, reading: Reading) -> str:
    """`Thu 3 Dec, 20:30 Kolkata (16:00 Berlin)`."""
    clock = _with_partner(text, reading, weekly=False)
    return reading.words.say("times", "when", day=day(text, reading), clock=clock)


def clock(text: str, reading: Reading) -> str:
    """`20:30 Kolkata (16:00 Berlin)`."""
    return _with_partner(text, reading, weekly=False)


def weekly(text: str, reading: Reading) -> str:
    """`Thursdays 20:30 Kolkata (16:00 Berlin)`: the regular time that starts at this instant."""
    clock = _with_partner(text, reading, weekly=True)
    number = local_date(text, reading).weekday()
    return reading.words.on_weekday("times", "weekly", number, clock=clock)


def regular_clock(text: str, reading: Reading) -> str:
    """`20:30 Kolkata (16:00 Berlin)` of what comes round: another day of the partner is `(Fridays 04:00 Taipei)`."""
    return _with_partner(text, reading, weekly=True)


def local_date(text: str, reading: Reading) -> date:
    """The day of an instant on the reader's calendar; a date is itself."""
    if len(text) == 10:
        return date.fromisoformat(text)
    return instant(text).astimezone(_zone(reading.zone)).date()


def day(text: str, reading: Reading) -> str:
    """`Thu 3 Dec`, of an instant (on the reader's calendar) or of a date."""
    return _date("day", local_date(text, reading), reading.words)


def weekday(text: str, reading: Reading) -> str:
    """`Thursday`."""
    return reading.words.weekdays[local_date(text, reading).weekday()]


def short_date(text: str, reading: Reading) -> str:
    """`3 Dec`."""
    return _date("short_date", local_date(text, reading), reading.words)


def long_date(text: str, reading: Reading) -> str:
    """`3 December`."""
    return _date("long_date", local_date(text, reading), reading.words)


def full_date(text: str, reading: Reading) -> str:
    """`3 December 2026`, for days that are far away."""
    return _date("full_date", local_date(text, reading), reading.words)


def plain(value: object, reading: Reading) -> str:
    """A fact as it is, an instant in words, a list with commas: for facts that may be anything."""
    if isinstance(value, list | tuple):
        between = reading.words.say("lists", "between")
        return between.join(plain(each, reading) for each in value)
    try:
        return when(value, reading) if isinstance(value, str) and len(value) > 15 else str(value)
    except ValueError:
        return str(value)
