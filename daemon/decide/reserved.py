"""The second reserved time of a pair (`fallback_at`): in the week of a 1:1 that falls out it is the first to be offered.

Not the search for other times (searching.py). It is kept free on nobody's calendar: whether it is free is seen when it is
needed.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from daemon.decide.moment import instant
from daemon.decide.seen import PairingTurn
from daemon.decide.slots import Found, Search, Sides, best, overlaps, why_not
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.proposal import Offer
from daemon.domain.value import replace


def second_time(turn: PairingTurn, meeting: Meeting) -> Slot | None:
    """When it is in the week for which that 1:1 was planned, on the pair's wall clock; None where none is reserved."""
    at = turn.state.line.fallback_at
    if at is None:
        return None
    day = meeting.origin.day + timedelta(days=at.weekday - meeting.origin.day.weekday())
    wall = datetime.combine(day, time(at.hour, at.minute))
    start = instant(wall, turn.zone(turn.state.line.anchor))
    return Slot(start, start + (meeting.end - meeting.start))


def first_of_all(search: Search, sides: Sides, second: Slot | None) -> Found | None:
    """It, where it can be offered: both are there, nothing lies on it, and it was not offered before."""
    if second is None or why_not(search, second, sides):
        return None
    if any(overlaps(second, side.yields) for side in sides):
        return None
    day = second.start.astimezone(search.zone).date()
    return Found(second, day, 0, "your second reserved time", second=True)


def beside(search: Search, sides: Sides, first: Found | None, count: int) -> list[Found]:
    """So many of the best slots, that one among them: the others on other days where possible, never on top of it, and
    never all on one day."""
    if first is None:
        return best(search, sides, count)
    bound = replace(sides[0], bound=(*sides[0].bound, first.slot))
    elsewhere = replace(search, days_off=search.days_off | {first.day})
    found = best(elsewhere, (bound, *sides[1:]), count - 1)
    if len(found) < count - 1:
        found = best(search, (bound, *sides[1:]), count - 1)
        crowd = [each for each in found if each.day == first.day][1:]
        found = [each for each in found if each not in crowd]
    return [first, *found]


def slot_of(offer: Offer) -> dict[str, Any]:
    """An offer as a letter shows it; `second` stands only with a second reserved time."""
    shown = {
        "number": offer.number, "start": iso(offer.start), "end": iso(offer.end), "usual": offer.usual,
    }  # fmt: skip
    return {**shown, "second": True} if offer.second else shown
