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
from daemon.domain.effect import Effect, SendLetter
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
COUNTS = "counts"
"""How a letter that counts is called among the commitments of its reader."""
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
    others = [c for c in bound if c.kind == "letter" and c.lane != turn.lane]
    yield from (c.start for c in others if c.name == COUNTS)


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
    sent = Sent(role, turn.now, counts, stem)
    kept = tuple(
        s for s in turn.state.sent if turn.now - s.at < WEEK and not _was_withdrawn(turn, s)
    )
    turn.state = replace(turn.state, sent=(*kept, sent))


def note_letters(turn: PairingTurn) -> None:
    """Remember every letter of this turn, and put what is above the hard cap on hold: it fails closed."""
    effects: list[Effect] = []
    for effect in turn.effects:
        change = effect.change
        role = turn.state.line.role_of(change.person) if isinstance(change, SendLetter) else None
        if role is None:
            effects.append(effect)
            continue
        if _letters_today(turn, role) >= turn.program.letters_hard_cap:
            effect = replace(effect, hold=f"cap/{turn.now.date().isoformat()}")
            turn.over_cap.append(role)
        effects.append(effect)
        if all(s.stem != effect.stem or s.at != turn.now for s in turn.state.sent):
            sent = Sent(role, turn.now, False, effect.stem)
            turn.state = replace(turn.state, sent=(*turn.state.sent, sent))
    turn.effects = effects
    if turn.over_cap:
        first = turn.state.line.person(turn.over_cap[0]).first
        turn.tell("letters-over", reason="more letters than the hard cap", first=first)


def _letters_today(turn: PairingTurn, role: Role) -> int:
    """All letters of that person's day, over all pairings, exempt from the other caps or not."""
    person = turn.state.line.person(role)
    zone = turn.zone(person.zone)
    day = local_day(turn.now, zone)
    own = [s.at for s in turn.state.sent if s.role == role]
    bound = turn.world.commitments.get(person.id, ())
    others = [c.start for c in bound if c.kind == "letter" and c.lane != turn.lane]
    return sum(local_day(at, zone) == day for at in (*own, *others))


def _was_withdrawn(turn: PairingTurn, sent: Sent) -> bool:
    mark = turn.marks.get(sent.stem)
    return mark is not None and mark.standing == "withdrawn"
