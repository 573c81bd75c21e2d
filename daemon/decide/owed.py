"""Owed: how a letter of a pairing is asked for, and when a person may be written to.

Not which letters: see touchpoints.py, asking.py and copies.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.moment import speakable
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Explained, SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.people import Role
from daemon.domain.thread import AgendaLine

ANY_HOUR = ("moved", "off", "left-out")
"""Letters that may be urgent, or answer somebody who is evidently awake."""


def letter(
    turn: PairingTurn, touchpoint: str, meeting: Meeting, role: Role, facts: dict[str, Any],
    *, opens: datetime, closes: datetime, reason: str, occasion: str = "", answers: str = "",
    basis: str = "", retell: bool = False, explained: Explained = "",
) -> None:  # fmt: skip
    """Ask for a letter about one meeting to one of the two (see Turn.want).

    One that is late, because nobody was there to send it, waits for the end of the reader's quiet hours;
    what may be urgent has settled its own moment already.
    """
    person = turn.state.line.person(role)
    stem = turn.letter_stem(touchpoint, occasion or str(meeting.origin), person.id)
    mark = turn.marks.get(stem)
    asked_for = mark is not None and mark.standing == "live"
    waking = when(turn, turn.now, role)
    if touchpoint not in ANY_HOUR and not asked_for and not turn.watch.reached(min(waking, closes)):
        return
    turn.want(
        stem,
        SendLetter(touchpoint, person.id, facts, answers), account=turn.program.mailbox, opens=opens,
        closes=closes, reason=reason, basis=basis, origin=meeting.origin, retell=retell,
        explained=explained,
    )  # fmt: skip


def soonest(turn: PairingTurn, moment: datetime, start: datetime, role: Role) -> datetime:
    """The first moment, not before this one, outside that person's quiet hours; at once when it is urgent:
    about a meeting that starts before quiet hours end + 2 h, or within 12 h (RULES 8).

    Urgent or not is a matter of the moment of the fact: what can wait for the morning at 23:00 does not
    wake anybody at 01:00, and a lane that sleeps cannot oversleep it.
    """
    waking = when(turn, moment, role)
    urgent = start < waking + timedelta(hours=2) or start - moment < timedelta(hours=12)
    return moment if urgent else waking


def when(turn: PairingTurn, moment: datetime, role: Role) -> datetime:
    """The first moment, not before this one, outside that person's quiet hours."""
    return speakable(moment, turn.zone(turn.state.line.person(role).zone), turn.program)


def agenda_lines(turn: PairingTurn, meeting: Meeting, author: Role) -> list[AgendaLine]:
    """What that side wants to talk about at this meeting, without private lines."""
    return [
        line
        for line in turn.state.agenda
        if line.origin == meeting.origin and line.author == author and not line.private
    ]
