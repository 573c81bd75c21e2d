"""Withdrawing: a question about another time is taken back, and whoever has read it hears so (RULES 7, withdrawn);
so does who has asked for another time, where none was found.

Not the question itself: reschedule.py opens, renews and closes it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from daemon.decide.acknowledging import acknowledge_by_day
from daemon.decide.gone import in_doubt
from daemon.decide.keys import touchpoint_of
from daemon.decide.meetings import close, meeting_of
from daemon.decide.owed import when
from daemon.decide.regular import found_by_files
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting
from daemon.domain.people import Role
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace

LETTER_DAYS = timedelta(days=3)
SAYING = frozenset(["absence", "break-ahead", "paused", "ended", "farewell"])
"""Letters that tell what has made the question needless."""


def withdraw(turn: PairingTurn) -> None:
    """Restored or moved by hand, or the pairing pauses, ends or changes: the question is taken back."""
    proposal = turn.state.proposal
    if proposal is None or _wanted(turn, proposal):
        return
    meeting = meeting_of(turn, proposal)
    shown: list[Role] = [proposal.asked] if proposal.told_at else []
    shown += ["mentor"] if proposal.vetted else []
    hears = tuple(role for role in shown if not _hears_anyway(turn, role, meeting))
    close(turn, replace(proposal, standing="withdrawn", hears=hears, closed_at=turn.now))
    turn.because(f"{proposal.about}: the question is taken back")


def led_nowhere(
    turn: PairingTurn, proposal: Proposal, standing: Literal["declined", "lapsed"]
) -> Proposal:
    """The question as it is closed without another time: who has asked for one, and not been asked, hears so."""
    meeting = meeting_of(turn, proposal)
    asker = meeting.asked_by if meeting and meeting.stands else None
    hears = (asker,) if asker and asker != proposal.asked else ()
    return replace(proposal, standing=standing, hears=hears, closed_at=turn.now)


def _hears_anyway(turn: PairingTurn, role: Role, meeting: Meeting | None) -> bool:
    """Whether another letter says it: the answer to one's own word, the new time, another question; or
    nothing may be said before the owner of a series has spoken."""
    person = turn.state.line.person(role).id
    if any(e.stem.startswith("ack/") and e.stem.endswith(f"/{person}") for e in turn.effects):
        return True
    if meeting is None:
        return False
    if in_doubt(turn, meeting) or meeting.standing == "cancelled":
        return True
    if meeting.standing == "skipped":
        return meeting.settled_by != "rule"
    return meeting.moved_at == turn.now and meeting.moved_by != role


def _wanted(turn: PairingTurn, proposal: Proposal) -> bool:
    standing = turn.state.standing
    if standing in ("closed", "paused") or turn.state.line.closing:
        return False
    if proposal.kind == "session":
        return not turn.state.stopped_by
    if proposal.kind != "meeting":
        return standing != "closing" and not found_by_files(turn)
    meeting = meeting_of(turn, proposal)
    if meeting is None or in_doubt(turn, meeting):
        return False
    if proposal.keeps and not meeting.stands:
        return False  # it fell out meanwhile: another question, with another end of silence
    return bool(
        (meeting.standing in ("cancelled", "missed") and not meeting.settled_by)
        or meeting.asked_by or _kept(proposal, meeting)
    )  # fmt: skip


def _kept(proposal: Proposal, meeting: Meeting) -> bool:
    """A question about a move by hand stands as long as that move does."""
    return (
        proposal.cause == "moved" and meeting.stands and meeting.start == proposal.offers[0].start
    )


# --- the line about it


def withdrawn_letters(turn: PairingTurn) -> None:
    """By day, and only while it is true: whoever is asked again meanwhile, or has read why, needs no line. What was
    answered, or lapsed, left the 1:1 where it was."""
    for closed in turn.state.closed_proposals:
        if closed.closed_at is None or _asked_again(turn, closed):
            continue
        meeting = meeting_of(turn, closed)
        if closed.kind == "meeting" and meeting is None:
            continue  # so long ago that nothing is remembered of it
        what = "withdrawn" if closed.standing == "withdrawn" else "stays"
        if what == "stays" and not (meeting and meeting.stands):
            continue
        for role in closed.hears:
            moment = when(turn, closed.closed_at, role)
            if turn.watch.reached(moment) and not _is_said(turn, role, closed):
                acknowledge_by_day(
                    turn, role, what, f"{closed.about}#{closed.occasion}",
                    {"start": iso(meeting.start) if meeting else None},
                    opens=moment, closes=closed.closed_at + LETTER_DAYS,
                )  # fmt: skip


def _asked_again(turn: PairingTurn, closed: Proposal) -> bool:
    proposal = turn.state.proposal
    return proposal is not None and proposal.about == closed.about


def _is_said(turn: PairingTurn, role: Role, closed: Proposal) -> bool:
    person = turn.state.line.person(role).id
    return any(
        touchpoint_of(stem) in SAYING
        and stem.endswith(f"/{person}")
        and closed.closed_at is not None
        and mark.at >= closed.closed_at
        and mark.standing in ("live", "settled")
        for stem, mark in turn.marks.items()
    )
