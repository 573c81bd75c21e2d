"""World and Plan: all that one decision may see, and all that it may say.

Not the store's rows: a store keeps these values, and may keep them as it likes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Literal, TypeAlias

from daemon.domain.effect import Effect, EffectStanding
from daemon.domain.meeting import Meeting, Place, Series
from daemon.domain.observation import Observation
from daemon.domain.people import Address, Line, Person
from daemon.domain.program import Program
from daemon.domain.proposal import Proposal
from daemon.domain.thread import Action, AgendaLine, Note

Lane: TypeAlias = str
"""`pairing/<id>`, `account/<address>` or `program/<id>`."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The memory of an effect, by stem: which generation said which basis, and how it ended.

    `live`: it lies in the outbox. `settled`: done at `at`. `skipped`, `withdrawn`, `refused`: it never was.
    """

    generation: int
    basis: str
    standing: Literal["live", "settled", "skipped", "withdrawn", "refused"]
    at: datetime


@dataclass(frozen=True, slots=True)
class PairingState:
    """What the lane of a pairing remembers. At most 8 KB as a document."""

    line: Line
    standing: Literal["invited", "active", "paused", "closing", "closed"]
    since: datetime
    mentor_yes: datetime | None = None
    mentee_yes: datetime | None = None
    series: Series | None = None
    meetings: tuple[Meeting, ...] = ()
    proposal: Proposal | None = None
    closed_proposals: tuple[Proposal, ...] = ()
    notes: tuple[Note, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    actions: tuple[Action, ...] = ()
    marks: dict[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccountState:
    """What the lane of an account remembers: whether it can be reached, and what is not believed."""

    account: Address
    standing: Literal["connected", "lost"] = "connected"
    lost_at: datetime | None = None
    why: str = ""
    frozen: tuple[Place, ...] = ()
    frozen_at: datetime | None = None
    marks: dict[str, Mark] = field(default_factory=dict)


State: TypeAlias = PairingState | AccountState


@dataclass(frozen=True, slots=True)
class Queued:
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


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing a person is bound to in one lane: a meeting, or a slot offered to the partner."""

    lane: Lane
    kind: Literal["meeting", "offer"]
    start: datetime
    end: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class LaneRecord:
    """What a store hands out for one decision. `read` names the inbox entries it holds, so that the
    commit removes these and no later one."""

    lane: Lane
    state: State | None
    inbox: tuple[Observation, ...]
    outbox: tuple[Queued, ...]
    read: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class World:
    """All that one lane's decision may see. `owner` is set in the lane of an account.

    `commitments` are those of this lane's people, by person id, of every lane.
    """

    lane: Lane
    state: State | None
    inbox: tuple[Observation, ...]
    outbox: tuple[Queued, ...]
    program: Program
    commitments: Mapping[str, tuple[Commitment, ...]]
    zones: Mapping[str, tzinfo]
    owner: Person | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Busy time that a decision has to know: of whom, in which window. It is read in the same beat.

    `calendar` is the account through which it is read.
    """

    calendar: Address
    people: tuple[Address, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was decided. `key` is the effect's key or stem, empty for the lane as a whole."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The outcome of one decision.

    `withdraw` and `skip` are (key, why). `commitments` replaces what this lane binds each person to.
    `forward` hands observations to other lanes in the same commit. `wake_at` is the earliest instant at
    which the decision can differ without anything new, None for never.
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
