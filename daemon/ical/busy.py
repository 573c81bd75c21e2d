"""A calendar → the time it takes from its owner.

Not a judgement of titles: priority comes from status, transparency and the owner's own answer alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar, Event

from daemon.domain.meeting import Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.people import Address
from daemon.ical.parsing import Unreadable, listed, times_a_day, within_limits
from daemon.ical.reading import (
    address_of,
    answer_of,
    apart,
    attendees,
    is_cancelled,
    length_of,
    master_of,
    moment_of,
    organizer_of,
    slot_of,
    uid_of,
)
from daemon.ical.recurrence import named_parts, occurrences, rule_of

INSTANCES_MAX = 1_000
COUNTED_MAX = 500_000
NEVER, NORMAL, TENTATIVE = 9, 5, 3
"""Priorities: out of office is never overbooked; what its owner has not accepted may yet be nothing."""
BUSY_STATUS = "X-MICROSOFT-CDO-BUSYSTATUS"
"""OOF in it is out of office, as Outlook and Exchange write it (MS-OXCICAL)."""
WHOLE_DAYS = timedelta(days=3)
Ours: TypeAlias = Callable[[str], bool]

# the furthest that any zone lies from UTC, for times that do not say where they are
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)


def none_is_ours(uid: str) -> bool:
    """Where nobody here invites anybody."""
    return False


def busy_of(
    calendar: Calendar, owner: Address, window: Slot, home: str = "", ours: Ours = none_is_ours
) -> list[BusyInterval]:
    """What is taken in the window. `home` is the owner's IANA zone, for days and floating times.

    Without `home` such times count wherever in the world they might be: rather too much than free by
    ignorance. Where a uid is `ours` an invitation binds before it is answered. Raises Unreadable when it
    repeats beyond all measure, Refused when that cannot be found out in time (trap_31).
    """
    taken: list[BusyInterval] = []
    with within_limits():
        for uid, alone in apart(calendar).items():
            for event, slot in _instances(alone, uid, window, home):
                priority = _priority(event, owner, ours)
                if priority and slot.start < window.end and slot.end > window.start:
                    out = priority == NEVER
                    taken.append(BusyInterval(slot.start, slot.end, priority, uid, away=out))
    return taken


def _priority(event: Event, owner: Address, ours: Ours) -> int:
    if is_cancelled(event) or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return 0
    answers = {answer_of(a) for a in attendees(event) if address_of(a) == owner}
    if "DECLINED" in answers:
        return 0
    if str(event.get(BUSY_STATUS, "")).upper() == "OOF":
        return NEVER
    invited = organizer_of(event) not in ("", owner)
    unanswered = "NEEDS-ACTION" in answers and invited and not ours(uid_of(event))
    status = str(event.get("STATUS", "")).upper()
    if status == "TENTATIVE" or "TENTATIVE" in answers or unanswered:
        return TENTATIVE
    return NEVER if _is_absence(event) else NORMAL


def _is_absence(event: Event) -> bool:
    """Whole days in a row: holidays as people without Outlook write them down (RULES 5, row 10a)."""
    start = moment_of(event)
    return not isinstance(start, datetime) and length_of(event) >= WHOLE_DAYS


def _instances(
    calendar: Calendar, uid: str, window: Slot, home: str
) -> Iterator[tuple[Event, Slot]]:
    parts = named_parts(calendar, uid)
    master = parts.pop("", None)
    for part in parts.values():
        yield part, _stretch(part, home)
    if master is None:
        return
    rule = rule_of(master)
    if master.get("RRULE") is None and master.get("RDATE") is None:
        yield master, _stretch(master, home)
    elif rule is not None:
        for wall, slot in occurrences(rule, window):
            if wall not in parts:
                yield master, slot
    else:
        yield from _foreign(calendar, uid, window, home)


def _foreign(alone: Calendar, uid: str, window: Slot, home: str) -> Iterator[tuple[Event, Slot]]:
    master = master_of(alone, uid)
    if master is not None:
        _check_count(master, window)
    try:
        query = recurring_ical_events.of(alone, skip_bad_series=False)
        found = query.between(window.start - _EAST, window.end + _WEST)
    except Exception as error:
        raise Unreadable(f"cannot be expanded: {str(error)[:120]}") from error
    if len(found) > INSTANCES_MAX:
        raise Unreadable(f"more than {INSTANCES_MAX} times in one window")
    # overrides are told by themselves already
    told = {_stretch(part, "").start for name, part in named_parts(alone, uid).items() if name}
    for event in found:
        if "RECURRENCE-ID" not in event or _stretch(event, "").start not in told:
            yield event, _stretch(event, home)


def _check_count(master: Event, window: Slot) -> None:
    """Each time since its first is counted through, and kept, on the way to the window."""
    start = moment_of(master)
    days = (window.end.date() - (start.date() if isinstance(start, datetime) else start)).days
    for rule in listed(master.get("RRULE")):
        if days * times_a_day(rule) > COUNTED_MAX:
            raise Unreadable(f"more than {COUNTED_MAX} times since its first")


def _stretch(event: Event, home: str) -> Slot:
    slot = slot_of(event)
    if slot is not None:
        return slot
    start, length = moment_of(event), length_of(event)
    floating = start if isinstance(start, datetime) else _midnight(start)
    if home:
        begin = floating.replace(tzinfo=ZoneInfo(home)).astimezone(UTC)
        end = (floating + length).replace(tzinfo=ZoneInfo(home)).astimezone(UTC)
        return Slot(begin, end)
    begin = floating.replace(tzinfo=UTC)
    return Slot(begin - _EAST, begin + length + _WEST)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
