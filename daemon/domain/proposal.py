"""A proposal: offered slots and what became of them.

Not the letter that shows it, and not the choice of slots: see decide/slots.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from daemon.domain.meeting import Origin
from daemon.domain.people import Role
from daemon.domain.value import replace

Renewal = Literal["", "none", "gone", "passed"]
TAKEN = "taken meanwhile"
"""Why an offer was closed although its time had been chosen."""
Cause = Literal[
    "cancelled", "declined", "asked", "missed", "moved", "away", "clash", "counter", "meet", "first", "change", "session",
]  # fmt: skip

LAST = -1
"""The number of "the last one" of those on offer."""


class Offer(Struct, frozen=True, omit_defaults=True):
    """One numbered slot in UTC. Its number is never reused within the proposal (RULES 7)."""

    number: int
    start: datetime
    end: datetime
    usual: bool = False
    open: bool = True
    why: str = ""
    second: bool = False
    """Whether it is the pair's second reserved time."""


class Proposal(Struct, frozen=True, omit_defaults=True):
    """Slots for one meeting, for the regular time (`series`) or for one session of a finite plan.

    `origin` is that of the meeting, None for the other kinds. `chooser` picks; while `vetting` the mentor
    is asked first which of the times are possible. `picked` is the number chosen, 0 before; `booked` once
    it is free and on its way to the calendar. `keeps` means that silence leaves the meeting where it is.
    `renew` asks for the next round, `because` says why the present round was needed; `said` is what was
    written, `auto` that nobody was waited for (policies auto-…); `unknown` names those whose busy time is.
    Of one that was `closed_at` some moment without an answer, `hears` names who has to hear so.
    """

    origin: Origin | None
    chooser: Role
    cause: Cause
    opened_at: datetime
    answer_by: datetime
    offers: tuple[Offer, ...]
    occasion: int = 1
    round: int = 1
    widened: bool = False
    keeps: bool = False
    told_at: datetime | None = None
    picked: int = 0
    booked: bool = False
    renew: Renewal = ""
    because: Renewal = ""
    said: str = ""
    answered: str = ""
    kind: Literal["meeting", "series", "session"] = "meeting"
    vetting: bool = False
    vetted: bool = False
    auto: bool = False
    unknown: tuple[Role, ...] = ()
    undone: int = 0
    hears: tuple[Role, ...] = ()
    closed_at: datetime | None = None
    standing: Literal["open", "accepted", "declined", "lapsed", "withdrawn"] = "open"

    @property
    def about(self) -> str:
        """The name of what it is about, in keys: an origin, or the kind."""
        return str(self.origin) if self.origin else self.kind

    @property
    def asked(self) -> Role:
        """Whose answer is waited for now."""
        return "mentor" if self.vetting else self.chooser

    def offer(self, number: int) -> Offer | None:
        """The offer with that number, None when it was never made."""
        return next((offer for offer in self.offers if offer.number == number), None)

    @property
    def current(self) -> tuple[Offer, ...]:
        """The offers that are still open; a new round closes all earlier ones."""
        return tuple(offer for offer in self.offers if offer.open)

    def renewed(
        self,
        offers: tuple[Offer, ...],
        now: datetime,
        until: datetime,
        widened: bool,
        vetting: bool,
        unknown: tuple[Role, ...] = (),
    ) -> Proposal:
        """The next round: all earlier offers are closed."""
        closed = tuple(replace(offer, open=False) for offer in self.offers)
        return replace(
            self, offers=(*closed, *offers), round=self.round + 1, because=self.renew, renew="",
            widened=widened, told_at=None, opened_at=now, answer_by=until, vetting=vetting,
            vetted=False, unknown=unknown, chooser="mentee",
        )  # fmt: skip

    def without(self, offer: Offer) -> Proposal:
        """The same, with one offer closed because its time was taken meanwhile."""
        taken = replace(offer, open=False, why=TAKEN)
        return replace(
            self, offers=tuple(taken if o.number == offer.number else o for o in self.offers)
        )
