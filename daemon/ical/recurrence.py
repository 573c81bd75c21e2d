"""How a series repeats, and what its occurrences are called, whatever program wrote it.

Not a listing of events: a rule that we do not understand for certain is None here, and merely busy time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from daemon.domain.cadence import SeriesRule, Step, wall_text
from daemon.domain.meeting import Slot
from daemon.ical.parsing import listed
from daemon.ical.reading import length_of, master_of, moment_of, overrides_of, zone_of

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As RFC 5545 3.3.10 writes them, in the order of `date.weekday`."""
_UNDERSTOOD = {"FREQ", "INTERVAL", "BYDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"}


def instant(wall: str, zone: str) -> datetime:
    """The UTC instant of a wall clock; in an overlap the first, in a gap as RFC 5545 3.3.5 says."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def wall_of(moment: date | datetime, at: time, zone: str) -> str:
    """The wall-clock name of an occurrence, however it was written (trap_17).

    UTC, another zone, a bare date (all of that day) and the zone itself give the same name; `at` is the
    time of day of the series, which also names an occurrence that falls into a gap.
    """
    if not isinstance(moment, datetime):
        local = datetime.combine(moment, at)
    elif moment.tzinfo is None or getattr(moment.tzinfo, "key", "") == zone:
        local = moment.replace(tzinfo=None)
    else:
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        nominal = datetime.combine(local.date(), at)
        if nominal.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) == moment.astimezone(UTC):
            local = nominal
    return local.isoformat(timespec="minutes")


def rule_of(master: Event) -> SeriesRule | None:
    """The rule of a series, None when it is anything that we do not understand for certain."""
    rules, zone, start = listed(master.get("RRULE")), zone_of(master), moment_of(master)
    if len(rules) != 1 or zone is None or not isinstance(start, datetime) or start.second:
        return None
    rule = rules[0]
    if set(rule) - _UNDERSTOOD or master.get("RDATE") is not None:
        return None
    step = _step(rule, start)
    if step is None:
        return None
    first = start.replace(tzinfo=None)
    until, gaps = _until(rule, first, zone, step), gaps_of(master)
    if until is not None and (until < first.date() or (until == first.date() and gaps)):
        # what never takes place has no first date to take out
        until = min(until, first.date() - timedelta(days=1))
        gaps.discard(wall_text(first))
    return SeriesRule(
        first=wall_text(first),
        zone=zone,
        length_minutes=int(length_of(master).total_seconds() // 60),
        step=step,
        until=until,
        gaps=tuple(sorted(gaps)),
    )


def _step(rule: Any, start: datetime) -> Step | None:
    """Weeks, or months by the nth weekday: `BYDAY=2TU` as we write it, `BYDAY=TU;BYSETPOS=2` as others do."""
    interval = int(rule.get("INTERVAL", [1])[0])
    day = WEEKDAYS[start.weekday()]
    days = [str(each) for each in rule.get("BYDAY", [day])]
    if interval < 1 or len(days) != 1 or days[0][-2:] != day:
        return None
    places = [*rule.get("BYSETPOS", []), *([days[0][:-2]] if days[0] != day else [])]
    match rule.get("FREQ"):
        case ["WEEKLY"] if not places:
            return Step(weeks=interval)
        case ["MONTHLY"] if len(places) == 1:
            nth = int(places[0])
            last = nth == -1 and (start + timedelta(days=7)).month != start.month
            if last or (0 < nth < 5 and (start.day - 1) // 7 + 1 == nth):
                return Step(months=interval, nth=nth)
    return None


def _until(rule: Any, first: datetime, zone: str, step: Step) -> date | None:
    """UNTIL or COUNT as the last local date. A bare date includes that day, whatever the time (trap_9)."""
    if rule.get("COUNT"):
        return step.wall(first, int(rule["COUNT"][0]) - 1).date()
    if not rule.get("UNTIL"):
        return None
    until: date | datetime = rule["UNTIL"][0]
    if not isinstance(until, datetime):
        return until
    # compared as instants where it has one, so that an occurrence in a gap is still included
    aware = until if until.tzinfo else until.replace(tzinfo=ZoneInfo(zone))
    day = aware.astimezone(ZoneInfo(zone)).date()
    start = datetime.combine(day, first.time()).replace(tzinfo=ZoneInfo(zone))
    return day if start.astimezone(UTC) <= aware.astimezone(UTC) else day - timedelta(days=1)


def exdates(event: Event) -> list[date | datetime]:
    """All EXDATE values."""
    return [value.dt for prop in listed(event.get("EXDATE")) for value in prop.dts]


def occurrences(rule: SeriesRule, window: Slot) -> Iterator[tuple[str, Slot]]:
    """Name and planned time of each occurrence that touches the window, gaps left out.

    It jumps to the window: neither the age of the series nor its end costs anything.
    """
    zone, length = ZoneInfo(rule.zone), timedelta(minutes=rule.length_minutes)
    # two days of margin cover every offset and length up to a day
    for at in rule.walls(window.start.replace(tzinfo=None) - length - timedelta(days=2)):
        start = at.replace(tzinfo=zone).astimezone(UTC)
        if start >= window.end:
            return
        if start + length > window.start and (wall := wall_text(at)) not in rule.gaps:
            yield wall, Slot(start, start + length)


def is_occurrence(rule: SeriesRule, wall: str) -> bool:
    """Whether the series has, by its rule and not counting gaps, an occurrence of that name."""
    return rule.has(datetime.fromisoformat(wall))


def recurrence_of(override: Event, master: Event) -> str:
    """The name of an occurrence that is written down by itself."""
    return name_in(master, moment_of(override, "RECURRENCE-ID"))


def name_in(master: Event, moment: date | datetime) -> str:
    """The wall-clock name of one of a series' starts, however it was written."""
    start, zone = moment_of(master), zone_of(master)
    if zone is None or not isinstance(start, datetime):
        return moment.isoformat()
    return wall_of(moment, start.time(), zone)


def gaps_of(master: Event) -> set[str]:
    """The names of the occurrences that EXDATE takes out."""
    return {name_in(master, moment) for moment in exdates(master)}


def named_parts(calendar: Calendar, uid: str) -> dict[str, Event]:
    """Whole event (under the empty name) and overrides of one uid, each by its name."""
    master = master_of(calendar, uid)
    parts: dict[str, Event] = {} if master is None else {"": master}
    for part in overrides_of(calendar, uid):
        name = moment_of(part, "RECURRENCE-ID").isoformat()
        parts[name if master is None else recurrence_of(part, master)] = part
    return parts
