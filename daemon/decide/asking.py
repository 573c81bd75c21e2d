"""Asking: the letters of an open proposal (RULES 7).

Not the proposal itself: reschedule.py opens, renews and closes it.
"""

from __future__ import annotations

from typing import Any

from daemon.decide.meetings import meeting_of, next_but
from daemon.decide.owed import letter, personal, when
from daemon.decide.patience import reminded_at
from daemon.decide.reserved import slot_of
from daemon.decide.seen import PairingTurn
from daemon.decide.slots import overlaps
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.decide.welcome import nudge, promise, terms_facts
from daemon.domain.effect import Explained
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.proposal import TAKEN, Offer, Proposal


def slots_of(offers: tuple[Offer, ...]) -> list[dict[str, Any]]:
    """Offers as a letter shows them."""
    return [slot_of(each) for each in offers]


def ask(turn: PairingTurn, proposal: Proposal) -> None:
    """The question itself (never urgent), and its reminders while it is open."""
    if proposal.picked or proposal.renew:
        return
    moment = when(turn, proposal.opened_at, proposal.asked)
    if not turn.watch.reached(moment):
        return
    if proposal.kind == "series":
        _regular(turn, proposal)
        return
    meeting = meeting_of(turn, proposal)
    touchpoint, facts = _worded(turn, proposal, meeting)
    explained: Explained = "vanished" if proposal.cause == "cancelled" else ""
    _send(
        turn, proposal, meeting, touchpoint, facts, occasion=_occasion(proposal, proposal.round),
        reason=f"another time is needed ({proposal.cause})", explained=explained,
    )  # fmt: skip
    _remind(turn, meeting, proposal, facts)


def _occasion(proposal: Proposal, number: int) -> str:
    vetted = "v" if proposal.vetted else ""
    return f"{proposal.about}#{proposal.occasion}.{number}{vetted}"


def _send(
    turn: PairingTurn, proposal: Proposal, meeting: Meeting | None, touchpoint: str,
    facts: dict[str, Any], *, occasion: str, reason: str, explained: Explained = "",
) -> None:  # fmt: skip
    if meeting is None:
        personal(
            turn, touchpoint, occasion, proposal.asked, facts, opens=proposal.opened_at,
            closes=proposal.answer_by, reason=reason, basis=occasion,
        )  # fmt: skip
    else:
        letter(
            turn, touchpoint, meeting, proposal.asked, facts, opens=proposal.opened_at,
            closes=proposal.answer_by, reason=reason, occasion=occasion, explained=explained,
            basis=occasion,
        )  # fmt: skip


def _worded(
    turn: PairingTurn, proposal: Proposal, meeting: Meeting | None
) -> tuple[str, dict[str, Any]]:
    after = next_but(turn, meeting) if meeting else None
    start = meeting.start if meeting else proposal.offers[0].start
    facts: dict[str, Any] = {
        "start": iso(start),
        "slots": slots_of(proposal.current),
        "answer_by": iso(proposal.answer_by),
        "next_start": iso(after) if after else None,
        "keeps": proposal.keeps,
        "session": proposal.kind == "session",
    }
    if proposal.vetting:
        return "proposal-mentor", {**facts, "round": proposal.round, "cause": proposal.cause}
    if proposal.because == "gone" and not proposal.vetted:
        taken = [o for o in proposal.offers if o.why == TAKEN]
        return "slot-gone", {**facts, "start": iso(taken[-1].start), "number": taken[-1].number}
    if proposal.cause == "counter" and proposal.round == 1:
        return "counter", facts
    more = {
        "round": proposal.round, "cause": proposal.cause, "widened": proposal.widened,
        "undone": proposal.undone > 0 and not proposal.because,  # a further round shows other times
    }  # fmt: skip
    return "proposal", {**facts, **more}


def _remind(
    turn: PairingTurn, meeting: Meeting | None, proposal: Proposal, facts: dict[str, Any]
) -> None:
    """A reminder keeps the numbers of the first letter; the last one says that it is the last."""
    moments = reminded_at(turn, proposal)
    names = ("start", "slots", "answer_by", "next_start", "keeps", "session")
    shown = {name: facts[name] for name in names} | {"slots": slots_of(_left(turn, proposal))}
    if meeting:
        shown["start"] = iso(meeting.start)
    for number, moment in enumerate(moments, start=1):
        if not turn.watch.reached(moment):
            continue
        last = number == len(moments)
        nudge = {**shown, "last": last, "vetting": proposal.vetting}
        again = "" if number == 1 else f"~{number}"
        occasion = f"{proposal.about}#{proposal.occasion}{'v' if proposal.vetted else ''}{again}"
        _send(
            turn, proposal, meeting, "proposal-nudge", nudge, occasion=occasion,
            reason=f"no answer yet; {_which(number, len(moments))}",
        )  # fmt: skip


def _which(number: int, of: int) -> str:
    return "the only reminder" if of == 1 else f"reminder {number} of {of}"


def _left(turn: PairingTurn, proposal: Proposal) -> tuple[Offer, ...]:
    """The offers without those that one of the two has booked in another pairing meanwhile; all of them, when
    none would be left: whoever picks one is told."""
    people = (turn.state.line.mentor.id, turn.state.line.mentee.id)
    taken = [
        Slot(c.start, c.end)
        for person in people
        for c in turn.world.commitments.get(person, ())
        if c.lane != turn.lane and c.kind in ("meeting", "picked")
    ]
    left = tuple(o for o in proposal.current if not overlaps(Slot(o.start, o.end), taken))
    return left or proposal.current


def _regular(turn: PairingTurn, proposal: Proposal) -> None:
    """Regular times: the very first list is the mentee's welcome."""
    wanted = terms(turn.state, turn.program)
    facts = {
        **terms_facts(turn, wanted), "slots": slots_of(proposal.current),
        "answer_by": iso(proposal.answer_by), "round": proposal.round,
    }  # fmt: skip
    welcomes = proposal.cause == "first" and not proposal.vetting
    occasion = _occasion(proposal, proposal.round)
    if welcomes:
        touchpoint = "welcome-mentee"
    else:
        touchpoint = "regular-time"
        facts |= {"vetting": proposal.vetting, "cause": proposal.cause}
    personal(
        turn, touchpoint, occasion, proposal.asked, facts, opens=proposal.opened_at,
        closes=proposal.answer_by, reason=f"a regular time is needed ({proposal.cause})",
        basis=f"{promise(wanted.step, wanted.lengths_minutes, None)} {occasion}",
    )  # fmt: skip
    if proposal.told_at:
        again = "" if welcomes and proposal.round == 1 else f"{proposal.occasion}.{proposal.round}-"
        nudge(turn, proposal.asked, proposal.told_at, None, proposal, again)
