"""The wording of times: the reader's time first, the partner's in brackets (LETTERS 1.3).

Not arithmetic about meetings: it only words instants that were decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day and month names of one language."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short: int = 3
    plural: str = "s"


CALENDARS = {
    "en": Calendar(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Reading:
    """For whom a time is worded. `partner_zone` is empty when there is nobody to compare with."""

    zone: str
    partner_zone: str = ""
    clock_hours: int = 24
    language: str = "en"

    @property
    def names(self) -> Calendar:
        """Day and month names; English where the language has none of its own yet."""
        return CALENDARS.get(self.language, CALENDARS["en"])


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def city(zone: str) -> str:
    """`America/Argentina/Buenos_Aires` → `Buenos Aires`: cities instead of abbreviations."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def instant(text: str) -> datetime:
    """An RFC 3339 string with an offset as an aware UTC instant; ValueError for anything else."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"an instant needs an offset: {text!r}")
    return value.astimezone(UTC)


def _clock(at: datetime, clock_hours: int) -> str:
    if clock_hours == 24:
        return f"{at.hour:02}:{at.minute:02}"
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def _short_day(at: date, names: Calendar) -> str:
    weekday = names.weekdays[at.weekday()][: names.short]
    return f"{weekday} {at.day} {names.months[at.month - 1][: names.short]}"


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
    shown = _clock(mine, reading.clock_hours)
    if theirs is None:
        # One clock for both: once, without a city. Alone, the city says whose clock it is.
        return shown if reading.partner_zone else f"{shown} {city(reading.zone)}"
    other = f"{_clock(theirs, reading.clock_hours)} {city(reading.partner_zone)}"
    if theirs.date() != mine.date():
        # The next day or the one before: the weekday says which, and a phone has room for no more.
        names = reading.names
        weekday = names.weekdays[theirs.weekday()]
        other = f"{weekday + names.plural if weekly else weekday[: names.short]} {other}"
    return f"{shown} {city(reading.zone)} ({other})"


def when(text: str, reading: Reading) -> str:
    """`Thu 3 Dec, 20:30 Kolkata (16:00 Berlin)`."""
    return f"{day(text, reading)}, {_with_partner(text, reading, weekly=False)}"


def clock(text: str, reading: Reading) -> str:
    """`20:30 Kolkata (16:00 Berlin)`."""
    return _with_partner(text, reading, weekly=False)


def weekly(text: str, reading: Reading) -> str:
    """`Thursdays 20:30 Kolkata (16:00 Berlin)`: the regular time that starts at this instant."""
    return f"{weekday(text, reading)}{reading.names.plural} {_with_partner(text, reading, True)}"


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
    return _short_day(local_date(text, reading), reading.names)


def weekday(text: str, reading: Reading) -> str:
    """`Thursday`."""
    return reading.names.weekdays[local_date(text, reading).weekday()]


def short_date(text: str, reading: Reading) -> str:
    """`3 Dec`."""
    at = local_date(text, reading)
    return f"{at.day} {reading.names.months[at.month - 1][: reading.names.short]}"


def long_date(text: str, reading: Reading) -> str:
    """`3 December`."""
    at = local_date(text, reading)
    return f"{at.day} {reading.names.months[at.month - 1]}"


def full_date(text: str, reading: Reading) -> str:
    """`3 December 2026`, for days that are far away."""
    return f"{long_date(text, reading)} {local_date(text, reading).year}"


def plain(value: object, reading: Reading) -> str:
    """A fact as it is, an instant in words, a list with commas: for facts that may be anything."""
    if isinstance(value, list | tuple):
        return ", ".join(plain(each, reading) for each in value)
    try:
        return when(value, reading) if isinstance(value, str) and len(value) > 15 else str(value)
    except ValueError:
        return str(value)
