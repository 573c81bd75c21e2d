"""Our own 1:1s told apart in what somebody shows as busy, where times come without names.

Not what takes time (busy.py).
"""

from __future__ import annotations

from icalendar import Calendar

from daemon.domain.observation import Busy, BusyInterval
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ical.parsing import events
from daemon.ical.reading import guests_of, uid_of


def with_sources(busy: Busy, guest: Address, own: Busy, calendars: list[Calendar]) -> Busy:
    """The same, with the uid at the times of meetings that the asking one has with this guest: a server that tells
    no uids would make a 1:1 clash with itself. What lies on top of it in the same answer cannot be told apart."""
    shared = {
        uid
        for calendar in calendars
        for part in events(calendar)
        for uid in [uid_of(part)]
        if guest in {each.address for each in guests_of(part)}
    }
    slots = [each for each in own.intervals if each.source in shared]
    told: list[BusyInterval] = []
    for each in busy.intervals:
        rest = [each]
        for mine in slots:
            rest = [piece for whole in rest for piece in _carved(whole, mine)]
        told += rest
    return Busy(tuple(sorted(told, key=lambda one: (one.start, one.end, one.source))))


def _carved(whole: BusyInterval, mine: BusyInterval) -> list[BusyInterval]:
    if whole.source or whole.away or not (whole.start <= mine.start and mine.end <= whole.end):
        return [whole]
    pieces = [replace(whole, start=mine.start, end=mine.end, source=mine.source)]
    if whole.start < mine.start:
        pieces.insert(0, replace(whole, end=mine.start))
    if mine.end < whole.end:
        pieces.append(replace(whole, start=mine.end))
    return pieces
