"""Effects: the remote changes a plan asks for, each with a derived key (RULES 2).

Not how they are carried out: daemon/act.py calls the ports.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

from daemon.domain.cadence import SeriesRule
from daemon.domain.invitation import GuestSaid
from daemon.domain.meeting import Origin, Place, Slot
from daemon.domain.people import Address

Port = Literal["calendar", "mail"]
GuestAnswer = Literal["DECLINECOUNTER", "REQUEST"]
EffectStanding = Literal["due", "claimed", "on hold"]
Explained = Literal["", "config", "vanished", "restore"]


class PutSeries(Struct, frozen=True, tag_field="is", tag=True):
    """Create or change the recurring event; the same uid with a new key is a change. `theirs`: somebody made it by
    hand, and only its rule may be touched. `meet`: its provider makes a link for it."""

    calendar: Address
    uid: str
    rule: SeriesRule
    summary: str
    guests: tuple[Address, ...]
    location: str = ""
    expected: str = ""
    theirs: bool = False
    meet: bool = False


class EndSeries(Struct, frozen=True, tag_field="is", tag=True):
    """Let a series end: no occurrence starts after the local date `until`. `theirs` and `meet` as in PutSeries."""

    calendar: Address
    uid: str
    rule: SeriesRule
    summary: str
    guests: tuple[Address, ...]
    location: str = ""
    expected: str = ""
    theirs: bool = False
    meet: bool = False


class PutMeeting(Struct, frozen=True, tag_field="is", tag=True):
    """Create a one-off event: the repair of a deleted occurrence. `meet` as in PutSeries."""

    calendar: Address
    uid: str
    slot: Slot
    zone: str
    summary: str
    guests: tuple[Address, ...]
    location: str = ""
    meet: bool = False


class MoveMeeting(Struct, frozen=True, tag_field="is", tag=True):
    """Move one existing event or occurrence."""

    place: Place
    to: Slot
    expected: str = ""


class CancelMeeting(Struct, frozen=True, tag_field="is", tag=True):
    """Take one existing event or occurrence off the calendar."""

    place: Place
    expected: str = ""


class Invite(Struct, frozen=True, tag_field="is", tag=True):
    """Add guests to one existing event or occurrence."""

    place: Place
    guests: tuple[Address, ...]
    expected: str = ""


class Uninvite(Struct, frozen=True, tag_field="is", tag=True):
    """Take guests off one existing event or occurrence, and change nothing else."""

    place: Place
    guests: tuple[Address, ...]
    expected: str = ""


class AnswerGuest(Struct, frozen=True, tag_field="is", tag=True):
    """Answer the calendar program of a guest whom we have invited by mail: a proposed time was not taken
    (DECLINECOUNTER), or all that stands (REQUEST), with what is known of the guests' answers. The event stays as it is."""

    place: Place
    guest: Address
    method: GuestAnswer
    said: tuple[GuestSaid, ...] = ()


class SendLetter(Struct, frozen=True, tag_field="is", tag=True):
    """One letter to one person. `facts` are plain values for the template; the tick renders them.

    `answers` is the Message-ID of the mail this letter answers, empty when it answers none; `thread` the
    chain of letters that mail came in, empty for the one in which such letters always go; `index` its
    Thread-Index, if it had one.
    """

    touchpoint: str
    person: str
    facts: dict[str, Any] = field(default_factory=dict)
    answers: str = ""
    thread: str = ""
    index: str = ""


class TellAdmin(Struct, frozen=True, tag_field="is", tag=True):
    """One fact for the program's contact, without any word of the pair."""

    fact: str
    facts: dict[str, Any] = field(default_factory=dict)
    to: Address = ""


Change: TypeAlias = (
    PutSeries
    | EndSeries
    | PutMeeting
    | MoveMeeting
    | CancelMeeting
    | Invite
    | Uninvite
    | AnswerGuest
    | SendLetter
    | TellAdmin
)


class Effect(Struct, frozen=True):
    """One remote change that people can see.

    `stem` is the key without its generation. `closes` is the instant (UTC) after which it must not
    happen any more. `account` is the address whose calendar or mailbox carries it out. `explained` is
    empty when a cadence or touchpoint date explains the effect, else the cause the guard weighs. `hold` is
    the name under which it waits for a person from the beginning. Nobody waits for the receipt of a `quiet`
    one: the lane hears of it with the next thing that it has to decide.
    """

    stem: str
    generation: int
    basis: str
    port: Port
    account: Address
    change: Change
    opens: datetime
    closes: datetime
    reason: str
    origin: Origin | None = None
    explained: Explained = ""
    firm: bool = False
    hold: str = ""
    quiet: bool = False

    @property
    def key(self) -> str:
        """The derived key: deciding twice gives the same one."""
        return f"{self.stem}/{self.generation}"

    @property
    def kind(self) -> str:
        """The word for what it does, as in DESIGN section 2."""
        return type(self.change).__name__


class Receipt(Struct, frozen=True):
    """What a port answers after a change.

    `told` are the addresses that the provider itself informs; `repeated` that this key had been done
    before; `message_id` the real one where a relay rewrites it; `link` where an event takes place, as its provider has made it.
    """

    version: str = ""
    place: Place | None = None
    told: tuple[Address, ...] = ()
    repeated: bool = False
    message_id: str = ""
    link: str = ""
