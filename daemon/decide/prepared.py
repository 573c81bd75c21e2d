"""The hour of a prep: the day before at 18:00 for the mentee, that day at 09:00 for the mentor, if not a card;
and the hour of the card.

Not the letter: touchpoints.py asks for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from daemon.decide.moment import at_minute, local_day, quiet_hours, speakable, speakable_before
from daemon.decide.seen import PairingTurn
from daemon.domain.people import Person, Role
from daemon.domain.program import Program

OPENS = timedelta(hours=48)
CLOSES = timedelta(hours=2)
WEEK = timedelta(days=7)


def prep_moment(turn: PairingTurn, start: datetime, role: Role) -> datetime:
    """When the prep of a meeting goes: at the program's hour of the reader's own zone. An hour outside the
    window [start − 48 h, start − 2 h), or in quiet hours, is moved to the last moment before (RULES 8)."""
    program, person = turn.program, turn.state.line.person(role)
    zone = turn.zone(person.zone)
    day = local_day(start, zone)
    if role == "mentee":
        moment = at_minute(day - timedelta(days=1), program.prep_mentee_minute, zone)
    else:
        moment = at_minute(day, program.prep_mentor_minute, zone)
    latest = start - CLOSES - timedelta(minutes=1)
    return speakable_before(
        max(start - OPENS, min(moment, latest)), quiet_hours(person, zone, program)
    )


def own_prep_moment(turn: PairingTurn, start: datetime, role: Role) -> datetime | None:
    """The same for the limits in other pairings of that person, where this pair has hours of its own; None where it has not, or
    a card comes instead."""
    own = turn.program.of_pair
    minute = own.prep_mentee_minute if role == "mentee" else own.prep_mentor_minute
    if minute is None and own.quiet is None:
        return None
    return None if role == "mentor" and on_week_card(turn) else prep_moment(turn, start, role)


def on_week_card(turn: PairingTurn) -> bool:
    """Whether the mentor has so many running pairings that single preps give way to the card."""
    least = turn.program.week_card_from
    bound = turn.world.commitments.get(turn.state.line.mentor.id, ())
    lanes = {c.lane for c in bound if c.kind == "pairing"} | {turn.lane}
    return 0 < least <= len(lanes)


def card_moment(first: datetime, owner: Person, zone: tzinfo, program: Program) -> datetime:
    """The evening before the first 1:1 of a mentor's week."""
    evening = local_day(first, zone) - timedelta(days=1)
    hour = at_minute(evening, program.prep_mentee_minute, zone)
    return speakable(hour, quiet_hours(owner, zone, program))


def lines_moment(turn: PairingTurn, start: datetime) -> datetime:
    """When the mentor gets what is written for a 1:1 by then: with the week card where it is still to come,
    else at the hour of the prep."""
    if on_week_card(turn):
        card = card_moment(
            _first_of_week(turn, start), turn.state.line.mentor, _zone(turn), turn.program
        )
        if card > turn.now:
            return card
    return prep_moment(turn, start, "mentor")


def _zone(turn: PairingTurn) -> tzinfo:
    return turn.zone(turn.state.line.mentor.zone)


def _first_of_week(turn: PairingTurn, start: datetime) -> datetime:
    """The first 1:1 that the mentor has with any mentee in the week of this one."""
    zone = _zone(turn)
    day = local_day(start, zone)
    monday = day - timedelta(days=day.weekday())
    bound = turn.world.commitments.get(turn.state.line.mentor.id, ())
    others = [c.start for c in bound if c.kind == "meeting" and c.role == "mentor"]
    own = [m.start for m in turn.state.meetings if m.stands]
    week = [at for at in (*others, *own) if monday <= local_day(at, zone) < monday + WEEK]
    return min(week, default=start)
