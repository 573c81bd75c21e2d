"""What the two have answered to invitations by mail, remembered for whoever asks what stands (the answer to REFRESH).

Not what follows from an answer: invited.py. Where a provider invites it keeps the answers itself.
"""

from __future__ import annotations

from daemon.decide.seen import PairingTurn
from daemon.domain.invitation import AnswerSeen, GuestSaid
from daemon.domain.pair import Answered
from daemon.domain.people import Role
from daemon.domain.value import replace

ANSWERED_MOST = 12
"""So many are remembered of a pair, the last ones: what is asked about lies ahead."""


def note_answer(turn: PairingTurn, role: Role, seen: AnswerSeen) -> None:
    """The last word of that person about that event. What is said of a whole series is said of each occurrence."""
    uid, recurrence = seen.place.uid, seen.place.recurrence
    new = Answered(role, uid, recurrence, seen.partstat, seen.given_at or seen.at)
    kept = [
        each
        for each in turn.state.answered
        if (each.role, each.uid) != (role, uid) or (recurrence and each.recurrence != recurrence)
    ]
    turn.state = replace(turn.state, answered=(*kept, new)[-ANSWERED_MOST:])


def answers_to(turn: PairingTurn, uid: str) -> tuple[GuestSaid, ...]:
    """What is known of the answers to that event; what was said before a change of its time says nothing (RFC 5546
    3.2.2.1)."""
    return tuple(
        GuestSaid(turn.state.line.person(each.role).address, each.partstat, each.recurrence)
        for each in turn.state.answered
        if each.uid == uid and not _is_outdated(turn, each)
    )


def _is_outdated(turn: PairingTurn, each: Answered) -> bool:
    changes = [s.changed_at for s in turn.state.series if s.uid == each.uid and not each.recurrence]
    changes += [
        meeting.moved_at.replace(microsecond=0) if meeting.moved_at else None
        for meeting in turn.state.meetings
        if meeting.place
        and (meeting.place.uid, meeting.place.recurrence) == (each.uid, each.recurrence)
    ]
    return any(at is not None and each.at < at for at in changes)
