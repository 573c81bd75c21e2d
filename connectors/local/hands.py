"""Hands over folders of .ics files and Maildirs: edits them as a person's own programs would.

Not the connector: nothing here goes through LocalCalendars or LocalMail.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import datetime
from pathlib import Path

from icalendar import Calendar, Event

from connectors.local import by_hand
from connectors.local.files import locked, read, replace, write_synced
from connectors.local.folder import Folder, Item, file_name
from connectors.local.maildir import hand_over, maildir, names_in, without_plus
from connectors.local.scheduling import Scheduling
from daemon.domain import value
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.ical.editing import set_answer, set_prop, set_slot, touch
from daemon.ical.parsing import parse
from daemon.ical.reading import (
    address_of,
    answer_of,
    attendees,
    is_cancelled,
    master_of,
    organizer_of,
    overrides_of,
    slot_of,
)
from daemon.ical.recurrence import named_parts, occurrences, recurrence_of, rule_of
from daemon.ical.repeating import add_gap
from daemon.ical.writing import new_calendar, put_event, text_of
from daemon.ports import Clock, OneOff, SeriesEvent
from daemon.simulate.hands import Shown


class LocalHands:
    """Everybody's hands in one data folder."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._calendars = folder / "calendars"
        self._locked_out = folder / "locked-out"
        self._bin = folder / "bin"
        self._mail = folder / "mail"
        self._clock = clock
        self._scheduling = Scheduling(self._calendars)

    def calendar(self, who: Address, window: Slot) -> list[Shown]:
        """See Hands. What others organize has been passed on by then."""
        self._scheduling.settle_for(who)
        shown: list[Shown] = []
        for item in self._folder(who).look().values():
            for uid in item.uids if item.calendar else ():
                assert item.calendar is not None
                shown += _shown(item.calendar, uid, who, window)
        return sorted(shown, key=lambda one: (one.start, one.place))

    def _folder(self, who: Address) -> Folder:
        """The person's own view: being locked out is about the daemon, not about them."""
        away = self._locked_out / who
        return Folder(away) if away.is_dir() else self._scheduling.folder(who)

    def _item(self, who: Address, uid: str) -> Item:
        folder = self._folder(who)
        folder.look()
        item = folder.named(uid)
        if item is None or item.calendar is None:
            raise LookupError(f"{who} has no event {uid}")
        return item

    def _save(self, who: Address, item: Item, calendar: Calendar) -> None:
        with locked(self._scheduling.lock):
            replace(self._folder(who).path / item.name, text_of(calendar), item.raw)

    def cancel(self, who: Address, place: Place) -> None:
        """See Hands."""
        item = self._item(who, place.uid)
        calendar = parse(item.raw)
        part = by_hand.part_at(calendar, place.uid, place.recurrence)
        set_prop(part, "STATUS", "CANCELLED")
        touch(part, self._clock.now())
        self._save(who, item, calendar)

    def delete(self, who: Address, place: Place) -> None:
        """See Hands."""
        if not place.recurrence:
            self._throw_away(who, place.uid)
            return
        item = self._item(who, place.uid)
        calendar = parse(item.raw)
        master = master_of(calendar, place.uid)
        if master is None:
            raise LookupError(f"{place.uid} is no series")
        for part in overrides_of(calendar, place.uid):
            if recurrence_of(part, master) == place.recurrence:
                calendar.subcomponents.remove(part)
        add_gap(master, place.recurrence)
        if who == place.calendar:
            touch(master, self._clock.now())
        self._save(who, item, calendar)

    def answer(self, who: Address, place: Place, partstat: Partstat) -> None:
        """See Hands."""
        item = self._item(who, place.uid)
        calendar = parse(item.raw)
        if place.recurrence:
            parts = [by_hand.part_at(calendar, place.uid, place.recurrence)]
        else:
            parts = list(named_parts(calendar, place.uid).values())
        for part in parts:
            set_answer(part, who, partstat)
        self._save(who, item, calendar)

    def move(self, who: Address, place: Place, to: Slot) -> None:
        """See Hands."""
        item = self._item(who, place.uid)
        calendar = parse(item.raw)
        by_hand.drag(calendar, place.uid, place.recurrence, to, self._clock.now())
        self._save(who, item, calendar)

    def cut_series(self, who: Address, place: Place) -> None:
        """See Hands. Nothing is left when it is the first: the file goes into the bin."""
        item = self._item(who, place.uid)
        calendar = parse(item.raw)
        _, rule = by_hand.series_in(calendar, place.uid)
        if place.recurrence == rule.first:
            self._throw_away(who, place.uid)
            return
        by_hand.cut(calendar, place.uid, place.recurrence, self._clock.now())
        self._save(who, item, calendar)

    def split_series(self, who: Address, place: Place, to: Slot, uid: str) -> None:
        """See Hands. From the first on it is all of it, and no second series."""
        calendar = parse(self._item(who, place.uid).raw)
        _, rule = by_hand.series_in(calendar, place.uid)
        if place.recurrence == rule.first:
            self.move(who, value.replace(place, recurrence=""), to)
            return
        self.cut_series(who, place)
        by_hand.make_rest(calendar, place.uid, uid, to, self._clock.now())
        path = self._folder(who).path / file_name(uid)
        with locked(self._scheduling.lock):
            replace(path, text_of(calendar), None)

    def uninvite(self, who: Address, uid: str, guest: Address) -> None:
        """See Hands."""
        item = self._item(who, uid)
        calendar = parse(item.raw)
        by_hand.uninvite(calendar, uid, guest, self._clock.now())
        self._save(who, item, calendar)

    def make(self, who: Address, event: SeriesEvent | OneOff) -> None:
        """See Hands."""
        calendar = new_calendar()
        put_event(calendar, event, who, self._clock.now())
        with locked(self._scheduling.lock):
            replace(self._folder(who).path / file_name(event.uid), text_of(calendar), None)

    def leave_office(self, who: Address, uid: str, slot: Slot) -> None:
        """See Hands. As Outlook writes it into a file."""
        self._occupy(who, uid, slot, out=True)

    def delete_series(self, who: Address, uid: str) -> None:
        """See Hands."""
        self._throw_away(who, uid)

    def _throw_away(self, who: Address, uid: str) -> None:
        item = self._item(who, uid)
        away = self._bin / who
        away.mkdir(parents=True, exist_ok=True)
        with locked(self._scheduling.lock):
            (self._folder(who).path / item.name).replace(away / file_name(uid))

    def restore_series(self, who: Address, uid: str) -> None:
        """See Hands."""
        with locked(self._scheduling.lock):
            (self._bin / who / file_name(uid)).replace(self._folder(who).path / file_name(uid))

    def occupy(self, who: Address, uid: str, slot: Slot) -> None:
        """See Hands."""
        self._occupy(who, uid, slot, out=False)

    def _occupy(self, who: Address, uid: str, slot: Slot, *, out: bool) -> None:
        path = self._folder(who).path / file_name(uid)
        before = read(path)
        calendar = new_calendar() if before is None else parse(before)
        event = master_of(calendar, uid)
        if event is None:
            event = Event()
            event.add("uid", uid)
            event.add("summary", "Busy")
            calendar.add_component(event)
        set_slot(event, slot, "UTC")
        set_prop(event, "X-MICROSOFT-CDO-BUSYSTATUS", "OOF" if out else "BUSY")
        touch(event, self._clock.now())
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, text_of(calendar), before)

    def free(self, who: Address, uid: str) -> None:
        """See Hands."""
        (self._folder(who).path / file_name(uid)).unlink()

    def letters(self, who: Address) -> list[bytes]:
        """See Hands."""
        folder = self._mail / who
        if not folder.is_dir():
            return []
        paths = names_in(folder).values()
        ordered = sorted((path.stat().st_mtime_ns, path.name, path) for path in paths)
        return [path.read_bytes() for _, _, path in ordered]

    def write(self, who: Address, to: Address, raw: bytes, at: datetime) -> None:
        """See Hands."""
        folder = maildir(self._mail, without_plus(to))
        seconds = int(at.timestamp())
        # the count keeps two equal mails apart, and in their order
        count = len(names_in(folder))
        name = f"{seconds}.Q{count:06}.{hashlib.sha256(raw).hexdigest()[:16]}.hands"
        fresh = folder / "tmp" / name
        write_synced(fresh, raw)
        os.utime(fresh, ns=(seconds * 1_000_000_000, seconds * 1_000_000_000))
        hand_over(fresh, folder, name)

    def turn_away(self, who: Address) -> list[bytes]:
        """See Hands. Nor is there a folder."""
        raws = self.letters(who)
        shutil.rmtree(self._mail / who, ignore_errors=True)
        return raws

    def lock_out(self, who: Address) -> None:
        """See Hands."""
        self._locked_out.mkdir(parents=True, exist_ok=True)
        with locked(self._scheduling.lock):
            (self._calendars / who).rename(self._locked_out / who)

    def let_in(self, who: Address) -> None:
        """See Hands."""
        with locked(self._scheduling.lock):
            (self._locked_out / who).rename(self._calendars / who)


def _shown(calendar: Calendar, uid: str, who: Address, window: Slot) -> list[Shown]:
    parts = named_parts(calendar, uid)
    master = parts.get("")
    shown = []
    rule = None if master is None else rule_of(master)
    for name, part in parts.items():
        if rule is None or name:
            shown.append((name, part, slot_of(part)))
    if master is not None and rule is not None and not is_cancelled(master):
        for wall, slot in occurrences(rule, window):
            if wall not in parts:
                shown.append((wall, master, slot))
    return [
        _one(part, Place(organizer_of(part) or who, uid, name), slot, who)
        for name, part, slot in shown
        if slot is not None
        and attendees(part)
        and not is_cancelled(part)
        and window.start <= slot.start < window.end
    ]


def _one(part: Event, place: Place, slot: Slot, who: Address) -> Shown:
    answers = [answer_of(a) for a in attendees(part) if address_of(a) == who]
    answer: Partstat = answers[0] if answers and who != place.calendar else "ACCEPTED"
    where = str(part.get("LOCATION", ""))
    return Shown(place, slot.start, slot.end, bool(place.recurrence), answer, where)
