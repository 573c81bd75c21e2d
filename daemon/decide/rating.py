"""Rating: each is asked alone how it goes, now and then, and what it was worth, after the end; the mentee, at three
moments, how sure of what is to be learnt.

Not who reads the numbers: nobody does, they are only counted. What a low one may lead to is up to whoever gave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from daemon.decide.moment import at_minute, local_day
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import last_day
from daemon.decide.terms import first_day
from daemon.domain.alone import Moment, Rating
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES, Role
from daemon.domain.question import Question, QuestionKind
from daemon.domain.value import replace
from daemon.domain.world import Commitment

ASKED_AT_MINUTE = 10 * 60
ANSWER_DAYS = timedelta(days=7)
APART = timedelta(days=7)
"""Nobody is asked such a thing twice in a week, over all their pairings."""
BEFORE_END = timedelta(days=14)
"""So long before the end it is too late for a check, and time for the last assessment."""
SINCE_FIRST = timedelta(hours=12)
WINDOW = timedelta(days=14)
OPEN_LIFE = timedelta(weeks=13)
"""Where no end is known, the middle is so long after the beginning."""
WORTH_WINDOW = timedelta(days=7)
"""So long after the closing somebody may still be asked: with the days for an answer, as long as replies are heard
(afterwards.py)."""
SHORTEST_LIFE = timedelta(weeks=8)
"""A pairing that is to last less has no middle."""
CHECKS_KEPT = 8
LOW = 2
"""From here down it is said what can be done."""
_ALONE = "asked-alone"


def ask_how_it_goes(turn: PairingTurn) -> None:
    """Both, every so many weeks in which the pairing runs."""
    weeks = turn.program.check_weeks
    if not weeks or turn.state.standing != "active" or _is_near_its_end(turn):
        return
    for role in ROLES:
        begun = turn.state.mentee_yes or turn.state.since
        last = turn.state.alone.checked_at.get(role, begun)
        due = _in_the_morning(turn, last + timedelta(weeks=weeks), role)
        back = _back_from_pause(turn)
        due = max(
            due, _apart(turn, role), *(_in_the_morning(turn, at + APART, role) for at in back)
        )
        if role not in turn.state.fewer and turn.watch.reached(due):
            _ask(turn, "check", role, f"{role}-{due:%Y%m%d}", turn.now + ANSWER_DAYS)
            checked = {**turn.state.alone.checked_at, role: turn.now}
            alone = replace(turn.state.alone, checked_at=checked)
            turn.state = replace(turn.state, alone=alone)


def ask_how_sure(turn: PairingTurn) -> None:
    """The mentee, at the moments that the program names, once each."""
    known = turn.state.alone
    if turn.state.standing not in ("active", "closing") or "mentee" in turn.state.fewer:
        return
    for about in turn.program.assess:
        window = None if about in known.assessed else _window(turn, about)
        if window is None or turn.now >= window[1]:
            continue
        if turn.watch.reached(max(window[0], _apart(turn, "mentee"))):
            _ask(turn, "assess", "mentee", about, turn.now + ANSWER_DAYS)
            alone = replace(turn.state.alone, assessed=(*known.assessed, about))
            turn.state = replace(turn.state, alone=alone)
            return


def ask_what_it_was_worth(turn: PairingTurn) -> None:
    """Each of the two, once for each end, when the last words between them are said; a week after anything else that they were
    asked alone, where that leaves a day for it: the farewell has promised it."""
    at = turn.state.closed_at
    if turn.state.standing != "closed" or at is None or turn.now >= at + WORTH_WINDOW:
        return
    for role in ROLES:
        apart = min(_apart(turn, role), at + WORTH_WINDOW - timedelta(days=1))
        due = max(_in_the_morning(turn, at + timedelta(days=1), role), apart)
        if may_ask_worth(turn, role) and turn.watch.reached(due):
            _ask(turn, "exit", role, f"{role}-{at:%Y%m%d}", turn.now + ANSWER_DAYS)


def may_ask_worth(turn: PairingTurn, role: Role) -> bool:
    """Who wants fewer letters is spared, and so are those who never met or whose files ended it at once; a substitute's
    end is none of the mentoring."""
    state = turn.state
    met = state.tally.held or took_place(turn)
    over_by_files = state.stopped_by == "admin" or state.line.stands_in or state.forgotten
    return bool(turn.program.exit_survey and met and not over_by_files and role not in state.fewer)


def _ask(
    turn: PairingTurn, kind: QuestionKind, role: Role, occasion: str, answer_by: datetime
) -> None:
    facts = {"about": occasion} if kind == "assess" else {}
    open_question(turn, kind, role, occasion, answer_by=answer_by, facts=facts)
    if asked(turn, kind, occasion):
        note_asked(turn, role)
    if kind == "check":
        turn.only_newest(turn.letter_stem(kind, occasion, turn.state.line.person(role).id))


def note_asked(turn: PairingTurn, role: Role) -> None:
    """That person was asked something alone just now: the next such thing waits a week."""
    known = turn.state.alone
    alone = replace(known, asked_at={**known.asked_at, role: turn.now})
    turn.state = replace(turn.state, alone=alone)


def asked_here(turn: PairingTurn, role: Role) -> list[Commitment]:
    """The same, for the other pairings of that person."""
    at = turn.state.alone.asked_at.get(role)
    recent = at is not None and turn.now < at + APART
    return [Commitment(turn.lane, "told", at, at, _ALONE)] if at and recent else []


def _apart(turn: PairingTurn, role: Role) -> datetime:
    """From when on that person may be asked something alone, over all pairings."""
    bound = turn.world.commitments.get(turn.state.line.person(role).id, ())
    elsewhere = [c.start for c in bound if (c.kind, c.name) == ("told", _ALONE)]
    here = turn.state.alone.asked_at.get(role)
    return max((at + APART for at in (*elsewhere, here) if at), default=turn.state.since)


def _in_the_morning(turn: PairingTurn, moment: datetime, role: Role) -> datetime:
    zone = turn.zone(turn.state.line.person(role).zone)
    return at_minute(local_day(moment, zone), ASKED_AT_MINUTE, zone)


def _back_from_pause(turn: PairingTurn) -> Iterator[datetime]:
    """When the last pause was over: right after it nothing can be said of the 1:1s."""
    pause = turn.state.resumed
    if pause is not None and pause.until and not pause.ended_by:
        yield at_minute(pause.until, 0, turn.zone(turn.state.line.anchor))
    elif pause is not None and pause.ended_at:
        yield pause.ended_at


# --- the moments


def over(turn: PairingTurn) -> datetime | None:
    """When the last day is over, where it is known."""
    until = last_day(turn)
    return at_minute(until, 24 * 60, turn.zone(turn.state.line.anchor)) if until else None


def _is_near_its_end(turn: PairingTurn) -> bool:
    end = over(turn)
    return end is not None and turn.now >= end - BEFORE_END


def took_place(turn: PairingTurn) -> list[Meeting]:
    """The 1:1s that are over and that nobody said no to, as far as they are remembered, earliest first."""
    found = [
        m for m in turn.state.meetings
        if m.end <= turn.now and (m.standing == "held" or m.stands)
    ]  # fmt: skip
    return sorted(found, key=lambda m: m.end)


def first_held(turn: PairingTurn) -> Meeting | None:
    """The very first 1:1 of the two, while it is remembered. A 1:1 that is still to end wakes the lane by itself."""
    if turn.state.tally.held:
        return None
    for meeting in turn.state.meetings:
        if meeting.stands:
            turn.watch.reached(meeting.end)
    return next(iter(took_place(turn)), None)


def _window(turn: PairingTurn, about: Moment) -> tuple[datetime, datetime] | None:
    """From when until when the mentee is asked about that moment; None while it is not known."""
    end = over(turn)
    if about == "start":
        first = first_held(turn)
        return (first.end + SINCE_FIRST, first.end + WINDOW) if first else None
    if about == "end":
        return (end - BEFORE_END, end) if end else None
    begun = at_minute(first_day(turn.state), ASKED_AT_MINUTE, turn.zone(turn.state.line.anchor))
    if end is not None and end - begun < SHORTEST_LIFE:
        return None
    middle = begun + ((end - begun) / 2 if end else OPEN_LIFE)
    middle = _in_the_morning(turn, middle, "mentee")
    return middle, middle + WINDOW


# --- what is answered


def answered_rating(turn: PairingTurn, question: Question, number: int) -> None:
    """The number is kept, with its day, and nothing else."""
    close_question(turn, question)
    day = local_day(turn.now, turn.zone(turn.state.line.person(question.role).zone))
    about = question.occasion if question.kind == "assess" else question.kind
    rating = Rating(question.role, about, day, number)
    known = [*turn.state.alone.ratings, rating]
    checks = [at for at, each in enumerate(known) if each.about == "check"]
    gone = checks[:-CHECKS_KEPT]
    ratings = tuple(each for at, each in enumerate(known) if at not in gone)
    turn.state = replace(turn.state, alone=replace(turn.state.alone, ratings=ratings))
