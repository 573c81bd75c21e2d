"""What an organizer's calendar tells the daemon: its events with guests, as observations.

Not what takes time: see daemon/ical/busy.py, which looks at everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any

from icalendar import Calendar, Event

from daemon.domain.cadence import SeriesRule
from daemon.domain.invitation import Guest
from daemon.domain.meeting import Place
from daemon.domain.observation import EventSeen
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ical.parsing import within_limits
from daemon.ical.reading import (
    apart,
    attendees,
    guests_of,
    is_cancelled,
    keys_of,
    master_of,
    organizer_of,
    overrides_of,
    slot_of,
)
from daemon.ical.recurrence import instant, is_occurrence, named_parts, recurrence_of, rule_of


def seen(
    calendar: Calendar, address: Address, version: str, followed: Collection[str] = ()
) -> list[EventSeen]:
    """What the organizer's calendar says of events with guests: masters, then their occurrences.

    Left out: events that somebody else organizes, unless they are of those two alone, and series whose rule we do not
    understand, which are merely busy time. One whose last guest was taken off is still told: it has an ORGANIZER, as only
    events with guests have (RFC 5545 3.8.4.3), or it is `followed`. Raises Refused where the calendar takes too long to go through.
    """
    told: list[EventSeen] = []
    with within_limits():
        for uid, alone in apart(calendar).items():
            master = master_of(alone, uid)
            if master is None:
                continue
            if organizer_of(master) not in ("", address):
                told += _invited(alone, master, Place(address, uid), version)
                continue
            if attendees(master) or keys_of(master) or organizer_of(master) or uid in followed:
                told += _seen_event(alone, master, Place(address, uid), version)
    return told


def _invited(calendar: Calendar, master: Event, place: Place, version: str) -> list[EventSeen]:
    """A 1:1 to which somebody has invited the owner of the calendar, as the owner's copy shows it."""
    organizer, owner = organizer_of(master), place.calendar
    if {guest.address for guest in guests_of(master)} - {organizer} != {owner}:
        return []
    parts = named_parts(calendar, place.uid)
    told: list[EventSeen] = []
    for seen in _seen_event(calendar, master, place, version):
        guests = guests_of(parts[seen.place.recurrence])
        no = any(g.address == owner and g.partstat == "DECLINED" for g in guests)
        told.append(
            replace(
                seen, guests=(Guest(organizer, "ACCEPTED"),), organizer=organizer,
                cancelled=seen.cancelled or no, by_owner=no and not seen.cancelled,
            )
        )  # fmt: skip
    return told


def _seen_event(calendar: Calendar, master: Event, place: Place, version: str) -> list[EventSeen]:
    slot = slot_of(master)
    rule = rule_of(master)
    if slot is None or (rule is None and master.get("RRULE") is not None):
        return []
    told = [_seen_one(master, place, version, rule)]
    if rule is None:
        return told
    parts = overrides_of(calendar, place.uid)
    if any(_is_range(part) for part in parts):
        return []
    for part in parts:
        wall = recurrence_of(part, master)
        if slot_of(part) is not None and wall not in rule.gaps and is_occurrence(rule, wall):
            told.append(_seen_one(part, Place(place.calendar, place.uid, wall), version, None))
    return told


def _is_range(part: Event) -> bool:
    prop: Any = part["RECURRENCE-ID"]
    return "RANGE" in prop.params


def _seen_one(event: Event, place: Place, version: str, rule: SeriesRule | None) -> EventSeen:
    slot = slot_of(event)
    assert slot is not None
    return EventSeen(
        place=place,
        version=version,
        start=slot.start,
        end=slot.end,
        guests=guests_of(event),
        rule=rule,
        cancelled=is_cancelled(event),
    )


def as_planned_again(
    facts: Iterable[EventSeen], uid: str, before: Collection[str]
) -> Iterator[EventSeen]:
    """Occurrences of a series told one by one `before` that are as planned again: their override was taken away.

    What the series has no more, because it was moved or cut, is told by its rule alone.
    """
    own = [fact for fact in facts if fact.place.uid == uid]
    now = {fact.place.recurrence for fact in own}
    for fact in own:
        if fact.rule is None:
            continue
        for wall in before:
            if wall in now or wall in fact.rule.gaps or not is_occurrence(fact.rule, wall):
                continue
            start = instant(wall, fact.rule.zone)
            yield EventSeen(
                place=Place(fact.place.calendar, uid, wall),
                version=fact.version,
                start=start,
                end=start + timedelta(minutes=fact.rule.length_minutes),
                guests=fact.guests,
                cancelled=fact.cancelled,
                organizer=fact.organizer,
            )


def not_followed(calendar: Calendar) -> str:
    """Why an event of ours is not told any more: somebody changed it into a repetition that we do not understand.
    Empty when it is."""
    for uid, alone in apart(calendar).items():
        master = master_of(alone, uid)
        if master is None or not keys_of(master) or master.get("RRULE") is None:
            continue
        if rule_of(master) is None:
            return "repeats in a way that is not followed (one day every N weeks or months is)"
    return ""
