"""Edits of a series: its rule, its gaps, and occurrences that are written down by themselves.

Not a reading of rules that others wrote: see daemon/ical/recurrence.py.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur

from daemon.domain.cadence import SeriesRule
from daemon.ical.editing import Unwritable, known_zone, set_prop, touch, written_in
from daemon.ical.reading import KEY, is_cancelled, length_of, moment_of, overrides_of
from daemon.ical.recurrence import (
    WEEKDAYS,
    gaps_of,
    instant,
    is_occurrence,
    named_parts,
    recurrence_of,
    rule_of,
)


def put_rule(calendar: Calendar, master: Event, rule: SeriesRule) -> None:
    """Give a whole event this recurrence; gaps that still fit stay, exceptions that do not are dropped.

    Raises Unwritable for a rule that does not begin with an occurrence of its own: which dates such a
    series has, RFC 5545 3.8.5.3 leaves undefined.
    """
    first = rule.begins
    if rule.wall(0) != first:
        raise Unwritable(f"it begins on {rule.first}, which is none of its own dates")
    gaps = _gaps(master, rule)
    set_prop(master, "DTSTART", first.replace(tzinfo=known_zone(rule.zone)))
    master.pop("DURATION", None)
    set_prop(master, "DTEND", written_in(instant(rule.first, rule.zone) + _length(rule), rule.zone))
    set_prop(master, "RRULE", _recur(rule))
    master.pop("EXDATE", None)
    for wall in sorted(gaps):
        add_gap(master, wall)
    for part in overrides_of(calendar, str(master["UID"])):
        if not _fits(rule, recurrence_of(part, master)) or recurrence_of(part, master) in gaps:
            calendar.subcomponents.remove(part)


def _gaps(master: Event, rule: SeriesRule) -> set[str]:
    """The gaps of a rule and those that are there already and still fit it."""
    gaps = set(rule.gaps)
    if master.get("DTSTART") is not None:
        before = rule_of(master)
        there = gaps_of(master) if before is None else before.gaps
        gaps |= {wall for wall in there if _fits(rule, wall)}
    if rule.until is not None and rule.until < rule.begins.date():
        # DTSTART is an occurrence to many readers, whatever UNTIL says (RFC 5545 3.8.5.3)
        gaps.add(rule.first)
    return gaps


def _recur(rule: SeriesRule) -> vRecur:
    step, day = rule.step, WEEKDAYS[rule.begins.weekday()]
    recur: dict[str, Any] = {
        "FREQ": "WEEKLY" if step.weeks else "MONTHLY",
        "INTERVAL": step.weeks or step.months,
        "BYDAY": day if step.weeks else f"{step.nth}{day}",
    }
    if rule.until is not None:
        # an instant in UTC, as DTSTART has a zone (RFC 5545 3.3.10); it counts itself (trap_9). Never before
        # DTSTART, which some servers refuse: of a series that never takes place the first date is a gap
        last = datetime.combine(max(rule.until, rule.begins.date()), rule.begins.time())
        recur["UNTIL"] = instant(last.isoformat(), rule.zone)
    return vRecur(**recur)


def _fits(rule: SeriesRule, wall: str) -> bool:
    try:
        return is_occurrence(rule, wall)
    except ValueError:
        return False


def _length(rule: SeriesRule) -> timedelta:
    return timedelta(minutes=rule.length_minutes)


def moment_named(master: Event, wall: str) -> date | datetime:
    """The value of a RECURRENCE-ID or EXDATE of that name, in the form of the series' own start."""
    start = moment_of(master)
    if not isinstance(start, datetime):
        return date.fromisoformat(wall[:10])
    return datetime.fromisoformat(wall).replace(tzinfo=start.tzinfo)


def add_gap(master: Event, wall: str) -> None:
    """Take one occurrence out of a series (EXDATE)."""
    master.add("exdate", [moment_named(master, wall)])


def take_out(calendar: Calendar, uid: str, wall: str, now: datetime) -> bool:
    """Take one occurrence off by EXDATE, its own part with it; False when it is off already."""
    parts = named_parts(calendar, uid)
    master, own = parts.get(""), parts.get(wall)
    if master is None or is_cancelled(master) or wall in gaps_of(master):
        return False
    if own is not None and is_cancelled(own):
        return False
    rule = rule_of(master)
    if own is not None:
        calendar.subcomponents.remove(own)
    elif master.get("RRULE") is None or (rule is not None and not _fits(rule, wall)):
        return False
    add_gap(master, wall)
    touch(master, now)
    return True


def part_named(calendar: Calendar, uid: str, wall: str) -> Event | None:
    """The override of that name, made from the series when there is none.

    None when the series has no such occurrence, or took it out.
    """
    parts = named_parts(calendar, uid)
    if wall in parts or not wall:
        return parts.get(wall)
    master = parts.get("")
    if master is None or wall in gaps_of(master):
        return None
    rule = rule_of(master)
    if master.get("RRULE") is None or (rule is not None and not _fits(rule, wall)):
        return None
    part = deepcopy(master)
    for name in ("RRULE", "RDATE", "EXDATE", "DURATION", KEY):
        part.pop(name, None)
    start = moment_named(master, wall)
    set_prop(part, "RECURRENCE-ID", start)
    set_prop(part, "DTSTART", start)
    set_prop(part, "DTEND", end_after(start, length_of(master)))
    calendar.add_component(part)
    return part


def end_after(start: date | datetime, length: timedelta) -> date | datetime:
    """When something of that length ends, in the form of its start."""
    if not isinstance(start, datetime) or start.tzinfo is None:
        return start + length
    zone = start.tzinfo
    end = (start.astimezone(UTC) + length).astimezone(zone)
    return end.astimezone(ZoneInfo("UTC")) if end.fold else end
