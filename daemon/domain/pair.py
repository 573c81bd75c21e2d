"""What a pair agreed on, said and did, as far as a lane has to remember it.

Not their words (thread.py), their meetings (meeting.py) or what is asked of them (proposal.py, question.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct, field

from daemon.domain.cadence import RegularTime, Step
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.people import Address, Days, Role, Who
from daemon.domain.proposal import Proposal


class Agreed(Struct, frozen=True, omit_defaults=True):
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
    mentor_language: str = ""
    mentee_language: str = ""


class Pause(Struct, frozen=True, omit_defaults=True):
    """Nothing takes place. `until` is the first date after it, None until RESUME or the admin ends it.
    `ended_by` is who ended it before its date, `ended_at` when it was over."""

    since: datetime
    until: date | None
    by: Role | Literal["admin", "silence"]
    told_long: bool = False
    ended_by: Role | Literal["", "admin"] = ""
    ended_at: datetime | None = None


class Absence(Struct, frozen=True, omit_defaults=True):
    """One of the two is away on these days, on that person's own calendar."""

    role: Role
    days: Days
    at: datetime
    source: Literal["reply", "calendar"] = "reply"


class Undo(Struct, frozen=True, omit_defaults=True):
    """What can still be taken back, by whom and until when. `before` is the meeting as it was.

    `what` names the command that would be undone; `name` the meeting, words, actions or absence it is about, or
    what held before; `mail` the mail it was said in, as the letter that answers it is named.
    """

    what: Literal[
        "moved",
        "skip",
        "move",
        "words",
        "done",
        "away",
        "pause",
        "fewer",
        "language",
        "ill",
        "handover",
        "intro",
        "themes",
        "chance",
    ]
    role: Role
    at: datetime
    until: datetime
    before: Meeting | None = None
    proposal: Proposal | None = None
    name: str = ""
    mail: str = ""


class ThemeOut(Struct, frozen=True, omit_defaults=True):
    """A theme, or words of one's own, of which the person `by` wants no ideas: from the 1:1 with the number `since` on."""

    theme: str
    by: str
    at: datetime
    since: int = 0


class GoingOn(Struct, frozen=True, omit_defaults=True):
    """What each of the two said to going on after the local day `ends`: yes, end, or until which day (ISO).

    Once both have: who said it `last` and when, and `until` which day it goes now (None: without an end).
    """

    ends: date
    said: dict[Role, str]
    last: Role | Literal[""] = ""
    at: datetime | None = None
    until: date | None = None


class Sign(Struct, frozen=True, omit_defaults=True):
    """The last sign of life of one of the two, and how many letters that ask something came since."""

    role: Role
    heard_at: datetime | None = None
    asked: int = 0
    asked_since: datetime | None = None


class Countered(Struct, frozen=True, omit_defaults=True):
    """A time that the calendar program of one of the two has proposed by mail, as long as it has no answer. `stood` is
    the time that the meeting had then, `name` a short one for the mail."""

    role: Role
    origin: Origin
    start: datetime
    stood: datetime
    name: str


class Answered(Struct, frozen=True, omit_defaults=True):
    """What one of the two has answered last, by mail, to an event or one occurrence of it, and when."""

    role: Role
    uid: str
    recurrence: str
    partstat: Partstat
    at: datetime


class Fall(Struct, frozen=True, omit_defaults=True):
    """One meeting that was due, and by whom it fell out (empty: it did not, or that does not count); `rung`
    is what was asked because of it."""

    origin: str
    by: Role | Literal[""] = ""
    rung: Literal["", "kindly", "lighter", "word"] = ""


class Tally(Struct, frozen=True, omit_defaults=True):
    """Counts over the life of the pairing, and the last eight meetings that were due."""

    due: int = 0
    held: int = 0
    confirmed: int = 0
    done: int = 0
    falls: tuple[Fall, ...] = ()
    reached: int = 0
    """Goals that were reached, and are not in the state any more."""
    numbered: int = 0
    """The number of the last 1:1 whose prep was due (daemon/decide/ideas.py)."""


class MetAt(Struct, frozen=True, omit_defaults=True):
    """When the first and the last 1:1 began that took place, as far as anybody has said."""

    first: datetime
    last: datetime


class PassedOn(Struct, frozen=True, omit_defaults=True):
    """What was answered to a follow-up, until the other one has it: the words, and whether they would like to meet.
    `name` is a short one for the mail."""

    name: str
    at: datetime
    text: str
    meet: bool = False


class FollowUp(Struct, frozen=True, omit_defaults=True):
    """One of the two has said LATER: on that day they are asked once how it went. `line` is what they wanted to go on
    with, `last` the last 1:1; `words` wait for the other one, `passed` counts all of them."""

    role: Role
    on: date
    last: datetime | None = None
    line: str = ""
    words: tuple[PassedOn, ...] = ()
    passed: int = 0


class Returned(Struct, frozen=True, omit_defaults=True):
    """A letter to somebody who takes part that came back from that address, or a complaint about one.

    `over`: the address was corrected since, or its owner has written from it: it counts no more."""

    role: Who
    address: Address
    stem: str
    at: datetime
    hard: bool
    suppress: bool
    reason: str
    over: bool = False


class Sent(Struct, frozen=True, array_like=True):
    """A letter asked for in the last seven days, for the caps; `counts` unless it is exempt."""

    role: Role
    at: datetime
    counts: bool
    stem: str


class SecondAddress(Struct, frozen=True, omit_defaults=True):
    """From where a person writes as well, as that person has said; no letter ever goes there."""

    role: Role
    address: Address
    at: datetime


class Doubt(Struct, frozen=True, omit_defaults=True):
    """Mails in that person's name from `address` (empty: their own, but not proved): the person was asked at
    `asked_at` and may say until `answer_by`. `over` says what came of it."""

    role: Role
    address: Address
    asked_at: datetime
    answer_by: datetime
    over: Literal["", "yes", "no", "silence"] = ""


class Mails(Struct, frozen=True, omit_defaults=True):
    """How many mails of one of the two came since an instant, for the brake on storms."""

    role: Role
    since: datetime
    count: int


class Member(Struct, frozen=True, omit_defaults=True):
    """What is remembered of one more mentee of a group, who is one `since` then.

    `left_by` and `left_at`: it was left, by LEAVE, by the files, or by the hand of who took that guest off the series;
    `guest` is the address that was seen on it, `off_at` since when it is not there any more; `asked_at`: since when a YES to LEAVE is awaited.
    `misses` are the 1:1s without that person, by origin, and since when; `answers` what the calendar showed last, by origin
    (`*`: the whole series); `told` what that person knows of 1:1s that are not as planned. `zone` and `language` are what that person said, `fewer`: wants no preps.
    """

    id: str
    since: datetime
    left_at: datetime | None = None
    left_by: Literal["", "word", "files", "hand"] = ""
    asked_at: datetime | None = None
    guest: Address = ""
    off_at: datetime | None = None
    misses: dict[str, datetime] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    zone: str = ""
    language: str = ""
    fewer: bool = False
    sent: tuple[Sent, ...] = ()
    mails: Mails | None = None
