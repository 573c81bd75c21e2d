"""What a pair writes: notes, agenda lines, actions and goals.

Not letters: these are the words kept for the pair, never shown to an admin.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from daemon.domain.meeting import Origin
from daemon.domain.people import Role

ActionKind = Literal["todo", "intro", "chance"]
"""What its text is: something to do, whom the mentor wants to introduce the mentee to, or a chance to keep an eye on."""


class Note(Struct, frozen=True, omit_defaults=True):
    """A dated note about one meeting, with the `links` in it. `private` notes are in no letter to anyone but
    their author."""

    origin: Origin
    author: Role
    text: str
    at: datetime
    private: bool = False
    copied: bool = False
    links: tuple[str, ...] = ()
    by: str = ""
    """Of a group: which member wrote it, by id; its text begins with the name."""


class SharedLink(Struct, frozen=True, array_like=True):
    """A link in a note or a topic, and whose words those were."""

    url: str
    author: Role
    at: datetime


class AgendaLine(Struct, frozen=True, omit_defaults=True):
    """What one side wants to talk about at one meeting; `shown` once the partner's prep or a copy has it."""

    origin: Origin
    author: Role
    text: str
    at: datetime
    shown: bool = False
    by: str = ""
    """As in a note."""


class OwnLine(Struct, frozen=True, omit_defaults=True):
    """A line that its author alone reads in the own next prep."""

    author: Role
    text: str
    at: datetime


class Action(Struct, frozen=True, omit_defaults=True):
    """A to-do named by a letter (a, b, c …); `by` is who wrote it down, `shown` once a letter has shown it to the
    other one."""

    letter: str
    owner: Role
    text: str
    at: datetime
    done_at: datetime | None = None
    by: Role = "mentee"
    shown: bool = False
    through: int = 0
    """Through how many 1:1s it has been open, where the program looks at homework."""
    smaller_asked: bool = False
    kind: ActionKind = "todo"


class Goal(Struct, frozen=True, omit_defaults=True):
    """What the pair sets out for, and who wrote it down. `letter` names it among the to-dos, where the program asks for
    goals; `target` is the day around which it is asked about."""

    by: Role
    text: str
    at: datetime
    letter: str = ""
    target: date | None = None
    done_at: datetime | None = None
