"""The same calendars, looked at and left alone: for `plan`, which shows what would be done.

Not a calendar in memory: what would be written is not there when it is read again.
"""

from __future__ import annotations

from collections.abc import Mapping

from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.ports import Batch, CalendarConnector, Cursor, OneOff, SeriesEvent


class UntouchedCalendars:
    """A CalendarConnector that reads through another one and writes nothing."""

    def __init__(self, inner: CalendarConnector) -> None:
        self._inner = inner

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """As it is."""
        return self._inner.changes(calendar, since, window)

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> Mapping[Address, Busy | Unknown]:
        """As it is."""
        return self._inner.busy(calendar, people, window)

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """Not done."""
        return Receipt(version=key, place=Place(calendar, event.uid))

    def move(
        self, calendar: Address, place: Place, to: Slot, *, key: str, expected: str
    ) -> Receipt:
        """Not done."""
        return Receipt(version=key, place=place)

    def cancel(self, calendar: Address, place: Place, *, key: str, expected: str) -> Receipt:
        """Not done."""
        return Receipt(version=key, place=place)

    def uninvite(
        self,
        calendar: Address,
        place: Place,
        guests: tuple[Address, ...],
        *,
        key: str,
        expected: str,
    ) -> Receipt:
        """Not done."""
        return Receipt(version=key, place=place)

    def invite(
        self,
        calendar: Address,
        place: Place,
        guests: tuple[Address, ...],
        *,
        key: str,
        expected: str,
    ) -> Receipt:
        """Not done."""
        return Receipt(version=key, place=place)
