"""Wishes that need the other's yes: another cadence, another length (RULES 11), and a person's own zone.

Not a change by the admin: that stands in the files and is followed at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.acknowledging import acknowledge
from daemon.decide.moment import full_hour
from daemon.decide.once import hand_on
from daemon.decide.owed import when
from daemon.decide.pausing import next_start
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.regular import look_for_time
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import terms, with_own
from daemon.decide.turn import iso
from daemon.domain.cadence import Step, nth_of
from daemon.domain.observation import Said
from daemon.domain.pair import Agreed
from daemon.domain.people import Role, other
from daemon.domain.question import Question
from daemon.domain.value import replace

ANSWER_DAYS = timedelta(days=7)
STEPS = {
    "weekly": Step(weeks=1),
    "biweekly": Step(weeks=2),
    "monthly": Step(months=1),
    "quarterly": Step(months=3),
}
SHORTEST_MINUTES = 15


def wish_cadence(turn: PairingTurn, role: Role, word: str, message: str) -> bool:
    """WEEKLY, BIWEEKLY, MONTHLY: asked of the partner. False when nothing would change, or is not theirs."""
    step, present = STEPS.get(word), terms(turn.state, turn.program)
    if step is None or present.sessions or "cadence" in turn.program.locked:
        return False
    running = turn.state.standing in ("active", "paused")
    if not running or (step.weeks, step.months) == (present.step.weeks, present.step.months):
        return False
    _ask(turn, role, {"what": "cadence", "weeks": step.weeks, "months": step.months}, message)
    return True


def wish_rarer(turn: PairingTurn, role: Role) -> None:
    """One rung less often: weekly → every two weeks → monthly → quarterly. Where that cannot be, the contact
    knows."""
    step = terms(turn.state, turn.program).step
    word = "biweekly" if step.weeks == 1 else ("quarterly" if step.months else "monthly")
    occasion = f"rarer-{turn.now:%Y%m%dT%H%M%S}"
    if step.months >= 3 or not wish_cadence(turn, role, word, occasion):
        what = "a wish to meet less often than this program can"
        turn.tell("for-contact", reason=what, what=what)


def wish_shorter(turn: PairingTurn, role: Role) -> None:
    """About two thirds of the length, in steps of five minutes; of alternating lengths the shorter one."""
    lengths = terms(turn.state, turn.program).lengths_minutes
    shorter = max(SHORTEST_MINUTES, lengths[0] * 2 // 15 * 5) if len(lengths) == 1 else min(lengths)
    if shorter >= max(lengths) or "length" in turn.program.locked:
        what = "a wish for shorter 1:1s than this program can"
        turn.tell("for-contact", reason=what, what=what)
        return
    facts = {"what": "length", "minutes": shorter}
    _ask(turn, role, facts, f"shorter-{turn.now:%Y%m%dT%H%M%S}")


def _ask(turn: PairingTurn, role: Role, facts: dict[str, object], occasion: str) -> None:
    """Asked once. Whoever wishes what the other one has asked about already, agrees."""
    known = asked(turn, "wish")
    if known and known.facts == facts:
        if known.role == role:
            answered_wish(turn, known, 1)
        return
    if known:
        close_question(turn, known)
    open_question(
        turn, "wish", other(role), occasion, answer_by=_answer_by(turn, other(role)), facts=facts
    )


def _answer_by(turn: PairingTurn, role: Role) -> datetime:
    zone = turn.zone(turn.state.line.person(role).zone)
    return full_hour(turn.now + ANSWER_DAYS, zone)


def answered_wish(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 no, which changes as little as silence."""
    if number != 1:
        turn.because("the wish was not agreed to: everything stays as it is")
        silent_wish(turn, replace(question, answered=number))
        return
    close_question(turn, question)
    agreed = turn.state.agreed
    if question.facts["what"] == "length":
        agreed = replace(agreed, lengths_minutes=(int(question.facts["minutes"]),))
    else:
        agreed = _agreed_step(turn, question)
    turn.state = replace(turn.state, agreed=agreed)
    turn.because("both agree: cadence or length changes")


def _agreed_step(turn: PairingTurn, question: Question) -> Agreed:
    """A monthly 1:1 keeps its weekday and hour: the first date from now on says which of the month."""
    weeks, months = int(question.facts["weeks"]), int(question.facts["months"])
    present = terms(turn.state, turn.program)
    at = present.at
    if at is not None:
        nth = 0
        if months:
            coming = [m.origin.day for m in turn.state.meetings if m.stands and m.start > turn.now]
            nth = nth_of(min(coming)) if coming else 1
        at = replace(at, nth=nth)
    step = Step(weeks=weeks) if weeks else Step(months=months, nth=1)
    return replace(turn.state.agreed, step=step, at=at)


def silent_wish(turn: PairingTurn, question: Question) -> None:
    """No agreement, no change. Whoever wished it hears so by day; until then a yes still counts."""
    close_question(turn, question)
    role = other(question.role)
    morning = when(turn, turn.now, role)
    if turn.watch.reached(morning):
        acknowledge(turn, role, "wish-no", question.occasion)
    else:
        waits = replace(question, answer_by=morning)
        turn.state = replace(turn.state, questions=(*turn.state.questions, waits))


# --- zone


def zone_changed(turn: PairingTurn, role: Role, zone: str, occasion: str, *, own: bool) -> None:
    """Only how times are shown changes; the anchor does not. Does the time still suit? `own`: said here, and
    not in another pairing."""
    before = turn.state.line.person(role).zone
    if zone == before:
        return
    _live_in(turn, role, zone)
    start = next_start(turn)
    open_question(
        turn, "zone-changed", role, occasion, answer_by=_answer_by(turn, role),
        facts={"before": before, "start": iso(start) if start else None}, own=own,
    )  # fmt: skip
    turn.because(f"the {role} moved to another zone")


def _live_in(turn: PairingTurn, role: Role, zone: str) -> None:
    agreed = turn.state.agreed
    if role == "mentor":
        agreed = replace(agreed, mentor_zone=zone)
    else:
        agreed = replace(agreed, mentee_zone=zone)
    turn.state = replace(turn.state, agreed=agreed, line=with_own(turn.state.line, agreed))


def answered_zone(turn: PairingTurn, question: Question, number: int) -> None:
    """1 it still suits · 2 another regular time · 3 only for a while: as before, in all pairings."""
    close_question(turn, question)
    if number == 2:
        look_for_time(turn, question.role)
    elif number == 3:
        before = str(question.facts["before"])
        _live_in(turn, question.role, before)
        hand_on(turn, question.role, Said("undo", text=f"zone {before}"))


def zone_as_before(turn: PairingTurn, role: Role, zone: str) -> None:
    """The same, said in another pairing."""
    _live_in(turn, role, zone)
    for question in turn.state.questions:
        if question.kind == "zone-changed" and question.role == role:
            close_question(turn, question)
