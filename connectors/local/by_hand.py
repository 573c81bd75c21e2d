"""What calendar programs do to a whole series when somebody says "all" or "this and following".

Not our own edits, and not files: calendars come in and are changed in place.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from daemon.domain import value
from daemon.domain.cadence import SeriesRule, wall_text
from daemon.domain.meeting import Slot
from daemon.domain.people import Address
from daemon.ical.editing import ask_anew, set_prop, set_slot, touch
from daemon.ical.reading import KEY, address_of, attendees, master_of, overrides_of, zone_of
from daemon.ical.recurrence import named_parts, rule_of
from daemon.ical.repeating import part_named, put_rule


def series_in(calendar: Calendar, uid: str) -> tuple[Event, SeriesRule]:
    """The series of that uid. LookupError when there is none."""
    master = master_of(calendar, uid)
    rule = None if master is None else rule_of(master)
    if master is None or rule is None:
        raise LookupError(f"{uid} is no series")
    return master, rule


def part_at(calendar: Calendar, uid: str, wall: str) -> Event:
    """One event or occurrence. LookupError when there is none."""
    part = part_named(calendar, uid, wall)
    if part is None:
        raise LookupError(f"there is no {uid} {wall}")
    return part


def drag(calendar: Calendar, uid: str, wall: str, to: Slot, now: datetime) -> None:
    """Another time for one event or occurrence; for all of a series when `wall` is empty."""
    part = part_at(calendar, uid, wall)
    if wall or part.get("RRULE") is None:
        set_slot(part, to, zone_of(part) or "UTC")
    else:
        _drag_series(calendar, uid, to)
    touch(part, now)


def _drag_series(calendar: Calendar, uid: str, to: Slot) -> None:
    """Its exceptions are lost: they belonged to the dates that it had."""
    master, rule = series_in(calendar, uid)
    for part in overrides_of(calendar, uid):
        calendar.subcomponents.remove(part)
    master.pop("EXDATE", None)
    put_rule(calendar, master, begun_at(rule, to))
    ask_anew(master)


def begun_at(rule: SeriesRule, to: Slot) -> SeriesRule:
    """The same series from another first time on: a monthly one is now on that weekday of the month."""
    first = to.start.astimezone(ZoneInfo(rule.zone)).replace(tzinfo=None)
    length = (to.end - to.start) // timedelta(minutes=1)
    return value.replace(
        rule,
        first=wall_text(first),
        length_minutes=length,
        step=rule.step.on(first.date()),
        gaps=(),
    )


def cut(calendar: Calendar, uid: str, wall: str, now: datetime) -> None:
    """UNTIL on the day before that occurrence."""
    master, rule = series_in(calendar, uid)
    last = datetime.fromisoformat(wall).date() - timedelta(days=1)
    put_rule(calendar, master, value.replace(rule, until=last))
    touch(master, now)


def make_rest(calendar: Calendar, uid: str, new_uid: str, to: Slot, now: datetime) -> None:
    """Of a calendar as it was before a cut: the series that goes on at another time, with a uid of its own."""
    master, _ = series_in(calendar, uid)
    _drag_series(calendar, uid, to)
    set_prop(master, "UID", new_uid)
    master.pop(KEY, None)
    touch(master, now)


def uninvite(calendar: Calendar, uid: str, guest: Address, now: datetime) -> None:
    """Take somebody off the guests, wherever they are named."""
    for part in named_parts(calendar, uid).values():
        kept = [each for each in attendees(part) if address_of(each) != guest]
        part.pop("ATTENDEE", None)
        for each in kept:
            part.add("attendee", each, encode=False)
        touch(part, now)
