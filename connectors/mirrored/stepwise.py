"""One change in as many requests as it takes, where a server has no single one for it.

A rhythm that is written takes every gap and every change of single occurrences away at Exchange, so these are made again. What
shall be is written into the event first, lest a crash in between loses it; the mark that the change was made comes last.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from icalendar import Calendar, Event

from daemon.domain.meeting import Place
from daemon.domain.people import Address
from daemon.ical.reading import address_of, attendees, moment_of
from daemon.ical.recurrence import exdates, named_parts
from daemon.ports import OneOff, SeriesEvent


@dataclass(frozen=True, slots=True)
class Single:
    """An occurrence that stands by itself: when it was planned for, in seconds, whom it invites, and what it is there."""

    planned: float
    guests: frozenset[Address]
    item: Any


@dataclass(frozen=True, slots=True)
class Stepwise(ABC):
    """`text` is what shall be; `event` what was asked to be put, None for a change of what is there."""

    place: Place
    key: str
    text: Calendar
    event: SeriesEvent | OneOff | None

    def write(self, part: Event, old: Event | None) -> None:
        """The event, or one occurrence of it, as `part` says; `old` is how it was read."""
        if not self.place.recurrence and self._recurs():
            if self._has_single_ones(part) and (old is None or self._rhythm(part) != self._rhythm(old)):  # fmt: skip
                self._write_rhythm(part, old)
                self._read_again()
                old = part
            if self._pending():
                for each in self._single_ones():
                    self._move(each, moment_of(each, "RECURRENCE-ID"))
                self._read_again()
            self._leave_out(part)
            self._invite_again()
        self._write_last(part, old)
        self._read_again()

    def _leave_out(self, part: Event) -> None:
        """The gaps that are wished and not there yet."""
        there = self._gaps()
        wished = [each for each in exdates(part) if instant(each) not in there]
        for moment in wished:
            self._take_off(moment)
        if wished:
            self._read_again()

    def _invite_again(self) -> None:
        """Who belongs to the whole belongs to the single ones that have guests of their own."""
        wished = {instant(moment_of(each, "RECURRENCE-ID")): each for each in self._single_ones()}
        for single in self._singles():
            part = wished.get(single.planned)
            if part is None or single.guests == {address_of(each) for each in attendees(part)}:
                continue
            self._invite(single.item, part)
            self._read_again()

    def _single_ones(self) -> list[Event]:
        return [part for name, part in named_parts(self.text, self.place.uid).items() if name]

    def _has_single_ones(self, part: Event) -> bool:
        return bool(exdates(part)) or len(named_parts(self.text, self.place.uid)) > 1

    # --- how it is there now

    @abstractmethod
    def _recurs(self) -> bool:
        """Whether it is a series."""

    @abstractmethod
    def _pending(self) -> bool:
        """Whether what shall be is written into it, and is not yet so."""

    @abstractmethod
    def _gaps(self) -> set[float]:
        """When the occurrences that were taken off were planned for."""

    @abstractmethod
    def _singles(self) -> Iterable[Single]:
        """The occurrences that stand by themselves."""

    @abstractmethod
    def _rhythm(self, part: Event) -> object:
        """What of a part is written by its rhythm, as it can be compared."""

    # --- the requests

    @abstractmethod
    def _read_again(self) -> None:
        """As it is after a change."""

    @abstractmethod
    def _write_rhythm(self, part: Event, old: Event | None) -> None:
        """With what shall be as a whole."""

    @abstractmethod
    def _write_last(self, part: Event, old: Event | None) -> None:
        """What differs, with the mark that the change was made."""

    @abstractmethod
    def _move(self, part: Event, planned: date | datetime) -> None:
        """One occurrence to where it shall be."""

    @abstractmethod
    def _take_off(self, moment: date | datetime) -> None:
        """One occurrence."""

    @abstractmethod
    def _invite(self, item: Any, part: Event) -> None:
        """The guests of one occurrence."""


def instant(moment: object) -> float:
    """In seconds, so that it can be compared whatever its type; 0 for a day."""
    return moment.timestamp() if isinstance(moment, datetime) else 0.0
