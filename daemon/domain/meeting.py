"""Series, meetings and where they stand: the heart of a pairing.

Not a calendar event: an event is what a provider shows, a meeting is what two people agreed on.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from daemon.domain.cadence import SeriesRule
from daemon.domain.people import Address, Role

Standing = Literal["planned", "moved", "cancelled", "held", "missed", "skipped"]


class Origin(Struct, frozen=True, omit_defaults=True, order=True):
    """The wall-clock start first planned, with its zone: for ever the name of one meeting.

    Never an instant, because zone rules change. `wall` is ISO without offset and seconds.
    """

    wall: str
    zone: str

    def __str__(self) -> str:
        return f"{self.wall}[{self.zone}]"

    @staticmethod
    def parse(text: str) -> Origin:
        """Read `2026-12-01T10:00[America/Vancouver]`; ValueError for anything else."""
        wall, bracket, rest = text.partition("[")
        if not bracket or not rest.endswith("]"):
            raise ValueError(f"not an origin: {text!r}")
        datetime.fromisoformat(wall)
        return Origin(wall, rest[:-1])

    @property
    def day(self) -> date:
        """The local date first planned."""
        return date.fromisoformat(self.wall[:10])


class Place(Struct, frozen=True, omit_defaults=True, order=True):
    """Where a meeting is at its provider.

    `recurrence` is the original start of one occurrence of a series (RFC 5545 RECURRENCE-ID), as
    wall clock in the zone of the series (`2026-12-01T10:00`); empty for a one-off or a whole series.
    """

    calendar: Address
    uid: str
    recurrence: str = ""


class Slot(Struct, frozen=True, omit_defaults=True):
    """A concrete time, half open, in UTC."""

    start: datetime
    end: datetime


class Series(Struct, frozen=True, omit_defaults=True):
    """The recurring event of a pairing; with alternating lengths one for each length (`index`).

    `asked`: the effect exists, no receipt yet; `put`: it stands on the calendar; `gone`: its owner deleted
    it; `ended`: we ended it. `asked_generation` is that of the last PutSeries for it, `known_to` the wall
    clock of the last occurrence that has become a meeting; `told` whom the provider invited by itself.
    `skips` are the gaps that we made, by rule; `left_out` those that people had made in the series before
    this one, or that a meeting at an agreed time fills. `theirs`: one of the two made it by hand, so nothing of it is
    changed but its rhythm. `by_files`: nobody of the pair asked for it. `until_put` is the end that the calendar is known to have,
    which lags behind `rule.until`. `put_back` counts how often a deleted one was put again; `cut_to` is the
    end that its owner gave it by hand, `changed_by` who last moved all of it, and `changed_at` when. `declined` as a whole (`declined_by` whom), `guest_gone` taken off
    the guests: `gone_at` says since when that is in doubt. `invites`: the guest has to be invited again.
    """

    calendar: Address
    uid: str
    generation: int
    rule: SeriesRule
    index: int = 0
    standing: Literal["asked", "put", "gone", "ended"] = "asked"
    asked_generation: int = 0
    version: str = ""
    overrides: tuple[Override, ...] = ()
    known_to: str = ""
    told: tuple[Address, ...] = ()
    put_at: datetime | None = None
    gone_at: datetime | None = None
    until_put: date | None = None
    skips: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    theirs: bool = False
    by_files: bool = False
    put_back: int = 0
    answer_seen: str = ""
    declined: bool = False
    declined_by: Role = "mentee"
    guest_gone: bool = False
    invites: bool = False
    cut_to: date | None = None
    changed_by: Role | Literal[""] = ""
    changed_at: datetime | None = None

    @property
    def live(self) -> bool:
        """Whether it is, or is about to be, on the calendar without an end that we chose."""
        return self.standing in ("asked", "put")


class Override(Struct, frozen=True, omit_defaults=True):
    """What was seen of an occurrence that lies too far ahead to be a meeting yet."""

    recurrence: str
    start: datetime
    end: datetime
    cancelled: bool = False
    declined: bool = False


class HandMade(Struct, frozen=True, omit_defaults=True):
    """An event of the two that one of them made by hand: a single one, or with `rule` a series. It is nobody's
    but theirs until its owner has said `answer` yes to having it looked after.

    `by` is who organizes it, `seen_at` its last change; `overrides` what was seen of single occurrences of it.
    """

    place: Place
    start: datetime
    end: datetime
    version: str
    seen_at: datetime
    rule: SeriesRule | None = None
    overrides: tuple[Override, ...] = ()
    answer: Literal["", "yes", "no"] = ""
    by: Role = "mentor"


class Undone(Struct, frozen=True, omit_defaults=True):
    """A time that was booked, told to both, and taken back by UNDO."""

    start: datetime
    at: datetime
    by: Role


class Wished(Struct, frozen=True, omit_defaults=True):
    """A time that one of the two has proposed in a calendar program."""

    start: datetime
    end: datetime
    by: Role


class Meeting(Struct, frozen=True, omit_defaults=True):
    """One occurrence. `start` and `end` are UTC and follow moves; `origin` never changes.

    `gone` says that the event no longer exists, so a repair must be a new one-off (RULES 5).
    `changed_at` is when its last change was seen, the start of the wait before a repair.
    `settled_by` tells how a fallen meeting was closed: "choice", "silence", "rule" or "no-times"; `said_by`
    is who said that it is left out, or that it did not take place; `off`
    names the rule: a holiday, break, absence, pause, the end, or a change of the series.
    `answer_seen` is the guest's PARTSTAT as last seen, empty since we changed the event ourselves: some servers
    keep a DECLINED through a move (TRAPS 99). `asked_by` is who wrote MOVE. `moved_from` is the start before the last move;
    `checked` that a move by hand was held against the guest's hours and busy time. Of a meeting without
    a `place` that stands, a one-off event has to be put; `counted` that it is in the tally. `looked_at` is when it was last held against
    everybody's busy time; while it `takes_back`, the calendar still shows the time that UNDO is said to, and `undone` is that time as long as
    somebody believes in it. `wished` is a proposed time that the other one has not been asked about yet. `number` is given when its first
    prep is due, and names its ideas.
    """

    origin: Origin
    start: datetime
    end: datetime
    standing: Standing = "planned"
    place: Place | None = None
    version: str = ""
    gone: bool = False
    cancelled_by: Role | None = None
    cancelled_at: datetime | None = None
    late: bool = False
    changed_at: datetime | None = None
    answer_seen: str = ""
    asked_by: Role | None = None
    checked: bool = False
    moved_from: datetime | None = None
    moved_at: datetime | None = None
    moved_by: Role | Literal["", "program"] = ""
    told: tuple[Address, ...] = ()
    evidence: Literal["", "confirmed", "presumed"] = ""
    settled_by: Literal["", "choice", "silence", "rule", "no-times"] = ""
    settled_at: datetime | None = None
    said_by: Role | Literal[""] = ""
    counted: bool = False
    takes_back: Literal["", "move", "cancel"] = ""
    undone: Undone | None = None
    off: Literal["", "holiday", "break", "away", "pause", "end", "change", "substitute"] = ""
    looked_at: datetime | None = None
    wished: Wished | None = None
    number: int = 0

    @property
    def decline_seen(self) -> bool:
        """Whether the guest's last answer was no."""
        return self.answer_seen == "DECLINED"

    @property
    def stands(self) -> bool:
        """True while people should still turn up."""
        return self.standing in ("planned", "moved")

    @property
    def fell(self) -> bool:
        """Whether somebody took it off, or declined it, since it last got a time; whatever came after that."""
        since = self.cancelled_at if self.cancelled_by else None
        return since is not None and (self.moved_at is None or self.moved_at < since)

    @property
    def slot(self) -> Slot:
        """Its present time."""
        return Slot(self.start, self.end)
