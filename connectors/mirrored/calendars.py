"""What is the same for every calendar of which a mirror is kept, whoever the provider is.

Not the requests, and not what is told of a calendar: listing.py.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Generic, Protocol, TypeVar

from icalendar import Calendar, Event

from connectors.mirrored.kept import Kept
from connectors.mirrored.listing import Group, changes
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, BusyInterval, Unknown
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError, Permanent, Temporary, VersionConflict
from daemon.ical import changing
from daemon.ical.busy import busy_of
from daemon.ical.meaning import meant
from daemon.ical.parsing import Unreadable
from daemon.ical.repeating import part_named
from daemon.ical.told_apart import with_sources
from daemon.ports import Batch, Clock, Cursor

Edit = Callable[[Calendar], bool]
"""Changes a calendar in place; False when it already is as desired."""


class Account(Protocol):
    """One account of that provider."""

    @property
    def mirror(self) -> Any:
        """See Kept."""
        ...


A = TypeVar("A", bound=Account)


class MirroredCalendars(ABC, Generic[A]):
    """Calendars by the account that lets us in."""

    def __init__(self, accounts: Mapping[Address, A], clock: Clock) -> None:
        self._accounts, self._clock = dict(accounts), clock

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """See CalendarConnector. A quiet calendar costs one request."""
        return changes(self._reach(calendar).mirror, since)

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> dict[Address, Busy | Unknown]:
        """See CalendarConnector. Who has connected an account is read there; of others the provider is asked what they show to
        the owner of `calendar`. A colleague's trouble makes the colleague Unknown, and nobody else."""
        account = self._reach(calendar)
        others = [who for who in people if who not in self._accounts]
        told: dict[Address, Busy | Unknown] = {}
        for who in people:
            if who == calendar:
                told[who] = self._own_busy(account, who, window)
            elif who in self._accounts:
                told[who] = self._of_colleague(who, window)
        return told | (self._shown_busy(account, others, window) if others else {})

    def _of_colleague(self, who: Address, window: Slot) -> Busy | Unknown:
        try:
            return self._own_busy(self._accounts[who], who, window)
        except ConnectorError as error:
            return Unknown(f"the calendar of {who} cannot be read: {error}")

    def move(
        self, calendar: Address, place: Place, to: Slot, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector. Every answer is asked for anew."""

        def edit(text: Calendar) -> bool:
            return changing.move(text, place, to, self._clock.now())

        return self._edit(place, edit, key, expected)

    def invite(
        self, calendar: Address, place: Place, guests: tuple[Address, ...], *, key: str, expected: str
    ) -> Receipt:  # fmt: skip
        """See CalendarConnector. Guests of a whole series are also guests of its changed occurrences."""

        def edit(text: Calendar) -> bool:
            return changing.invite(text, place, guests, self._clock.now())

        return self._edit(place, edit, key, expected)

    def uninvite(
        self, calendar: Address, place: Place, guests: tuple[Address, ...], *, key: str, expected: str
    ) -> Receipt:  # fmt: skip
        """See CalendarConnector. The provider tells whom it lets go."""

        def edit(text: Calendar) -> bool:
            return changing.uninvite(text, place, guests, self._clock.now())

        return self._edit(place, edit, key, expected, off=True)

    def cancel(self, calendar: Address, place: Place, *, key: str, expected: str) -> Receipt:
        """See CalendarConnector. The provider tells the guests."""
        account = self._reach(calendar)
        group = self._found(account, place.uid)
        text = None if group is None else text_of(group)
        version = "" if text is None else meant(text)
        part = None if text is None else part_in(text, place)
        if group is None or part is None:
            return Receipt(place=place, repeated=True)
        if expected not in ("", version):
            raise VersionConflict(f"{place.uid} has changed since it was seen")
        who = self._told(group)
        self._take_off(account, group, place, part)
        left = account.mirror.named(place.uid) if place.recurrence else None
        return Receipt(version=meant(text_of(left)) if left else "", place=place, told=who)

    def _edit(
        self, place: Place, edit: Edit, key: str, expected: str, *, off: bool = False
    ) -> Receipt:
        """`off`: where nothing is there, it counts as done."""
        account = self._reach(place.calendar)
        group = self._found(account, place.uid)
        if group is None and off:
            return Receipt(place=place, repeated=True)
        if group is None:
            raise VersionConflict(f"{place.uid} is no longer there")
        return self._change(account, group, place, edit, key, expected)

    def _found(self, account: A, uid: str) -> Any:
        """The event with that uid as it is now; None where there is none."""
        account.mirror.look()
        return account.mirror.named(uid)

    def _reach(self, calendar: Address) -> A:
        account = self._accounts.get(calendar)
        if account is None:
            raise AccessLost(f"{calendar} is not connected: run.py connect {calendar}")
        return account

    @abstractmethod
    def _told(self, group: Any) -> tuple[Address, ...]:
        """Whom the provider tells of it."""

    @abstractmethod
    def _take_off(self, account: A, group: Any, place: Place, part: Event) -> None:
        """An event, or one occurrence of it. The mirror knows that afterwards."""

    @abstractmethod
    def _own_busy(self, account: A, who: Address, window: Slot) -> Busy:
        """By the events of the account."""

    @abstractmethod
    def _shown_busy(
        self, account: A, people: list[Address], window: Slot
    ) -> dict[Address, Busy | Unknown]:
        """Of people who show the account when they are busy."""

    @abstractmethod
    def _change(
        self, account: A, group: Any, place: Place, edit: Edit, key: str, expected: str
    ) -> Receipt:
        """One change of what is there, written over exactly what was read."""


def text_of(group: Group) -> Calendar:
    """As iCalendar. Temporary where it cannot be read."""
    try:
        return group.text()
    except Unreadable as error:
        raise Temporary(str(error)) from error


def part_in(text: Calendar, place: Place) -> Event | None:
    """The event or occurrence of that name, where it stands."""
    try:
        return part_named(text, place.uid, place.recurrence)
    except (ValueError, Permanent):
        return None


def apart(
    mirror: Kept[Any], shown: dict[Address, Busy | Unknown], window: Slot
) -> dict[Address, Busy | Unknown]:
    """What people show names nothing: the 1:1s that they have on this calendar are told apart, or each would clash with
    itself."""
    if not any(isinstance(busy, Busy) and busy.intervals for busy in shown.values()):
        return shown
    if not mirror.listed:
        mirror.look()
    texts = [text for group in mirror if (text := _readable(group, shown)) is not None]
    own = Busy(tuple(each for text in texts for each in _time_of(text, mirror.address, window)))
    return {
        who: with_sources(busy, who, own, texts) if isinstance(busy, Busy) else busy
        for who, busy in shown.items()
    }


def in_parts(window: Slot, longest: timedelta) -> Iterator[Slot]:
    """A window in parts, for a provider that refuses a question about more."""
    start = window.start
    while start < window.end:
        end = min(start + longest, window.end)
        yield Slot(start, end)
        start = end


def _readable(group: Group, people: Mapping[Address, object]) -> Calendar | None:
    if not any(who in people for who in group.guests):
        return None
    try:
        return group.text()
    except Unreadable:
        return None


def _time_of(text: Calendar, owner: Address, window: Slot) -> list[BusyInterval]:
    try:
        return list(busy_of(text, owner, window))
    except Unreadable:
        return []
