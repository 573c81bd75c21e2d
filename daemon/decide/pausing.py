"""Pause and resume (RULES 3): nothing takes place, and missed dates are not made up.

Not absences of one of the two: those leave out single dates (absence.py).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from daemon.decide.ending import end_all, stands_again
from daemon.decide.keys import touchpoint_of
from daemon.decide.meetings import next_date
from daemon.decide.moment import at_minute, instant, local_day
from daemon.decide.owed import personal, urgent, when
from daemon.decide.questions import drop_questions
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.series import first_to_come, from_now_on, newest, put_series
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Pause, Undo
from daemon.domain.people import ROLES, Role
from daemon.domain.value import replace
from daemon.domain.world import Mark

LETTER_DAYS = timedelta(days=14)
SOON = timedelta(hours=12)


def pause(
    turn: PairingTurn, by: Role | Literal["admin", "silence"], until: date | None
) -> Pause | None:
    """Stop for a while: until a date, at most and by default `pause_days_max`; after silence without end."""
    if turn.state.standing not in ("active", "paused"):
        return None
    known = turn.state.pause
    if by != "silence":
        until = pause_ends(turn, until)
        if until is None:
            return None
    if known:
        _has_heard(turn, "paused", known, known.by)
    paused = Pause(turn.now, until, by)
    turn.state = replace(turn.state, standing="paused", pause=paused)
    end_all(turn, "pause")
    drop_questions(turn, "clash", "still-good", "kindly", "lighter", "absence")
    turn.because(f"paused until {until or 'somebody says RESUME'} ({by})")
    return paused


def pause_too(turn: PairingTurn, role: Role, until: date | None) -> None:
    """The mentor pauses in all own pairings: a pause that lasts longer already stays as it is."""
    known = turn.state.pause
    if known is None or (known.until and known.until < (until or _longest(turn))):
        pause(turn, role, until)


def pause_ends(turn: PairingTurn, wanted: date | None) -> date | None:
    """The first date after a pause that is asked for now; None where that has come already."""
    until = min(wanted or _longest(turn), _longest(turn))
    return until if until > _today(turn) else None


def _today(turn: PairingTurn) -> date:
    """Of the pair's own clock."""
    return local_day(turn.now, turn.zone(turn.state.line.anchor))


def _longest(turn: PairingTurn) -> date:
    """Until when a pause that is asked for now may last."""
    return _today(turn) + timedelta(days=turn.program.pause_days_max)


def resume(turn: PairingTurn, by: Role | Literal["", "admin"]) -> bool:
    """Go on, from the first regular time that leaves notice; `by` somebody, or because its date has come."""
    paused = turn.state.pause
    if turn.state.standing != "paused" or paused is None:
        return False
    over = replace(paused, ended_by=by, ended_at=turn.now)
    _has_heard(turn, "resumed", over, by)
    kept = tuple(s for s in turn.state.series if s.standing != "gone")  # another takes its place
    turn.state = replace(turn.state, standing="active", pause=None, resumed=over, series=kept)
    wanted = terms(turn.state, turn.program)
    if wanted.at is None and not wanted.sessions:
        turn.state = replace(turn.state, wants_time="change")
    turn.because(f"resumed{f' ({by})' if by else ''}")
    return True


def resume_too(turn: PairingTurn, role: Role) -> None:
    """The mentor goes on in all own pairings: what somebody else paused stays paused."""
    if turn.state.pause and turn.state.pause.by == role:
        resume(turn, role)


def keep_pause(turn: PairingTurn) -> None:
    """A pause ends by itself; the admin may begin and end one in the files."""
    _by_files(turn)
    paused = turn.state.pause
    if paused is None:
        return
    if paused.until is None:
        longest = paused.since + timedelta(days=turn.program.pause_days_max)
        if turn.watch.reached(longest) and not paused.told_long:
            turn.state = replace(turn.state, pause=replace(paused, told_long=True))
            turn.tell("paused-long", reason="a pause without an end is long by now")
        return
    begins = at_minute(paused.until, 0, turn.zone(turn.state.line.anchor))
    if turn.watch.reached(begins - timedelta(days=turn.program.resume_ahead_days)):
        resume(turn, "")


def _by_files(turn: PairingTurn) -> None:
    """What the files say counts once: a pause that is over, or that somebody ended, is not begun again."""
    line, paused = turn.state.line, turn.state.pause
    said = f"until {line.resumes}" if line.state == "paused" else ""
    if said and said != turn.state.paused_by_files:
        pause(turn, "admin", line.resumes)
    elif not said and turn.state.paused_by_files and paused and paused.by == "admin":
        resume(turn, "admin")
    if said != turn.state.paused_by_files:
        turn.state = replace(turn.state, paused_by_files=said)


# --- UNDO


def take_back_pause(turn: PairingTurn, undo: Undo) -> bool:
    """UNDO of a pause: the same series goes on, and what was left out because of it stands again, also because of
    those whose place it took. What somebody has asked for since stays."""
    paused, before = turn.state.pause, turn.state.resumed
    if paused is None or (paused.by, paused.since) != (undo.role, undo.at):
        return False
    if not resume(turn, undo.role):
        return False
    wanted = terms(turn.state, turn.program)
    for index in range(len(wanted.lengths_minutes)):
        series = newest(turn, index)
        if series and series.standing == "ended" and series.put_at:
            rule = replace(series.rule, until=wanted.ends)
            put_series(turn, from_now_on(turn, replace(series, standing="put", rule=rule)))
    for meeting in _left_out(turn, before):
        if meeting.start > turn.now:
            put_meeting(turn, stands_again(meeting))
    return True


def _left_out(turn: PairingTurn, over: Pause | None) -> list[Meeting]:
    """What the present pause, and those whose place it took, have left out: all since the last one was `over`."""
    since = over.ended_at if over else None
    return [
        m
        for m in turn.state.meetings
        if m.off == "pause" and (since is None or (m.settled_at and m.settled_at >= since))
    ]


# --- letters


def pause_letters(turn: PairingTurn) -> None:
    """`paused` to whom did not ask for it (who did is answered at once), `resumed` to both."""
    paused, back = turn.state.pause, turn.state.resumed
    for role in ROLES:
        if paused and paused.by != role:
            _paused(turn, paused, role)
        if back and turn.state.standing == "active" and _hears(turn, back, role):
            _resumed(turn, back, role)


def _paused(turn: PairingTurn, paused: Pause, role: Role) -> None:
    """Nobody sets out for a 1:1 of the next hours that has just been left out, or that a pause which that person
    never heard of has left out before."""
    heard = _believes_in_a_pause(turn, role)
    out = [
        m.start
        for m in _left_out(turn, turn.state.resumed)
        if m.settled_at == paused.since or (not heard and m.start > paused.since)
    ]
    first = min(out, default=None)
    pressing = first is not None and urgent(turn, paused.since, first, role)
    moment = paused.since if pressing else when(turn, paused.since, role)
    if turn.watch.reached(moment):
        facts = {
            "until": paused.until.isoformat() if paused.until else "",
            "out_start": iso(first) if first and first > turn.now else None,
            "urgent": pressing,
        }
        personal(
            turn, "paused", _occasion(paused), role, facts, opens=moment,
            closes=moment + LETTER_DAYS, reason=f"paused, first at {iso(first) if first else 'no 1:1'}", pressing=pressing,
            due=first - SOON if first else None,
            explained="config" if paused.by == "admin" else "",
        )  # fmt: skip


def _hears(turn: PairingTurn, back: Pause, role: Role) -> bool:
    """Whoever ended it is answered at once; who never heard of a pause that was taken back, need not."""
    if role == back.ended_by:
        return False
    return not back.ended_by or back.by == role or _believes_in_a_pause(turn, role)


def _believes_in_a_pause(turn: PairingTurn, role: Role) -> bool:
    """Whether the last that this person knows is that the 1:1s pause; if only until another day, or because of a
    pause whose place the last one took."""
    person = turn.state.line.person(role).id
    heard = [
        (mark.at, touchpoint_of(stem))
        for stem, mark in turn.marks.items()
        if mark.standing == "settled"
        and stem.startswith(("paused/", "resumed/"))
        and stem.endswith(f"/{person}")
    ]
    return max(heard, default=(turn.now, ""))[1] == "paused"


def _has_heard(turn: PairingTurn, touchpoint: str, paused: Pause, by: str) -> None:
    """Whoever asked for it, or for its end, knows of it as if that letter had come."""
    if by in ROLES:
        said, person = f"{_occasion(paused)}-said", turn.state.line.person(by).id
        turn.marks[turn.letter_stem(touchpoint, said, person)] = Mark(0, said, "settled", turn.now)


def _resumed(turn: PairingTurn, back: Pause, role: Role) -> None:
    start = next_start(turn)
    if start is None or back.ended_at is None:
        return
    moment = when(turn, back.ended_at, role)
    if turn.watch.reached(moment):
        personal(
            turn, "resumed", _occasion(back), role, {"start": iso(start)}, opens=moment,
            closes=moment + LETTER_DAYS, reason=f"the pause is over: {iso(start)}", own=back.ended_by != "",
            due=start - SOON, explained="config" if back.ended_by == "admin" else "",
        )  # fmt: skip


def next_start(turn: PairingTurn) -> datetime | None:
    """When the pair meets next: the next meeting that stands, else the first date of its series."""
    coming = [m.start for m in turn.state.meetings if m.stands and m.start > turn.now]
    known = [start for start in (*coming, next_date(turn)) if start]
    if known:
        return min(known)
    wanted = terms(turn.state, turn.program)
    return instant(first_to_come(turn, wanted), turn.zone(wanted.zone)) if wanted.at else None


def _occasion(paused: Pause) -> str:
    return f"pause-{paused.since:%Y%m%dT%H%M%S}"
