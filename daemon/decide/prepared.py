"""The hour of a prep: the day before at 18:00 for the mentee, that day at 09:00 for the mentor, if not a card.

Not the letter: touchpoints.py asks for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.moment import at_minute, local_day, speakable_before
from daemon.decide.seen import PairingTurn
from daemon.domain.people import Role

OPENS = timedelta(hours=48)
CLOSES = timedelta(hours=2)


def prep_moment(turn: PairingTurn, start: datetime, role: Role) -> datetime:
    """When the prep of a meeting goes: at the program's hour of the reader's own zone. An hour outside the
    window [start − 48 h, start − 2 h), or in quiet hours, is moved to the last moment before (RULES 8)."""
    program, zone = turn.program, turn.zone(turn.state.line.person(role).zone)
    day = local_day(start, zone)
    if role == "mentee":
        moment = at_minute(day - timedelta(days=1), program.prep_mentee_minute, zone)
    else:
        moment = at_minute(day, program.prep_mentor_minute, zone)
    latest = start - CLOSES - timedelta(minutes=1)
    return speakable_before(max(start - OPENS, min(moment, latest)), zone, program)


def on_week_card(turn: PairingTurn) -> bool:
    """Whether the mentor has so many running pairings that single preps give way to the card."""
    least = turn.program.week_card_from
    bound = turn.world.commitments.get(turn.state.line.mentor.id, ())
    lanes = {c.lane for c in bound if c.kind == "pairing"} | {turn.lane}
    return 0 < least <= len(lanes)
