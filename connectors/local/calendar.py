"""CalendarConnector over folders of .ics files: `calendars/<address>/<uid>.ics`, one event per file.

Not the scheduling between people (connectors/local/scheduling.py) and not iCalendar (daemon/ical).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import RLock

from icalendar import Calendar

from connectors.local.files import locked, replace, translated
from connectors.local.folder import Folder, Item, file_name
from connectors.local.listing import entries_of, list_changes
from connectors.local.scheduling import Scheduling
from daemon.computing import OUR_MISTAKE, TOO_SLOW
from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.errors import AccessLost, Temporary, VersionConflict
from daemon.ical import changing
from daemon.ical.busy import busy_of
from daemon.ical.parsing import Refused, Unreadable, parse
from daemon.ical.reading import version_made_by, version_of
from daemon.ical.writing import new_calendar, remember_key, text_of
from daemon.ports import Batch, Clock, Cursor, OneOff, SeriesEvent

Edit = Callable[[Calendar], bool]
"""Changes a calendar in place; False when it already is as desired."""


class LocalCalendars:
    """Calendars of people who have a folder below `folder/calendars`.

    `addresses` get a first, empty folder when they never had one. `zones` are the homes of people, for
    busy days and floating times. Nobody is told anything by a folder: `Receipt.told` is empty.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        addresses: Iterable[Address] = (),
        zones: Mapping[Address, str] | None = None,
    ) -> None:
        self._clock = clock
        self._people = tuple(addresses)
        self._looked_at: dict[Address, int] = {}
        self._round: tuple[Slot | None, set[Address]] = (None, set())
        self._zones = dict(zones or {})
        self._scheduling = Scheduling(folder / "calendars")
        self._lock = RLock()
        self._quiet: dict[Address, tuple[int, Batch]] = {}
        with translated():
            self._scheduling.open_for(self._people)

    @contextmanager
    def _account(self, calendar: Address) -> Iterator[Folder]:
        with self._lock, translated():
            folder = self._scheduling.folder(calendar)
            if not folder.exists:
                raise AccessLost(f"the calendar folder of {calendar} is not there")
            yield folder

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """See CalendarConnector. A full listing with a file set aside is not complete.

        It stirs when a file changed, came or went that holds anything but what is told here, or what
        another folder has passed on and tells itself.
        """
        with self._account(calendar) as folder:
            self._scheduling.settle(calendar)
            self._pass_on(calendar, window)
            items = folder.items
            quiet = self._quiet.get(calendar)
            if quiet is not None and quiet[0] == folder.generation and quiet[1].cursor == since:
                return quiet[1]
            entries = None if since is None else entries_of(since)
            passed_on = partial(self._scheduling.has_passed_on, calendar)
            batch = list_changes(items, calendar, entries, passed_on)
            for aside in batch.set_aside:
                if aside.why in (TOO_SLOW, OUR_MISTAKE):
                    folder.refuse(aside.name, aside.why)
            nothing = Batch((), batch.cursor, True, batch.set_aside)
            self._quiet[calendar] = (folder.generation, nothing)
            return batch

    def _pass_on(self, calendar: Address, window: Slot) -> None:
        """What the others have made since the last look comes to whom they have invited, the owner of that calendar
        perhaps. A folder into which nothing was put costs a look at its time, once for each round of readings: a beat
        reads every calendar once, in one window."""
        window_of_round, read = self._round
        if window != window_of_round or calendar in read:
            self._round = (window, {calendar})
            for who in self._people:
                if who != calendar:
                    self._settle_if_changed(who)
        else:
            read.add(calendar)
        self._scheduling.folder(calendar).look()

    def _settle_if_changed(self, who: Address) -> None:
        path = self._scheduling.folder(who).path
        changed_at = path.stat().st_mtime_ns if path.is_dir() else None
        if changed_at is not None and self._looked_at.get(who) != changed_at:
            self._scheduling.settle(who)
            self._looked_at[who] = changed_at

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> Mapping[Address, Busy | Unknown]:
        """See CalendarConnector. Each person's own folder is read."""
        with self._account(calendar):
            self._scheduling.settle(calendar)
            return {who: self._busy(who, window) for who in people}

    def _busy(self, who: Address, window: Slot) -> Busy | Unknown:
        folder = self._scheduling.folder(who)
        if not folder.exists:
            return Unknown(f"{who} has no calendar folder here")
        taken = []
        for item in folder.look().values():
            if item.calendar is None:
                return Unknown(f"{item.name}: {item.problem}")
            try:
                ours = partial(self._scheduling.has_passed_on, who, item)
                taken += busy_of(item.calendar, who, window, self._zones.get(who, ""), ours)
            except Unreadable as error:
                if isinstance(error, Refused):
                    folder.refuse(item.name, str(error))
                return Unknown(f"{item.name}: {error}")
        return Busy(tuple(sorted(taken, key=lambda one: (one.start, one.end, one.source))))

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector. VersionConflict as well where a person cancelled the whole event."""

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
        """See CalendarConnector. It stays visible as STATUS:CANCELLED."""

        def edit(text: Calendar) -> bool:
            return changing.call_off(text, place, self._clock.now())

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
        self,
        calendar: Address,
        place: Place,
        guests: tuple[Address, ...],
        *,
        key: str,
        expected: str,
    ) -> Receipt:
        """See CalendarConnector. Their copies go with it."""

        def edit(text: Calendar) -> bool:
            return changing.uninvite(text, place, guests, self._clock.now())

        return self._change(place, edit, key=key, expected=expected, off=True)

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
        """One change of one file: read, compare, edit, replace, pass on."""
        with self._account(place.calendar) as folder:
            # what guests said so far goes into the file first, so that nothing is written over unread
            self._scheduling.settle(place.calendar)
            with locked(self._scheduling.lock):
                folder.look()
                item = folder.named(place.uid)
                if item is None and off:
                    return Receipt(place=place, repeated=True)
                if item is None:
                    receipt = self._create(folder, place, edit, key, create and not expected)
                else:
                    receipt = _edit(folder, item, place, edit, (key, expected))
            self._scheduling.settle(place.calendar)
            return receipt

    def _create(self, folder: Folder, place: Place, edit: Edit, key: str, allowed: bool) -> Receipt:
        if not allowed or self._scheduling.is_taken(place.calendar, place.uid):
            raise VersionConflict(f"{place.uid} is not there, or was deleted")
        text = new_calendar()
        edit(text)
        return _save(folder.path / file_name(place.uid), text, None, place, key)


def _edit(folder: Folder, item: Item, place: Place, edit: Edit, wanted: tuple[str, str]) -> Receipt:
    key, expected = wanted
    if item.calendar is None:
        raise Temporary(f"{item.name} cannot be read: {item.problem}")
    made = version_made_by(item.calendar, place.uid, key)
    if made is not None:
        return Receipt(version=made, place=place, repeated=True)
    text = parse(item.raw)
    if not edit(text):
        return Receipt(version=item.version, place=place, repeated=True)
    if expected not in ("", item.version):
        raise VersionConflict(f"{place.uid} has changed since it was seen")
    return _save(folder.path / item.name, text, item.raw, place, key)


def _save(path: Path, text: Calendar, before: bytes | None, place: Place, key: str) -> Receipt:
    try:
        version = remember_key(text, place.uid, key)
        raw = text_of(text)
    except Unreadable as error:
        raise Temporary(f"{path.name}: {error}") from error
    assert version_of(raw) == version
    replace(path, raw, before)
    return Receipt(version=version, place=place)
