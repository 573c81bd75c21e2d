"""Asking: the letters of an open proposal (RULES 7).

Not the proposal itself: reschedule.py opens, renews and closes it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from daemon.decide.meetings import following
from daemon.decide.owed import letter, when
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.effect import Explained
from daemon.domain.meeting import Meeting
from daemon.domain.proposal import TAKEN, Offer, Proposal


def _slots(offers: tuple[Offer, ...]) -> list[dict[str, Any]]:
    return [
        {"number": o.number, "start": iso(o.start), "end": iso(o.end), "usual": o.usual}
        for o in offers
    ]


def ask(turn: PairingTurn, proposal: Proposal) -> None:
    """The question itself (never urgent), and one reminder while it is open."""
    meeting = next((m for m in turn.state.meetings if m.origin == proposal.origin), None)
    if meeting is None or proposal.picked or proposal.renew:
        return
    after = following(turn, meeting)
    facts: dict[str, Any] = {
        "start": iso(meeting.start),
        "slots": _slots(proposal.current),
        "answer_by": iso(proposal.answer_by),
        "next_start": iso(after.start) if after else None,
        "keeps": proposal.keeps,
    }
    occasion = f"{proposal.origin}#{proposal.occasion}.{proposal.round}"
    role = proposal.chooser
    moment = when(turn, proposal.opened_at, role)
    explained: Explained = "vanished" if proposal.cause == "cancelled" else ""
    if not turn.watch.reached(moment):
        return
    if proposal.because == "gone":
        taken = [o for o in proposal.offers if o.why == TAKEN]
        touchpoint = "slot-gone"
        facts = {**facts, "start": iso(taken[-1].start), "number": taken[-1].number}
    else:
        touchpoint = "proposal"
        facts = {
            **facts, "round": proposal.round, "cause": proposal.cause, "widened": proposal.widened,
        }  # fmt: skip
    letter(
        turn, touchpoint, meeting, role, facts, opens=proposal.opened_at, closes=proposal.answer_by,
        reason=f"another time is needed ({proposal.cause})", occasion=occasion,
        explained=explained, basis=occasion,
    )  # fmt: skip
    if proposal.told_at:
        _remind(turn, meeting, proposal, facts)


def _remind(turn: PairingTurn, meeting: Meeting, proposal: Proposal, facts: dict[str, Any]) -> None:
    assert proposal.told_at is not None
    after = proposal.told_at + timedelta(hours=turn.program.nudge_after_hours)
    moment = when(turn, after, proposal.chooser)
    if moment >= proposal.answer_by - timedelta(hours=1) or not turn.watch.reached(moment):
        return
    names = ("slots", "answer_by", "next_start", "keeps")
    nudge = {"start": iso(meeting.start), **{name: facts[name] for name in names}}
    letter(
        turn, "proposal-nudge", meeting, proposal.chooser, nudge, opens=moment,
        closes=proposal.answer_by, reason="no answer yet; the only reminder",
        occasion=f"{proposal.origin}#{proposal.occasion}", basis="once",
    )  # fmt: skip
