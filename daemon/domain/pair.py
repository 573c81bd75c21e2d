"""What a pair agreed on, said and did, as far as a lane has to remember it.

Not their words (thread.py), their meetings (meeting.py) or what is asked of them (proposal.py, question.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from daemon.domain.cadence import RegularTime, Step
from daemon.domain.meeting import Meeting
from daemon.domain.people import Days, Role
from daemon.domain.proposal import Proposal


class Agreed(Struct, frozen=True):
    """What the pair agreed on: it wins over the files, unless the program locks it (RULES 1).

    None or empty: nothing was agreed. `seeking`: a new regular time is looked for, and none holds.
    `open_ended` means that they agreed to go on without an end.
    """

    at: RegularTime | None = None
    seeking: bool = False
    step: Step | None = None
    lengths_minutes: tuple[int, ...] = ()
    ends: date | None = None
    open_ended: bool = False
    mentor_zone: str = ""
    mentee_zone: str = ""


class Pause(Struct, frozen=True):
    """Nothing takes place. `until` is the first date after it, None until RESUME or the admin ends it.
    `ended_by` is who ended it before its date, `ended_at` when it was over."""

    since: datetime
    until: date | None
    by: Role | Literal["admin", "silence"]
    told_long: bool = False
    ended_by: Role | Literal["", "admin"] = ""
    ended_at: datetime | None = None


class Absence(Struct, frozen=True):
    """One of the two is away on these days, on that person's own calendar."""

    role: Role
    days: Days
    at: datetime
    source: Literal["reply", "calendar"] = "reply"


class Undo(Struct, frozen=True):
    """What can still be taken back, by whom and until when. `before` is the meeting as it was.

    `what` names the command that would be undone; `name` the meeting, words, actions or absence it is about;
    `mail` the mail it was said in, as the letter that answers it is named.
    """

    what: Literal["moved", "skip", "move", "words", "done", "away", "pause"]
    role: Role
    at: datetime
    until: datetime
    before: Meeting | None = None
    proposal: Proposal | None = None
    name: str = ""
    mail: str = ""


class GoingOn(Struct, frozen=True):
    """What each of the two said to going on after the local day `ends`: yes, end, or until which day (ISO).

    Once both have: who said it `last` and when, and `until` which day it goes now (None: without an end).
    """

    ends: date
    said: dict[Role, str]
    last: Role | Literal[""] = ""
    at: datetime | None = None
    until: date | None = None


class Sign(Struct, frozen=True):
    """The last sign of life of one of the two, and how many letters that ask something came since."""

    role: Role
    heard_at: datetime | None = None
    asked: int = 0
    asked_since: datetime | None = None


class Fall(Struct, frozen=True):
    """One meeting that was due, and by whom it fell out (empty: it did not, or that does not count); `rung`
    is what was asked because of it."""

    origin: str
    by: Role | Literal[""] = ""
    rung: Literal["", "kindly", "lighter", "word"] = ""


class Tally(Struct, frozen=True):
    """Counts over the life of the pairing, and the last eight meetings that were due."""

    due: int = 0
    held: int = 0
    confirmed: int = 0
    done: int = 0
    falls: tuple[Fall, ...] = ()


class Sent(Struct, frozen=True):
    """A letter asked for in the last seven days, for the caps; `counts` unless it is exempt."""

    role: Role
    at: datetime
    counts: bool
    stem: str
