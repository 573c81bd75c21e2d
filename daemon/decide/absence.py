"""Absences of one of the two (RULES 5, row 10a): one letter for all of it, and no reasons.

Not breaks of the program and not pauses of the pair.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from daemon.decide.days import off
from daemon.decide.moment import at_minute, local_day
from daemon.decide.owed import personal, when
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting
from daemon.domain.observation import BusyInterval
from daemon.domain.pair import Absence
from daemon.domain.people import Days, Role, other
from daemon.domain.question import Question

WEEKLY = timedelta(days=7)
LETTER_DAYS = timedelta(days=3)
YEAR_MOST = timedelta(days=366)


def ask_about_absence(turn: PairingTurn, role: Role, seen: BusyInterval, name: str) -> None:
    """An out-of-office event of days: is that right? Its dates are kept, its text never was read."""
    zone = turn.zone(turn.state.line.person(role).zone)
    days = Days(local_day(seen.start, zone), local_day(seen.end - timedelta(minutes=1), zone))
    if any(
        a.role == role and a.days.first <= days.first and days.last <= a.days.last
        for a in turn.state.absences
    ):
        return
    facts = {
        "own": True, "first": days.first.isoformat(), "last": days.last.isoformat(), "source": name,
        "left_out": _left_out(turn, role, days),
    }  # fmt: skip
    ends = at_minute(days.first, 0, zone)
    answer_by = max(ends - timedelta(hours=24), turn.now + timedelta(hours=24))
    open_question(turn, "absence", role, f"{role}-{name}", answer_by=answer_by, facts=facts)


def answered_absence(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 no."""
    close_question(turn, question)
    if number == 1:
        days = Days(
            date.fromisoformat(question.facts["first"]), date.fromisoformat(question.facts["last"])
        )
        away(turn, question.role, days, "calendar")
        return
    source = str(question.facts.get("source", ""))
    turn.state = replace(turn.state, double_booked=(*turn.state.double_booked, source)[-8:])


def away(turn: PairingTurn, role: Role, days: Days, source: Any = "reply") -> Absence | None:
    """Somebody is away on these days."""
    today = local_day(turn.now, turn.zone(turn.state.line.person(role).zone))
    if days.last < today or days.last - days.first > YEAR_MOST:
        return None
    absence = Absence(role, days, turn.now, source)
    kept = tuple(a for a in turn.state.absences if a.role != role or a.days != days)
    turn.state = replace(turn.state, absences=(*kept, absence))
    question = asked(turn, "absence")
    if question and question.role == role:
        close_question(turn, question)
    turn.because(f"the {role} is away {days.first}–{days.last}")
    return absence


def leave_out_by_rule(turn: PairingTurn) -> None:
    """What stands on a day on which nothing takes place is left out; of a rare 1:1 one time in its window is
    offered instead when only one of the two is away."""
    for meeting in turn.state.meetings:
        if meeting.start <= turn.now or not (meeting.stands or _waits(turn, meeting)):
            continue
        why = off(turn, meeting.start)
        if not why or _was_chosen(turn, meeting, why):
            continue
        rare = terms(turn.state, turn.program).step.length > WEEKLY
        if why == "away" and rare and meeting.stands:
            put_meeting(
                turn,
                replace(
                    meeting, standing="cancelled", cancelled_at=turn.now, changed_at=turn.now,
                    off="away", settled_by="", asked_by=None,
                ),
            )  # fmt: skip
            turn.because(f"{meeting.origin}: somebody is away, another time is offered")
        elif not (why == "away" and meeting.off == "away" and meeting.standing == "cancelled"):
            put_meeting(
                turn,
                replace(
                    meeting, standing="skipped", settled_by="rule", settled_at=turn.now, off=why,
                    asked_by=None,
                ),
            )  # fmt: skip
            turn.because(f"{meeting.origin}: left out ({why})")


def _was_chosen(turn: PairingTurn, meeting: Meeting, why: str) -> bool:
    """Whether somebody chose that very time although the day was known to be off."""
    if meeting.standing != "moved" or why == "pause":
        return False
    later = [a for a in turn.state.absences if meeting.moved_at and a.at > meeting.moved_at]
    return why != "away" or not later


def _waits(turn: PairingTurn, meeting: Meeting) -> bool:
    """A fallen meeting whose repair is not chosen yet."""
    return meeting.standing == "cancelled" and not meeting.settled_by


def _left_out(turn: PairingTurn, role: Role, days: Days) -> list[str]:
    """The starts of the regular 1:1s on these days, the first ten."""
    zone = turn.zone(turn.state.line.person(role).zone)
    begins, ends = at_minute(days.first, 0, zone), at_minute(days.last, 24 * 60, zone)
    found: list[datetime] = []
    for series in turn.state.series:
        anchor = turn.zone(series.rule.zone)
        after = (begins - timedelta(minutes=1)).astimezone(anchor).replace(tzinfo=None)
        for wall in series.rule.walls(after):
            start = wall.replace(tzinfo=anchor).astimezone(begins.tzinfo)
            if start >= ends or len(found) > 10:
                break
            found.append(start)
    return [iso(start) for start in sorted(found) if start > turn.now][:10]


def absence_letters(turn: PairingTurn) -> None:
    """The partner hears of it once: dates and what is left out; never where or why."""
    for absence in turn.state.absences:
        role = other(absence.role)
        moment = when(turn, absence.at, role)
        if not turn.watch.reached(moment):
            continue
        facts = {
            "own": False, "first": absence.days.first.isoformat(),
            "last": absence.days.last.isoformat(), "reminder": False, "answer_by": None,
            "left_out": _left_out(turn, absence.role, absence.days),
        }  # fmt: skip
        occasion = occasion_of_absence(absence)
        personal(
            turn, "absence", occasion, role, facts, opens=moment, closes=moment + LETTER_DAYS,
            reason="the other one is away", basis=occasion,
        )  # fmt: skip


def occasion_of_absence(absence: Absence) -> str:
    """How its letters are named."""
    return f"{absence.role}-{absence.days.first:%Y%m%d}-{absence.days.last:%Y%m%d}"


def forget_absences(turn: PairingTurn) -> None:
    """What is over for a week is nobody's business any more."""
    week = timedelta(days=7)
    kept = tuple(a for a in turn.state.absences if a.days.last + week >= turn.now.date())
    if kept != turn.state.absences:
        turn.state = replace(turn.state, absences=kept)
