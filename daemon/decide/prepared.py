"""The hour of a prep: so many days before the 1:1, the evening before for the mentee and that morning for the mentor where
nothing else is said; and the hour of the card.

Not the letter: touchpoints.py asks for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from daemon.decide.moment import at_minute, local_day, quiet_hours, speakable, speakable_before
from daemon.decide.seen import PairingTurn
from daemon.domain.people import Person, Role
from daemon.domain.program import Program

CLOSES = timedelta(hours=2)
WEEK = timedelta(days=7)
USUAL_DAYS: dict[Role, int] = {"mentee": 1, "mentor": 0}
"""The leads that no 1:1 before this one makes shorter."""


def prep_moment(turn: PairingTurn, start: datetime, role: Role) -> datetime:
    """When the prep of a meeting of this pairing goes."""
    return hour_before(
        turn, turn.state.line.person(role), start, role, lead_days(turn, start, role)
    )


def usual_prep_moment(turn: PairingTurn, start: datetime, role: Role) -> datetime:
    """The same for a meeting of another pairing that says nothing of its own (see own_prep_moment)."""
    return hour_before(turn, turn.state.line.person(role), start, role, USUAL_DAYS[role])


def hour_before(
    turn: PairingTurn, reader: Person, start: datetime, role: Role, days: int
) -> datetime:
    """So many days before the day of the meeting, at the hour of that role's prep, both of the reader's own zone. An hour
    outside the window, which opens a day before the earliest day of a lead and two days before the meeting at least and
    closes two hours before it, or in quiet hours, is moved to the last moment before (RULES 8)."""
    program, zone = turn.program, turn.zone(reader.zone)
    minute = program.prep_mentee_minute if role == "mentee" else program.prep_mentor_minute
    moment = at_minute(local_day(start, zone) - timedelta(days=days), minute, zone)
    opens, latest = start - timedelta(days=max(days, 1) + 1), start - CLOSES - timedelta(minutes=1)
    return speakable_before(max(opens, min(moment, latest)), quiet_hours(reader, zone, program))


def lead_days(turn: PairingTurn, start: datetime, role: Role) -> int:
    """So many days before a meeting of this pairing its prep goes. A lead longer than the usual one does not reach back to
    the day of the 1:1 before: its prep goes on the day after that one, and the mentor's is put off by as many days, so that
    it comes no sooner after the mentee's."""
    program, usual = turn.program, USUAL_DAYS[role]
    days = program.prep_mentee_days if role == "mentee" else program.prep_mentor_days
    return days if days <= usual else max(usual, days - _too_many(turn, start))


def _too_many(turn: PairingTurn, start: datetime) -> int:
    """So many of the days of the mentee's lead are not left since the 1:1 before."""
    days, usual = turn.program.prep_mentee_days, USUAL_DAYS["mentee"]
    before = [
        m.start
        for m in turn.state.meetings
        if m.start < start and (m.stands or m.standing in ("held", "missed"))
    ]
    if days <= usual or not before:
        return 0
    zone = turn.zone(turn.state.line.mentee.zone)
    left = (local_day(start, zone) - local_day(max(before), zone)).days - 1
    return max(0, days - max(usual, left))


def own_prep_moment(turn: PairingTurn, start: datetime, role: Role) -> datetime | None:
    """The same for the limits in other pairings of that person, where this pair has hours or a lead of its own; None where it has
    not, or a card comes instead."""
    own = turn.program.of_pair
    minute = own.prep_mentee_minute if role == "mentee" else own.prep_mentor_minute
    usual = lead_days(turn, start, role) == USUAL_DAYS[role]
    if minute is None and own.quiet is None and usual:
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
    """When the mentor gets what is written for a 1:1 by then: with the week card where it is still to come, and not before it
    where the mentor's lead is longer than a card's; else at the hour of the prep."""
    prep = prep_moment(turn, start, "mentor")
    if on_week_card(turn):
        card = card_moment(
            _first_of_week(turn, start), turn.state.line.mentor, _zone(turn), turn.program
        )
        if card > turn.now:
            return min(card, prep) if turn.program.prep_mentor_days else card
    return prep


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
