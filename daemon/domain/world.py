"""World and Plan: all that one decision may see, and all that it may say.

Not the store's rows: a store keeps these values, and may keep them as it likes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Literal, TypeAlias

from msgspec import Struct, field

from daemon.domain.advisor import Advisor
from daemon.domain.agenda import Done, Met
from daemon.domain.alone import Alone
from daemon.domain.effect import Effect, EffectStanding
from daemon.domain.handover import Arranged, Handover, Successor
from daemon.domain.meeting import HandMade, Meeting, Place, Series
from daemon.domain.observation import CardEntry, Observation, ReplySeen
from daemon.domain.pair import (
    Absence,
    Agreed,
    Answered,
    Countered,
    Doubt,
    FollowUp,
    GoingOn,
    Mails,
    Member,
    MetAt,
    Pause,
    Returned,
    SecondAddress,
    Sent,
    Sign,
    Tally,
    ThemeOut,
    Undo,
)
from daemon.domain.people import Address, Line, Person, Role
from daemon.domain.program import Program
from daemon.domain.proposal import Proposal
from daemon.domain.question import Question
from daemon.domain.thread import Action, AgendaLine, Goal, Note, OwnLine, SharedLink

Lane: TypeAlias = str
"""`pairing/<id>`, `account/<address>` or `program/<id>`."""


class Mark(Struct, frozen=True, array_like=True):
    """The memory of an effect, by stem: which generation said which basis, and how it ended.

    `live`: it lies in the outbox. `settled`: done at `at`. `skipped`, `withdrawn`, `refused`: it never was;
    `conflict`: what it was to change had changed already. `undone`: it was done, and counts no longer.
    """

    generation: int
    basis: str
    standing: Literal["live", "settled", "skipped", "withdrawn", "refused", "conflict", "undone"]
    at: datetime


class PairingState(Struct, frozen=True, omit_defaults=True, tag_field="is", tag=True):
    """What the lane of a pairing remembers, in rows of at most 8 KB (daemon/domain/record.py).

    `series` are all that are still of interest, the newest of each index last. `not_away` are absences that were
    taken back after the other one had been told.
    """

    line: Line
    standing: Literal["invited", "active", "paused", "closing", "closed"]
    since: datetime
    mentor_yes: datetime | None = None
    mentee_yes: datetime | None = None
    closed_at: datetime | None = None
    agreed: Agreed = Agreed()
    stopped_by: Role | Literal["", "admin", "pair"] = ""
    """Who ended it; `pair`: one of the two, and nobody is to know who."""
    stopped_at: datetime | None = None
    closing_at: datetime | None = None
    """Since when the files let it end: that day is the last."""
    series: tuple[Series, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    proposal: Proposal | None = None
    closed_proposals: tuple[Proposal, ...] = ()
    countered: tuple[Countered, ...] = ()
    answered: tuple[Answered, ...] = ()
    questions: tuple[Question, ...] = ()
    pause: Pause | None = None
    resumed: Pause | None = None
    absences: tuple[Absence, ...] = ()
    not_away: tuple[Absence, ...] = ()
    undo: tuple[Undo, ...] = ()
    notes: tuple[Note, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    actions: tuple[Action, ...] = ()
    goals: tuple[Goal, ...] = ()
    own_next: tuple[OwnLine, ...] = ()
    themes_out: tuple[ThemeOut, ...] = ()
    links: tuple[SharedLink, ...] = ()
    done: tuple[Done, ...] = ()
    """To-dos that were done since the last look back, where the program has any (daemon/decide/looking_back.py)."""
    signs: tuple[Sign, ...] = ()
    going_on: GoingOn | None = None
    alone: Alone = Alone()
    tally: Tally = Tally()
    met: Met = Met()
    sent: tuple[Sent, ...] = ()
    returned: tuple[Returned, ...] = ()
    addresses: tuple[SecondAddress, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    mails: tuple[Mails, ...] = ()
    wants_time: Literal["", "first", "change"] = ""
    """A regular time is to be found: no proposal for it is open yet."""
    stranger: Series | None = None
    """A recurring event of the two that somebody made by hand: perhaps the rest of a cut series."""
    hand_made: tuple[HandMade, ...] = ()
    """Events of the two that one of them made by hand, and what was said to having them looked after."""
    copies: tuple[str, ...] = ()
    """Uids of what the mentee made by hand and is looked after: the calendar of the 1:1s has but a copy of it, of which
    nothing can be changed."""
    zones_of_files: tuple[str, ...] = ()
    """What the files last said: whose clock counts, and where the two live. The line keeps the clock of the series."""
    paused_by_files: str = ""
    """Which pause of the files was begun: it is not begun again when it is over."""
    fewer: tuple[Role, ...] = ()
    """Who wants no preps, no notes letters and no reminders."""
    mentor_asked_at: datetime | None = None
    """When the mentor was last asked for a note."""
    card_told: str = ""
    """What the mentor's week card was last told of this pairing, as a hash."""
    double_booked: tuple[str, ...] = ()
    """Sources of busy time that somebody keeps on top of a 1:1, newest last."""
    words_deleted_at: datetime | None = None
    """When what the two had written was deleted, so long after the closing as the program says."""
    room: str = ""
    """The link that the provider of the calendar has made for the pair, where the files leave that to it."""
    met_at: MetAt | None = None
    """From when goals and the time between two 1:1s are counted, where the program wants that."""
    follow_ups: tuple[FollowUp, ...] = ()
    """Who is asked, some time after the end, how it went."""
    advisors: tuple[Advisor, ...] = ()
    unwritten: tuple[str, ...] = ()
    """Digests of the addresses of advisors who want no letter."""
    sought_lines: bool = False
    """Whether earlier pairings of the mentee were told that this one has begun."""
    successor: Successor | None = None
    handover: Handover | None = None
    substitute: Arranged | None = None
    """Which pairing holds the 1:1s meanwhile, so that it hears when it need not any more."""
    members: tuple[Member, ...] = ()
    """What is remembered of the members of a group, and of those who have left it while their files still name them."""
    group_marks: dict[str, Mark] = field(default_factory=dict)
    """The marks of letters that only a group has: there are so many of them that they have a row of their own."""
    marks: dict[str, Mark] = field(default_factory=dict)

    @property
    def link(self) -> str:
        """Where the 1:1s take place; empty where nobody knows, or not yet."""
        return self.room if self.line.meets else self.line.link

    @property
    def forgotten(self) -> bool:
        """Whether what was written and noted is deleted, so long after the closing."""
        deleted, closed = self.words_deleted_at, self.closed_at
        return self.standing == "closed" and bool(deleted and closed and deleted >= closed)

    @property
    def paused_until(self) -> date | None:
        """The first day after a pause that has come to its date: the pair goes on some days ahead of it, and
        nothing takes place before it."""
        return self.resumed.until if self.resumed and not self.resumed.ended_by else None


class AccountState(Struct, frozen=True, omit_defaults=True, tag_field="is", tag=True):
    """What the lane of an account remembers: whether it can be reached, what is not believed, and what
    the owner's week card will say."""

    account: Address
    standing: Literal["connected", "troubled", "lost"] = "connected"
    new: bool = False
    """Lost, and nobody has connected it yet."""
    lost_at: datetime | None = None
    troubled_at: datetime | None = None
    why: str = ""
    frozen: tuple[Place, ...] = ()
    frozen_at: datetime | None = None
    address_on_hold: bool = False
    card: tuple[CardEntry, ...] = ()
    marks: dict[str, Mark] = field(default_factory=dict)


class ProgramState(Struct, frozen=True, omit_defaults=True, tag_field="is", tag=True):
    """What the lane of a program remembers: who may have our letters in spam, whom of
    them the contact knows, and since when there is somebody new."""

    program: str
    quiet: tuple[str, ...] = ()
    quiet_told: tuple[str, ...] = ()
    quiet_since: datetime | None = None
    marks: dict[str, Mark] = field(default_factory=dict)


State: TypeAlias = PairingState | AccountState | ProgramState


class Queued(Struct, frozen=True, omit_defaults=True):
    """An effect of this lane in the outbox, as a decision sees it."""

    stem: str
    generation: int
    basis: str
    standing: EffectStanding
    closes: datetime
    firm: bool
    at: datetime
    tried: bool = False
    """A letter whose first attempt has an unknown outcome: it may lie in somebody's mailbox."""

    @property
    def untouched(self) -> bool:
        """Whether it can still be taken back without anybody ever seeing it."""
        return self.standing != "claimed" and not self.tried

    @property
    def key(self) -> str:
        """The derived key."""
        return f"{self.stem}/{self.generation}"


class Commitment(Struct, frozen=True, omit_defaults=True):
    """One thing a person is bound to in one lane: a running pairing, a meeting, a slot offered or picked,
    a letter that counts on its day, or something told here that need not be told in other lanes.

    Of a meeting: the person's own `role` in it, and the first name and zone of whom they meet; `prep_at`: when its prep goes,
    where the pair has hours of its own."""

    lane: Lane
    kind: Literal["pairing", "meeting", "offer", "picked", "letter", "told"]
    start: datetime
    end: datetime
    name: str = ""
    role: Role | Literal[""] = ""
    zone: str = ""
    prep_at: datetime | None = None


class LaneRecord(Struct, frozen=True, omit_defaults=True):
    """What a store hands out for one decision. `read` names the inbox entries it holds, so that the
    commit removes these and no later one. `pending` are mails that wait until their writer is certain,
    or has said who may read them."""

    lane: Lane
    state: State | None
    inbox: tuple[Observation, ...]
    outbox: tuple[Queued, ...]
    read: tuple[int, ...]
    pending: tuple[ReplySeen, ...] = ()


class World(Struct, frozen=True, omit_defaults=True):
    """All that one lane's decision may see. `owner` is set in the lane of an account.

    `commitments` are those of this lane's people, by person id, of every lane. `holidays` are the dates of
    each public calendar that this lane may name. `down` is the last long time without a beat.
    """

    lane: Lane
    state: State | None
    inbox: tuple[Observation, ...]
    outbox: tuple[Queued, ...]
    program: Program
    commitments: Mapping[str, tuple[Commitment, ...]]
    zones: Mapping[str, tzinfo]
    owner: Person | None = None
    holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)
    down: tuple[datetime, datetime] | None = None
    pending: tuple[ReplySeen, ...] = ()


class Need(Struct, frozen=True, omit_defaults=True):
    """Busy time that a decision has to know: of whom, in which window. It is read in the same beat.

    `calendar` is the account through which it is read.
    """

    calendar: Address
    people: tuple[Address, ...]
    start: datetime
    end: datetime


class Reason(Struct, frozen=True, omit_defaults=True):
    """Why something was decided. `key` is the effect's key or stem, empty for the lane as a whole."""

    text: str
    key: str = ""


class Plan(Struct, frozen=True, omit_defaults=True):
    """The outcome of one decision.

    `withdraw` and `skip` are (key, why). `commitments` replaces what this lane binds each person to.
    `forward` hands observations to other lanes in the same commit; `adopted` are events made by somebody
    else that are this lane's from now on; `taken_back` are kept notes of the two, by author and instant, that are deleted;
    `pending` replaces the mails that wait for their writer, None for the same as before. `forget_words`: every
    note of the lane goes; `forget_threads`: what is known of the letters of these. `counted` is for the measures: in `key` of what, in `text` what became of it.
    `wake_at` is the earliest instant at which the decision can differ without anything new, None for never.
    """

    lane: Lane
    state: State | None
    effects: tuple[Effect, ...] = ()
    withdraw: tuple[tuple[str, str], ...] = ()
    skip: tuple[tuple[str, str], ...] = ()
    needs: tuple[Need, ...] = ()
    wake_at: datetime | None = None
    reasons: tuple[Reason, ...] = ()
    commitments: Mapping[str, tuple[Commitment, ...]] = field(default_factory=dict)
    keep: tuple[Note, ...] = ()
    forward: tuple[tuple[Lane, Observation], ...] = ()
    adopted: tuple[Place, ...] = ()
    taken_back: tuple[tuple[Role, datetime], ...] = ()
    pending: tuple[ReplySeen, ...] | None = None
    forget_words: bool = False
    counted: tuple[Reason, ...] = ()
    forget_threads: tuple[str, ...] = ()
