"""Observations: facts that were seen, in the order in which they were recorded.

Not conclusions: what an observation means is decided in daemon/decide (RULES 5).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from daemon.domain.alarm import AlarmName, AlarmStanding
from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place
from daemon.domain.people import Address, Line

Partstat = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"]


class Guest(Struct, frozen=True):
    """An attendee and the answer seen (RFC 5545 PARTSTAT)."""

    address: Address
    partstat: Partstat = "NEEDS-ACTION"


class EventSeen(Struct, frozen=True, tag_field="is", tag=True):
    """One event as its organizer's calendar shows it: a whole series (`rule` set), one changed
    occurrence of a series (`place.recurrence` set), or a one-off. `start` and `end` are UTC; for a
    series those of its first occurrence. `cancelled` is STATUS:CANCELLED."""

    place: Place
    version: str
    start: datetime
    end: datetime
    guests: tuple[Guest, ...] = ()
    rule: SeriesRule | None = None
    cancelled: bool = False
    at: datetime | None = None


class EventGone(Struct, frozen=True, tag_field="is", tag=True):
    """An event of ours is no longer there, proved by a tombstone or by a complete listing."""

    place: Place
    at: datetime | None = None


class BusyInterval(Struct, frozen=True):
    """A stretch of time that is taken, in UTC, half open. `priority` 0–9, 9 is never overbooked.

    `source` is the uid of the event where the provider tells it, so that the 1:1 itself can be left out.
    `away`: the person is out of office; such an interval is told from its beginning to its end, whatever
    window was asked for.
    """

    start: datetime
    end: datetime
    priority: int = 5
    source: str = ""
    away: bool = False


class Busy(Struct, frozen=True):
    """All that is taken in the window asked for."""

    intervals: tuple[BusyInterval, ...] = ()


class Unknown(Struct, frozen=True):
    """Busy time (or the fate of a letter) that cannot be told. Never read as free, never as not sent."""

    why: str = ""


class BusySeen(Struct, frozen=True, tag_field="is", tag=True):
    """The answer to a need: for each address what is taken in [start, end), None where Unknown.

    `failed`: it could not be read just now, which says nothing about anybody; `lost`: nor will it be before
    the account is back, which stirs the lane.
    """

    start: datetime
    end: datetime
    busy: dict[Address, tuple[BusyInterval, ...] | None]
    at: datetime
    failed: bool = False
    lost: bool = False


class Said(Struct, frozen=True):
    """One command understood in a reply.

    `word` is one of yes, no, keep, choose, none, skip, move, meet, done, undo, away, pause, resume,
    cadence, zone, leave, and for-contact for words that only a person can answer so far. `numbers` are the
    options chosen, `letters` the actions named, `days` the dates named (of PAUSE only the last: the first
    day after it). `text` is what was written; with cadence and zone the value itself (`biweekly`,
    `America/Toronto`), empty when it names none that is known.
    """

    word: str
    numbers: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()
    text: str = ""
    days: tuple[date, date] | None = None


class ReplySeen(Struct, frozen=True, tag_field="is", tag=True):
    """A mail from one person of the pairing.

    `answers` is the key of the letter it replies to, empty when unknown; `thread` the name of the chain of
    letters it came in. `text` is what the person
    wrote after commands are taken out; `private` the lines that stay with the writer; `todos` are
    (owner role, text). `verified` as in DESIGN section 7.
    """

    person: str
    message_id: str
    answers: str
    said: tuple[Said, ...]
    text: str
    at: datetime
    private: str = ""
    todos: tuple[tuple[str, str], ...] = ()
    verified: bool = True
    thread: str = ""


class AccessLost(Struct, frozen=True, tag_field="is", tag=True):
    """An account can no longer be read or written; nothing else is known."""

    account: Address
    why: str
    at: datetime


class AccessBack(Struct, frozen=True, tag_field="is", tag=True):
    """A complete listing of a lost account worked."""

    account: Address
    at: datetime


class AccessTroubled(Struct, frozen=True, tag_field="is", tag=True):
    """An account could not be read for hours; that may end by itself."""

    account: Address
    since: datetime
    at: datetime


class Stirred(Struct, frozen=True, tag_field="is", tag=True):
    """Something on a calendar has changed that is no event of ours: busy times may be others now."""

    account: Address
    at: datetime


class PersonSaid(Struct, frozen=True, tag_field="is", tag=True):
    """What somebody said in one pairing that holds in all of their own: AWAY, ZONE, and of a mentor PAUSE,
    RESUME."""

    person: str
    said: Said
    at: datetime


class CardEntry(Struct, frozen=True):
    """One 1:1 on a mentor's week card, as its pairing tells it; without `start` there is none. `first` and
    `zone` are the mentee's; `to_dos` are the mentor's own, each with its letter."""

    pairing: str
    first: str = ""
    start: datetime | None = None
    zone: str = ""
    topics: tuple[str, ...] = ()
    to_dos: tuple[tuple[str, str], ...] = ()


class CardSeen(Struct, frozen=True, tag_field="is", tag=True):
    """What a mentor's week card shows of one pairing."""

    entry: CardEntry


class CardSent(Struct, frozen=True, tag_field="is", tag=True):
    """The mentor's week card was accepted; it shows what was written until `until`."""

    until: datetime


class SignSeen(Struct, frozen=True, tag_field="is", tag=True):
    """Whether a person who got letters has ever given a sign of life (LETTERS 2, "no sign of life")."""

    person: str
    quiet: bool
    at: datetime


class DownSeen(Struct, frozen=True, tag_field="is", tag=True):
    """The machine did not beat for a day or more."""

    since: datetime
    at: datetime


class AlarmSeen(Struct, frozen=True, tag_field="is", tag=True):
    """Something is wrong with the machine, still wrong after a day, or right again. Nobody is named."""

    name: AlarmName
    standing: AlarmStanding
    count: int
    since: datetime
    at: datetime


class WeekSeen(Struct, frozen=True, tag_field="is", tag=True):
    """A program's last week and the one that begins, in counts. `due` is without holidays and breaks."""

    week: str
    at: datetime
    due: int
    held: int
    left_out: int
    settling: int
    ahead: int
    letters: int
    active: int
    paused: int
    invited: int
    waiting: int


class Vanished(Struct, frozen=True, tag_field="is", tag=True):
    """So many events of one account vanished in one listing that they are not believed (RULES 5, 6)."""

    account: Address
    gone: tuple[Place, ...]
    known: int
    at: datetime


class LineSeen(Struct, frozen=True, tag_field="is", tag=True):
    """The roster line of a pairing as the files now say it."""

    line: Line
    at: datetime


class Settled(Struct, frozen=True, tag_field="is", tag=True):
    """An effect was carried out."""

    key: str
    receipt: Receipt
    at: datetime


class Refused(Struct, frozen=True, tag_field="is", tag=True):
    """An effect was not carried out and will not be: `conflict` (the version or id was taken),
    `permanent` (the provider said no) or `late` (its not-after passed)."""

    key: str
    how: Literal["conflict", "permanent", "late"]
    why: str
    at: datetime


class AdminAsked(Struct, frozen=True, tag_field="is", tag=True):
    """An admin's request, handed in beside the running daemon. `word`: release."""

    word: str
    key: str
    at: datetime


Observation: TypeAlias = (
    EventSeen
    | EventGone
    | BusySeen
    | ReplySeen
    | AccessLost
    | AccessBack
    | AccessTroubled
    | Stirred
    | PersonSaid
    | CardSeen
    | CardSent
    | SignSeen
    | DownSeen
    | AlarmSeen
    | WeekSeen
    | Vanished
    | LineSeen
    | Settled
    | Refused
    | AdminAsked
)


class MailArrived(Struct, frozen=True):
    """A mail as it lies in the program's mailbox, unread by us. `id` is the mailbox's own name for it."""

    id: str
    raw: bytes
    at: datetime


class SetAside(Struct, frozen=True):
    """Something unreadable that was left where it is: it is named in `status` and stops nothing."""

    source: str
    name: str
    why: str
