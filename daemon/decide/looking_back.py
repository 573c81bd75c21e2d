"""What a look back on the month begins with: to-dos that were done since the one before, and what the pair set out for.

Not which 1:1 looks back: meeting_types.py. What is still open stands in every prep anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from daemon.decide.meeting_types import takes_place, type_of
from daemon.decide.seen import PairingTurn
from daemon.domain.agenda import Done
from daemon.domain.meeting import Meeting
from daemon.domain.thread import Action

DONE_MOST = 6
DONE_CHARACTERS_MAX = 120


def look_back(turn: PairingTurn, meeting: Meeting, kind: str | None) -> dict[str, Any]:
    """The facts of a prep about it; nothing where that 1:1 does not look back on a month."""
    if kind != "monthly_review":
        return {"done_since": []}
    since = _looked_back(turn, meeting)
    done = [*turn.state.done, *_remembered(turn.state.actions)]
    fresh = [each for each in done if since is None or each.at > since][-DONE_MOST:]
    return {
        "done_since": [
            {"owner": each.owner, "text": each.text, "kind": each.kind} for each in fresh
        ],
    }


def keep_done(turn: PairingTurn, leaving: Iterable[Action]) -> tuple[Done, ...]:
    """The to-dos that leave the lane, for the next look back: a few, without those on which the last one looked."""
    if all(each.type != "monthly_review" for each in turn.program.meeting_types):
        return ()
    since = _looked_back(turn)
    done = (*turn.state.done, *_remembered(leaving))
    return tuple(each for each in done if since is None or each.at > since)[-DONE_MOST:]


def _remembered(actions: Iterable[Action]) -> list[Done]:
    return [
        Done(each.owner, each.text[:DONE_CHARACTERS_MAX], each.done_at, each.kind)
        for each in actions
        if each.done_at is not None
    ]


def _looked_back(turn: PairingTurn, coming: Meeting | None = None) -> datetime | None:
    """When the last look back began that the lane still knows: before the one that is `coming`, else one that is known to
    have taken place."""
    held = [
        each
        for each in turn.state.meetings
        if (each.standing == "held" if coming is None else takes_place(each))
        and (coming is None or each.origin.wall < coming.origin.wall)
        and type_of(turn, each) == "monthly_review"
    ]
    return max((each.start for each in held), default=None)
