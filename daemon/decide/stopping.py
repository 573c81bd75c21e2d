"""The end of a pairing: asked for, come to by its date, put off (RULES 3).

Not the end of its series (series.py), whether both go on after it (extending.py), or its letters (farewell.py).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from daemon.decide.days import left_by_rule
from daemon.decide.ending import end_ahead, end_all, stands_again
from daemon.decide.moment import at_minute, local_day
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.sessions import plan_is_done
from daemon.decide.terms import terms
from daemon.domain.people import ROLES, Role
from daemon.domain.question import Question
from daemon.domain.value import replace

NOTES_WINDOW = timedelta(days=3)


def stop(turn: PairingTurn, by: Role | Literal["pair"], *, at_once: bool) -> None:
    """Somebody ends it: with the notice of the program, or at once where nothing stands any more; never later
    than it would end anyway."""
    today = local_day(turn.now, turn.zone(turn.state.line.anchor))
    notice = timedelta(days=0 if at_once else turn.program.notice_days)
    anyway = last_day(turn)
    ends = min(today + notice, anyway) if anyway else today + notice
    turn.state = replace(
        turn.state,
        agreed=replace(turn.state.agreed, ends=ends, open_ended=False),
        stopped_by=by,
        stopped_at=turn.now,
        standing="closing",
        pause=None,
    )
    turn.because(f"ends on {ends}, as one of the two asked")


def last_day(turn: PairingTurn) -> date | None:
    """The local day after which nothing takes place any more."""
    state = turn.state
    if state.stopped_by in (*ROLES, "pair"):
        ends = state.agreed.ends
    else:
        ends = plan_is_done(turn) or terms(state, turn.program).ends
    if state.closing_at is None:
        return ends
    closing = local_day(state.closing_at, turn.zone(state.line.anchor))
    return min(closing, ends) if ends else closing


def keep_end(turn: PairingTurn) -> None:
    """Series end with the pairing; closing begins one step before, and closed comes after the last notes."""
    line, until = turn.state.line, last_day(turn)
    if line.state == "closed":
        end_all(turn, "end")
        turn.state = replace(turn.state, standing="closed", stopped_by="admin", stopped_at=turn.now)
        turn.because("closed at once by the files")
        return
    if until is None:
        _open_again(turn)
        return
    over = at_minute(until, 24 * 60, turn.zone(line.anchor))
    _end_series_with(turn, until)
    _drop_later(turn, over)
    _bring_back(turn, over)
    step = terms(turn.state, turn.program).step.length
    if _goes_on_until(turn, over) and turn.watch.reached(over - step):
        turn.state = replace(turn.state, standing="closing", pause=None)
        turn.because(f"the end date {until} is within one step")
    elif over - step > turn.now:
        _open_again(turn)
    _close(turn, over)


def _goes_on_until(turn: PairingTurn, over: datetime) -> bool:
    """Active, or in a pause after which nothing would follow."""
    paused = turn.state.pause
    if paused is None:
        return turn.state.standing == "active"
    zone = turn.zone(turn.state.line.anchor)
    return paused.until is None or at_minute(paused.until, 0, zone) >= over


def _end_series_with(turn: PairingTurn, until: date | None) -> None:
    """What is on the calendar ends with the pairing, no earlier and no later; but what has begun stays on it."""
    turn.state = replace(
        turn.state,
        series=tuple(
            replace(s, rule=replace(s.rule, until=end_ahead(turn, s, until)))
            if s.standing == "put" and s.rule.until != until
            else s
            for s in turn.state.series
        ),
    )


def _open_again(turn: PairingTurn) -> None:
    """The end was put off, or is none any more."""
    if (
        turn.state.standing == "closing"
        and not turn.state.line.closing
        and not turn.state.stopped_by
    ):
        turn.state = replace(turn.state, standing="active")
        turn.because("it goes on")
    if last_day(turn) is None:
        _end_series_with(turn, None)
        _bring_back(turn, None)


def _drop_later(turn: PairingTurn, over: datetime) -> None:
    """What was to come after it. An end that is read late takes back nothing that has begun."""
    turn.state = replace(
        turn.state,
        meetings=tuple(
            left_by_rule(m, "end", turn.now)
            if m.start >= over and (m.standing == "cancelled" or (m.stands and m.start > turn.now))
            else m
            for m in turn.state.meetings
        ),
    )


def _bring_back(turn: PairingTurn, over: datetime | None) -> None:
    """The end was put off: what it had taken along stands again, where its series goes on."""
    live = {s.uid for s in turn.state.series if s.standing == "put"}
    for meeting in turn.state.meetings:
        inside = meeting.start > turn.now and (over is None or meeting.start < over)
        if meeting.off == "end" and inside and meeting.place and meeting.place.uid in live:
            put_meeting(turn, stands_again(meeting))


def _close(turn: PairingTurn, over: datetime) -> None:
    last = max((m.end for m in turn.state.meetings if m.standing != "skipped"), default=over)
    if turn.state.standing == "closing" and not turn.state.proposal:
        if turn.watch.reached(max(over, last) + NOTES_WINDOW):
            turn.state = replace(turn.state, standing="closed")
            turn.because("the last meeting and its notes are over")


# --- LEAVE


def ask_whether_to_leave(turn: PairingTurn, role: Role, message: str) -> None:
    """LEAVE is asked about once."""
    if asked(turn, "leave") is None:
        today = local_day(turn.now, turn.zone(turn.state.line.anchor))
        facts = {"ends": (today + timedelta(days=turn.program.notice_days)).isoformat()}
        open_question(
            turn, "leave", role, message, answer_by=turn.now + timedelta(days=7), facts=facts,
            own=True,
        )  # fmt: skip


def answered_leave(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 no."""
    close_question(turn, question)
    if number == 1:
        stop(turn, question.role, at_once=False)
