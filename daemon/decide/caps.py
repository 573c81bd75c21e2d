"""Caps: how many letters a person gets in a day and a week, and which of them gives way (RULES 8).

Not the hard cap, which is watched where letters are committed (daemon/brakes.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from daemon.decide.moment import at_minute, local_day
from daemon.decide.prepared import prep_moment
from daemon.decide.seen import PairingTurn
from daemon.domain.pair import Sent
from daemon.domain.people import Role

COUNTED = frozenset(
    [
        *("prep-mentee", "prep-mentor", "notes", "proposal-nudge", "setup-nudge", "left-out"),
        *("kindly", "lighter", "still-good", "absence", "break-ahead", "zone-changed", "paused"),
        *("resumed", "extend", "ended", "farewell", "wish"),
    ]
)
"""Letters that count. Proposals, `off`, `moved`, copies and the answer to one's own command do not."""
PREPS = ("prep-mentee", "prep-mentor")
WEEK = timedelta(days=7)


def room(turn: PairingTurn, touchpoint: str, role: Role) -> datetime | None:
    """None when there is room for one more letter now, else the next moment at which there may be.

    A prep comes first: what else would go on its day gives way to it.
    """
    zone = turn.zone(turn.state.line.person(role).zone)
    day = local_day(turn.now, zone)
    today = [at for at in _counted(turn, role) if local_day(at, zone) == day]
    taken = len(today)
    if touchpoint not in PREPS:
        taken += sum(local_day(at, zone) == day for at in _preps_to_come(turn, role))
    if taken >= turn.program.letters_per_day:
        return at_minute(day + timedelta(days=1), 0, zone)
    if role == "mentee":
        own = sorted(
            s.at
            for s in turn.state.sent
            if s.role == role and s.counts and not _was_withdrawn(turn, s)
        )
        week = [at for at in own if turn.now - at < WEEK]
        if len(week) >= turn.program.letters_per_week:
            return week[-turn.program.letters_per_week] + WEEK
    return None


def _counted(turn: PairingTurn, role: Role) -> Iterator[datetime]:
    """When that person got letters that count, in this pairing and in others."""
    own = [s for s in turn.state.sent if s.role == role and s.counts]
    yield from (s.at for s in own if not _was_withdrawn(turn, s))
    bound = turn.world.commitments.get(turn.state.line.person(role).id, ())
    yield from (c.start for c in bound if c.kind == "letter" and c.lane != turn.lane)


def _preps_to_come(turn: PairingTurn, role: Role) -> Iterator[datetime]:
    """When the preps of that person are due that have not been asked for yet, over all pairings."""
    for meeting in turn.state.meetings:
        stem = turn.letter_stem(
            f"prep-{role}", str(meeting.origin), turn.state.line.person(role).id
        )
        if meeting.stands and stem not in turn.marks:
            yield prep_moment(turn, meeting.start, role)
    bound = turn.world.commitments.get(turn.state.line.person(role).id, ())
    for each in bound:
        if each.kind == "meeting" and each.lane != turn.lane:
            moment = prep_moment(turn, each.start, role)
            if moment > turn.now:
                yield moment


def count_letter(turn: PairingTurn, stem: str, role: Role, *, counts: bool) -> None:
    """Remember a letter that was just asked for."""
    mark = turn.marks.get(stem)
    if mark is None or mark.standing != "live" or mark.at != turn.now:
        return
    if any(sent.stem == stem and sent.at == turn.now for sent in turn.state.sent):
        return
    sent = Sent(role, turn.now, counts, stem if counts else "")
    kept = tuple(
        s for s in turn.state.sent if turn.now - s.at < WEEK and not _was_withdrawn(turn, s)
    )
    turn.state = replace(turn.state, sent=(*kept, sent))


def _was_withdrawn(turn: PairingTurn, sent: Sent) -> bool:
    mark = turn.marks.get(sent.stem)
    return mark is not None and mark.standing == "withdrawn"
