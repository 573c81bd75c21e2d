"""Hand-over: what a mentee may carry over from an earlier pairing to the one with a new mentor, or with a substitute.

Not what is asked of the mentee, and what follows: daemon/decide/handing_over.py, daemon/decide/carried.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

CarriedKind = Literal["goal", "todo", "note"]


class CarriedLine(Struct, frozen=True, omit_defaults=True):
    """One line of the mentee's own; `letter` names it in the question, `target` is the day that a goal names."""

    letter: str
    kind: CarriedKind
    text: str
    target: date | None = None


class MentorFound(Struct, frozen=True, tag_field="is", tag=True):
    """A pairing of that mentee has become active and has met nobody yet: said to their other pairings."""

    person: str
    program: str
    pairing: str
    mentor: str
    at: datetime


class LinesOffered(Struct, frozen=True, tag_field="is", tag=True):
    """What a pairing that comes to its end has of the mentee's own words, for the mentee to say who may read it. `before`
    is the first name of its mentor, `ended` since when it ends."""

    pairing: str
    before: str
    ended: datetime
    lines: tuple[CarriedLine, ...]
    at: datetime


class Successor(Struct, frozen=True, omit_defaults=True):
    """The pairing with a new mentor, as long as the one before it still runs."""

    pairing: str
    at: datetime


class Arranged(Struct, frozen=True, omit_defaults=True):
    """The pairing of a substitute, as long as the files name it, known `since` then; `agreed_at`: since when both of it
    have said yes."""

    pairing: str
    since: datetime
    agreed_at: datetime | None = None


class SubstitutionOver(Struct, frozen=True, tag_field="is", tag=True):
    """Said to the pairing of a substitute: the files name it no more, or the one that it stands in for has ended."""

    pairing: str
    at: datetime


class Handover(Struct, frozen=True, omit_defaults=True):
    """Lines of an earlier pairing in the new one. `answer_by` is set when they are asked about, `said_at` when that was
    answered; `allowed` are the letters of what the new mentor may read, and has not read yet."""

    pairing: str
    before: str
    ended: datetime
    lines: tuple[CarriedLine, ...]
    at: datetime
    answer_by: datetime | None = None
    said_at: datetime | None = None
    allowed: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[CarriedLine, ...]:
        """What may be read."""
        return tuple(line for line in self.lines if line.letter in self.allowed)
