"""Words for tables about the draft of a plan: a stem and a change stand for the rules that ask.

Not a pair: any lane has such a draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from daemon.decide.turn import Turn
from daemon.domain.effect import CancelMeeting, Change
from daemon.domain.meeting import Place
from daemon.domain.world import Mark, ProgramState, Queued, World
from tests.decide.pair_cast import DAY, HOUR, NOW
from tests.stories.cast import KOSS

STEM = "cancel/ana-ben/2026-10-13T15:00[Europe/Berlin]"


PLACE = Place("ana@example.org", "u")


SEEN, UNSEEN = CancelMeeting(PLACE, "v1"), CancelMeeting(PLACE)


def turn(
    marks: dict[str, Mark] | None = None, outbox: Iterable[Queued] = (), now: datetime = NOW
) -> Turn[ProgramState]:
    state = ProgramState("koss", marks=marks or {})
    world = World("program/koss", state, (), tuple(outbox), KOSS, {}, {"UTC": UTC})
    return Turn(world, state, now)


def wants(
    draft: Turn[ProgramState], basis: str = "a", change: Change = UNSEEN, *,
    closes: datetime = NOW + DAY, retell: bool = False,
) -> list[str]:  # fmt: skip
    draft.want(
        STEM, change, account="ana@example.org", opens=NOW - HOUR, closes=closes, reason="why",
        basis=basis, retell=retell,
    )  # fmt: skip
    return [effect.key.removeprefix(STEM) for effect in draft.effects]
