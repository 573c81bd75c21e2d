"""Recurring: which occurrences the rules of an event make, in the wall time of its zone (RFC 5545, 3.8.5).

Not what became of single occurrences: events.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rruleset, rrulestr

from tests.servers.google.schema import Json

Place = datetime | date
"""An instant in UTC, or a day for what lasts all day."""
FOR_EVER = timedelta(days=730)
_STAMP = re.compile(r"^(?P<base>.+)_(?:R)?(?P<stamp>\d{8}(?:T\d{6}Z)?)$")
_TZID = re.compile(r"TZID=([^;]+)")
_UNTIL = re.compile(r"UNTIL=(\d{8}(?:T\d{6}Z?)?)")


class BadRule(Exception):
    """A recurrence that Google refuses."""


def place(told: Json) -> Place:
    """When that is: `{"dateTime": ..., "timeZone": ...}` or `{"date": ...}`."""
    if "date" in told:
        return date.fromisoformat(told["date"])
    moment = datetime.fromisoformat(told["dateTime"])
    if moment.tzinfo is None:
        if not told.get("timeZone"):
            raise BadRule("Missing time zone definition for start time.")
        moment = moment.replace(tzinfo=zone_of(told))
    return moment.astimezone(UTC)


def zone_of(told: Json, default: str = "UTC") -> ZoneInfo:
    """The zone in which it is told. Raises BadRule for one that nobody knows."""
    try:
        return ZoneInfo(told.get("timeZone") or default)
    except (ZoneInfoNotFoundError, ValueError, OSError) as why:
        raise BadRule(f"Invalid time zone {told.get('timeZone')}") from why


def told(moment: Place, like: Json) -> Json:
    """The same the other way round: with the offset of its zone, as Google's answers have it."""
    if not isinstance(moment, datetime):
        return {"date": moment.isoformat()}
    zone = zone_of(like)
    written = moment.astimezone(zone).isoformat()
    return {"dateTime": written.replace("+00:00", "Z"), "timeZone": zone.key}


def stamp(moment: Place) -> str:
    """What the id of an occurrence ends in: in UTC whatever the zone (PROVIDERS 2.6)."""
    return f"{moment:%Y%m%dT%H%M%SZ}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}"


def base_and_place(instance: str) -> tuple[str, Place] | None:
    """The series and the occurrence that an id names; None for an id of another kind."""
    found = _STAMP.match(instance)
    if found is None or "_R" + found["stamp"] in instance:
        return None
    if "T" in found["stamp"]:
        return found["base"], datetime.strptime(found["stamp"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)  # fmt: skip
    return found["base"], date(*(int(found["stamp"][a:b]) for a, b in ((0, 4), (4, 6), (6, 8))))


def check(event: Json) -> None:
    """Raises BadRule for what Google refuses: no zone, an UNTIL that is not in UTC, a rule that cannot be read."""
    rules: Sequence[str] = event.get("recurrence") or ()
    if not rules:
        return
    if "dateTime" in event["start"] and not event["start"].get("timeZone"):
        raise BadRule("Missing time zone definition for start time.")
    for until in (m[1] for rule in rules for m in _UNTIL.finditer(rule)):
        if "dateTime" in event["start"] and not re.fullmatch(r"\d{8}T\d{6}Z", until):
            raise BadRule("Invalid recurrence rule: UNTIL has to be in UTC.")
    try:
        next(occurrences(event), None)
    except ValueError as why:
        raise BadRule(f"Invalid recurrence rule: {why}") from why


def occurrences(event: Json, until: Place | None = None) -> Iterator[Place]:
    """The starts of a series in their order, up to an instant or a day; without one for two years."""
    first = place(event["start"])
    if not isinstance(first, datetime):
        for each in _ruled(event, datetime.combine(first, time())):
            if each.date() > _day(until, first + FOR_EVER):
                return
            yield each.date()
        return
    zone = zone_of(event["start"])
    last = until if isinstance(until, datetime) else first + FOR_EVER
    for each in _ruled(event, first.astimezone(zone).replace(tzinfo=None), zone):
        moment = each.replace(tzinfo=zone).astimezone(UTC)
        if moment > last:
            return
        yield moment


def _day(until: Place | None, default: date) -> date:
    if until is None:
        return default
    return until.date() if isinstance(until, datetime) else until


def _ruled(event: Json, first: datetime, zone: ZoneInfo | None = None) -> Iterator[datetime]:
    """In wall time, so that an hour stays that hour when the clocks change."""
    rules = rruleset()
    for line in event["recurrence"]:
        name, _, value = line.partition(":")
        kind, _, rest = name.partition(";")
        if kind in ("RRULE", "EXRULE"):
            (rules.rrule if kind == "RRULE" else rules.exrule)(rrulestr(_UNTIL.sub(lambda m: f"UNTIL={_wall(m[1], zone)}", value), dtstart=first))  # fmt: skip
        elif kind in ("EXDATE", "RDATE"):
            for each in value.split(","):
                moment = datetime.fromisoformat(_wall(each, zone))
                if zone and (told := _TZID.search(rest)) and told[1] != zone.key:
                    moment = moment.replace(tzinfo=zone_of({"timeZone": told[1]})).astimezone(zone).replace(tzinfo=None)  # fmt: skip
                (rules.exdate if kind == "EXDATE" else rules.rdate)(moment)
        else:
            raise ValueError(line)
    yield from rules


def _wall(text: str, zone: ZoneInfo | None) -> str:
    if not text.endswith("Z") or zone is None:
        return text
    moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"{moment.astimezone(zone):%Y%m%dT%H%M%S}"


def length(event: Json) -> timedelta:
    """How long each occurrence lasts."""
    first, last = place(event["start"]), place(event["end"])
    return last - first
