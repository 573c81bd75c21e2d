"""The end of a pairing: asked for, agreed on, put off, and said farewell (RULES 3).

Not the end of its series: that is series.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from daemon.decide.days import off
from daemon.decide.moment import at_minute, instant, local_day
from daemon.decide.owed import personal, urgent, when
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.series import end_all, stands_again
from daemon.decide.sessions import plan_is_done
from daemon.decide.terms import first_day, terms
from daemon.decide.turn import iso
from daemon.domain.cadence import wall_text
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES, Role, other
from daemon.domain.question import Question

NOTES_WINDOW = timedelta(days=3)
LETTER_DAYS = timedelta(days=14)


def stop(turn: PairingTurn, by: Role, *, at_once: bool) -> None:
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
    line = turn.state.line
    today = local_day(turn.now, turn.zone(line.anchor))
    if line.closing:
        known = next((s.rule.until for s in turn.state.series if s.rule.until), None)
        return known if known and known <= today else today
    if turn.state.stopped_by in ROLES:
        return turn.state.agreed.ends
    return plan_is_done(turn) or terms(turn.state, turn.program).ends


def keep_end(turn: PairingTurn) -> None:
    """Series end with the pairing; closing begins one step before, and closed comes after the last notes."""
    line, until = turn.state.line, last_day(turn)
    if line.state == "closed" and turn.state.standing != "closed":
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
    elif turn.state.standing == "closing" and not line.closing and not turn.state.stopped_by:
        if over - step > turn.now:
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
    """What is on the calendar ends with the pairing, no earlier and no later."""
    turn.state = replace(
        turn.state,
        series=tuple(
            replace(s, rule=replace(s.rule, until=until))
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
    turn.state = replace(
        turn.state,
        meetings=tuple(
            replace(m, standing="skipped", settled_by="rule", settled_at=turn.now, off="end")
            if m.start >= over and (m.stands or m.standing == "cancelled")
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
            turn.state = replace(turn.state, standing="closed", questions=())
            turn.because("the last meeting and its notes are over")


# --- extend


def ask_to_extend(turn: PairingTurn) -> None:
    """Two weeks before the end each of the two is asked alone whether to go on."""
    until, ahead = last_day(turn), turn.program.extend_ask_days
    if until is None or not ahead or not _may_be_extended(turn):
        return
    over = at_minute(until, 24 * 60, turn.zone(turn.state.line.anchor))
    moment = over - timedelta(days=ahead)
    if (until - first_day(turn.state)).days < 2 * ahead or not turn.watch.reached(moment):
        return
    if turn.now < over:
        facts = {"ends": until.isoformat(), "weeks": turn.program.extend_weeks}
        for role in ROLES:
            open_question(
                turn, "extend", role, f"{role}-{until.isoformat()}", answer_by=over, facts=facts
            )


def _may_be_extended(turn: PairingTurn) -> bool:
    """Not what somebody stops, what the program fixes, or a plan of so many sessions."""
    fixed = "ends" in turn.program.locked or terms(turn.state, turn.program).sessions > 0
    stopped = turn.state.line.closing or turn.state.stopped_by != ""
    return turn.state.standing in ("active", "closing") and not fixed and not stopped


def answered_extend(turn: PairingTurn, question: Question, number: int, till: date | None) -> None:
    """1 yes · 2 till … · 3 end. It takes both; nobody hears the other's answer before both have said."""
    close_question(turn, question)
    said = "end" if number == 3 else (till.isoformat() if till else "yes")
    about = {"ends": str(question.facts["ends"])}
    known = turn.state.extends
    answers = {**(known if known.get("ends") == about["ends"] else about), question.role: said}
    turn.state = replace(turn.state, extends=answers)
    both = [answers[role] for role in ROLES if role in answers]
    ends = last_day(turn)
    if len(both) == len(ROLES) and "end" not in both and ends:
        _go_on(turn, ends, [date.fromisoformat(said) for said in both if said != "yes"])


def _may_still_go_on(turn: PairingTurn) -> bool:
    """Whether an answer is still waited for, and nobody has said that it was good so."""
    ended = any(turn.state.extends.get(role) == "end" for role in ROLES)
    return asked(turn, "extend") is not None and not ended


def _go_on(turn: PairingTurn, ends: date, named: list[date]) -> None:
    weeks = turn.program.extend_weeks
    new = min(named) if named else (ends + timedelta(weeks=weeks) if weeks else None)
    if new is not None and new <= ends:
        return
    agreed = replace(turn.state.agreed, ends=new, open_ended=new is None)
    turn.state = replace(turn.state, agreed=agreed)
    turn.because(f"both want to go on, until {new or 'further notice'}")


# --- letters of the end


def end_letters(turn: PairingTurn) -> None:
    """`ended` to the partner of who stopped it, `farewell` to both after the last 1:1."""
    by, at = turn.state.stopped_by, turn.state.stopped_at
    if by in ROLES and at is not None:
        _ended(turn, other(by), at)
    if turn.state.standing in ("closing", "closed"):
        _farewell(turn)


def _ended(turn: PairingTurn, role: Role, at: datetime) -> None:
    out = [m.start for m in turn.state.meetings if m.off == "end" and m.settled_at == at]
    first = min(out, default=None)
    pressing = first is not None and urgent(turn, at, first, role)
    moment = at if pressing else when(turn, at, role)
    if not turn.watch.reached(moment):
        return
    last = _last_start(turn)
    personal(
        turn, "ended", "stopped", role, {"last_start": iso(last) if last else None}, opens=moment,
        closes=moment + LETTER_DAYS, reason="the pairing ends", basis="ended", pressing=pressing,
    )  # fmt: skip


def _last_start(turn: PairingTurn) -> datetime | None:
    """The last 1:1 that is still to come."""
    found = [m.start for m in turn.state.meetings if m.stands and m.start > turn.now]
    for series in turn.state.series:
        zone = turn.zone(series.rule.zone)
        now = turn.now.astimezone(zone).replace(tzinfo=None)
        if series.standing == "put" and series.rule.until:
            walls = [w for w in series.rule.walls(now) if wall_text(w) not in series.rule.gaps]
            starts = [instant(wall, zone) for wall in walls if wall_text(wall) > series.known_to]
            found += [start for start in starts if not off(turn, start)]
    return max(found, default=None)


def _farewell(turn: PairingTurn) -> None:
    """The day after the last 1:1; with counts only where they are something to be glad of. Who stopped it
    before its time, and their partner, have their own letters."""
    coming = any(m.stands and m.end > turn.now for m in turn.state.meetings)
    held, due = counts(turn)
    if coming or turn.state.proposal or turn.state.stopped_by or not held:
        return
    met = [m for m in turn.state.meetings if m.end <= turn.now and _took_place(m)]
    until = last_day(turn)
    if not met or until is None:
        return
    last = max(met, key=lambda m: m.end)
    over = at_minute(until, 24 * 60, turn.zone(turn.state.line.anchor))
    if _may_still_go_on(turn) and not turn.watch.reached(over):
        return
    for role in ROLES:
        moment = when(turn, last.end + timedelta(days=1), role)
        if turn.watch.reached(moment):
            personal(
                turn, "farewell", "last", role, _goodbye(turn, held, due, last.start), opens=moment,
                closes=max(moment, over) + LETTER_DAYS, reason="the last 1:1 is over",
                basis="farewell",
            )  # fmt: skip


def _took_place(meeting: Meeting) -> bool:
    return meeting.standing == "held" or meeting.stands


def counts(turn: PairingTurn) -> tuple[int, int]:
    """(held, due) over the life of the pairing; a meeting that stood and is over counts as held."""
    tally = turn.state.tally
    here = [m for m in turn.state.meetings if m.end <= turn.now and m.settled_by != "rule"]
    held = sum(_took_place(m) for m in here)
    return tally.held + held, tally.due + len(here)


def _goodbye(turn: PairingTurn, held: int, due: int, last: datetime) -> dict[str, Any]:
    enough = held >= turn.program.closing_held_least
    glad = enough and held * 100 >= turn.program.closing_share_percent * due
    done = turn.state.tally.done + sum(a.done_at is not None for a in turn.state.actions)
    return {
        "since": first_day(turn.state).isoformat(),
        "held": held if glad else 0,
        "done": done if glad else 0,
        "last_start": iso(last),
    }


def ask_whether_to_leave(turn: PairingTurn, role: Role, message: str) -> None:
    """LEAVE is asked about once."""
    if asked(turn, "leave") is None:
        today = local_day(turn.now, turn.zone(turn.state.line.anchor))
        facts = {"ends": (today + timedelta(days=turn.program.notice_days)).isoformat()}
        open_question(
            turn, "leave", role, message, answer_by=turn.now + timedelta(days=7), facts=facts
        )


def answered_leave(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 no."""
    close_question(turn, question)
    if number == 1:
        stop(turn, question.role, at_once=False)
