"""The regular time of a pair, found by a series proposal (RULES 6, "First time").

Not the series itself (series.py), and not one meeting's time (reschedule.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from daemon.decide.days import off
from daemon.decide.group import away_slots
from daemon.decide.keys import occasion_of
from daemon.decide.meetings import close
from daemon.decide.moment import at_minute, instant, local_day
from daemon.decide.owed import when
from daemon.decide.regular_times import Regular, Sought, regular_times
from daemon.decide.searching import read_busy
from daemon.decide.seen import PairingTurn
from daemon.decide.slots import Side
from daemon.decide.terms import terms
from daemon.domain.cadence import RegularTime, Step, nth_of
from daemon.domain.meeting import Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.people import ROLES, Person, Role
from daemon.domain.proposal import Cause, Offer, Proposal
from daemon.domain.value import replace
from daemon.domain.world import PairingState

WEEKS_LOOKED_AT = 8
RARE_STEPS_LOOKED_AT = 4
ANSWER = timedelta(days=7)
NEAR_MINUTES = 90
"""Whom no time of a list suits, is not helped by half an hour later."""
LISTS = ("welcome-mentee", "regular-time", "setup-nudge")


def time_is_fixed(turn: PairingTurn) -> bool:
    """Whether the program leaves them no other regular time."""
    return "at" in turn.program.locked or terms(turn.state, turn.program).sessions > 0


def look_for_time(turn: PairingTurn, role: Role | None = None) -> None:
    """Another regular time is wanted. While a series stands it goes on until one is found."""
    if time_is_fixed(turn):
        what = "a wish for another regular time, which this program fixes"
        turn.tell("for-contact", reason=what, what=what)
        return
    seeking = not any(series.live for series in turn.state.series)
    agreed = replace(turn.state.agreed, seeking=seeking or turn.state.agreed.seeking)
    turn.state = replace(turn.state, agreed=agreed, wants_time="change")
    turn.because(f"another regular time is looked for{f' ({role})' if role else ''}")


def open_regular(turn: PairingTurn) -> None:
    """Three times of the week (or of the month) that are free in most of the next weeks. While there are none,
    one is wanted still: it is looked for with whatever is new, and once a day."""
    if _is_settled(turn, turn.state.wants_time):
        turn.state = replace(turn.state, wants_time="")
        return
    present = [s.rule.begins for s in turn.state.series if turn.state.wants_time == "change"]
    found = _search(turn, _all_dates(turn, present))
    if found is None:
        return
    times, known = found
    if not times:
        turn.tell_once(
            f"no-regular-time/{_occasion(turn)}", "no-time-found",
            reason="no regular time suits both", what="series",
        )  # fmt: skip
        turn.watch.reached(turn.now + timedelta(days=1))
        return
    cause: Cause = "first" if turn.state.wants_time == "first" else "change"
    vetting, offers = _mentor_first(turn, cause, known), _offers(turn, times, 1)
    proposal = Proposal(
        None, "mentee", cause, turn.now, regular_answer_by(turn, vetting), offers, kind="series",
        occasion=_occasion(turn), vetting=vetting,
    )  # fmt: skip
    turn.state = replace(turn.state, proposal=proposal, wants_time="")
    turn.because(f"{len(offers)} regular times offered ({cause})")


def _is_settled(turn: PairingTurn, wants: str) -> bool:
    """Whether none is to be found any more: the program fixes it, or the files name the first one by now."""
    named = wants == "first" and terms(turn.state, turn.program).at is not None
    return named or time_is_fixed(turn)


def found_by_files(turn: PairingTurn) -> bool:
    """Whether the files have just named the regular time that was looked for."""
    before = turn.world.state
    sought = isinstance(before, PairingState) and before.agreed.seeking
    return sought and not turn.state.agreed.seeking


def _mentor_first(turn: PairingTurn, cause: Cause, known: Mapping[Role, bool]) -> bool:
    """Whether the mentor says which times are possible before the mentee picks among them, in every round.
    Whose calendar is known, and who has just said yes to the welcome, is not asked once more."""
    if not known["mentor"]:
        return True
    welcomed = cause == "first" and turn.state.mentor_yes is not None
    return turn.program.initiator == "mentor" and not welcomed


def renew_regular(turn: PairingTurn, proposal: Proposal) -> None:
    """The next round of regular times; none of those offered before."""
    zone = turn.zone(turn.state.line.anchor)
    offered = [offer.start.astimezone(zone).replace(tzinfo=None) for offer in proposal.offers]
    found = _search(turn, _all_dates(turn, offered, NEAR_MINUTES))
    if found is not None and not found[0]:
        # their common hours are few: half an hour later is better than none
        found = _search(turn, _all_dates(turn, offered))
    if found is None:
        return
    times, known = found
    offers = _offers(turn, times, proposal.round * turn.program.offers + 1)
    if not offers:
        close(turn, replace(proposal, standing="lapsed"))
        turn.tell("no-time-found", reason="no further regular time suits both", what="series")
        return
    vetting = _mentor_first(turn, proposal.cause, known)
    turn.state = replace(
        turn.state,
        proposal=proposal.renewed(
            offers, turn.now, regular_answer_by(turn, vetting), False, vetting
        ),
    )
    turn.because(f"regular times, round {proposal.round + 1} ({proposal.renew})")


def _all_dates(
    turn: PairingTurn, firsts: Iterable[datetime], around: int = 0
) -> frozenset[datetime]:
    """Dates of regular times from now on that are not to be offered (again), by any of their dates; and what
    lies so many minutes around them."""
    step, zone = terms(turn.state, turn.program).step, turn.zone(turn.state.line.anchor)
    found: set[datetime] = set()
    for first in firsts:
        own = replace(step, nth=nth_of(first.date())) if step.months else Step(weeks=1)
        now = turn.now.astimezone(zone).replace(tzinfo=None)
        number = own.number(first, now)
        dates = [instant(own.wall(first, number + each), zone) for each in range(6)]
        shifts = [timedelta(minutes=m) for m in range(-around, around + 1, 30)]
        found |= {date + shift for date in dates for shift in shifts}
    return frozenset(found)


def look_again(turn: PairingTurn, role: Role, reply_to: str) -> bool:
    """An answer that came after the end of its list: what is free by now is offered in a new one."""
    lapsed = [p for p in turn.state.closed_proposals if p.kind == "series"][-1:]
    if reply_to not in LISTS or not lapsed or lapsed[0].standing != "lapsed":
        return False
    if turn.state.standing not in ("invited", "active") or turn.state.proposal:
        return False
    if _is_settled(turn, lapsed[0].cause):
        return False
    turn.late = role
    turn.state = replace(turn.state, wants_time="first" if lapsed[0].cause == "first" else "change")
    turn.because("an answer after the end of the list: regular times are looked for again")
    return True


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


def regular_answer_by(turn: PairingTurn, vetting: bool) -> datetime:
    """Until when a list of regular times waits: reminders and the end as in LETTERS 2, mentor or mentee."""
    role: Role = "mentor" if vetting else "mentee"
    return when(turn, turn.now, role) + ANSWER


def _occasion(turn: PairingTurn) -> int:
    seen = [occasion_of(stem) for stem in turn.marks if "/series#" in stem]
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
    wanted, zone = terms(turn.state, turn.program), turn.zone(turn.state.line.anchor)
    dates = WEEKS_LOOKED_AT if wanted.step.weeks == 1 else RARE_STEPS_LOOKED_AT
    earliest = turn.now + timedelta(hours=turn.program.notice_hours)
    from_day = max(local_day(earliest, zone), turn.state.line.starts or local_day(earliest, zone))
    begins = max(turn.now, at_minute(from_day, 0, zone))
    window = Slot(turn.now, begins + wanted.step.length * (dates + 1) + timedelta(days=7))
    read = read_busy(turn, window, window)
    if read is None:
        return None
    line = turn.state.line
    known: dict[Role, bool] = {r: read.get(line.person(r).address) is not None for r in ROLES}
    sought = Sought(
        zone, wanted.step, dates, from_day, earliest, timedelta(minutes=max(wanted.lengths_minutes)),
        tuple(_off(turn, window)), avoid,
    )  # fmt: skip
    return regular_times(sought, tuple(_side(turn, each, read) for each in line.people)), known


def _off(turn: PairingTurn, window: Slot) -> Iterator[Slot]:
    """When nothing takes place by rule. It can only change where a day of somebody begins."""
    line = turn.state.line
    changes = {window.start, window.end}
    for name in {line.anchor, *(each.zone for each in line.people)}:
        zone = turn.zone(name)
        day = local_day(window.start, zone)
        while (begins := at_minute(day, 0, zone)) < window.end:
            changes.add(max(begins, window.start))
            day += timedelta(days=1)
    for begins, ends in pairwise(sorted(changes)):
        if off(turn, begins):
            yield Slot(begins, ends)


def _side(
    turn: PairingTurn, person: Person, read: Mapping[str, tuple[BusyInterval, ...] | None]
) -> Side:
    """One person, without what the pair itself has on the calendar."""
    own = {m.place.uid for m in turn.state.meetings if m.place} | {s.uid for s in turn.state.series}
    busy = read.get(person.address) or ()
    bound = turn.world.commitments.get(person.id, ())
    return Side(
        turn.zone(person.zone), person.hours,
        tuple(i for i in busy if i.priority > person.overbook and i.source not in own),
        person.blackout, turn.program.kept_free_minutes,
        bound=tuple(
            Slot(c.start, c.end)
            for c in bound
            if c.lane != turn.lane and c.kind != "letter" and c.end > c.start
        )
        + (away_slots(turn, person) if turn.state.line.member(person.id) else ()),
    )  # fmt: skip
