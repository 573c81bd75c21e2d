"""What is put → an event in memory, and how it goes together with the one that is there.

Not the calls themselves: see connectors/memory/calendar.py.
"""

from __future__ import annotations

from connectors.memory.events import Event, due, fits, known_zone
from daemon.domain.cadence import SeriesRule
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import Permanent
from daemon.ports import OneOff, SeriesEvent


def check(event: SeriesEvent | OneOff) -> None:
    """Raises Permanent for what no calendar can hold."""
    zone = event.rule.zone if isinstance(event, SeriesEvent) else event.zone
    if not known_zone(zone):
        raise Permanent(f"{event.uid}: no such time zone: {zone[:40]!r}")
    if isinstance(event, SeriesEvent) and event.rule.wall(0) != event.rule.begins:
        raise Permanent(f"{event.uid}: {event.rule.first} is none of its own dates")


def event_of(place: Place, wanted: SeriesEvent | OneOff) -> Event:
    """The event as it is put for the first time, nobody having answered."""
    rule = wanted.rule if isinstance(wanted, SeriesEvent) else None
    slot = wanted.slot if isinstance(wanted, OneOff) else due(wanted.rule, wanted.rule.first)
    guests: dict[Address, Partstat] = dict.fromkeys(wanted.guests, "NEEDS-ACTION")
    return Event(place, slot, rule, wanted.summary, wanted.location, guests)


def rhythm(rule: SeriesRule | None) -> SeriesRule | None:
    """The rule without what only adds or takes away occurrences."""
    return replace(rule, until=None, gaps=()) if rule is not None else None


def merged(old: SeriesRule | None, new: SeriesRule | None) -> SeriesRule | None:
    """The new rule with the gaps of the old one that it would otherwise fill again."""
    if old is None or new is None or old.zone != new.zone:
        return new
    gaps = tuple(wall for wall in old.gaps if wall not in new.gaps and fits(new, wall))
    return replace(new, gaps=tuple(sorted((*new.gaps, *gaps))))
