"""Agendas: what a 1:1 of some type is for, as blocks of minutes, and what was done and when two met before.

Not topics, which people write (thread.py), and not which type a 1:1 is (daemon/decide/meeting_types.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

from msgspec import Struct

from daemon.domain.people import Role
from daemon.domain.thread import ActionKind

MeetingType = Literal["first", "closing", "catch_up", "career", "monthly_review", "regular"]
TYPES: tuple[MeetingType, ...] = get_args(MeetingType)
"""In their precedence: a first 1:1 that is the last as well is a first one. After a long time the two first tell each
other how they are; a look back or ahead can wait for the next one (daemon/decide/meeting_types.py)."""


class Block(Struct, frozen=True, omit_defaults=True):
    """So many minutes for something, in the words of the program."""

    minutes: int
    words: str


class Agenda(Struct, frozen=True, omit_defaults=True):
    """The blocks of one type, in their order; they are scaled to the length of each 1:1."""

    type: MeetingType
    blocks: tuple[Block, ...]


class Met(Struct, frozen=True, omit_defaults=True):
    """The days, first planned, of the first and the last 1:1 that took place, and of the one `before` the last, of those
    that the lane knows no more."""

    first: date | None = None
    last: date | None = None
    before: date | None = None


class Done(Struct, frozen=True, array_like=True):
    """A to-do that was done, remembered until a 1:1 has looked back on it."""

    owner: Role
    text: str
    at: datetime
    kind: ActionKind = "todo"
    """As in the to-do itself."""
