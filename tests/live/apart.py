"""A connector before a calendar that is not ours alone: every event of a test has a uid that nobody else has.

Not a server.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import suppress
from typing import TypeVar

import pytest

from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, EventGone, EventSeen, Unknown
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import ConnectorError
from daemon.ports import Batch, CalendarConnector, Cursor, OneOff, SeriesEvent
from tests.conformance.calendars import CalendarConformance

E = TypeVar("E", SeriesEvent, OneOff)


class Apart:
    """See CalendarConnector. Of the calendar only what was put through it is told."""

    def __init__(self, calendars: CalendarConnector) -> None:
        self._calendars, self._word = calendars, f"{secrets.token_hex(6)}-"
        self.put_there: dict[Place, None] = {}

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """See CalendarConnector."""
        batch = self._calendars.changes(calendar, since, window)
        own = [self._told(e) for e in batch.observations if isinstance(e, EventSeen | EventGone) and e.place.uid.startswith(self._word)]  # fmt: skip
        return replace(batch, observations=tuple(own), set_aside=())

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> dict[Address, Busy | Unknown]:
        """See CalendarConnector."""
        told = self._calendars.busy(calendar, people, window)
        return {who: self._busy(each) if isinstance(each, Busy) else each for who, each in told.items()}  # fmt: skip

    def put(self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str) -> Receipt:  # fmt: skip
        """See CalendarConnector."""
        ours = replace(event, uid=self._word + event.uid)
        self.put_there[Place(calendar, ours.uid)] = None
        return self._plain(self._calendars.put(calendar, ours, key=self._word + key, expected=expected))  # fmt: skip

    def move(self, calendar: Address, place: Place, to: Slot, *, key: str, expected: str) -> Receipt:  # fmt: skip
        """See CalendarConnector."""
        return self._plain(self._calendars.move(calendar, self._ours(place), to, key=self._word + key, expected=expected))  # fmt: skip

    def invite(
        self, calendar: Address, place: Place, guests: tuple[Address, ...], *, key: str, expected: str
    ) -> Receipt:  # fmt: skip
        """See CalendarConnector."""
        return self._plain(self._calendars.invite(calendar, self._ours(place), guests, key=self._word + key, expected=expected))  # fmt: skip

    def uninvite(
        self, calendar: Address, place: Place, guests: tuple[Address, ...], *, key: str, expected: str
    ) -> Receipt:  # fmt: skip
        """See CalendarConnector."""
        return self._plain(self._calendars.uninvite(calendar, self._ours(place), guests, key=self._word + key, expected=expected))  # fmt: skip

    def cancel(self, calendar: Address, place: Place, *, key: str, expected: str) -> Receipt:
        """See CalendarConnector."""
        return self._plain(self._calendars.cancel(calendar, self._ours(place), key=self._word + key, expected=expected))  # fmt: skip

    def take_off(self) -> None:
        """All that was put."""
        for place in self.put_there:
            with suppress(ConnectorError):
                self._calendars.cancel(place.calendar, place, key=self._word, expected="")

    def _ours(self, place: Place) -> Place:
        return replace(place, uid=self._word + place.uid)

    def _told(self, each: EventSeen | EventGone) -> EventSeen | EventGone:
        return replace(each, place=replace(each.place, uid=each.place.uid.removeprefix(self._word)))

    def _busy(self, busy: Busy) -> Busy:
        own = (replace(each, source=each.source.removeprefix(self._word)) for each in busy.intervals)  # fmt: skip
        return Busy(tuple(own))

    def _plain(self, receipt: Receipt) -> Receipt:
        if receipt.place is None:
            return receipt
        uid = receipt.place.uid.removeprefix(self._word)
        return replace(receipt, place=replace(receipt.place, uid=uid))


class LiveConformance(CalendarConformance):
    """The suite without whoever sits before Outlook. A subclass gives `there`, `organizer` and `guest`."""

    @pytest.fixture
    def calendars(self, there: CalendarConnector) -> Iterator[Apart]:
        apart = Apart(there)
        yield apart
        apart.take_off()

    @pytest.fixture
    def hands(self) -> None:
        pytest.skip("a person would have to do this before Outlook")
