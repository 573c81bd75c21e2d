"""The invitation of a pair: the mentor first, then the mentee, with reminders (RULES 3, LETTERS 2).

Not the search for a regular time (regular.py), which begins with the mentor's yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from daemon.decide.adopting import is_awaited
from daemon.decide.keys import basis_of
from daemon.decide.moment import at_minute, instant
from daemon.decide.owed import personal, when
from daemon.decide.seen import PairingTurn
from daemon.decide.series import first_start
from daemon.decide.terms import Terms, terms
from daemon.decide.turn import iso
from daemon.domain.cadence import RegularTime, Step
from daemon.domain.people import Role
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace

LETTER_DAYS = timedelta(days=14)
ASKED_AHEAD = timedelta(days=14)
"""So long before the first day a substitute is asked, so that a time is found by then."""


def invite(turn: PairingTurn) -> None:
    """Mentor first; the mentee hears the mentor's name only after the mentor's yes (LETTERS 2).

    Without a regular time the mentee's welcome is the series proposal itself (asking.py).
    """
    line, wanted = turn.state.line, terms(turn.state, turn.program)
    over = at_minute(line.ends, 24 * 60, turn.zone(line.anchor)) if line.ends else None
    if line.closing or (over and turn.watch.reached(over)):
        turn.state = replace(turn.state, standing="closed")
        turn.because("ended by the files before it began")
        return
    opening = _opening(turn)
    if opening is None or not turn.watch.reached(opening):
        return
    if not turn.state.mentor_yes:
        _welcome(turn, "mentor", "welcome-mentor-connected", opening, wanted)
    elif not turn.state.mentee_yes and not _may_have_a_time(turn):
        if wanted.at or wanted.sessions:
            _welcome(turn, "mentee", "welcome-mentee", turn.state.mentor_yes, wanted)
        elif not turn.state.proposal and not _was_offered(turn):
            turn.state = replace(turn.state, wants_time="first")


def _may_have_a_time(turn: PairingTurn) -> bool:
    """Whether the mentor is being asked about a series of their own: the mentee is asked about its time, or about none."""
    return is_awaited(turn) and not any(each.answer == "yes" for each in turn.state.hand_made)


def _was_offered(turn: PairingTurn) -> bool:
    return any(p.kind == "series" for p in turn.state.closed_proposals)


def _opening(turn: PairingTurn) -> datetime | None:
    """When the first letter goes; None while the files pause the pairing without an end."""
    line = turn.state.line
    days = [line.starts] if line.starts else []
    if line.stands_in:
        days = [line.stands_in.days.first - ASKED_AHEAD]
    if line.state == "paused":
        if line.resumes is None:
            return None
        days.append(line.resumes - timedelta(days=turn.program.resume_ahead_days))
    zone = turn.zone(line.anchor)
    return max([turn.state.since, *(at_minute(day, 0, zone) for day in days)])


def terms_facts(turn: PairingTurn, wanted: Terms) -> dict[str, Any]:
    """How often and how long, for a letter; `start` None while no regular time is known."""
    start = None
    if wanted.at:
        wall = first_start(turn, wanted, turn.state.line.starts)
        start = iso(instant(wall, turn.zone(wanted.zone)))
    ends = wanted.ends
    return {
        "start": start, "length_minutes": wanted.lengths_minutes[0],
        "lengths": list(wanted.lengths_minutes), "weeks": wanted.step.weeks,
        "months": wanted.step.months, "sessions": wanted.sessions,
        "ends": ends.isoformat() if ends else "",
        "instead_of": _instead_of(turn),
    }  # fmt: skip


def _instead_of(turn: PairingTurn) -> dict[str, str] | None:
    """For whom a substitute stands in, and on which days; never why."""
    known = turn.state.line.stands_in
    if known is None:
        return None
    first, last = known.days.first.isoformat(), known.days.last.isoformat()
    return {"mentor": known.mentor, "first": first, "last": last}


def promise(step: Step, lengths_minutes: Iterable[int], at: RegularTime | None) -> str:
    """What a first letter says of rhythm, length and, where it names one, the time: its basis begins with that."""
    rhythm = step if at else replace(step, nth=0)
    return basis_of((rhythm, sorted(lengths_minutes), at and replace(at, nth=0)))


def _welcome(
    turn: PairingTurn, role: Role, touchpoint: str, since: datetime, wanted: Terms
) -> None:
    person = turn.state.line.person(role)
    moment = when(turn, since, role)
    if not turn.watch.reached(moment):
        return
    facts = {**terms_facts(turn, wanted), "slots": [], "answer_by": None, "round": 1}
    if role == "mentor":
        del facts["slots"], facts["answer_by"], facts["round"]
    personal(
        turn, touchpoint, "invited", role, facts, opens=moment, closes=moment + LETTER_DAYS,
        reason=f"the {role} is asked first-hand",
        basis=f"{promise(wanted.step, wanted.lengths_minutes, wanted.at)} {wanted.ends or ''}",
    )  # fmt: skip
    told_at = turn.settled(turn.letter_stem(touchpoint, "invited", person.id))
    if told_at:
        nudge(turn, role, told_at, facts["start"])


def nudge(
    turn: PairingTurn, role: Role, told_at: datetime, start: str | None,
    proposal: Proposal | None = None, occasion: str = "",
) -> None:  # fmt: skip
    """Reminders on day 2 and 5, of a list of regular times with its numbers; after a week it is the contact's
    turn."""
    person, days = turn.state.line.person(role), turn.program.setup_nudge_days
    over = told_at + timedelta(days=turn.program.setup_tell_days)
    for number, after in enumerate(days, start=1):
        moment = when(turn, told_at + timedelta(days=after), role)
        if turn.watch.reached(moment):
            step = terms(turn.state, turn.program).step
            facts = {
                "start": start, "last": number == len(days), "weeks": step.weeks,
                "months": step.months,
                "slots": _slots(proposal.current) if proposal else [],
                "vetting": proposal is not None and proposal.vetting,
                "cause": proposal.cause if proposal else "",
                "answer_by": iso(proposal.answer_by if proposal else over),
            }  # fmt: skip
            personal(
                turn, "setup-nudge", f"{role}-{occasion}{number}", role, facts, opens=moment,
                closes=moment + timedelta(days=2), reason=f"no answer for {after} days",
                basis=str(number),
            )  # fmt: skip
    if turn.watch.reached(over):
        turn.tell_once(
            f"setup-silent/{role}{occasion}", "setup-silent", reason="no answer to the welcome",
            first=person.first, role=role,
        )  # fmt: skip


def _slots(offers: tuple[Offer, ...]) -> list[dict[str, Any]]:
    return [{"number": o.number, "start": iso(o.start)} for o in offers]


def answer_welcome(turn: PairingTurn, role: Role, yes: bool) -> None:
    """YES or NO to the welcome letter."""
    if not yes:
        turn.state = replace(turn.state, standing="closed", proposal=None)
        turn.because(f"the {role} said no")
        turn.tell("said-no", reason="somebody said no to the welcome", role=role)
    elif role == "mentor":
        turn.state = replace(turn.state, mentor_yes=turn.now)
    else:
        turn.state = replace(turn.state, mentee_yes=turn.now)
