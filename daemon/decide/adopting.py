"""Adopting: an event of the two that one of them made by hand is offered to its owner, to be looked after instead of
being doubled (RULES 1, ADR 0009). Only a yes makes it ours; silence leaves it alone.

Not what follows from a yes (taking_over.py), and not the rest of a series that was cut by hand (rewalled.py).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Literal

from msgspec import Struct

from daemon.decide.gone import in_doubt
from daemon.decide.keys import is_provider_id, short
from daemon.decide.moment import instant, same_clock
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.searching import windows
from daemon.decide.seen import PairingTurn
from daemon.decide.sessions import next_window
from daemon.decide.terms import Terms, terms
from daemon.decide.turn import iso
from daemon.domain.cadence import RegularTime, SeriesRule, wall_text
from daemon.domain.meeting import HandMade, Meeting, Override
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.question import Question
from daemon.domain.value import replace

KEPT = 4
OVERRIDES_KEPT = 6
SERIES_ANSWER = timedelta(days=4)
SINGLE_ANSWER = timedelta(days=1)
DATES_LEAST = 2
"""With fewer dates to come it is no series any more."""
LONGER = 3
"""What is so many times as long as their 1:1s is something else."""


class Use(Struct, frozen=True):
    """What an event made by hand could be: the regular 1:1s, the new time of `meeting`, or the next session."""

    kind: Literal["series", "single", "session"]
    meeting: Meeting | None = None


# --- seen


def hand_made_seen(turn: PairingTurn, seen: EventSeen) -> None:
    """Remember an event of nobody but the two. What was ours once, or has other guests, is none."""
    if turn.state.standing == "closed" or is_provider_id(seen.place.uid):
        return
    known = _known(turn, seen.place.uid)
    if seen.place.recurrence:
        if known:
            _keep(turn, _with_override(known, seen))
        return
    line = turn.state.line
    guests = {guest.address for guest in seen.guests} - {line.mentor.address}
    if seen.cancelled or guests != {each.address for each in line.people[1:]}:
        _forget(turn, seen.place.uid)
        return
    hand = HandMade(
        seen.place, seen.start, seen.end, seen.version, turn.now, seen.rule,
        by="mentee" if seen.organizer else "mentor",
    )  # fmt: skip
    if known:
        same = (known.start, known.end, known.rule) == (hand.start, hand.end, hand.rule)
        hand = replace(
            hand, answer=known.answer, overrides=known.overrides if same else (),
            seen_at=known.seen_at if same else turn.now,
        )  # fmt: skip
    _keep(turn, hand)


def hand_made_gone(turn: PairingTurn, gone: EventGone) -> None:
    """Its maker took it off again: nothing is asked about it."""
    _forget(turn, gone.place.uid)


def _known(turn: PairingTurn, uid: str) -> HandMade | None:
    return next((each for each in turn.state.hand_made if each.place.uid == uid), None)


def _keep(turn: PairingTurn, hand: HandMade) -> None:
    rest = [each for each in turn.state.hand_made if each.place.uid != hand.place.uid]
    turn.state = replace(turn.state, hand_made=(*rest[1 - KEPT :], hand))


def _forget(turn: PairingTurn, uid: str) -> None:
    kept = tuple(each for each in turn.state.hand_made if each.place.uid != uid)
    if kept != turn.state.hand_made:
        turn.state = replace(turn.state, hand_made=kept)


def _with_override(hand: HandMade, seen: EventSeen) -> HandMade:
    wall = seen.place.recurrence
    others = [each for each in hand.overrides if each.recurrence != wall]
    override = Override(wall, seen.start, seen.end, seen.cancelled)
    return replace(hand, overrides=(*others, override)[-OVERRIDES_KEPT:])


# --- what it could be


def use_of(turn: PairingTurn, hand: HandMade) -> Use | None:
    """What that event could be for the two now, None for nothing that we know of."""
    if turn.state.line.closing or turn.state.stopped_by:
        return None
    wanted = terms(turn.state, turn.program)
    if hand.rule is not None:
        if any(s.cut_to and goes_on(hand.rule, s.rule, s.cut_to) for s in turn.state.series):
            return None  # the rest of ours: nobody has to be asked
        return Use("series") if _near_cadence(turn, hand.rule, wanted) else None
    if turn.state.standing != "active" or hand.start <= turn.now:
        return None
    if hand.end - hand.start > timedelta(minutes=LONGER * max(wanted.lengths_minutes)):
        return None
    fallen = [m for m in turn.state.meetings if _has_fallen(turn, m)]
    for meeting in sorted(fallen, key=lambda m: m.origin):
        if hand.start < windows(turn, meeting)[1].end:
            return Use("single", meeting)
    if not wanted.sessions or fallen:
        return None
    window = next_window(turn)
    return Use("session") if window and hand.start < window.end else None


def _has_fallen(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether it needs another time, and nothing but its place on a calendar would be in the way of this one."""
    proposal, place = turn.state.proposal, meeting.place
    if proposal and proposal.origin == meeting.origin and (proposal.picked or proposal.booked):
        return False
    replaceable = meeting.gone or place is None or place.recurrence != ""
    fallen = meeting.standing == "cancelled" and not meeting.settled_by
    return fallen and replaceable and not in_doubt(turn, meeting)


def _near_cadence(turn: PairingTurn, rule: SeriesRule, wanted: Terms) -> bool:
    """About as often as they meet, for about as long, on the clock of one of them; and nothing else than the program fixes."""
    lengths, locked = wanted.lengths_minutes, turn.program.locked
    if turn.state.standing not in ("invited", "active") or wanted.sessions or len(lengths) != 1:
        return False
    own, theirs = wanted.step.length, rule.step.length
    if not own / 2 <= theirs <= own * 2 or rule.length_minutes > LONGER * lengths[0]:
        return False
    zone = clock_of(turn, rule)
    if zone is None or (zone != wanted.zone and "at" in locked):
        return False
    first = rule.begins
    at = RegularTime(first.weekday(), first.hour, first.minute, rule.step.nth)
    fixed = (
        ("at" in locked and at != wanted.at)
        or ("cadence" in locked and rule.step != wanted.step)
        or ("length" in locked and rule.length_minutes != lengths[0])
    )
    return not fixed and len(_to_come(turn, rule)) == DATES_LEAST


def clock_of(turn: PairingTurn, rule: SeriesRule) -> str | None:
    """Whose clock it is on: that of the pairing, or of one of the two, by the name that we know; None for another one."""
    line = turn.state.line
    for name in (line.anchor, line.mentor.zone, line.mentee.zone):
        if rule.zone == name or same_clock(turn.zone(rule.zone), turn.zone(name), turn.now):
            return name
    return None


def goes_on(new: SeriesRule, old: SeriesRule, cut_to: date) -> bool:
    """Whether a series begins where another was cut, within two of its steps."""
    gap = new.begins.date() - cut_to
    return timedelta(0) < gap <= 2 * old.step.length + timedelta(days=1)


def _to_come(turn: PairingTurn, rule: SeriesRule) -> list[datetime]:
    """Its first two dates that are still to come, if there are so many."""
    zone = turn.zone(rule.zone)
    now = turn.now.astimezone(zone).replace(tzinfo=None)
    walls = rule.walls(now if rule.begins <= now else None)
    there = (wall for wall in walls if wall_text(wall) not in rule.gaps)
    return [instant(wall, zone) for wall in islice(there, DATES_LEAST)]


# --- asked


def offer_hand_made(turn: PairingTurn) -> None:
    """Ask the owner of such an event, one at a time, once the wait that forgives a slip is over."""
    _tidy(turn)
    wait = timedelta(minutes=turn.program.repair_wait_minutes)
    for hand in turn.state.hand_made:
        if asked(turn, "adopt") or hand.answer or _was_asked(turn, hand):
            continue
        use = use_of(turn, hand)
        if use and _is_asked_in(turn) and turn.watch.reached(hand.seen_at + wait):
            _ask(turn, hand, use)


def _is_asked_in(turn: PairingTurn) -> bool:
    """Who has not said yes to the pairing is asked that first."""
    return turn.state.standing == "active" or turn.state.mentor_yes is not None


def _ask(turn: PairingTurn, hand: HandMade, use: Use) -> None:
    wanted, start = terms(turn.state, turn.program), hand.start
    until = turn.now + (SERIES_ANSWER if hand.rule else SINGLE_ANSWER)
    facts: dict[str, Any] = {"kind": use.kind, "planned": None, "weeks": 0, "months": 0}
    facts["by"] = hand.by
    if hand.rule:
        start = _to_come(turn, hand.rule)[0]
        facts |= {"weeks": hand.rule.step.weeks, "months": hand.rule.step.months}
        if any(each.live for each in turn.state.series):
            facts["kind"] = "double"
    else:
        until = min(until, hand.start)
    if use.meeting:
        zone = turn.zone(use.meeting.origin.zone)
        facts["planned"] = iso(instant(datetime.fromisoformat(use.meeting.origin.wall), zone))
    facts |= {"start": iso(start), "known": wanted.at is not None}
    open_question(turn, "adopt", "mentor", _occasion(hand), answer_by=until, facts=facts)


def _occasion(hand: HandMade) -> str:
    return short(f"{hand.place.calendar} {hand.place.uid}")


def _was_asked(turn: PairingTurn, hand: HandMade) -> bool:
    mentor = turn.state.line.mentor.id
    return turn.letter_stem("adopt", _occasion(hand), mentor) in turn.marks


def _tidy(turn: PairingTurn) -> None:
    """What is ours, or over, is forgotten, and what can be nothing any more is asked about no more."""
    ours = {series.uid for series in turn.state.series}
    for hand in turn.state.hand_made:
        past = not _to_come(turn, hand.rule) if hand.rule else hand.end <= turn.now
        if past or hand.place.uid in ours:
            _forget(turn, hand.place.uid)
    for question in turn.state.questions:
        if question.kind == "adopt":
            about = _asked_about(turn, question)
            if about is None or use_of(turn, about) is None:
                close_question(turn, question)
                turn.because("an event made by hand is gone, or needed no more: not asked about")


def _asked_about(turn: PairingTurn, question: Question) -> HandMade | None:
    return next((h for h in turn.state.hand_made if _occasion(h) == question.occasion), None)


# --- held back meanwhile


def is_awaited(turn: PairingTurn) -> bool:
    """Whether a series made by hand may become that of the two: meanwhile none of ours is begun or changed."""
    return any(hand.rule and _may_become(turn, hand) for hand in turn.state.hand_made)


def may_be_instead(turn: PairingTurn, meeting: Meeting | None) -> bool:
    """Whether an event made by hand may be the new time of that meeting (None: of the next session)."""
    return any(
        hand.rule is None and (use := use_of(turn, hand)) is not None
        and _may_become(turn, hand)
        and (use.meeting.origin if use.meeting else None) == (meeting.origin if meeting else None)
        for hand in turn.state.hand_made
    )  # fmt: skip


def _may_become(turn: PairingTurn, hand: HandMade) -> bool:
    """It was said so, or its owner is being asked, or is about to be."""
    if hand.answer == "no" or use_of(turn, hand) is None:
        return False
    unasked = _is_asked_in(turn) and not _was_asked(turn, hand)
    return hand.answer == "yes" or unasked or asked(turn, "adopt", _occasion(hand)) is not None


# --- answered


def answered_adopt(turn: PairingTurn, question: Question, number: int) -> None:
    """1 it is theirs to be looked after · 2 it is left alone."""
    close_question(turn, question)
    hand = _asked_about(turn, question)
    if hand:
        _keep(turn, replace(hand, answer="yes" if number == 1 else "no"))


def silent_adopt(turn: PairingTurn, question: Question) -> None:
    """No word is no yes: it is left alone. Of a whole series beside ours a person may want to know."""
    answered_adopt(turn, question, 2)
    if question.facts["kind"] in ("series", "double"):
        what = "a series of their own in the calendar, beside mine"
        first = turn.state.line.person(question.role).first
        turn.tell_once(f"adopt/{question.occasion}", "by-hand", reason=what, what=what, first=first)
