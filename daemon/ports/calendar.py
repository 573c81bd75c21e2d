"""The calendar port: what the daemon asks of calendars.

Not a connector: those are in connectors/, and nothing in daemon/ imports them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from msgspec import Struct

from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import GuestAnswer, Receipt
from daemon.domain.invitation import GuestSaid
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.ports.listing import Batch, Cursor


class SeriesEvent(Struct, frozen=True):
    """The desired state of a recurring event. The uid is ours; the same uid again is a change.

    `theirs`: somebody made it by hand, uid included. Nothing of it is changed but its rule: what it is called, where it
    takes place and who is invited stays as it is. `meet`: the provider makes a link where it can, and tells it in the receipt;
    others leave that out.
    """

    uid: str
    rule: SeriesRule
    summary: str
    guests: tuple[Address, ...]
    location: str = ""
    theirs: bool = False
    meet: bool = False


class OneOff(Struct, frozen=True):
    """The desired state of a single event. `zone` is the IANA zone in which it is written down; `meet` as in SeriesEvent."""

    uid: str
    slot: Slot
    zone: str
    summary: str
    guests: tuple[Address, ...]
    location: str = ""
    meet: bool = False


class CalendarConnector(Protocol):
    """Calendars of one kind. Every method may raise any error of daemon/errors.py, and no other.

    `calendar` is the address whose calendar organizes. `key` makes a change idempotent: the same key
    twice has happened once and the second receipt says `repeated`. `expected` is the version last seen
    (`""`: no expectation); when it is not the present one, VersionConflict and nothing has changed.
    """

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """Events that the daemon may know (all with guests), changed since the cursor.

        Without a cursor: a full listing. Raises CursorExpired when the cursor is no longer good, and
        never shortens instead. `window` bounds the instances an organizer lists, never the masters.
        A series is told as one EventSeen with `rule` plus one EventSeen per changed occurrence.
        """
        ...

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> Mapping[Address, Busy | Unknown]:
        """What is taken for each of `people` in the window, one entry per address asked for.

        Our own events are included with their uid as `source`. Cancelled, declined and transparent
        events are not busy. Who cannot be read is Unknown.
        """
        ...

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """Make the event as desired; ending a series is a put whose rule has an earlier `until`.

        VersionConflict when a deleted event still occupies the uid.
        """
        ...

    def move(
        self, calendar: Address, place: Place, to: Slot, *, key: str, expected: str
    ) -> Receipt:
        """Move one event or occurrence. VersionConflict when it is no longer there."""
        ...

    def cancel(self, calendar: Address, place: Place, *, key: str, expected: str) -> Receipt:
        """Take one event or occurrence off; already off counts as done (`repeated`)."""
        ...

    def invite(
        self,
        calendar: Address,
        place: Place,
        guests: tuple[Address, ...],
        *,
        key: str,
        expected: str,
    ) -> Receipt:
        """Add guests to one event or occurrence."""
        ...

    def uninvite(
        self,
        calendar: Address,
        place: Place,
        guests: tuple[Address, ...],
        *,
        key: str,
        expected: str,
    ) -> Receipt:
        """Take guests off one event or occurrence; whoever is none counts as done (`repeated`), also where it is off. All
        others stay as they are, with their answers."""
        ...


@runtime_checkable
class AnswersGuests(Protocol):
    """A calendar connector that invites by mail, and so has to answer what guests' programs ask (RFC 5546). Of all
    others the provider does that."""

    def answer(
        self,
        place: Place,
        guest: Address,
        method: GuestAnswer,
        *,
        key: str,
        said: tuple[GuestSaid, ...] = (),
    ) -> Receipt:
        """One mail to that guest about the event as it stands, once per key; the event stays as it is. `said`: what is
        known of the guests' answers, where the event itself does not tell. What is not there, or not that guest's, is
        `repeated`: nothing is said."""
        ...
