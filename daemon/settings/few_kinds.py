"""Kinds of values that pick a few out of a few: words or numbers from a short list, and so many of the last so many.

Not single words or numbers: those are in kinds.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from daemon.settings.kinds import Choice, Number, Numbers, Wrong, listed

REMEMBERED = 8
"""Of so many 1:1s the ladder remembers by whom they fell out (daemon/decide/ladder.py)."""
AUTO = "auto"
NEVER = "never"
NONE = "none"

_SHARE = re.compile(r"([0-9]{1,3}) *(?:of|out of|/|in)(?: the)?(?: last)? *([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Share:
    """So many of the last so many."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"so many of the last so many 1:1s, {REMEMBERED} at most, like 2 of 6; or {NEVER}"

    def parse(self, text: str) -> tuple[int, int]:
        """How many, of how many; (0, …) for never."""
        plain = " ".join(text.lower().split())
        if plain == NEVER:
            return (0, REMEMBERED)
        found = _SHARE.fullmatch(plain)
        if not found:
            raise Wrong("is not so many of so many.")
        count, of_last = int(found[1]), int(found[2])
        if of_last > REMEMBERED:
            raise Wrong(f"looks back further than {REMEMBERED} 1:1s.")
        if count > of_last:
            turned = f"Did you mean {of_last} of {count}?" if count <= REMEMBERED else ""
            raise Wrong("is more than there are.", turned)
        if count == 0:
            raise Wrong("would always be reached.", f"Write {NEVER}, if it is never to be asked.")
        return (count, of_last)

    def show(self, value: tuple[int, int]) -> str:
        """The share as written."""
        return f"{value[0]} of {value[1]}" if value[0] else NEVER


@dataclass(frozen=True, slots=True)
class DaysOrNever:
    """A number of days with bounds, or 0 for never."""

    low: int
    high: int

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"a whole number of days from {self.low} to {self.high}, or 0"

    def parse(self, text: str) -> int:
        """The days, 0 for never."""
        return 0 if text == "0" else Number(self.low, self.high, "days, and is not 0").parse(text)

    def show(self, value: int) -> str:
        """The number as written."""
        return str(value)


@dataclass(frozen=True, slots=True)
class NumberOrAuto:
    """A number with bounds, or auto: what fits is found out."""

    low: int
    high: int
    unit: str

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"{Number(self.low, self.high, self.unit).allowed}, or {AUTO}"

    def parse(self, text: str) -> int | None:
        """The number, None for auto."""
        return None if text == AUTO else Number(self.low, self.high, self.unit).parse(text)

    def show(self, value: int | None) -> str:
        """The number as written."""
        return AUTO if value is None else str(value)


@dataclass(frozen=True, slots=True)
class NumbersOrNone(Numbers):
    """A list of whole numbers, rising; or none of them."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"{Numbers(self.low, self.high, self.unit).allowed}, or {NONE}"

    def parse(self, text: str) -> tuple[int, ...]:
        """The numbers; each later than the one before."""
        plain = text.lower()
        return () if plain == NONE else Numbers(self.low, self.high, self.unit).parse(plain)

    def show(self, value: tuple[int, ...]) -> str:
        """The numbers as written."""
        return ", ".join(str(number) for number in value) or NONE


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few numbers."""

    numbers: tuple[int, ...]
    unit: str

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        first = ", ".join(str(number) for number in self.numbers[:-1])
        return f"{first} or {self.numbers[-1]} {self.unit}"

    def parse(self, text: str) -> int:
        """The number."""
        number = Number(self.numbers[0], self.numbers[-1], self.unit).parse(text)
        if number not in self.numbers:
            raise Wrong(f"is none of {self.allowed}.")
        return number

    def show(self, value: int) -> str:
        """The number as written."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Words:
    """Some of a few words, with commas. `pairs` leads from each word to the value it stands for."""

    pairs: tuple[tuple[str, str], ...]
    same_as: tuple[tuple[str, str], ...] = ()

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"some of {', '.join(word for word, _ in self.pairs)}, with commas"

    def parse(self, text: str) -> tuple[str, ...]:
        """The values, each once."""
        values = dict(self.pairs)
        one = Choice(tuple(values), same_as=self.same_as)
        words = listed(text)
        return tuple(dict.fromkeys(values[one.parse(word)] for word in words))

    def show(self, value: tuple[str, ...]) -> str:
        """The words as written."""
        return ", ".join(word for word, meant in self.pairs if meant in value)
