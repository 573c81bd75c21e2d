"""CalendarConnector over Exchange Web Services.

Not the requests of a reading (mirror.py, busy.py). Exchange itself tells every guest, so nobody else does; that is said with
every request, for exchangelib's own defaults tell nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from exchangelib import Account, CalendarItem
from exchangelib.items import (
    SEND_TO_ALL_AND_SAVE_COPY,
    SEND_TO_NONE,
)
from icalendar import Calendar, Event

from connectors.exchange.account import Login, Reached
from connectors.exchange.busy import own_busy, shown_busy
from connectors.exchange.events import (
    invited,
    made_by,
    marks_with,
    recurrence_of,
    times_of,
    told,
)
from connectors.exchange.mirror import Group, Mirror
from connectors.exchange.writing import Change, item_of
from connectors.mirrored import changes
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError, Permanent, Temporary, VersionConflict
from daemon.ical import changing
from daemon.ical.meaning import meant
from daemon.ical.parsing import Unreadable
from daemon.ical.reading import master_of, zone_of
from daemon.ical.recurrence import exdates
from daemon.ical.repeating import part_named
from daemon.ical.writing import new_calendar
from daemon.ports import Batch, Clock, Cursor, OneOff, SeriesEvent

Edit = Callable[[Calendar], bool]
"""Changes a calendar in place; False when it already is as desired."""


class _Account:
    def __init__(self, reached: Reached, clock: Clock) -> None:
        self.reached = reached
        self.mirror = Mirror(reached, clock)


class ExchangeCalendars:
    """Calendars of people at Exchange. `login` gives where an account is and its password, or raises AccessLost; `zones` are
    the homes of people.

    `expected` and the versions told are names of what an event says; between our reading and our writing the change key guards.
    """

    def __init__(
        self,
        accounts: Iterable[Address],
        login: Callable[[Address], Login],
        clock: Clock,
        zones: Mapping[Address, str] | None = None,
    ) -> None:
        self._clock, homes = clock, dict(zones or {})
        self._accounts = {
            each: _Account(Reached(each, partial(login, each), homes.get(each) or "UTC"), clock)
            for each in accounts
        }

    def close(self) -> None:
        """Let all connections go."""
        for each in self._accounts.values():
            each.reached.close()

    def _reach(self, calendar: Address) -> _Account:
        account = self._accounts.get(calendar)
        if account is None:
            raise AccessLost(f"{calendar} is not connected: run.py connect {calendar}")
        return account

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """See CalendarConnector."""
        return changes(self._reach(calendar).mirror, since)

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> dict[Address, Busy | Unknown]:
        """See CalendarConnector. Of others what the server tells the calendar's owner."""
        account = self._reach(calendar)
        others = [who for who in people if who not in self._accounts]
        found: dict[Address, Busy | Unknown] = {}
        for who in people:
            if who == calendar:
                found[who] = own_busy(account.reached, window)
            elif who in self._accounts:
                found[who] = self._of_colleague(who, window)
        return found | (shown_busy(account.mirror, others, window) if others else {})

    def _of_colleague(self, who: Address, window: Slot) -> Busy | Unknown:
        try:
            return own_busy(self._accounts[who].reached, window)
        except ConnectorError as error:
            return Unknown(f"the calendar of {who} cannot be read: {error}")

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector."""

        def edit(text: Calendar) -> bool:
            return changing.put(text, event, calendar, self._clock.now())

        account, place = self._reach(calendar), Place(calendar, event.uid)
        group = self._found(account, event.uid)
        if group is None:
            if expected or account.reached.ask(partial(_was_deleted, uid=event.uid)):
                raise VersionConflict(f"{event.uid} is not there, or was deleted")
            made = self._create(account, place, edit, event, key)
            group = account.mirror.named(event.uid)
            if group is None:
                raise Temporary(f"Exchange does not show {event.uid} yet")
            if made:
                return Receipt(version=meant(_text(group)), place=place, told=told(group.master))
        return self._change(account, group, place, edit, key, expected, event)

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
        """See CalendarConnector."""

        def edit(text: Calendar) -> bool:
            return changing.invite(text, place, guests, self._clock.now())

        return self._edit(place, edit, key, expected)

    def cancel(self, calendar: Address, place: Place, *, key: str, expected: str) -> Receipt:
        """See CalendarConnector. Deleted: Exchange tells the guests."""
        account = self._reach(calendar)
        group = self._found(account, place.uid)
        text = None if group is None else _text(group)
        version = "" if text is None else meant(text)
        part = None if text is None else _part_in(text, place)
        if group is None or part is None:
            return Receipt(place=place, repeated=True)
        if expected not in ("", version):
            raise VersionConflict(f"{place.uid} has changed since it was seen")
        who = told(group.master)

        def delete(reached: Account) -> None:
            item = item_of(reached, group, place, part)
            item.delete(send_meeting_cancellations=SEND_TO_ALL_AND_SAVE_COPY)

        account.reached.ask(delete)
        account.mirror.again(group.name)
        if place.recurrence and (left := account.mirror.named(place.uid)):
            return Receipt(version=meant(_text(left)), place=place, told=who)
        return Receipt(place=place, told=who)

    # --- how each change goes

    def _found(self, account: _Account, uid: str) -> Group | None:
        account.mirror.look()
        return account.mirror.named(uid)

    def _edit(self, place: Place, edit: Edit, key: str, expected: str) -> Receipt:
        account = self._reach(place.calendar)
        group = self._found(account, place.uid)
        if group is None:
            raise VersionConflict(f"{place.uid} is no longer there")
        return self._change(account, group, place, edit, key, expected, None)

    def _create(
        self, account: _Account, place: Place, edit: Edit, event: SeriesEvent | OneOff, key: str
    ) -> bool:
        """Whether that was all. A series with gaps is put first, and nobody is told yet: its gaps have to be made one by one,
        and the last request makes it known."""
        text = new_calendar()
        edit(text)
        master = master_of(text, place.uid)
        assert master is not None
        start, end = times_of(master)
        recurrence = recurrence_of(master, zone_of(master) or "UTC")

        whole = not exdates(master)
        done = marks_with(None, key, meant(text)) if whole else None

        def create(reached: Account) -> None:
            item = CalendarItem(
                account=reached, folder=reached.calendar, subject=event.summary, location=event.location or None,
                start=start, end=end, recurrence=recurrence, required_attendees=invited(master),
                is_response_requested=True, uid=place.uid, our_uid=place.uid, our_zone=zone_of(master),
                our_done=done,
            )  # fmt: skip
            item.save(send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY if whole else SEND_TO_NONE)

        account.reached.ask(create)
        account.mirror.look()
        return whole

    def _change(
        self, account: _Account, group: Group, place: Place, edit: Edit, key: str, expected: str,
        event: SeriesEvent | OneOff | None,
    ) -> Receipt:  # fmt: skip
        """One change of one event or occurrence: read, compare, edit, write over exactly what was read. The mark that it was
        done comes with the request that tells the guests, and that is the last."""
        text = _text(group)
        made = next((m for each in group.parts() if (m := made_by(each, key)) is not None), None)
        if made is not None:
            return Receipt(version=made, place=place, told=told(group.master), repeated=True)
        version, before = meant(text), text.to_ical()
        if not edit(text):
            return Receipt(version=version, place=place, repeated=True)
        if expected not in ("", version) and not group.master.our_pending:
            raise VersionConflict(f"{place.uid} has changed since it was seen")
        part = _part_in(text, place)
        if part is None:
            raise VersionConflict(f"{place.uid} {place.recurrence} is no longer there")
        old = _part_in(Calendar.from_ical(before), place)
        Change(account.mirror, place, key, text, event).write(part, old)
        left = account.mirror.now(place.uid)
        return Receipt(version=meant(_text(left)), place=place, told=told(left.master))


def _was_deleted(reached: Account, uid: str) -> bool:
    """Whether an event of ours with that uid lies among what was deleted: it is not put once more."""
    for folder in (reached.trash, reached.recoverable_items_deletions):
        if any(True for _ in folder.filter(our_uid=uid).only("changekey")[:1]):
            return True
    return False


def _text(group: Group) -> Calendar:
    try:
        return group.text()
    except Unreadable as error:
        raise Temporary(str(error)) from error


def _part_in(text: Calendar, place: Place) -> Event | None:
    """The event or occurrence of that name, where it stands."""
    try:
        return part_named(text, place.uid, place.recurrence)
    except (ValueError, Permanent):
        return None
