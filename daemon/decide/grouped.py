"""What a lane of a group takes in beyond that of a pair: what comes from its members, and what they are bound to.

Not what follows from it: group_calendar.py, group_replies.py, group_post.py.
"""

from __future__ import annotations

from daemon.decide.bounced import bounce_seen, on_hold_here
from daemon.decide.group import member_of, misses
from daemon.decide.group_calendar import member_answered, member_asks, member_counters
from daemon.decide.group_post import letters_of_member
from daemon.decide.group_replies import member_wrote, said_of_oneself
from daemon.decide.seen import PairingTurn
from daemon.domain.invitation import AnswerSeen, CounterSeen, RefreshSeen
from daemon.domain.observation import BounceSeen, ReplySeen, Said
from daemon.domain.people import MEMBER, Person
from daemon.domain.world import Commitment


def from_member(
    turn: PairingTurn, person: Person,
    seen: AnswerSeen | CounterSeen | RefreshSeen | ReplySeen | BounceSeen,
) -> None:  # fmt: skip
    """What comes from a member, or of a letter to one; of who has left, only what was written."""
    if not isinstance(seen, ReplySeen) and turn.state.line.member(person.id) is None:
        turn.because("nothing follows from a calendar of somebody who has left")
        return
    match seen:
        case AnswerSeen():
            member_answered(turn, person, seen)
        case CounterSeen():
            member_counters(turn, person, seen)
        case RefreshSeen():
            member_asks(turn, person, seen)
        case ReplySeen():
            member_wrote(turn, person, seen)
        case BounceSeen():
            bounce_seen(turn, seen)


def said_of_member(turn: PairingTurn, person: Person, said: Said) -> None:
    """Said in another pairing of that person, and true here as well."""
    if turn.state.standing != "closed":
        said_of_oneself(turn, person, said)


def bind_members(turn: PairingTurn, bound: list[Commitment]) -> None:
    """What members are bound to, for decisions in other lanes of the same people."""
    for person in turn.state.line.members:
        turn.commitments[person.id] = (
            *_meetings(turn, person),
            *bound,
            *letters_of_member(turn, member_of(turn.state, person.id)),
            *on_hold_here(turn, f"{MEMBER}{person.id}"),
        )


def _meetings(turn: PairingTurn, person: Person) -> list[Commitment]:
    """The 1:1s to which that member comes."""
    state, mentor = turn.state, turn.state.line.mentor
    if state.standing not in ("active", "closing"):
        return []
    return [
        Commitment(turn.lane, "meeting", m.start, m.end, mentor.first, "", mentor.zone)
        for m in state.meetings
        if m.stands and m.end > turn.now and not misses(turn, person, m)
    ]
