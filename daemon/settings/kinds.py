"""Kinds of values: how the text of one setting becomes a value, and what is allowed.

Not the settings themselves: table.py says which setting has which kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from daemon.settings.problem import nearest


class Wrong(ValueError):
    """A value that cannot be used. `advice` says what to write instead, where that is known."""

    def __init__(self, text: str, advice: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice


class Kind(Protocol):
    """What one setting accepts."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        ...

    def parse(self, text: str) -> Any:
        """The value; for a setting that fills several fields, a tuple. Raises Wrong."""
        ...

    def show(self, value: Any) -> str:
        """A value as it would be written."""
        ...


_NUMBER = re.compile(r"[0-9]{1,9}")
_NUMBER_WITH_UNIT = re.compile(r"([0-9]{1,9}) *[A-Za-z%]+")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_HALF_DAY = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? *([ap])\.?m\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number with bounds, and with a unit where it has one."""

    low: int
    high: int
    unit: str

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        of = f" of {self.unit}" if self.unit else ""
        return f"a whole number{of} from {self.low} to {self.high}"

    def parse(self, text: str) -> int:
        """The number, inside its bounds."""
        if text[:1] in "-−" and _NUMBER.fullmatch(text[1:]):
            raise Wrong("is below zero.")
        if not _NUMBER.fullmatch(text):
            with_unit = _NUMBER_WITH_UNIT.fullmatch(text)
            raise Wrong(
                "is not a whole number.", f"Write {with_unit[1]} alone." if with_unit else ""
            )
        number = int(text)
        if not self.low <= number <= self.high:
            raise Wrong(f"is outside {self.low} to {self.high} {self.unit}".rstrip() + ".")
        return number

    def show(self, value: int) -> str:
        """The number as written."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of whole numbers, rising."""

    low: int
    high: int
    unit: str

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"rising numbers of {self.unit} from {self.low} to {self.high}, with commas"

    def parse(self, text: str) -> tuple[int, ...]:
        """The numbers; each later than the one before."""
        one = Number(self.low, self.high, self.unit)
        numbers = tuple(one.parse(part.strip()) for part in text.strip("[]").split(","))
        if list(numbers) != sorted(set(numbers)):
            raise Wrong("does not rise from number to number.")
        if len(numbers) > 10:
            raise Wrong("has more than 10 numbers.")
        return numbers

    def show(self, value: tuple[int, ...]) -> str:
        """The numbers as written."""
        return ", ".join(str(number) for number in value)


def minute_of(text: str, *, end: bool = False) -> int:
    """Minutes after midnight of a time like 09:00; 24:00 only where something ends. Raises Wrong."""
    clock = _CLOCK.fullmatch(text)
    if clock:
        hour, minute = int(clock[1]), int(clock[2])
        if minute < 60 and (hour < 24 or (end and hour == 24 and minute == 0)):
            return hour * 60 + minute
        raise Wrong("is not a time of day.")
    half = _HALF_DAY.fullmatch(text)
    if half and 1 <= int(half[1]) <= 12 and int(half[2] or 0) < 60:
        hour = int(half[1]) % 12 + (12 if half[3].lower() == "p" else 0)
        raise Wrong(
            "is not a time from 00:00 to 23:59.", f"Write {hour:02}:{int(half[2] or 0):02}."
        )
    raise Wrong("is not a time from 00:00 to 23:59.")


def clock_of(minute: int) -> str:
    """Minutes after midnight as 09:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time on the clock of the person concerned, as minutes after midnight."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "a time from 00:00 to 23:59"

    def parse(self, text: str) -> int:
        """Minutes after midnight."""
        return minute_of(text)

    def show(self, value: int) -> str:
        """The time as written."""
        return clock_of(value)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Two times of day with a hyphen, over midnight or not; some hours of the day must stay free."""

    free_hours: int = 4

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"two times with a hyphen, leaving at least {self.free_hours} hours of the day"

    def parse(self, text: str) -> tuple[int, int]:
        """From and to, in minutes after midnight."""
        parts = [part.strip() for part in text.replace("–", "-").split("-")]
        if len(parts) != 2:
            raise Wrong("is not two times with a hyphen.")
        try:
            start, end = minute_of(parts[0]), minute_of(parts[1], end=True)
        except Wrong as wrong:
            raise Wrong(wrong.text) from None
        taken = (end - start) % (24 * 60) or 24 * 60
        if taken == 24 * 60:
            raise Wrong("is the whole day, so no letter could ever be sent.")
        if 24 * 60 - taken < self.free_hours * 60:
            raise Wrong(f"leaves less than {self.free_hours} hours of the day.")
        return start, end % (24 * 60)

    def show(self, value: tuple[int, int]) -> str:
        """The stretch as written."""
        return "-".join(clock_of(minute) for minute in value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words. `later` are words of the design that a later version understands;
    `same_as` leads from what people write to the word that is meant."""

    words: tuple[str, ...]
    later: tuple[str, ...] = ()
    same_as: tuple[tuple[str, str], ...] = ()

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        *most, last = self.words
        return f"{', '.join(most)} or {last}" if most else last

    def parse(self, text: str) -> str:
        """The word. Capital letters do not matter."""
        word = text.lower()
        if word in self.words:
            return word
        if word in self.later:
            raise Wrong("comes with a later version.", self._today("Until then"))
        meant = dict(self.same_as).get(word) or nearest(word, (*self.words, *self.later))
        if meant in self.later:
            raise Wrong(
                "is not known.",
                f"Did you mean {meant}? It comes with a later version. "
                + self._today("Until then"),
            )
        if meant:
            raise Wrong("is not known.", f"Did you mean {meant}?")
        raise Wrong("is not known.")

    def _today(self, begin: str) -> str:
        return f"{begin}: {self.allowed}."

    def show(self, value: str) -> str:
        """The word."""
        return value


@dataclass(frozen=True, slots=True)
class YesNo:
    """true or false."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "true or false"

    def parse(self, text: str) -> bool:
        """The truth value; yes and no are understood as well."""
        if text.lower() in ("true", "yes"):
            return True
        if text.lower() in ("false", "no"):
            return False
        raise Wrong("is neither true nor false.")

    def show(self, value: bool) -> str:
        """The word."""
        return "true" if value else "false"


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, on one line."""

    characters_max: int = 100

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"one line of at most {self.characters_max} characters"

    def parse(self, text: str) -> str:
        """The text. Line breaks are refused, because it ends up in mail headers."""
        plain_line(text)
        if len(text) > self.characters_max:
            raise Wrong(f"is longer than {self.characters_max} characters.")
        return text

    def show(self, value: str) -> str:
        """The text."""
        return value


def listed(text: str) -> list[str]:
    """The words of a list with commas, in brackets or not."""
    return [part.strip() for part in text.strip("[]").split(",") if part.strip()]


_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain_line(text: str) -> str:
    """The text, if it holds no line break and nothing invisible that turns text around. Raises Wrong."""
    if _BREAKING.search(text):
        raise Wrong("holds a line break or an invisible character.")
    return text


@dataclass(frozen=True, slots=True)
class Key:
    """A name for machines: small letters, digits and hyphens."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "1 to 40 small letters, digits and hyphens"

    def parse(self, text: str) -> str:
        """The key (RULES 1)."""
        if not re.fullmatch(r"[a-z0-9-]{1,40}", text):
            raise Wrong("is not 1 to 40 small letters, digits and hyphens.")
        return text

    def show(self, value: str) -> str:
        """The key."""
        return value
