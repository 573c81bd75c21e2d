"""Calendars in which one change may take several requests: what has to hold before the first of them, and what is told after the last.

Not the requests, nor their order: stepwise.py.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, TypeVar

from icalendar import Calendar, Event

from connectors.mirrored.calendars import Edit, MirroredCalendars, part_in, text_of
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place
from daemon.errors import VersionConflict
from daemon.ical.meaning import meant
from daemon.ports import OneOff, SeriesEvent

A = TypeVar("A")
Words = dict[str, Any]
"""What else has to be written of an event, and is read otherwise than the rest."""


class SteppedCalendars(MirroredCalendars[A]):
    """Calendars by the account that lets us in."""

    def _change(
        self, account: A, group: Any, place: Place, edit: Edit, key: str, expected: str,
        event: SeriesEvent | OneOff | None = None,
    ) -> Receipt:  # fmt: skip
        """One change of one event or occurrence: read, compare, edit, write over exactly what was read. The mark that it was
        done comes with the last request."""
        text = text_of(group)
        made = next((version for version in self._made(group, key) if version is not None), None)
        if made is not None:
            return Receipt(version=made, place=place, told=self._told(group), repeated=True)
        version, before = meant(text), text.to_ical()
        words = self._words(account, group, event)
        if not edit(text) and not words:
            return Receipt(version=version, place=place, repeated=True)
        if expected not in ("", version) and not group.pending:
            raise VersionConflict(f"{place.uid} has changed since it was seen")
        part = part_in(text, place)
        if part is None:
            raise VersionConflict(f"{place.uid} {place.recurrence} is no longer there")
        old = part_in(Calendar.from_ical(before), place)
        self._write(account, (place, key, text, event), words, part, old)
        left = self._mirror(account).now(place.uid)
        return Receipt(version=meant(text_of(left)), place=place, told=self._told(left))

    @abstractmethod
    def _made(self, group: Any, key: str) -> Iterable[str | None]:
        """Of each part the version that a change with that key has made there, if it was made."""

    @abstractmethod
    def _words(self, account: A, group: Any, event: SeriesEvent | OneOff | None) -> Words:
        """See Words; nothing where all is as it should be."""

    @abstractmethod
    def _write(
        self, account: A, change: tuple[Place, str, Calendar, SeriesEvent | OneOff | None], words: Words, part: Event, old: Event | None
    ) -> None:  # fmt: skip
        """All requests of one change: what it is about, its key, what shall be, and what was asked to be put."""
