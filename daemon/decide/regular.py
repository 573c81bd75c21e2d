"""The regular time of a pair, found by a series proposal (RULES 6, "First time").

Not the series itself (series.py), and not one meeting's time (reschedule.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from daemon.decide.days import off
from daemon.decide.keys import occasion_of
from daemon.decide.meetings import close
from daemon.decide.moment import instant, local_day
from daemon.decide.owed import when
from daemon.decide.searching import read_busy
from daemon.decide.seen import PairingTurn
from daemon.decide.slots import overlaps, within
from daemon.decide.terms import Terms, terms
from daemon.domain.cadence import RegularTime, Step, first_wall, nth_of
from daemon.domain.meeting import Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.people import ROLES, Role
from daemon.domain.proposal import Cause, Offer, Proposal

WEEKS_LOOKED_AT = 8
RARE_STEPS_LOOKED_AT = 4
CLOCK_MINUTES = 30
"""Regular times begin on the half hour."""
ANSWER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Regular:
    """A regular time both can make: free so often of the times looked at."""

    at: RegularTime
    first: datetime
    end: datetime
    free: int
    away_minutes: int


def look_for_time(turn: PairingTurn, role: Role | None = None) -> None:
    """Another regular time is wanted. While a series stands it goes on until one is found."""
    if "at" in turn.program.locked or terms(turn.state, turn.program).sessions:
        turn.tell("for-contact", reason="a wish for another regular time, which the program fixes")
        return
    seeking = not any(series.live for series in turn.state.series)
    agreed = replace(turn.state.agreed, seeking=seeking or turn.state.agreed.seeking)
    turn.state = replace(turn.state, agreed=agreed, wants_time="change")
    turn.because(f"another regular time is looked for{f' ({role})' if role else ''}")


def open_regular(turn: PairingTurn) -> None:
    """Three times of the week (or of the month) that are free in most of the next weeks."""
    found = _search(turn, frozenset())
    if found is None:
        return
    times, known = found
    cause: Cause = "first" if turn.state.wants_time == "first" else "change"
    turn.state = replace(turn.state, wants_time="")
    if not times:
        turn.tell("no-time-found", reason="no regular time suits both", what="series")
        return
    vetting = not known["mentor"] or turn.program.initiator == "mentor"
    if cause == "first" and turn.state.mentor_yes and known["mentor"]:
        vetting = False
    offers = _offers(turn, times, 1)
    proposal = Proposal(
        None, "mentee", cause, turn.now, _answer_by(turn, vetting), offers, kind="series",
        occasion=_occasion(turn), vetting=vetting, blind=not all(known.values()),
    )  # fmt: skip
    turn.state = replace(turn.state, proposal=proposal)
    turn.because(f"{len(offers)} regular times offered ({cause})")


def renew_regular(turn: PairingTurn, proposal: Proposal) -> None:
    """The next round of regular times; none of those offered before."""
    offered = frozenset(offer.start for offer in proposal.offers)
    found = _search(turn, offered)
    if found is None:
        return
    times, known = found
    offers = _offers(turn, times, proposal.round * turn.program.offers + 1)
    if not offers:
        close(turn, replace(proposal, standing="lapsed"))
        turn.tell("no-time-found", reason="no further regular time suits both", what="series")
        return
    vetting = not known["mentor"]
    turn.state = replace(
        turn.state,
        proposal=proposal.renewed(offers, turn.now, _answer_by(turn, vetting), False, vetting),
    )
    turn.because(f"regular times, round {proposal.round + 1} ({proposal.renew})")


def accept_regular(turn: PairingTurn, proposal: Proposal) -> None:
    """The pair agreed; the series follows (series.py)."""
    offer = proposal.offer(proposal.picked)
    if offer is None:
        return
    wanted = terms(turn.state, turn.program)
    wall = offer.start.astimezone(turn.zone(wanted.zone))
    nth = nth_of(wall.date()) if wanted.step.months else 0
    at = RegularTime(wall.weekday(), wall.hour, wall.minute, nth)
    agreed = replace(turn.state.agreed, at=at, seeking=False)
    turn.state = replace(turn.state, agreed=agreed)
    if turn.state.standing == "invited" and turn.state.mentee_yes is None:
        turn.state = replace(turn.state, mentee_yes=turn.now)
    close(turn, replace(proposal, standing="accepted"))
    turn.because(f"the regular time is agreed: {wall:%A %H:%M}")


def _answer_by(turn: PairingTurn, vetting: bool) -> datetime:
    role: Role = "mentor" if vetting else "mentee"
    return when(turn, turn.now, role) + ANSWER


def _occasion(turn: PairingTurn) -> int:
    seen = [
        occasion_of(f"]{stem.partition('series')[2]}") for stem in turn.marks if "/series#" in stem
    ]
    earlier = [p.occasion for p in turn.state.closed_proposals if p.kind == "series"]
    return max([*seen, *earlier], default=0) + 1


def _offers(turn: PairingTurn, times: list[Regular], number: int) -> tuple[Offer, ...]:
    chosen: list[Regular] = []
    for each in times:
        same_day = any(c.at.weekday == each.at.weekday for c in chosen)
        if len(chosen) < turn.program.offers and not same_day:
            chosen.append(each)
    for each in times:
        near = any(
            c.at.weekday == each.at.weekday
            and abs(c.at.hour * 60 + c.at.minute - each.at.hour * 60 - each.at.minute) < 120
            for c in chosen
        )
        if len(chosen) < turn.program.offers and each not in chosen and not near:
            chosen.append(each)
    return tuple(
        Offer(number + place, each.first, each.end, why=f"free {each.free} times")
        for place, each in enumerate(sorted(chosen, key=lambda c: c.first))
    )


# --- the search


def _search(
    turn: PairingTurn, avoid: frozenset[datetime]
) -> tuple[list[Regular], dict[Role, bool]] | None:
    """Regular times that suit both, best first; None while busy times are not known."""
    wanted = terms(turn.state, turn.program)
    steps = WEEKS_LOOKED_AT if wanted.step.weeks == 1 else RARE_STEPS_LOOKED_AT
    window = Slot(turn.now, turn.now + wanted.step.length * (steps + 1) + timedelta(days=7))
    read = read_busy(turn, window, window)
    if read is None:
        return None
    line = turn.state.line
    known: dict[Role, bool] = {r: read.get(line.person(r).address) is not None for r in ROLES}
    found = [
        regular
        for at in _candidates(wanted.step)
        for regular in [_judge(turn, wanted, at, steps, read)]
        if regular and regular.first not in avoid
    ]
    most = max((regular.free for regular in found), default=0)
    good = [regular for regular in found if regular.free * 2 > steps or regular.free == most]
    return sorted(good, key=lambda r: (-r.free, r.away_minutes, r.first)), known


def _candidates(step: Step) -> list[RegularTime]:
    clocks = [divmod(minute, 60) for minute in range(0, 24 * 60, CLOCK_MINUTES)]
    nths = (1, 2, 3, 4) if step.months else (0,)
    return [RegularTime(day, h, m, nth) for nth in nths for day in range(7) for h, m in clocks]


def _judge(
    turn: PairingTurn, wanted: Terms, at: RegularTime, steps: int,
    read: Mapping[str, tuple[BusyInterval, ...] | None],
) -> Regular | None:  # fmt: skip
    """A time inside both people's hours at every date looked at, and how often nobody has anything then."""
    zone, line = turn.zone(wanted.zone), turn.state.line
    step = replace(wanted.step, nth=at.nth) if wanted.step.months else wanted.step
    earliest = turn.now + timedelta(hours=turn.program.notice_hours)
    first = first_wall(
        at, step, max(local_day(earliest, zone), line.starts or local_day(earliest, zone))
    )
    if instant(first, zone) < earliest:
        first = step.wall(first, 1)
    length = timedelta(minutes=max(wanted.lengths_minutes))
    free = 0
    for number in range(steps):
        start = instant(step.wall(first, number), zone)
        slot = Slot(start, start + length)
        for role in ROLES:
            person = line.person(role)
            if not within(slot, turn.zone(person.zone), person.hours):
                return None
        free += not off(turn, start) and not _is_taken(turn, slot, read)
    if not free:
        return None
    start = instant(first, zone)
    return Regular(at, start, start + length, free, _discomfort(turn, start))


def _is_taken(
    turn: PairingTurn, slot: Slot, read: Mapping[str, tuple[BusyInterval, ...] | None]
) -> bool:
    buffer = timedelta(minutes=turn.program.buffer_minutes)
    wide = Slot(slot.start - buffer, slot.end + buffer)
    own = {m.place.uid for m in turn.state.meetings if m.place} | {s.uid for s in turn.state.series}
    for role in ROLES:
        person = turn.state.line.person(role)
        for each in read.get(person.address) or ():
            if each.priority > person.overbook and each.source not in own:
                if overlaps(wide, (Slot(each.start, each.end),)):
                    return True
        bound = turn.world.commitments.get(person.id, ())
        slots = [Slot(c.start, c.end) for c in bound if c.lane != turn.lane and c.kind != "letter"]
        if overlaps(slot, [s for s in slots if s.end > s.start]):
            return True
    return False


def _discomfort(turn: PairingTurn, start: datetime) -> int:
    """How far from the middle of the day it is for the one who has it worse: far zones share the burden."""
    worst = 0
    for role in ROLES:
        local = start.astimezone(turn.zone(turn.state.line.person(role).zone))
        worst = max(worst, abs(local.hour * 60 + local.minute - 14 * 60))
    return worst
