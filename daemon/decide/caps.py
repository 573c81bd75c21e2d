"""Caps: how many letters a person gets in a day and a week, and which of them gives way (RULES 8).

Not the hard cap, which is watched where letters are committed (daemon/brakes.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from daemon.decide.group import member_of, put_member
from daemon.decide.keys import touchpoint_of
from daemon.decide.moment import at_minute, local_day, quiet_hours, speakable
from daemon.decide.patience import reminded_at
from daemon.decide.prepared import on_week_card, prep_moment, usual_prep_moment
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.pair import Sent
from daemon.domain.people import MEMBER, Role, Who
from daemon.domain.value import replace
from daemon.domain.world import Commitment

COUNTED = frozenset(
    [
        *("prep-mentee", "prep-mentor", "notes", "proposal-nudge", "setup-nudge", "left-out"),
        *("kindly", "lighter", "still-good", "absence", "break-ahead", "zone-changed", "paused"),
        *("resumed", "extend", "ended", "farewell", "wish", "check", "assess", "exit"),
        *("goals", "goal-review", "halfway", "follow-up", "group-prep", "group-ended"),
        *("chemistry", "handover", "agreement", "substitute"),
    ]
)
"""Letters that count. What is about a time, or a change in a calendar, what the other one writes or wishes for a 1:1, and
the answer to one's own command do not (tests/stories/test_what_counts.py has each of them, with its reason)."""
COUNTS = "counts"
"""How a letter that counts is called among the commitments of its reader."""
ALONE, NUDGE, REST = 0, 2, 3
FIRST = {
    "prep-mentee": 0, "prep-mentor": 0, "notes": 1, "proposal-nudge": NUDGE, "setup-nudge": NUDGE,
}  # fmt: skip
"""What comes first when the caps bind: prep, notes, nudge, the rest."""
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MINUTE = timedelta(minutes=1)


def is_counted(turn: PairingTurn, touchpoint: str) -> bool:
    """Whether it counts here: what a pairing waits for to begin is put off by nothing else."""
    begins = touchpoint == "agreement" and turn.state.standing == "invited"
    return touchpoint in COUNTED and not begins


def room(
    turn: PairingTurn, touchpoint: str, role: Role, *, before_all: bool = False
) -> datetime | None:
    """None when there is room for one more letter now, else the next moment at which there may be. What
    comes first is left its room before it is there, unless this one comes `before_all`."""
    order = ALONE if before_all else FIRST.get(touchpoint, REST)
    zone = turn.zone(turn.state.line.person(role).zone)
    day = local_day(turn.now, zone)
    today = sum(local_day(at, zone) == day for at in counted(turn, role))
    coming = [at for at in _coming(turn, role, order) if local_day(at, zone) == day]
    if today >= turn.program.letters_per_day:
        return at_minute(day + DAY, 0, zone)
    if today + len(coming) >= turn.program.letters_per_day:
        return max(coming) + MINUTE
    most = turn.program.letters_a_week(role)
    if most is None:
        return None
    own = [s.at for s in turn.state.sent if s.role == role and s.counts]
    gone = [s.at for s in turn.state.sent if _was_withdrawn(turn, s)]
    known = sorted(set(own) - set(gone)) + sorted(_coming_here(turn, role, order))
    if _fits(known, turn.now, most):
        return None
    moments = sorted(at + WEEK for at in known if at + WEEK > turn.now)
    return next(at for at in moments if _fits(known, at, most))


def _fits(known: list[datetime], moment: datetime, most: int) -> bool:
    """Whether one more letter at that moment leaves every seven days with so many at most."""
    begins = [at for at in known if at <= moment < at + WEEK] + [moment]
    return all(sum(start <= at < start + WEEK for at in known) < most for start in begins)


def counted(turn: PairingTurn, who: Who) -> Iterator[datetime]:
    """When that person got letters that count, in this pairing and in others."""
    yield from (s.at for s in _sent_to(turn, who) if s.counts and not _was_withdrawn(turn, s))
    bound = turn.world.commitments.get(turn.state.line.person(who).id, ())
    others = [c for c in bound if c.kind == "letter" and c.lane != turn.lane]
    yield from (c.start for c in others if c.name == COUNTS)


def _coming(turn: PairingTurn, role: Role, order: int) -> Iterator[datetime]:
    """When letters of that person are due that come before one of this order, over all pairings."""
    yield from _coming_here(turn, role, order)
    for each in turn.world.commitments.get(turn.state.line.person(role).id, ()):
        if each.kind == "meeting" and each.lane != turn.lane:
            yield from _of(turn, role, order, each)


def _coming_here(turn: PairingTurn, role: Role, order: int) -> Iterator[datetime]:
    """The same of this pairing: what was not asked for yet."""
    if role in turn.state.fewer:
        return
    person = turn.state.line.person(role).id
    for meeting in turn.state.meetings:
        if meeting.stands:
            names = (f"prep-{role}", "notes")
            stems = [turn.letter_stem(name, str(meeting.origin), person) for name in names]
            dates = _dates(turn, role, meeting.end, prep_moment(turn, meeting.start, role))
            for at, stem in zip(dates, stems, strict=True):
                if at > turn.now and stem not in turn.marks and FIRST[touchpoint_of(stem)] < order:
                    yield at
    proposal = turn.state.proposal
    if order > NUDGE and proposal and proposal.asked == role and not proposal.picked:
        yield from (at for at in reminded_at(turn, proposal) if at > turn.now)


def _of(turn: PairingTurn, role: Role, order: int, bound: Commitment) -> Iterator[datetime]:
    """Of another pairing, which may decide about its letter of this minute after this one."""
    prep, notes = _dates(turn, role, bound.end, usual_prep_moment(turn, bound.start, role))
    prep, since = bound.prep_at or prep, turn.now - MINUTE
    yield from (at for at, own in ((prep, 0), (notes, 1)) if own < order and at > since)


def _dates(
    turn: PairingTurn, role: Role, end: datetime, prep: datetime
) -> tuple[datetime, datetime]:
    """The moments of prep and notes; long ago, where that person gets none."""
    person = turn.state.line.person(role)
    hours = quiet_hours(person, turn.zone(person.zone), turn.program)
    notes = speakable(end + timedelta(minutes=turn.program.notes_after_minutes), hours)
    if role == "mentee":
        return prep, notes
    none = turn.now - DAY
    return (none if on_week_card(turn) else prep), none


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
        who = turn.state.line.who(change.person) if isinstance(change, SendLetter) else None
        if who is None:
            effects.append(effect)
            continue
        if _letters_today(turn, who, effect.stem) >= turn.program.letters_hard_cap:
            effect = replace(effect, hold=f"cap/{turn.now.date().isoformat()}")
            turn.over_cap.append(who)
        effects.append(effect)
        _note(turn, who, effect.stem)
    turn.effects = effects
    if turn.over_cap:
        first = turn.state.line.person(turn.over_cap[0]).first
        turn.tell("letters-over", reason="more letters than the hard cap", first=first)


def _note(turn: PairingTurn, who: Who, stem: str) -> None:
    """One that counts was noted when it was asked for (`count_letter`); of letters to members this is the only place,
    and of which letter it was nothing is remembered: there are many of them."""
    role = turn.state.line.role_of(turn.state.line.person(who).id)
    if role is None:
        member = member_of(turn.state, who.removeprefix(MEMBER))
        kept = tuple(s for s in member.sent if turn.now - s.at < (WEEK if s.counts else 2 * DAY))
        sent = Sent("mentee", turn.now, touchpoint_of(stem) in COUNTED, "")
        put_member(turn, replace(member, sent=(*kept, sent)))
    elif all(s.stem != stem or s.at != turn.now for s in turn.state.sent):
        sent = Sent(role, turn.now, False, stem)
        turn.state = replace(turn.state, sent=(*turn.state.sent, sent))


def _sent_to(turn: PairingTurn, who: Who) -> tuple[Sent, ...]:
    if who.startswith(MEMBER):
        return member_of(turn.state, who.removeprefix(MEMBER)).sent
    return tuple(s for s in turn.state.sent if s.role == who)


def _letters_today(turn: PairingTurn, who: Who, this: str) -> int:
    """All other letters of that person's day, over all pairings, exempt from the other caps or not."""
    person = turn.state.line.person(who)
    zone = turn.zone(person.zone)
    day = local_day(turn.now, zone)
    own = [s.at for s in _sent_to(turn, who) if (s.stem, s.at) != (this, turn.now)]
    bound = turn.world.commitments.get(person.id, ())
    others = [c.start for c in bound if c.kind == "letter" and c.lane != turn.lane]
    return sum(local_day(at, zone) == day for at in (*own, *others))


def _was_withdrawn(turn: PairingTurn, sent: Sent) -> bool:
    mark = turn.marks.get(sent.stem)
    return mark is not None and mark.standing == "withdrawn"
