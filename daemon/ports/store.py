"""The store port: durable memory, whose every method happens wholly or not at all.

Not a database: connectors/stores has those, and all of them pass one conformance suite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from daemon.domain.effect import Effect
from daemon.domain.observation import Observation, SetAside
from daemon.domain.people import Address
from daemon.domain.thread import Note
from daemon.domain.world import Commitment, Lane, LaneRecord, Plan
from daemon.ports.listing import Cursor
from daemon.ports.mail import DealtWith, OutgoingLetter

HEARD_FOR = timedelta(days=365)
"""So long the store knows that a mail was heard, by a digest: a year, as long as what was delivered is of interest
(LETTERS 2). What is sent once more after that answers letters that are long closed."""
COUNTED = "counted"
"""How the ledger calls what was written down for the measures alone: nothing was decided or done."""
RESTORED = "restored"
"""The named value that says when a backup was put in place, until all that waited for it is released."""


class Claim(Struct, frozen=True):
    """The right to carry out one effect until the lease ends. `token` fences a later settle.

    `attempts` counts the claims before this one, so 0 means that nobody has tried.
    """

    lane: Lane
    effect: Effect
    letter: OutgoingLetter | None
    attempts: int
    token: int


class Hold(Struct, frozen=True):
    """Why an effect waits for a person; `name` is what `release` takes, beside the effect's own key."""

    name: str
    why: str


class SentLetter(Struct, frozen=True):
    """A letter of ours found again by its Message-ID. `marks`: by what its words are known again; none of letters
    older than the last ten of a thread."""

    lane: Lane
    key: str
    person: str
    marks: bytes = b""


class LedgerEntry(Struct, frozen=True):
    """One line of the ledger: what happened to which key, when and why. No subject, no body."""

    at: datetime
    lane: Lane
    key: str
    what: str
    why: str


class QueueEntry(Struct, frozen=True):
    """One effect in the outbox, for printing commands."""

    lane: Lane
    effect: Effect
    standing: str
    hold: str
    why: str
    attempts: int
    not_before: datetime | None


class Rendered(Struct, frozen=True):
    """What a commit needs beside the plan, by key: bytes for letters, what has to wait for a person, and what
    not before an instant."""

    letters: Mapping[str, OutgoingLetter] = field(default_factory=dict)
    holds: Mapping[str, Hold] = field(default_factory=dict)
    not_before: Mapping[str, datetime] = field(default_factory=dict)


class Store(Protocol):
    """Durable memory. Each method is atomic: after a crash it has happened wholly or not at all.

    `now` is always handed in; a store reads no clock.
    """

    def record(
        self,
        seen: Iterable[tuple[Lane, Observation]],
        *,
        now: datetime,
        source: str = "",
        cursor: Cursor | None = None,
        set_aside: Iterable[SetAside] | None = None,
        heard: Iterable[str] = (),
        dealt_with: Iterable[DealtWith] = (),
    ) -> None:
        """Put observations into inboxes and, together with them, the source's new cursor.

        An unknown lane comes into being. `set_aside` (when given) replaces what is set aside of that
        source. `heard` are names of mails that were heard; what is older than HEARD_FOR is forgotten.
        `dealt_with` are mails of that source that may be deleted there once they are old.
        """
        ...

    def was_heard(self, name: str) -> bool:
        """Whether a mail of that name was heard, as long as that is known."""
        ...

    def dealt_with(self, source: str, before: datetime, most: int) -> list[str]:
        """The names of mails of that source that were dealt with and came before that moment, oldest first, so many at
        most."""
        ...

    def cleared(self, source: str, names: Iterable[str]) -> None:
        """Forget that these were dealt with: they lie in their mailbox no more."""
        ...

    def was_asked(self, key: str) -> bool:
        """Whether an effect of that key was ever in the outbox."""
        ...

    def cursor(self, source: str) -> Cursor | None:
        """The cursor last recorded for that source; None before the first, or when it was dropped."""
        ...

    def drop_cursor(self, source: str) -> None:
        """Forget a cursor, so that the next listing is a full one."""
        ...

    def lanes(self, now: datetime) -> list[Lane]:
        """Lanes with an unread observation that is not a quiet receipt, or whose `wake_at` has come; longest
        waiting first."""
        ...

    def world(self, lane: Lane) -> LaneRecord:
        """State, inbox and outbox of one lane."""
        ...

    def commitments(self, people: Iterable[str]) -> dict[str, tuple[Commitment, ...]]:
        """What these people are bound to, over all lanes."""
        ...

    def commit(self, record: LaneRecord, plan: Plan, rendered: Rendered, *, now: datetime) -> None:
        """Replace the state, drop the inbox entries that `record` read, withdraw and skip, add new
        effects at the end of their lane and port, remember Message-IDs and places, write reasons to the
        ledger, and forget words, and threads, where the plan says so. A key that was ever in the outbox is not added again."""
        ...

    def claim(self, now: datetime, lease: timedelta, blocked: frozenset[Address]) -> Claim | None:
        """The next effect to carry out, None when there is nothing to do now.

        Eligible is the first effect per lane and port that is due and whose not-before has come, or
        claimed with an expired lease. Nothing of a lane with an unread observation is eligible (its
        basis may be outdated), nothing of a `blocked` account. An effect on hold is passed over, and
        later effects on the same meeting (same origin, same port, by mail the same reader) wait for it. Longest waiting first.
        """
        ...

    def settle(
        self, claim: Claim, seen: Observation, *, now: datetime, message_id: str = ""
    ) -> bool:
        """The effect is over: remove it, ledger it, and put `seen` (Settled or Refused) into the lane's
        inbox, where the receipt of a quiet effect wakes nobody. False, and nothing happens, when the claim is no longer ours. `message_id`: the real one,
        remembered beside ours."""
        ...

    def defer(self, claim: Claim, until: datetime, why: str, *, now: datetime) -> bool:
        """Due again, not before `until`."""
        ...

    def hold(self, claim: Claim, hold: Hold, *, now: datetime) -> bool:
        """On hold until `release`."""
        ...

    def release(
        self,
        name: str,
        *,
        now: datetime,
        letters: Mapping[str, OutgoingLetter] | None = None,
        not_before: Mapping[str, datetime] | None = None,
    ) -> int:
        """Make the effects of that hold name or key due again, some not before an instant; answers how many.
        A letter that has no bytes yet (its template failed) gets those in `letters` by key, or stays on
        hold."""
        ...

    def put_off(self, later: Mapping[str, datetime], why: str, *, now: datetime) -> int:
        """Effects that are due, by key, go not before an instant, and nobody has tried them for that; answers how many."""
        ...

    def rename_hold(self, name: str, hold: Hold, *, now: datetime) -> int:
        """Give effects on hold another name and reason (the guard's verdict); answers how many."""
        ...

    def wake_at(self) -> datetime | None:
        """The earliest instant at which `lanes` or `claim` may answer something; None for never."""
        ...

    def thread(self, lane: Lane, person: str) -> tuple[str, ...]:
        """Message-IDs of the letters that went to that person in that lane, oldest first, the last ten."""
        ...

    def letter(self, message_id: str) -> SentLetter | None:
        """The letter of ours with that Message-ID."""
        ...

    def places(self, calendar: Address) -> dict[str, Lane]:
        """uid → lane of every event we asked to be put on that calendar and have not ended."""
        ...

    def unshown(self, calendar: Address) -> frozenset[str]:
        """Of these, the uids that no `record` has seen there yet."""
        ...

    def lane_names(self) -> list[Lane]:
        """All lanes, sorted."""
        ...

    def queue(self, *, on_hold: bool | None = None) -> list[QueueEntry]:
        """Effects in the outbox, oldest first; only those on hold, or only the others, when asked."""
        ...

    def ledger(self, *, lane: Lane = "", key: str = "", last: int = 200) -> list[LedgerEntry]:
        """The newest entries of a lane, or of all keys that start with `key`; oldest of them first."""
        ...

    def notes(self, lane: Lane) -> list[Note]:
        """Every note kept for the pair, oldest first."""
        ...

    def set_aside(self) -> list[SetAside]:
        """What could not be read."""
        ...

    def ask(self, word: str, key: str, *, now: datetime) -> None:
        """Hand in an admin request; the owner of the store takes it up."""
        ...

    def asked(self) -> list[tuple[int, str, str]]:
        """Open admin requests as (number, word, key)."""
        ...

    def answered(self, number: int) -> None:
        """Take an admin request off the list."""
        ...

    def value(self, name: str) -> str | None:
        """A small named value (last beat, released programs …)."""
        ...

    def values(self, prefix: str) -> dict[str, str]:
        """The small named values whose names begin with that."""
        ...

    def keep_value(self, name: str, value: str) -> None:
        """Remember a small named value."""
        ...

    def forget_before(self, before: datetime) -> int:
        """Delete the oldest lines of the ledger from before that moment, some thousands at most; with the last line
        of an effect its key and Message-ID are forgotten, unless it still waits. Answers how many lines went."""
        ...

    def settle_file(self) -> None:
        """Let nothing that was deleted lie on in files of the store."""
        ...

    def backup(self, to: Path) -> None:
        """Write a consistent copy to a new file while others work."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
