"""Calendars in which one change may take several requests: what has to hold before the first of them, and what is told after the last.

Not the requests, nor their order: stepwise.py.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, TypeVar

from icalendar import Calendar, Event

from connectors.mirrored.calendars import Account, Edit, MirroredCalendars, part_in, text_of
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place
from daemon.domain.people import Address
from daemon.errors import VersionConflict
from daemon.ical import changing
from daemon.ical.meaning import meant
from daemon.ports import OneOff, SeriesEvent

A = TypeVar("A", bound=Account)
Words = dict[str, Any]
"""What else has to be written of an event, and is read otherwise than the rest."""


class SteppedCalendars(MirroredCalendars[A]):
    """Calendars by the account that lets us in."""

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector."""

        def edit(text: Calendar) -> bool:
            return changing.put(text, event, calendar, self._clock.now())

        account, place = self._reach(calendar), Place(calendar, event.uid)
        group = self._found(account, event.uid) or self._searched(account, event.uid)
        if group is None:
            if expected or self._was_deleted(account, event.uid):
                raise VersionConflict(f"{event.uid} is not there, or was deleted")
            made = self._create(account, place, edit, event, key)
            group = account.mirror.now(event.uid)
            if made:
                receipt = Receipt(version=meant(text_of(group)), place=place, told=self._told(group))  # fmt: skip
                return self._with_link(group, event, receipt)
        receipt = self._change(account, group, place, edit, key, expected, event)
        return self._with_link(account.mirror.now(event.uid), event, receipt)

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
        left = account.mirror.now(place.uid)
        return Receipt(version=meant(text_of(left)), place=place, told=self._told(left))

    def _searched(self, account: A, uid: str) -> Any:
        """The event of ours with that uid that the mirror does not show yet; None where there is none."""
        return None

    def _with_link(self, group: Any, event: SeriesEvent | OneOff, receipt: Receipt) -> Receipt:
        """With the link of the room that was asked for, where the provider makes one."""
        return receipt

    @abstractmethod
    def _was_deleted(self, account: A, uid: str) -> bool:
        """Whether an event of ours with that uid was there: it is not put once more."""

    @abstractmethod
    def _create(
        self, account: A, place: Place, edit: Edit, event: SeriesEvent | OneOff, key: str
    ) -> bool:
        """Whether that was all. A series with gaps is put first, and nobody is told yet: its gaps have to be made one by one,
        and the last request makes it known. The mirror knows it afterwards."""

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
