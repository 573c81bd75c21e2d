"""Calendars in memory, behaving like real ones: idempotent by key, versioned, and faulty by seed.

Not what people do with them: that is connectors/memory/hands.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from connectors.memory.events import Event, Exceptional, seen, standing
from connectors.memory.faults import AFTER, BEFORE, DEFINITE, Faults, error
from connectors.memory.wanted import check, event_of, merged, rhythm
from connectors.memory.world import Account, MemoryWorld, number
from daemon.domain.effect import Receipt
from daemon.domain.invitation import Guest
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import (
    Busy,
    BusyInterval,
    EventGone,
    EventSeen,
    SetAside,
    Unknown,
)
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import AccessLost, CursorExpired, Permanent, VersionConflict
from daemon.ports import Batch, Cursor, OneOff, SeriesEvent

ROOMS = "https://meet.google.com/"
ONLY_WITH_A_CURSOR = frozenset({"410"})


class MemoryCalendars:
    """A CalendarConnector over a MemoryWorld.

    `expected` is compared with the version of the whole event, master and exceptions together (as a
    CalDAV ETag is); every occurrence that is told carries it, and a change retells all of them.
    A cursor is `<epoch>.<revision>` of one calendar.
    """

    def __init__(self, world: MemoryWorld, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._accounts = world.accounts

    # --- reading

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """The simulator's hot path: nothing new is one comparison."""
        account = self._accounts.get(calendar)
        if (
            account is not None
            and since == account.cursor
            and account.shut_until is None
            and self._faults.calm("changes")
        ):
            return account.nothing_new
        account = self._reach(calendar)
        spared = ONLY_WITH_A_CURSOR if since is None else frozenset()
        kind = self._strike("changes", account, spared)
        told = [_told(account, uid, window) for uid in self._changed(account, since)]
        if kind:
            return self._broken(kind, account, since, told)
        stirred = since is not None and account.stirred_at > int(since.partition(".")[2])
        told_one_by_one = tuple(one for event in told for one in event)
        return Batch(told_one_by_one, account.cursor, True, stirred=stirred)

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> Mapping[Address, Busy | Unknown]:
        """Read through the organizer's account, as free/busy queries are."""
        account = self._reach(calendar)
        kind = self._strike("busy", account)
        answer = {who: self._busy(who, window) for who in people}
        if kind == "unknown":
            answer[people[-1]] = Unknown("injected: unknown")
        return answer

    # --- writing

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """A cancelled event of that uid comes back; a deleted one is a conflict."""
        place = Place(calendar, event.uid)

        def act() -> Event | None:
            known = self._world.event(place)
            check(event)
            if known is not None and known.gone:
                raise VersionConflict(f"{event.uid} is taken by a deleted event")
            _compare(known, expected)
            if known is None:
                known = event_of(place, event)
                self._world.add(known)
            else:
                self._change(known, event)
            return known

        receipt = self._write("put", place, key, act)
        return replace(receipt, link=f"{ROOMS}{event.uid}") if event.meet else receipt

    def move(
        self, calendar: Address, place: Place, to: Slot, *, key: str, expected: str
    ) -> Receipt:
        """Only of what stands."""

        def act() -> Event | None:
            event = self._standing(place, expected)
            if event.rule is not None and not place.recurrence:
                raise Permanent("a series is moved by putting it with another rule")
            self._world.move(event, place.recurrence, to)
            return event

        return self._write("move", place, key, act)

    def cancel(self, calendar: Address, place: Place, *, key: str, expected: str) -> Receipt:
        """One occurrence stays visible as cancelled; a whole event is deleted."""

        def act() -> Event | None:
            event = self._world.event(place)
            if event is None or not event.stands(place.recurrence):
                return None
            _compare(event, expected)
            if place.recurrence:
                self._world.cancel(event, place.recurrence)
            else:
                self._world.bury(event)
            return event

        return self._write("cancel", place, key, act)

    def invite(
        self,
        calendar: Address,
        place: Place,
        guests: tuple[Address, ...],
        *,
        key: str,
        expected: str,
    ) -> Receipt:
        """Who is invited already stays as they are."""

        def act() -> Event | None:
            event = self._standing(place, expected)
            new = [who for who in guests if who not in event.answers(place.recurrence)]
            if new and place.recurrence:
                own = event.changed.setdefault(place.recurrence, Exceptional())
                own.answers |= dict.fromkeys(new, "NEEDS-ACTION")
                own.without.difference_update(new)
            elif new:
                event.guests |= dict.fromkeys(new, "NEEDS-ACTION")
            if new:
                self._world.attend(event)
                self._world.touch(event)
            return event

        return self._write("invite", place, key, act)

    def uninvite(
        self,
        calendar: Address,
        place: Place,
        guests: tuple[Address, ...],
        *,
        key: str,
        expected: str,
    ) -> Receipt:
        """One occurrence, or all of an event."""

        def act() -> Event | None:
            event = self._world.event(place)
            if event is None or not event.stands(place.recurrence):
                return None
            left = [who for who in guests if who in event.answers(place.recurrence)]
            if left:
                _compare(event, expected)
                self._world.let_go(event, place.recurrence, left)
            return event if left else None

        return self._write("uninvite", place, key, act)

    # --- how each call goes

    def _reach(self, calendar: Address) -> Account:
        """The account, when it lets us in."""
        account = self._accounts.get(calendar)
        if account is None or not account.readable:
            raise AccessLost(f"no calendar of {calendar} can be reached")
        if account.shut_until is not None:
            if account.shut(self._world.clock()):
                raise AccessLost(f"{calendar} refuses us")
            account.shut_until = None
        return account

    def _strike(self, call: str, account: Account, spared: frozenset[str] = frozenset()) -> str:
        """Let a fault befall the call: raise it, or answer the kind that strikes later."""
        kind = self._faults.meet(call, spared)
        if kind == "401":
            account.shut_until = self._world.clock() + self._faults.lost_for
        if kind == "410":
            self._world.expire(account.address)
        if kind in BEFORE:
            raise error(kind)
        return kind

    def _write(self, call: str, place: Place, key: str, act: Callable[[], Event | None]) -> Receipt:
        """One change, once per key; `act` answers the changed event, None when all was done before."""
        account = self._reach(place.calendar)
        before = account.done.get(key)
        kind = self._strike(call, account, DEFINITE if before else frozenset())
        if before is None:
            event = act()
            told = (
                tuple(event.answers(place.recurrence)) if event and self._world.tells_guests else ()
            )
            version = event.version if event is not None else ""
            receipt = Receipt(version, place, told, repeated=event is None)
            account.done[key] = receipt
        else:
            receipt = replace(before, repeated=True)
        if kind in AFTER:
            raise error(kind)
        return receipt

    def _standing(self, place: Place, expected: str) -> Event:
        event = self._world.event(place)
        if event is None or not event.stands(place.recurrence):
            raise VersionConflict(f"{place.uid} {place.recurrence} is no longer there")
        _compare(event, expected)
        return event

    def _change(self, event: Event, wanted: SeriesEvent | OneOff) -> None:
        """The desired state over the present one; exceptions that still fit stay."""
        before = (event.rule, event.slot, event.summary, event.location, tuple(event.guests))
        cancelled, event.cancelled = event.cancelled, False
        fresh = event_of(event.place, wanted)
        retimed = fresh.slot != event.slot or rhythm(fresh.rule) != rhythm(event.rule)
        event.rule = merged(event.rule, fresh.rule)
        event.slot = fresh.slot
        if not (isinstance(wanted, SeriesEvent) and wanted.theirs):
            event.summary, event.location = fresh.summary, fresh.location
            gone = event.guests.keys() - fresh.guests.keys()
            event.guests = {who: event.guests.get(who, "NEEDS-ACTION") for who in fresh.guests}
            for own in event.changed.values():
                own.answers = {who: said for who, said in own.answers.items() if who not in gone}
        after = (event.rule, event.slot, event.summary, event.location, tuple(event.guests))
        if before == after and not cancelled:
            return
        if retimed:
            self._world.ask_anew(event)
        self._world.drop_unfitting(event)
        self._world.attend(event)
        self._world.touch(event)

    def _changed(self, account: Account, since: Cursor | None) -> list[str]:
        """uids in the order of their last change: since the cursor, or all that are there."""
        if since is None:
            return [uid for uid in account.log if not account.named(uid).gone]
        epoch, dot, revision = since.partition(".")
        if not dot or epoch != str(account.epoch) or not number(revision):
            raise CursorExpired(f"the cursor {since!r} of {account.address} is not known any more")
        if int(revision) > account.revision:
            raise CursorExpired(f"the cursor {since!r} of {account.address} is ahead of it")
        news: list[str] = []
        for uid, changed in reversed(account.log.items()):
            if changed <= int(revision):
                break
            news.append(uid)
        return news[::-1]

    def _broken(
        self,
        kind: str,
        account: Account,
        since: Cursor | None,
        told: list[list[EventSeen | EventGone]],
    ) -> Batch:
        """A listing that breaks off, or has an entry nobody can read. The cursor stays where it was."""
        cut = self._faults.cut(len(told))
        if kind == "garbage":
            name = told[cut][0].place.uid if told else "entry"
            left = told[:cut] + told[cut + 1 :]
            aside = (SetAside(account.address, name, "injected: cannot be read"),)
            return Batch(tuple(one for event in left for one in event), since, False, aside)
        flat = [one for event in told for one in event]
        return Batch(tuple(flat[: self._faults.cut(len(flat))]), since, False)

    def _busy(self, who: Address, window: Slot) -> Busy | Unknown:
        account = self._accounts.get(who)
        if account is None or not account.readable or account.shut(self._world.clock()):
            return Unknown(f"the calendar of {who} cannot be read")
        taken = [
            BusyInterval(start, end, 9 if uid in account.out else 5, uid, away=uid in account.out)
            for start, end, uid in account.occupied(window)
        ]
        for (calendar, uid), event in account.attends.items():
            for one in standing(event, window):
                answer = "ACCEPTED"
                if calendar != who:
                    answer = event.answers(one.recurrence).get(who, "DECLINED")
                if answer != "DECLINED":
                    priority = 3 if answer == "TENTATIVE" else 5
                    taken.append(BusyInterval(one.start, one.end, priority, uid))
        taken.sort(key=lambda interval: (interval.start, interval.end, interval.source))
        return Busy(tuple(taken))


def _told(account: Account, uid: str, window: Slot) -> list[EventSeen | EventGone]:
    event = account.named(uid)
    if event.place.calendar != account.address:
        return _copy_told(account.address, event, window)
    if event.gone:
        return [EventGone(event.place, event.at)]
    return list(seen(event, window))


def _copy_told(owner: Address, event: Event, window: Slot) -> list[EventSeen | EventGone]:
    """A 1:1 to which somebody else has invited the owner, as the copy of it shows it."""
    if event.gone or set(event.guests) != {owner} or (owner, "") in event.hidden:
        return [EventGone(Place(owner, event.place.uid), event.at)]
    told: list[EventSeen | EventGone] = []
    for each in seen(event, window):
        answers = event.answers(each.place.recurrence)
        no = answers.get(owner) == "DECLINED" or (owner, each.place.recurrence) in event.hidden
        told.append(
            replace(
                each, place=replace(each.place, calendar=owner), organizer=event.place.calendar,
                guests=(Guest(event.place.calendar, "ACCEPTED"),),
                cancelled=each.cancelled or no, by_owner=no and not each.cancelled,
            )
        )  # fmt: skip
    return told


def _compare(event: Event | None, expected: str) -> None:
    if expected and (event is None or event.version != expected):
        now = event.version if event is not None else "nothing"
        raise VersionConflict(f"expected {expected}, found {now}")
