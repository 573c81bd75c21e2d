"""Owed: how a letter of a pairing is asked for, and when a person may be written to (RULES 8).

Not which letters: see touchpoints.py, asking.py, copies.py and the files of the questions.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.caps import count_letter, is_counted, room
from daemon.decide.moment import Quiet, quiet_hours, speakable
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Explained, SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.people import Role, Who
from daemon.domain.thread import AgendaLine

ANY_HOUR = (
    *("moved", "off", "left-out", "paused", "absence", "ended", "leave", "zone-changed", "private-hold"),
    "agreement",
)  # fmt: skip
"""Letters that may be urgent, or answer somebody who is evidently awake."""
NUDGES = ("proposal-nudge", "setup-nudge")
"""Letters that only remind: they come no more once somebody has complained."""
REMINDERS = ("prep-mentee", "prep-mentor", "notes", "goals", "goal-review", "halfway", *NUDGES)
"""Letters that come no more once somebody wants fewer."""
JUST_NOW = timedelta(hours=1)
"""So long after what somebody did they are still awake to read what became of it."""


def letter(
    turn: PairingTurn, touchpoint: str, meeting: Meeting, role: Role, facts: dict[str, Any],
    *, opens: datetime, closes: datetime, reason: str, occasion: str = "", answers: str = "",
    basis: str = "", retell: bool = False, explained: Explained = "", own: bool = False,
    pressing: bool = False, due: datetime | None = None,
) -> None:  # fmt: skip
    """Ask for a letter about one meeting to one of the two (see Turn.want). What answers one's `own` command
    does not count for the caps; `pressing` says that it can't wait, though the meeting may be hours away, `due`
    until when it may be put off."""
    person = turn.state.line.person(role)
    stem = turn.letter_stem(touchpoint, occasion or str(meeting.origin), person.id)
    counts = is_counted(turn, touchpoint) and not own
    if touchpoint != "proposal-nudge":
        pressing = pressing or urgent(turn, opens, meeting.start, role)
    if _may_go(
        turn, touchpoint, stem, role, (opens, closes), counts=counts, own=own, pressing=pressing,
        due=due,
    ):  # fmt: skip
        turn.want(
            stem,
            SendLetter(touchpoint, person.id, facts, answers), account=turn.program.mailbox,
            opens=opens, closes=closes, reason=reason, basis=basis, origin=meeting.origin,
            retell=retell, explained=explained,
        )  # fmt: skip
        count_letter(turn, stem, role, counts=counts)


def personal(
    turn: PairingTurn, touchpoint: str, occasion: str, role: Role, facts: dict[str, Any],
    *, opens: datetime, closes: datetime, reason: str, basis: str = "", retell: bool = False,
    explained: Explained = "", answers: str = "", own: bool = False, pressing: bool = False,
    due: datetime | None = None, waits: datetime | None = None,
) -> None:  # fmt: skip
    """Ask for a letter that is about no single meeting; `pressing` says that it takes away one of the next
    hours, `due` until when it may be put off, `waits` until when it waits for room, where the day that it names
    counts from when it goes."""
    person = turn.state.line.person(role)
    stem = turn.letter_stem(touchpoint, occasion, person.id)
    counts = is_counted(turn, touchpoint) and not own
    if _may_go(
        turn, touchpoint, stem, role, (opens, closes), counts=counts, own=own, pressing=pressing,
        due=due, waits=waits,
    ):  # fmt: skip
        turn.want(
            stem, SendLetter(touchpoint, person.id, facts, answers), account=turn.program.mailbox,
            opens=opens, closes=closes, reason=reason, basis=basis or occasion, retell=retell,
            explained=explained,
        )  # fmt: skip
        count_letter(turn, stem, role, counts=counts)


def _may_go(
    turn: PairingTurn, touchpoint: str, stem: str, role: Role, window: tuple[datetime, datetime],
    *, counts: bool, own: bool, pressing: bool, due: datetime | None = None,
    waits: datetime | None = None,
) -> bool:  # fmt: skip
    """Whether it may be asked for now: one that is late, because nobody was there to send it, or the calendar's
    receipt came late, waits for the end of the reader's quiet hours, unless it is `due` before; not what was
    urgent (`pressing`) when it opened, or answers what that person did just now. The caps may put it off inside
    its window, and leave it out after that; not what is pressing. What has to be known by then (`due`) does not
    leave the last room to letters that are still to come."""
    if touchpoint in REMINDERS and role in turn.state.fewer:
        turn.pass_over(stem, "no reminders are wished")
        return False
    opens, closes = window
    mark = turn.marks.get(stem)
    if mark is not None and mark.standing == "live":
        return True
    at_once = pressing or (own and turn.now - opens < JUST_NOW)
    if touchpoint not in ANY_HOUR or not at_once:
        if not turn.watch.reached(min(when(turn, turn.now, role), due or closes)):
            return False
    if not counts or pressing or turn.over(stem) or turn.now >= closes:
        return True
    later = room(turn, touchpoint, role)
    if due and later and when(turn, later, role) >= due:
        later = room(turn, touchpoint, role, before_all=True)
    if later is None:
        return True
    later = when(turn, later, role)
    if due and later >= due:
        return True  # it takes 1:1s away, or brings them back: never put off until that is too late
    if later >= max(closes, waits or closes):
        turn.pass_over(stem, "so many letters came already that this one would be too much")
    else:
        turn.watch.reached(later)
    return False


def urgent(turn: PairingTurn, moment: datetime, start: datetime, who: Who) -> bool:
    """About a meeting that starts before quiet hours end + 2 h, or within 12 h (RULES 8); one that has
    begun can wait."""
    soon = timedelta(hours=turn.program.urgent_hours)
    if start <= moment:
        return False
    return start < when(turn, moment, who) + timedelta(hours=2) or start - moment < soon


def soonest(turn: PairingTurn, moment: datetime, start: datetime, who: Who) -> datetime:
    """The first moment, not before this one, outside that person's quiet hours; at once when it is urgent.

    Urgent or not is a matter of the moment of the fact: what can wait for the morning at 23:00 does not
    wake anybody at 01:00, and a lane that sleeps cannot oversleep it.
    """
    return moment if urgent(turn, moment, start, who) else when(turn, moment, who)


def hours_of(turn: PairingTurn, who: Who) -> Quiet:
    """The quiet hours of somebody who takes part."""
    person = turn.state.line.person(who)
    return quiet_hours(person, turn.zone(person.zone), turn.program)


def when(turn: PairingTurn, moment: datetime, who: Who) -> datetime:
    """The first moment, not before this one, outside that person's quiet hours."""
    return speakable(moment, hours_of(turn, who))


def agenda_lines(turn: PairingTurn, meeting: Meeting, author: Role) -> list[AgendaLine]:
    """What that side wants to talk about at this meeting."""
    return [
        line
        for line in turn.state.agenda
        if line.origin == meeting.origin and line.author == author
    ]
