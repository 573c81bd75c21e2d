"""The life of a pairing: invited, active, closing, closed (RULES 3), and its series (RULES 6).

Not single meetings. Pause, extension and farewell come with their own rules.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from daemon.decide.cadence import first_wall, wall_text
from daemon.decide.keys import basis_of, provider_id, series_stem
from daemon.decide.moment import at_minute, instant, local_day, speakable
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.effect import EndSeries, PutSeries, SendLetter
from daemon.domain.meeting import Series, SeriesRule
from daemon.domain.observation import LineSeen
from daemon.domain.people import Role
from daemon.domain.world import Mark, PairingState

LETTER_DAYS = timedelta(days=14)


def line_seen(state: PairingState | None, seen: LineSeen) -> PairingState:
    """The files name this pairing (for the first time, or with other values)."""
    if state is None:
        return PairingState(line=seen.line, standing="invited", since=seen.at)
    return replace(state, line=seen.line)


def live(turn: PairingTurn) -> None:
    """Everything that moves a pairing from one standing to the next."""
    if turn.state.standing == "invited":
        _invite(turn)
    if turn.state.standing == "invited" and turn.state.mentor_yes and turn.state.mentee_yes:
        _activate(turn)
    if turn.state.standing in ("active", "closing"):
        _series(turn)
        _close(turn)


def _opening(turn: PairingTurn) -> datetime:
    line = turn.state.line
    if line.starts is None:
        return turn.state.since
    return max(turn.state.since, at_minute(line.starts, 0, turn.zone(line.anchor)))


def _first_start(turn: PairingTurn) -> datetime:
    """The first regular time that leaves everybody the notice of the program."""
    line = turn.state.line
    assert line.at is not None
    zone = turn.zone(line.anchor)
    earliest = turn.now + timedelta(hours=turn.program.notice_hours)
    day = local_day(earliest, zone)
    if line.starts:
        day = max(day, line.starts)
    start = instant(first_wall(line.at, day), zone)
    return start if start >= earliest else instant(first_wall(line.at, day + timedelta(1)), zone)


def _invite(turn: PairingTurn) -> None:
    """Mentor first; the mentee hears the mentor's name only after the mentor's yes (LETTERS 2)."""
    line = turn.state.line
    opening = _opening(turn)
    if line.closing or (line.ends and line.ends < turn.now.date()):
        turn.state = replace(turn.state, standing="closed")
        turn.because("ended by the files before it began")
        return
    if line.at is None or not turn.watch.reached(opening):
        return
    if not turn.state.mentor_yes:
        _welcome(turn, "mentor", "welcome-mentor-connected", opening)
    elif not turn.state.mentee_yes:
        _welcome(turn, "mentee", "welcome-mentee", turn.state.mentor_yes)


def _welcome(turn: PairingTurn, role: Role, touchpoint: str, since: datetime) -> None:
    line = turn.state.line
    person = line.person(role)
    zone = turn.zone(person.zone)
    moment = speakable(since, zone, turn.program)
    if not turn.watch.reached(moment):
        return
    stem = turn.letter_stem(touchpoint, "invited", person.id)
    facts: dict[str, Any] = {
        "start": iso(_first_start(turn)),
        "length_minutes": line.length_minutes,
        "ends": line.ends.isoformat() if line.ends else "",
    }
    turn.want(
        stem, SendLetter(touchpoint, person.id, facts), account=turn.program.mailbox, opens=moment,
        closes=moment + LETTER_DAYS, reason=f"the {role} is asked first-hand",
        basis=basis_of((line.at, line.ends, line.length_minutes)),
    )  # fmt: skip
    told_at = turn.settled(stem)
    if told_at:
        _nudge(turn, role, told_at, facts)


def _nudge(turn: PairingTurn, role: Role, told_at: datetime, facts: dict[str, Any]) -> None:
    person = turn.state.line.person(role)
    zone = turn.zone(person.zone)
    days = turn.program.setup_nudge_days
    for number, after in enumerate(days, start=1):
        moment = speakable(told_at + timedelta(days=after), zone, turn.program)
        if turn.watch.reached(moment):
            last = number == len(days)
            turn.want(
                turn.letter_stem("setup-nudge", f"{role}-{number}", person.id),
                SendLetter("setup-nudge", person.id, {"start": facts["start"], "last": last}),
                account=turn.program.mailbox, opens=moment, closes=moment + timedelta(days=2),
                reason=f"no answer for {after} days", basis=str(number),
            )  # fmt: skip
    silent = f"setup-silent/{role}"
    if turn.watch.reached(told_at + timedelta(days=turn.program.setup_tell_days)):
        if turn.settled(silent) is None:
            turn.tell(
                "setup-silent", reason="no answer to the welcome", first=person.first, role=role
            )
            turn.marks[silent] = Mark(1, "", "settled", turn.now)


def answer_welcome(turn: PairingTurn, role: Role, yes: bool) -> None:
    """YES or NO to the welcome letter."""
    if not yes:
        turn.state = replace(turn.state, standing="closed")
        turn.because(f"the {role} said no")
        turn.tell("said-no", reason="somebody said no to the welcome", role=role)
    elif role == "mentor":
        turn.state = replace(turn.state, mentor_yes=turn.now)
    else:
        turn.state = replace(turn.state, mentee_yes=turn.now)


def _activate(turn: PairingTurn) -> None:
    line = turn.state.line
    assert line.at is not None
    stem = series_stem(line.pairing)
    generation = turn.generation(stem)
    first = _first_start(turn).astimezone(turn.zone(line.anchor)).replace(tzinfo=None)
    rule = SeriesRule(wall_text(first), line.anchor, line.length_minutes, until=line.ends)
    uid = provider_id(f"{stem}/{generation}")
    series = Series(line.mentor.address, uid, generation, rule)
    turn.state = replace(turn.state, standing="active", series=series)
    turn.because("both said yes: the series goes on the mentor's calendar")


def _change(turn: PairingTurn, kind: type[PutSeries] | type[EndSeries], series: Series) -> Any:
    line = turn.state.line
    return kind(
        calendar=series.calendar, uid=series.uid, rule=replace(series.rule, gaps=()),
        summary=f"1:1 {line.mentor.first} & {line.mentee.first}",
        guests=(line.mentee.address,), location=line.link,
        expected="" if kind is PutSeries else series.version,
    )  # fmt: skip


def _series(turn: PairingTurn) -> None:
    """Put the series once; after a conflict about its id the next generation has another one."""
    series, line = turn.state.series, turn.state.line
    if not series:
        return
    stem = series_stem(line.pairing)
    if series.standing == "asked":
        generation = turn.generation(stem)
        mark = turn.marks.get(stem)
        if mark and mark.standing == "withdrawn":
            series = replace(series, uid=provider_id(f"{stem}/{generation}"), generation=generation)
            turn.state = replace(turn.state, series=series)
        turn.want(
            stem, _change(turn, PutSeries, series), account=series.calendar, opens=turn.now,
            closes=turn.now + timedelta(days=400), reason="both said yes", basis="put",
        )  # fmt: skip
    elif series.standing == "put":
        _started(turn)


def _started(turn: PairingTurn) -> None:
    """Decided from the receipt; only whom the provider did not invite by itself (Receipt.told)."""
    line, series = turn.state.line, turn.state.series
    put_at = turn.settled(series_stem(line.pairing))
    if not series or put_at is None:
        return
    waiting = [
        person
        for person in (line.mentor, line.mentee)
        if not turn.over(turn.letter_stem("started", "series", person.id))
    ]
    if not waiting:
        return
    start = instant(datetime.fromisoformat(series.rule.first), turn.zone(series.rule.zone))
    for person in waiting:
        moment = speakable(put_at, turn.zone(person.zone), turn.program)
        if person.address in series.told or not turn.watch.reached(moment):
            continue
        facts = {"start": iso(start), "length_minutes": line.length_minutes, "link": line.link}
        turn.want(
            turn.letter_stem("started", "series", person.id),
            SendLetter("started", person.id, facts), account=turn.program.mailbox, opens=moment,
            closes=moment + LETTER_DAYS, reason="the series is on the calendar",
            basis=basis_of(iso(start)),
        )  # fmt: skip


def _until(turn: PairingTurn) -> date | None:
    line = turn.state.line
    if line.closing:
        today = local_day(turn.now, turn.zone(line.anchor))
        series = turn.state.series
        if series and series.rule.until and series.rule.until <= today:
            return series.rule.until
        return today
    return line.ends


def _close(turn: PairingTurn) -> None:
    """End what the files say has ended: first the series, then, after the last notes, the pairing."""
    series, line = turn.state.series, turn.state.line
    until = _until(turn)
    if not series or until is None:
        return
    zone = turn.zone(line.anchor)
    over = at_minute(until, 24 * 60, zone)
    if series.standing == "put" and series.rule.until != until:
        series = replace(series, rule=replace(series.rule, until=until))
        turn.state = replace(turn.state, series=series)
        _drop_later(turn, over)
    if series.standing == "put" and series.rule.until != series.until_put:
        turn.want(
            f"{series_stem(line.pairing)}/end", _change(turn, EndSeries, series), account=series.calendar, opens=turn.now,
            closes=turn.now + timedelta(days=400), reason=f"it ends on {until}",
            basis=until.isoformat(), retell=True, explained="config",
        )  # fmt: skip
    if turn.state.standing == "active" and turn.watch.reached(over - timedelta(days=7)):
        turn.state = replace(turn.state, standing="closing")
        turn.because(f"the end date {until} is within one step")
    last = max((m.end for m in turn.state.meetings if m.standing != "skipped"), default=over)
    if turn.watch.reached(max(over, last) + timedelta(days=3)) and not turn.state.proposal:
        turn.state = replace(turn.state, standing="closed")
        turn.because("the last meeting and its notes are over")


def _drop_later(turn: PairingTurn, over: datetime) -> None:
    turn.state = replace(
        turn.state,
        meetings=tuple(
            replace(m, standing="skipped", settled_by="rule", settled_at=turn.now)
            if m.start >= over and (m.stands or m.standing == "cancelled")
            else m
            for m in turn.state.meetings
        ),
    )
