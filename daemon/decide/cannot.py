"""Can't: one of the two says by mail that a 1:1, or all of their 1:1s of a day, can't take place (RULES 4 and 11).

Not a wish for another time (MOVE), and not an absence of days (AWAY): what falls out is offered anew, like a decline.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from daemon.decide.acknowledging import answer
from daemon.decide.keys import short
from daemon.decide.moment import local_day
from daemon.decide.once import hand_on
from daemon.decide.one_meeting import cannot, meeting_meant
from daemon.decide.seen import PairingTurn, fall_out
from daemon.decide.undo import remember
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import Undo
from daemon.domain.people import Role

UNDO_DAYS = timedelta(days=1)


def cannot_come(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """The 1:1 of the day that was named, else the one whose letter is answered; of whoever is ill, all of that day."""
    if said.word == "ill":
        return _is_ill(turn, role, reply, said)
    found = _on(turn, role, said.days[0]) if said.days else [meeting_meant(turn, reply)]
    if not found or found[0] is None:
        return False
    cannot(turn, role, reply, found[0])
    return True


def _is_ill(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """All 1:1s that this person has on that day, in all their pairings; one UNDO brings them all back."""
    assert said.days, "illness is said of a day"
    day = said.days[0]
    if not _on(turn, role, day) and not _elsewhere(turn, role, day):
        return False
    falls_out(turn, role, day, short(reply.message_id))
    hand_on(turn, role, said)
    days = [day.isoformat(), day.isoformat()]
    answer(turn, role, reply, "ill", days=days, undo=True)
    return True


def falls_out(turn: PairingTurn, role: Role, day: date, mail: str = "") -> None:
    """Those of this pairing. `mail`: the one in which it was said, where that was here."""
    found = _on(turn, role, day)
    for meeting in found:
        fall_out(turn, meeting, role, gone=False)
    if found or mail:
        until = turn.now + UNDO_DAYS
        remember(turn, Undo("ill", role, turn.now, until, name=day.isoformat(), mail=mail))


def _on(turn: PairingTurn, role: Role, day: date) -> list[Meeting]:
    """What this person has not begun yet of that day, on their own clock."""
    zone = turn.zone(turn.state.line.person(role).zone)
    running = turn.state.standing in ("active", "closing")
    return [
        each
        for each in turn.state.meetings
        if running and each.stands and each.start > turn.now and local_day(each.start, zone) == day
    ]


def _elsewhere(turn: PairingTurn, role: Role, day: date) -> bool:
    person = turn.state.line.person(role)
    zone = turn.zone(person.zone)
    bound = turn.world.commitments.get(person.id, ())
    starts: Iterable[datetime] = (
        c.start for c in bound if c.kind == "meeting" and c.lane != turn.lane
    )
    return any(start > turn.now and local_day(start, zone) == day for start in starts)
