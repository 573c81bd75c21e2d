"""CalendarConnector over CalDAV servers: Nextcloud, iCloud, Fastmail, Radicale and whatever else keeps to RFC 4791.

Not the mail between people: whom the server invites by itself stands in `Receipt.told`, everybody else is invited by
mail (daemon/ical), and is marked so that no server invites them as well.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from icalendar import Calendar

from connectors.connected import password_of
from connectors.internet.caldav.account import Account, Item, Reached, item_in, item_of
from connectors.internet.caldav.busy import busy_in, busy_of_another
from connectors.internet.caldav.dav import Dav, path_of
from connectors.internet.caldav.discovery import Found
from connectors.internet.caldav.guest_mails import GuestMails
from connectors.internet.caldav.listing import changes
from connectors.internet.caldav.shared import SharedBusy
from connectors.internet.caldav.telling_guests import mark_agents, told_by_server, unreached
from connectors.internet.caldav.who_tells import by_mail, by_server, by_server_again
from connectors.internet.caldav.wire import Way
from connectors.internet.srv import Srv, dns_srv
from daemon.domain.effect import GuestAnswer, Receipt
from daemon.domain.invitation import GuestSaid
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, EventSeen, Unknown
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import (
    AccessLost,
    ConnectorError,
    Permanent,
    Temporary,
    VersionConflict,
)
from daemon.ical import changing
from daemon.ical.meaning import meant
from daemon.ical.parsing import Unreadable, parse
from daemon.ical.reading import is_cancelled, master_of, version_made_by
from daemon.ical.repeating import take_out
from daemon.ical.told_apart import with_sources
from daemon.ical.writing import mark_done, new_calendar, text_of
from daemon.ports import Batch, Clock, Cursor, OneOff, SeriesEvent, Vault

log = logging.getLogger("oneonone")
Edit = Callable[[Calendar], bool]
"""Changes a calendar in place; False when it already is as desired."""


class InternetCalendars:
    """Calendars of people who have a server. The password of each is `account/ADDRESS` in the vault; `zones` are
    the homes of people, for busy days and floating times.

    `expected` and the versions told are names of what an event says (daemon/ical/meaning.py), because servers write
    things anew; between our reading and our writing the ETag guards.
    """

    def __init__(
        self,
        accounts: Iterable[Reached],
        vault: Vault,
        clock: Clock,
        zones: Mapping[Address, str] | None = None,
        *,
        way: Way | None = None,
        srv: Srv = dns_srv,
        guest_mails: GuestMails | None = None,
        shared: SharedBusy | None = None,
    ) -> None:
        self._clock = clock
        self._guest_mails = guest_mails
        self._zones = dict(zones or {})
        self._shared = shared
        self._accounts = {
            each.address: Account(
                each,
                way or Way(),
                partial(password_of, vault, each.address),
                srv,
            )
            for each in accounts
        }

    @contextmanager
    def _reach(self, calendar: Address) -> Iterator[tuple[Account, Dav, Found]]:
        account = self._accounts.get(calendar)
        if account is None:
            raise AccessLost(f"{calendar} has no calendar on the internet here")
        with account.open() as (dav, found):
            yield account, dav, found

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """See CalendarConnector. A quiet calendar costs one request. A full listing with a resource that cannot be
        read is not complete; with a cursor it is, once the same has been unreadable twice."""
        with self._reach(calendar) as (account, dav, found):
            batch = changes(account, dav, since, self._accounts)
            if self._guest_mails is not None and not found.schedules:
                self._tell_of(account, self._guest_mails, batch)
            return batch

    def _tell_of(self, account: Account, mails: GuestMails, batch: Batch) -> None:
        """What the owner has changed by hand is told to the guests. Whatever becomes of the mails, the calendar is read:
        they are tried again with the next reading."""
        seen = {each.place.uid for each in batch.observations if isinstance(each, EventSeen)}
        try:
            for uid in mails.owe(account.address, sorted(seen)):
                item = account.find(uid)
                if item is None or item.calendar is not None:
                    mails.catch_up(account.address, uid, item.calendar if item else None)
        except (ConnectorError, Unreadable) as why:
            log.warning("event=guests-not-told why=%s", type(why).__name__)

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> Mapping[Address, Busy | Unknown]:
        """See CalendarConnector. Who has an account here is read in all their own calendars; of others whoever they share
        their busy times with is asked, else the server of `calendar`. A colleague's trouble makes the colleague Unknown,
        and nobody else."""
        with self._reach(calendar) as (account, dav, found):
            own = self._busy(account, dav, found, window)
            told: dict[Address, Busy | Unknown] = {}
            for who in people:
                if who == calendar:
                    told[who] = own
                elif who in self._accounts:
                    told[who] = self._of_colleague(who, window)
                else:
                    told[who] = self._of_another(account, who, window, own)
            return told

    def _busy(self, account: Account, dav: Dav, found: Found, window: Slot) -> Busy | Unknown:
        counted = [each for each in found.calendars if each.counts or each.href == found.main.href]
        if found.main.href not in {each.href for each in counted}:
            counted.append(found.main)
        home = self._zones.get(account.address, "")
        return busy_in(dav, counted, account.address, window, home, self._accounts)

    def _of_colleague(self, who: Address, window: Slot) -> Busy | Unknown:
        try:
            with self._reach(who) as (account, dav, found):
                return self._busy(account, dav, found, window)
        except ConnectorError as error:
            return Unknown(f"the calendar of {who} cannot be read: {error}")

    def _of_another(
        self, account: Account, who: Address, window: Slot, own: Busy | Unknown
    ) -> Busy | Unknown:
        assert account.dav is not None and account.found is not None
        if self._shared is not None and who in self._shared:
            busy = self._shared.of(who, window)
        else:
            pair = (account.address, who)
            busy = busy_of_another(
                account.dav, account.found.outbox, pair, window, self._clock.now()
            )
        if isinstance(busy, Unknown) or isinstance(own, Unknown):
            return busy
        main = account.found.main
        found = account.dav.query(main.url, (window.start, window.end)).entries
        items = [item for each in found if (item := item_in(each)) is not None]
        return with_sources(busy, who, own, [each.calendar for each in items if each.calendar])

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector. Made once: its path derives from its uid, and is only written where there is none.

        A uid whose event was deleted stays taken as long as a cursor, or this process, remembers it: CalDAV itself
        keeps no memory of what was deleted.
        """

        def edit(text: Calendar) -> bool:
            return changing.put(text, event, calendar, self._clock.now())

        place = Place(calendar, event.uid)
        return self._change(place, edit, key=key, expected=expected, create=True)

    def move(
        self, calendar: Address, place: Place, to: Slot, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector. Every answer goes back to NEEDS-ACTION."""

        def edit(text: Calendar) -> bool:
            return changing.move(text, place, to, self._clock.now())

        return self._change(place, edit, key=key, expected=expected)

    def cancel(self, calendar: Address, place: Place, *, key: str, expected: str) -> Receipt:
        """See CalendarConnector. An occurrence is taken out (EXDATE): STATUS:CANCELLED on one makes some servers tell
        its guests that the whole series is off (trap_15). A whole event is deleted, which tells them."""
        if not place.recurrence:
            return self._delete(place, key, expected)

        def edit(text: Calendar) -> bool:
            return take_out(text, place.uid, place.recurrence, self._clock.now())

        return self._change(place, edit, key=key, expected=expected, off=True)

    def invite(
        self,
        calendar: Address,
        place: Place,
        guests: tuple[Address, ...],
        *,
        key: str,
        expected: str,
    ) -> Receipt:
        """See CalendarConnector. Guests of a whole series are also guests of its changed occurrences."""

        def edit(text: Calendar) -> bool:
            return changing.invite(text, place, guests, self._clock.now())

        return self._change(place, edit, key=key, expected=expected)

    def uninvite(
        self, calendar: Address, place: Place, guests: tuple[Address, ...], *, key: str, expected: str
    ) -> Receipt:  # fmt: skip
        """See CalendarConnector."""

        def edit(text: Calendar) -> bool:
            return changing.uninvite(text, place, guests, self._clock.now())

        return self._change(place, edit, key=key, expected=expected, off=True)

    def answer(
        self,
        place: Place,
        guest: Address,
        method: GuestAnswer,
        *,
        key: str,
        said: tuple[GuestSaid, ...] = (),
    ) -> Receipt:
        """See AnswersGuests. A server that schedules answers whom it reaches."""
        with self._reach(place.calendar) as (account, _, found):
            mails = self._guest_mails
            item = account.find(place.uid) if mails is not None else None
            if mails is None or item is None:
                return Receipt(place=place, repeated=True)
            if item.calendar is None:
                raise Temporary(f"{item.href} cannot be read: {item.problem}")
            if found.schedules and guest not in unreached(item.calendar, place):
                return Receipt(place=place, repeated=True)
            return mails.answer(item.calendar, place, guest, method, key=key, said=said)

    def _change(
        self,
        place: Place,
        edit: Edit,
        *,
        key: str,
        expected: str,
        create: bool = False,
        off: bool = False,
    ) -> Receipt:
        """One change of one resource: read, compare, edit, write over exactly what was read."""
        with self._reach(place.calendar) as (account, _, _):
            item = account.find(place.uid)
            if item is None and off:
                return Receipt(place=place, repeated=True)
            if item is None:
                taken = (
                    path_of(account.url_of(place.uid)) in account.seen or place.uid in account.where
                )
                if expected or taken or not create:
                    raise VersionConflict(f"{place.uid} is not there, or was deleted")
                text = new_calendar()
                edit(text)
                item = Item(account.url_of(place.uid), "", b"", None)
                return self._save(account, item, text, place, key)
            made = self._made(item, place, key)
            if made is not None:
                return self._mailed(account, made, key, item.calendar)
            text = parse(item.raw)
            if not edit(text):
                return Receipt(version=item.version, place=place, repeated=True)
            if expected not in ("", item.version):
                raise VersionConflict(f"{place.uid} has changed since it was seen")
            return self._save(account, item, text, place, key)

    def _made(self, item: Item, place: Place, key: str) -> Receipt | None:
        """The receipt of a change that was made before."""
        if item.calendar is None:
            raise Temporary(f"{item.href} cannot be read: {item.problem}")
        made = version_made_by(item.calendar, place.uid, key)
        return None if made is None else Receipt(version=made, place=place, repeated=True)

    def _save(
        self, account: Account, before: Item, text: Calendar, place: Place, key: str
    ) -> Receipt:
        assert account.dav is not None and account.found is not None
        schedules = account.found.schedules
        mark_agents(text, client=not schedules)
        try:
            version = meant(text)
            mark_done(text, place.uid, key, version)
            raw = text_of(text)
        except Unreadable as error:
            raise Temporary(f"{place.uid}: {error}") from error
        new = not before.raw
        mails = None if schedules else self._guest_mails
        if mails is not None:
            mails.begin(place.calendar, key, before.raw)
        try:
            account.dav.put(before.url, raw, None if new else before.etag)
        except VersionConflict as error:
            return self._lost_race(account, place, key, error)
        except Permanent:
            if mails is not None:
                mails.drop(place.calendar, key)
            raise
        account.seen.add(before.href)
        account.where[place.uid] = before.href
        receipt = Receipt(version=version, place=place)
        if schedules:
            return self._as_kept(account, before, receipt, key)
        return self._mailed(account, receipt, key, text)

    def _mailed(
        self, account: Account, receipt: Receipt, key: str, after: Calendar | None
    ) -> Receipt:
        assert account.found is not None
        tells = by_server_again if account.found.schedules else by_mail
        return tells(self._guest_mails, receipt, key, after)

    def _lost_race(
        self, account: Account, place: Place, key: str, error: VersionConflict
    ) -> Receipt:
        """Somebody wrote just now: perhaps we ourselves, in an answer that never came. Or the calendar is gone."""
        account.look()
        item = account.find(place.uid)
        made = None if item is None or item.calendar is None else self._made(item, place, key)
        if made is None:
            if self._guest_mails is not None:
                self._guest_mails.drop(place.calendar, key)
            raise error
        return self._mailed(account, made, key, item.calendar if item else None)

    def _as_kept(self, account: Account, before: Item, receipt: Receipt, key: str) -> Receipt:
        """A server that schedules writes down whom it told; the version is that of what it kept (trap_98)."""
        assert account.dav is not None and receipt.place is not None
        try:
            got = account.dav.get(before.url)
        except ConnectorError:
            return receipt  # it is written; whom it told will be asked of nobody
        item = None if got is None else item_of(before.url, got[1], got[0])
        if item is None or item.calendar is None:
            return receipt
        old = parse(before.raw) if before.raw else None
        receipt = replace(receipt, version=item.version)
        return by_server(self._guest_mails, receipt, key, (old, item.calendar))

    def _delete(self, place: Place, key: str, expected: str) -> Receipt:
        with self._reach(place.calendar) as (account, dav, found):
            item = account.find(place.uid)
            if item is None:
                if self._guest_mails is not None and not found.schedules:
                    self._guest_mails.begin_gone(place, key)
                return self._mailed(account, Receipt(place=place, repeated=True), key, None)
            if item.calendar is None:
                raise Temporary(f"{item.href} cannot be read: {item.problem}")
            master = master_of(item.calendar, place.uid)
            if master is not None and is_cancelled(master):
                return Receipt(version=item.version, place=place, repeated=True)
            if expected not in ("", item.version):
                raise VersionConflict(f"{place.uid} has changed since it was seen")
            told = told_by_server(item.calendar, place) if found.schedules else ()
            account.seen.add(item.href)
            mails = self._guest_mails
            if found.schedules and not unreached(item.calendar, place):
                mails = None
            if mails is not None:
                mails.begin(calendar := place.calendar, key, item.raw)
            try:
                dav.delete(item.url, item.etag)
            except (VersionConflict, Permanent):
                if mails is not None:
                    mails.drop(calendar, key)
                raise
            receipt = Receipt(version=item.version, place=place, told=told)
            return self._mailed(account, receipt, key, None)
