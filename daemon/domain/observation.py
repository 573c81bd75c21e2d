"""Observations: facts that were seen, in the order in which they were recorded.

Not conclusions: what an observation means is decided in daemon/decide (RULES 5).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from daemon.domain.advisor import FromAdvisor
from daemon.domain.alarm import AlarmName, AlarmStanding
from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import Receipt
from daemon.domain.handover import LinesOffered, MentorFound, SubstitutionOver
from daemon.domain.invitation import AnswerSeen, CounterSeen, Guest, RefreshSeen
from daemon.domain.meeting import Place
from daemon.domain.people import Address, Line
from daemon.domain.report import ReportSeen, WeekSeen
from daemon.domain.when import When

Trust = Literal["verified", "pending", "none"]
"""Who wrote a mail is proved (DESIGN 7), only likely, or not even that."""


class EventSeen(Struct, frozen=True, tag_field="is", tag=True):
    """One event as its organizer's calendar shows it: a whole series (`rule` set), one changed
    occurrence of a series (`place.recurrence` set), or a one-off. `start` and `end` are UTC; for a
    series those of its first occurrence. `cancelled` is STATUS:CANCELLED.

    `organizer`: it is a 1:1 to which that person has invited the owner of the calendar, and `place` names the owner's copy.
    The organizer is the only guest then, and it is `cancelled` as well when the owner has declined it, `by_owner`."""

    place: Place
    version: str
    start: datetime
    end: datetime
    guests: tuple[Guest, ...] = ()
    rule: SeriesRule | None = None
    cancelled: bool = False
    at: datetime | None = None
    organizer: Address = ""
    by_owner: bool = False


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

    `word` is one of choose (`numbers`; with `when`, both have to fit), when (`when`, and `or_when` the other times
    named, `but_not` those refused; with `numbers`, a word that is a weekday or a number), none, move, skip, keep, meet,
    yes, no, late (`numbers` = minutes, if said), away, pause, resume, cadence, zone, language, invite, done (`letters` = the actions named), undo, my-notes (one's own private lines), links (that the two have shared), allow (`letters` of lines that may be read, none, or * for all), help, report, change (of mentor), leave, fewer (reminders off), same and rarer (the 1:1s as they are, or less
    often, where a letter asks), cannot (come: of `days`, or the 1:1 that is answered), ill (of `days`), for-contact for words that
    only a person can answer, sealed for a mail whose words cannot be opened, and later and stop, to the letters of the end. `days`
    are the dates named (of PAUSE only the last: the first day after it). `text` is what was written; with cadence, zone, language and
    invite the value itself (`biweekly`, `pt`), empty when it names none that is known; with fewer `on` for reminders, else empty. `about`: an invitation's topic.
    """

    word: str
    numbers: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()
    text: str = ""
    days: tuple[date, date] | None = None
    when: When | None = None
    or_when: tuple[When, ...] = ()
    but_not: tuple[When, ...] = ()
    about: str = ""


class ReplySeen(Struct, frozen=True, tag_field="is", tag=True):
    """A mail from one person of the pairing.

    `answers` is the key of the letter it replies to, empty when unknown; `thread` the name of the chain of letters it came in.
    `text` is what the person wrote after commands are taken out; `private` and `private_next` the lines that stay with the writer,
    the latter for the own next prep; `todos` are (owner role, text), `intros` people to be introduced to, `chances` to keep an eye on; `goals`, their days (`targets`) and `links` are in it.
    `confidential`: what is written looks as if it were meant for few. `trust` is how far it is proved who wrote it (daemon/identity.py).
    `address` is where a mail came from, if not that person's by the files; `unproved`: the mail server proves no sender, `shared`: the other one of the pair got the same mail.
    `index` is its Thread-Index. `aside` are words below a call for a human being, for that one alone, or below LEAVE; `themes_out`: no ideas about these.
    """

    person: str
    message_id: str
    answers: str
    said: tuple[Said, ...]
    text: str
    at: datetime
    private: str = ""
    todos: tuple[tuple[str, str], ...] = ()
    trust: Trust = "none"
    thread: str = ""
    address: Address = ""
    unproved: bool = False
    shared: bool = False
    index: str = ""
    goals: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    confidential: bool = False
    aside: str = ""
    targets: tuple[date | None, ...] = ()
    private_next: str = ""
    intros: tuple[str, ...] = ()
    themes_out: tuple[str, ...] = ()
    chances: tuple[str, ...] = ()

    @property
    def alone(self) -> str:
        """The lines for nobody but the writer."""
        return "\n".join(filter(None, (self.private, self.private_next)))

    @property
    def wrote(self) -> bool:
        """Whether there are words beside the commands."""
        words = (self.text, self.todos, self.goals, self.intros, self.chances, self.aside)
        return any((self.alone, *words))


class SecondAddressSeen(Struct, frozen=True, tag_field="is", tag=True):
    """A person has said, in another pairing, that this address is theirs as well."""

    person: str
    address: Address
    at: datetime


class BounceSeen(Struct, frozen=True, tag_field="is", tag=True):
    """A letter of ours came back, or waits somewhere. `key` is the letter's, empty where only its reader is known;
    `address` whom the report names, perhaps nobody. `hard`, `suppress` and `reason` as in
    daemon/mail/reading/bounces.py; a complaint (RFC 5965) has that word for its reason. `elsewhere`: another pairing
    of that person has heard it, and tells it."""

    person: str
    key: str
    address: Address
    hard: bool
    suppress: bool
    reason: str
    at: datetime
    elsewhere: bool = False


class AutoReplySeen(Struct, frozen=True, tag_field="is", tag=True):
    """An automatic answer from the known address of a person names the days of an absence."""

    person: str
    first: date
    last: date
    at: datetime


class AccessLost(Struct, frozen=True, tag_field="is", tag=True):
    """An account can no longer be read or written; nothing else is known. `new`: it never could."""

    account: Address
    why: str
    at: datetime
    new: bool = False


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
    `zone` are the mentee's; `to_dos` are the mentor's own, each with its letter and what kind it is, `own` lines for the mentor alone."""

    pairing: str
    first: str = ""
    start: datetime | None = None
    zone: str = ""
    topics: tuple[str, ...] = ()
    to_dos: tuple[tuple[str, str, str], ...] = ()
    type: str = ""
    own: tuple[str, ...] = ()


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
    """Something is wrong with the machine, still wrong after a day, or right again. Nobody is named. `anew`: only a
    new start helps."""

    name: AlarmName
    standing: AlarmStanding
    count: int
    since: datetime
    at: datetime
    anew: bool = False


class WaitsSeen(Struct, frozen=True, tag_field="is", tag=True):
    """First letters of a program, or changed files, wait under `name` for a person. `count` is of letters or
    pairings; `shown` are the keys of letters to show."""

    kind: Literal["launch", "files-wait"]
    name: str
    count: int
    shown: tuple[str, ...]
    at: datetime


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
    `permanent` (the provider said no), `reader` (of a letter: its reader was refused, which is told beside it as
    a letter that came back) or `late` (its not-after passed)."""

    key: str
    how: Literal["conflict", "permanent", "reader", "late"]
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
    | AnswerSeen
    | CounterSeen
    | RefreshSeen
    | BusySeen
    | ReplySeen
    | FromAdvisor
    | BounceSeen
    | AutoReplySeen
    | SecondAddressSeen
    | AccessLost
    | AccessBack
    | AccessTroubled
    | Stirred
    | PersonSaid
    | MentorFound
    | LinesOffered
    | SubstitutionOver
    | CardSeen
    | CardSent
    | SignSeen
    | DownSeen
    | AlarmSeen
    | WaitsSeen
    | WeekSeen
    | ReportSeen
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


class Passed(Struct, frozen=True):
    """Said of a mail from which nothing follows, on purpose: a machine wrote it, about a letter or an event of ours."""


class SetAside(Struct, frozen=True):
    """Something unreadable that was left where it is: it is named in `status` and stops nothing."""

    source: str
    name: str
    why: str
