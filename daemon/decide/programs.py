"""The decision of a program's lane: what its contact reads now and then, about no single pairing.

Not alarms about one pairing or account: those are told from their own lanes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeAlias

from daemon.decide.keys import short
from daemon.decide.moment import at_minute, local_day
from daemon.decide.monday import MORNING_MINUTE, WEEK
from daemon.decide.reports import readers_of
from daemon.decide.turn import Turn, iso
from daemon.domain.observation import (
    AlarmSeen,
    DownSeen,
    Refused,
    Settled,
    SignSeen,
    WaitsSeen,
)
from daemon.domain.report import ReportSeen, WeekSeen
from daemon.domain.value import replace
from daemon.domain.world import Plan, ProgramState, World

_NEXT: dict[str, dict[str, str]] = {
    "files-wrong": {"command": "run.py check"},
    "on-hold": {"command": "run.py held"},
}
_ALWAYS = ("due", "held", "ahead", "letters", "active")
ProgramTurn: TypeAlias = Turn[ProgramState]
NAMED_MOST = 20
ALARM = "alarm-"
UNBRAKED = (ALARM, "monday", "report", "launch", "files-wait")
"""How facts begin that no brake holds back: they say what waits."""


def decide_program(world: World, now: datetime) -> Plan:
    """What the contact of this program has to know now."""
    state = world.state
    if not isinstance(state, ProgramState):
        state = ProgramState(world.lane.partition("/")[2])
    turn: ProgramTurn = Turn(world, state, now)
    for seen in world.inbox:
        match seen:
            case SignSeen():
                _sign(turn, seen)
            case DownSeen():
                _down(turn, seen)
            case AlarmSeen():
                _alarm(turn, seen)
            case WaitsSeen():
                _waits(turn, seen)
            case WeekSeen():
                _monday(turn, seen)
            case ReportSeen():
                _report(turn, seen)
            case Settled() | Refused():
                pass  # what is told here is told once, whatever became of it
            case _:
                turn.because(f"{type(seen).__name__} says nothing to a program")
    _quiet_list(turn)
    return turn.plan()


def _sign(turn: ProgramTurn, seen: SignSeen) -> None:
    others = tuple(person for person in turn.state.quiet if person != seen.person)
    quiet = (*others, seen.person) if seen.quiet else others
    told = tuple(person for person in turn.state.quiet_told if person in quiet)
    since = (turn.state.quiet_since or turn.now) if len(told) < len(quiet) else None
    turn.state = replace(turn.state, quiet=quiet, quiet_told=told, quiet_since=since)


def _down(turn: ProgramTurn, seen: DownSeen) -> None:
    """The machine is back after a day or more: what was left out is said, and that nothing came twice."""
    hours = int((seen.at - seen.since).total_seconds() // 3600)
    turn.tell("back", reason="the machine was off", hours=hours)


def _alarm(turn: ProgramTurn, seen: AlarmSeen) -> None:
    """What is wrong with the machine, at most once a day from each beginning, and that it is over. A lost
    account is told when it is lost by its own lane."""
    if seen.name == "account-lost" and seen.standing == "begins":
        return
    over = "over-" if seen.standing == "over" else "anew-" if seen.anew else ""
    facts: dict[str, Any] = {}
    if not over:
        facts = {"count": seen.count, **_NEXT.get(seen.name, {})}
    since = iso(seen.since)
    turn.tell(
        f"{ALARM}{over}{seen.name}", reason=f"alarm {seen.standing}", occasion=since, since=since,
        **facts,
    )  # fmt: skip


def _waits(turn: ProgramTurn, seen: WaitsSeen) -> None:
    """First letters or changed files that wait: what they are, and the two commands, to look and to let go."""
    if seen.kind == "launch":
        steps = {"command": "run.py held", "release": f"run.py release {seen.name}"}
    else:
        steps = {"command": "run.py plan", "release": "run.py apply --yes"}
    turn.tell(
        seen.kind, reason="it waits for a person", occasion=seen.name, count=seen.count,
        shown=list(seen.shown), **steps,
    )  # fmt: skip


def _monday(turn: ProgramTurn, seen: WeekSeen) -> None:
    """The week in counts, once; what is nought and would only be read past is left out."""
    counts = {
        "due": seen.due, "held": seen.held, "left_out": seen.left_out, "settling": seen.settling,
        "ahead": seen.ahead, "letters": seen.letters, "active": seen.active, "paused": seen.paused,
        "invited": seen.invited, "silent": len(turn.state.quiet), "waiting": seen.waiting,
    }  # fmt: skip
    told = {name: count for name, count in counts.items() if count or name in _ALWAYS}
    wished = {"languages": seen.languages} if seen.languages else {}
    turn.tell_once(f"monday/{seen.week}", "monday", reason="the week in counts", **told, **wished)


def _report(turn: ProgramTurn, seen: ReportSeen) -> None:
    """Each reader gets a letter of their own, once for each period."""
    told = dict(seen.rows)
    facts = {"time_to_repair": told["time to repair"], "took_place": told["took place"]}
    for address in readers_of(turn.program, seen.rhythm):
        name = f"{seen.period}-{short(address)}" if address else seen.period
        turn.tell_once(
            f"report/{seen.rhythm}/{name}", "report", reason=f"the {seen.rhythm} report",
            occasion=f"{seen.rhythm}-{name}", to=address, rhythm=seen.rhythm,
            since=seen.first.isoformat(), rows=[list(each) for each in seen.rows], **facts,
        )  # fmt: skip


def _quiet_list(turn: ProgramTurn) -> None:
    """On a Monday morning, when there is somebody new among those who never gave a sign of life. Who is new is
    named first; for whom there is no room is new on the next Monday."""
    quiet, told = turn.state.quiet, turn.state.quiet_told
    if turn.state.quiet_since is None:
        return
    if turn.watch.reached(_monday_after(turn, turn.state.quiet_since)):
        named = sorted(quiet, key=lambda person: person in told)[:NAMED_MOST]
        turn.tell("quiet-list", reason="no sign of life", people=named)
        told = tuple(person for person in quiet if person in told or person in named)
        since = turn.now if len(told) < len(quiet) else None
        turn.state = replace(turn.state, quiet_told=told, quiet_since=since)
        _quiet_list(turn)


def _monday_after(turn: ProgramTurn, since: datetime) -> datetime:
    """The first Monday morning after that."""
    zone = turn.zone(turn.program.timezone)
    day = local_day(since, zone)
    monday = day + timedelta(days=-day.weekday() % 7)
    moment = at_minute(monday, MORNING_MINUTE, zone)
    return moment if moment > since else at_minute(monday + WEEK, MORNING_MINUTE, zone)
