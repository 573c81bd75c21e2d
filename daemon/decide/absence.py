"""Absences of one of the two (RULES 5, row 10a): one letter for all of it, and no reasons.

Not breaks of the program and not pauses of the pair.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from daemon.decide.acknowledging import acknowledge_by_day
from daemon.decide.breaks import told_of_break
from daemon.decide.days import Off, left_by_rule, off
from daemon.decide.moment import at_minute, instant, local_day
from daemon.decide.once import absence_name, hand_on, told_elsewhere
from daemon.decide.owed import personal, urgent, when
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.domain.cadence import wall_text
from daemon.domain.meeting import Meeting, Series
from daemon.domain.observation import BusyInterval, Said
from daemon.domain.pair import Absence, Undo
from daemon.domain.people import Days, Role, other
from daemon.domain.question import Question
from daemon.domain.value import replace

WEEKLY = timedelta(days=7)
LETTER_DAYS = timedelta(days=14)
SOON = timedelta(hours=12)
YEAR_MOST = timedelta(days=366)
NAMED_MOST = 10
KNOWN_MOST = 8


def ask_about_absence(turn: PairingTurn, role: Role, seen: BusyInterval, name: str) -> None:
    """An out-of-office event of days: is that right? Its dates are kept, its text never was read."""
    zone = turn.zone(turn.state.line.person(role).zone)
    days = Days(local_day(seen.start, zone), local_day(seen.end - timedelta(minutes=1), zone))
    ask_about_days(turn, role, days, name, seen_in="calendar")


def ask_about_days(
    turn: PairingTurn, role: Role, days: Days, name: str, seen_in: str = "mail"
) -> None:
    """Whether that person is away on these days; `name` is where that was seen. Days of an automatic answer on which
    no 1:1 falls are no news."""
    zone = turn.zone(turn.state.line.person(role).zone)
    if any(
        a.role == role and a.days.first <= days.first and days.last <= a.days.last
        for a in turn.state.absences
    ):
        return
    if name in turn.state.double_booked or told_elsewhere(turn, role, absence_name(name)):
        return
    left_out = dates_left_out(turn, role, days)
    if seen_in == "mail" and (not left_out or days.last - days.first > YEAR_MOST):
        return
    facts = {
        "own": True, "first": days.first.isoformat(), "last": days.last.isoformat(), "source": name,
        "left_out": left_out,
    }  # fmt: skip
    ends = at_minute(days.first, 0, zone)
    answer_by = max(ends - timedelta(hours=24), turn.now + timedelta(hours=24))
    occasion = f"{role}-{name}-{days.first:%Y%m%d}-{days.last:%Y%m%d}"
    open_question(turn, "absence", role, occasion, answer_by=answer_by, facts=facts)


def answered_absence(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 no. Either is true in all pairings of that person."""
    if number != 1:
        keep_absent(turn, question)
        return
    close_question(turn, question)
    days = Days(
        date.fromisoformat(question.facts["first"]), date.fromisoformat(question.facts["last"])
    )
    away(turn, question.role, days, "calendar")
    hand_on(turn, question.role, Said("away", days=(days.first, days.last)))


def keep_absent(turn: PairingTurn, question: Question) -> None:
    """No, or no answer: everything stays, and that event is not asked about again."""
    close_question(turn, question)
    source = str(question.facts.get("source", ""))
    stays_anyway(turn, source)
    hand_on(turn, question.role, Said("keep", text=source))


def stays_anyway(turn: PairingTurn, source: str) -> None:
    """That event on a calendar changes nothing, and is not asked about again."""
    known = tuple(each for each in turn.state.double_booked if each != source)
    turn.state = replace(turn.state, double_booked=(*known, source)[-KNOWN_MOST:])


def away(turn: PairingTurn, role: Role, days: Days, source: Any = "reply") -> Absence | None:
    """Somebody is away on these days."""
    today = local_day(turn.now, turn.zone(turn.state.line.person(role).zone))
    if days.last < today or days.last - days.first > YEAR_MOST:
        return None
    absence = Absence(role, days, turn.now, source)
    kept, not_away = (
        tuple(a for a in known if a.role != role or a.days != days)
        for known in (turn.state.absences, turn.state.not_away)
    )
    turn.state = replace(turn.state, absences=(*kept, absence), not_away=not_away)
    question = asked(turn, "absence")
    if question and question.role == role:
        close_question(turn, question)
    turn.because(f"the {role} is away {days.first}–{days.last}")
    return absence


def leave_out_by_rule(turn: PairingTurn) -> None:
    """What stands on a day on which nothing takes place is left out; of a rare 1:1 one time in its window is
    offered instead when only one of the two is away. A day that is off no more brings its 1:1 back."""
    for meeting in turn.state.meetings:
        if meeting.start <= turn.now:
            continue
        why = off(turn, meeting.start)
        if meeting.off in ("break", "holiday", "away", "substitute") and not why:
            _bring_back(turn, meeting)
        elif why and (meeting.stands or _waits(meeting)) and not _was_chosen(turn, meeting, why):
            _leave_out(turn, meeting, why)
    _offer_no_more(turn)


def _leave_out(turn: PairingTurn, meeting: Meeting, why: Off) -> None:
    """A rare one that waits for another time already, goes on waiting for it."""
    rare = terms(turn.state, turn.program).step.length > WEEKLY
    if why != "away" or not rare:
        put_meeting(turn, left_by_rule(meeting, why, turn.now))
        turn.because(f"{meeting.origin}: left out ({why})")
    elif meeting.stands:
        put_meeting(
            turn,
            replace(
                meeting, standing="cancelled", cancelled_at=turn.now, changed_at=turn.now,
                off="away", settled_by="", asked_by=None,
            ),
        )  # fmt: skip
        turn.because(f"{meeting.origin}: somebody is away, another time is offered")


def _offer_no_more(turn: PairingTurn) -> None:
    """Times on days that somebody has named as away since they were offered; where none is left, others are
    looked for."""
    proposal = turn.state.proposal
    if proposal is None or proposal.kind == "series" or proposal.picked:
        return
    offers = tuple(
        replace(offer, open=offer.open and not _away_since(turn, proposal.opened_at, offer.start))
        for offer in proposal.offers
    )
    turn.state = replace(turn.state, proposal=replace(proposal, offers=offers))


def _bring_back(turn: PairingTurn, meeting: Meeting) -> None:
    by_rule = meeting.standing == "skipped" and meeting.settled_by == "rule"
    waiting = meeting.standing == "cancelled" and meeting.off == "away" and _waits(meeting)
    if not by_rule and not waiting:
        return
    back = as_before(turn, meeting)
    known = turn.state.substitute
    arranged = meeting.off == "substitute" and known is not None and known.agreed_at is not None
    if back.stands and (arranged or told_of_break(turn, meeting.start)):
        # whoever has read that it is left out, hears that it is not
        back = replace(
            back, standing="moved", moved_from=meeting.start, moved_at=turn.now,
            moved_by="program", told=(), checked=True,
        )  # fmt: skip
    put_meeting(turn, back)
    turn.because(f"{meeting.origin}: its day is off no more")


def as_before(turn: PairingTurn, meeting: Meeting) -> Meeting:
    """What a rule has left out, as it was: what somebody had taken off needs another time again; anything else
    stands, as an event of its own where the calendar has given it up already."""
    place = meeting.place
    taken = meeting.gone or any(
        place.uid == s.uid and place.recurrence in s.skips for s in turn.state.series if place
    )
    back = replace(meeting, settled_by="", settled_at=None, off="", asked_by=None)
    if meeting.settled_by == "rule" and meeting.fell:
        return replace(back, standing="cancelled", gone=taken)
    return replace(
        back, standing="moved" if meeting.moved_at else "planned", gone=False,
        place=None if taken else place, cancelled_at=None,
    )  # fmt: skip


def _was_chosen(turn: PairingTurn, meeting: Meeting, why: str) -> bool:
    """Whether somebody chose that very time although the day was known to be off."""
    if meeting.standing != "moved" or why == "pause":
        return False
    moved_at = meeting.moved_at
    if why == "substitute":
        known = turn.state.substitute
        return bool(known and moved_at and moved_at > known.since)
    return why != "away" or not (moved_at and _away_since(turn, moved_at, meeting.start))


def _away_since(turn: PairingTurn, moment: datetime, start: datetime) -> bool:
    """Whether somebody has said since that moment that they are away on the day of that start, which is that of
    their own calendar."""
    return any(
        absence.at > moment
        and local_day(start, turn.zone(turn.state.line.person(absence.role).zone)) in absence.days
        for absence in turn.state.absences
    )


def _waits(meeting: Meeting) -> bool:
    """A fallen meeting whose repair is not chosen yet."""
    return meeting.standing == "cancelled" and not meeting.settled_by


def dates_left_out(turn: PairingTurn, role: Role, days: Days) -> list[str]:
    """The starts of the 1:1s on these days, the first ten: those that are meetings, then regular dates."""
    zone = turn.zone(turn.state.line.person(role).zone)
    found = [m.start for m in turn.state.meetings if m.stands or m.off == "away"]
    for series in turn.state.series:
        if series.live:
            found += _dates(turn, series, at_minute(days.last, 24 * 60, zone))
    coming = sorted(start for start in found if start > turn.now and local_day(start, zone) in days)
    return [iso(start) for start in coming][:NAMED_MOST]


def _dates(turn: PairingTurn, series: Series, until: datetime) -> list[datetime]:
    """Dates of a series that are no meetings yet, without those that are left out for another reason."""
    rule, zone = series.rule, turn.zone(series.rule.zone)
    known = datetime.fromisoformat(series.known_to) if series.known_to else None
    found: list[datetime] = []
    for wall in rule.walls(known):
        start, name = instant(wall, zone), wall_text(wall)
        if start >= until:
            break
        if name not in rule.gaps or (name in series.skips and off(turn, start) == "away"):
            found.append(start)
    return found


def absence_letters(turn: PairingTurn) -> None:
    """The partner hears of it once: dates and what is left out; never where or why. Nobody sets out for a 1:1
    of the next hours that has just been left out."""
    known = turn.state.line.substituted
    for absence in turn.state.absences:
        if known and absence.days.first in known.days and absence.days.last in known.days:
            continue  # a substitute holds the 1:1s on these days
        role = other(absence.role)
        left_out = dates_left_out(turn, absence.role, absence.days)
        first = datetime.fromisoformat(left_out[0]) if left_out else None
        pressing = first is not None and urgent(turn, absence.at, first, role)
        moment = absence.at if pressing else when(turn, absence.at, role)
        if not turn.watch.reached(moment):
            continue
        facts = {
            "own": False, "first": absence.days.first.isoformat(),
            "last": absence.days.last.isoformat(), "reminder": False, "answer_by": None,
            "left_out": left_out,
        }  # fmt: skip
        occasion = occasion_of_absence(absence)
        personal(
            turn, "absence", occasion, role, facts, opens=moment, closes=moment + LETTER_DAYS,
            reason=f"the other one is away, first at {left_out[0] if left_out else 'no 1:1'}",
            basis=occasion, pressing=pressing,
            due=first - SOON if first else None,
        )  # fmt: skip
    for absence in turn.state.not_away:
        _taken_back(turn, absence)


def _taken_back(turn: PairingTurn, absence: Absence) -> None:
    """Whoever was told of it hears that it is none; `at` is when it was taken back."""
    moment = when(turn, absence.at, other(absence.role))
    if turn.watch.reached(moment):
        days = {"days": [absence.days.first.isoformat(), absence.days.last.isoformat()]}
        acknowledge_by_day(
            turn, other(absence.role), "not-away", f"{occasion_of_absence(absence)}-{absence.at:%Y%m%dT%H%M%S}",
            days, opens=moment, closes=moment + LETTER_DAYS,
        )  # fmt: skip


def occasion_of_absence(absence: Absence) -> str:
    """How its letters are named."""
    return f"{absence.role}-{absence.days.first:%Y%m%d}-{absence.days.last:%Y%m%d}"


def absence_of(known: Iterable[Absence], undo: Undo) -> Absence | None:
    """The one that is meant: several may have been named in the same moment, and the same days once more since."""
    return next((a for a in known if (occasion_of_absence(a), a.at) == (undo.name, undo.at)), None)


def forget_absences(turn: PairingTurn) -> None:
    """What is over for a week is nobody's business any more."""
    week = timedelta(days=7)
    kept, not_away = (
        tuple(a for a in known if a.days.last + week >= turn.now.date())
        for known in (turn.state.absences, turn.state.not_away)
    )
    turn.state = replace(turn.state, absences=kept, not_away=not_away)
