"""One change, written in as many requests as it takes: what is told to the guests comes last, with the mark that it was done.

Not whether it may be made: calendar.py. A rhythm that is written takes every gap and every change of single occurrences away
at Exchange, so these are made again, and what shall be is written into the event first, lest a crash in between loses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from exchangelib import Account, CalendarItem
from exchangelib.items import (
    ALWAYS_OVERWRITE,
    NEVER_OVERWRITE,
    SEND_TO_ALL_AND_SAVE_COPY,
    SEND_TO_CHANGED_AND_SAVE_COPY,
    SEND_TO_NONE,
)
from icalendar import Calendar, Event

from connectors.exchange.events import (
    invited,
    marks_with,
    moment_there,
    recurrence_of,
    times_of,
    told,
)
from connectors.exchange.mirror import Group, Mirror
from daemon.domain.meeting import Place
from daemon.errors import VersionConflict
from daemon.ical.meaning import meant
from daemon.ical.reading import moment_of, zone_of
from daemon.ical.recurrence import exdates, named_parts
from daemon.ports import OneOff, SeriesEvent


@dataclass(frozen=True, slots=True)
class Change:
    """`text` is what shall be; `event` what was asked to be put, None for a change of what is there."""

    mirror: Mirror
    place: Place
    key: str
    text: Calendar
    event: SeriesEvent | OneOff | None

    @property
    def group(self) -> Group:
        """The event as it is now."""
        return self.mirror.now(self.place.uid)

    def write(self, part: Event, old: Event | None) -> None:
        """The event, or one occurrence of it, as `part` says; `old` is how it was read."""
        if not self.place.recurrence and self.group.master.recurrence is not None:
            if _has_single_ones(part, self.text, self.place) and (old is None or _rhythm(part) != _rhythm(old)):  # fmt: skip
                self._write_rhythm(part, old)
                old = part
            if self.group.master.our_pending:
                self._move_again()
            self._leave_out(part)
            self._invite_again()
        self._write_last(part, old)

    def _write_last(self, part: Event, old: Event | None) -> None:
        """Only what differs is written: whatever else is sent along would be changed as well (exchangelib #471)."""
        group = self.group

        def write(reached: Account) -> None:
            item = item_of(reached, group, self.place, part)
            names = _set(item, part, old, self.event)
            quiet = names == ["required_attendees"]
            item.our_done = marks_with(item, self.key, meant(self.text))
            if item.our_pending:
                item.our_pending = None
                names.append("our_pending")
            item.save(
                update_fields=[*names, "our_done"], conflict_resolution=NEVER_OVERWRITE,
                send_meeting_invitations=SEND_TO_CHANGED_AND_SAVE_COPY if quiet else SEND_TO_ALL_AND_SAVE_COPY,
            )  # fmt: skip

        self.mirror.reached.ask(write)
        self.mirror.again(group.name)

    def _write_rhythm(self, part: Event, old: Event | None) -> None:
        group = self.group

        def write(reached: Account) -> None:
            item = item_of(reached, group, self.place, part)
            names = _set(item, part, old, self.event)
            item.our_pending = self.text.to_ical().decode()
            item.save(
                update_fields=[*names, "our_pending"], conflict_resolution=NEVER_OVERWRITE, send_meeting_invitations=SEND_TO_NONE
            )  # fmt: skip

        self.mirror.reached.ask(write)
        self.mirror.again(group.name)

    def _move_again(self) -> None:
        """The single ones that are at another time."""
        group = self.group
        for part in self._single_ones():

            def move(reached: Account, part: Event = part) -> None:
                found = occurrence_at(reached, group, moment_of(part, "RECURRENCE-ID"))
                if found is not None:
                    found.start, found.end = times_of(part)
                    _save_quietly(found, "start", "end")

            self.mirror.reached.ask(move)
        self.mirror.again(group.name)

    def _leave_out(self, part: Event) -> None:
        """The gaps that are wished and not there yet."""
        group = self.group
        there = {_instant(each.start) for each in group.master.deleted_occurrences or ()}
        wished = [each for each in exdates(part) if _instant(each) not in there]
        for moment in wished:

            def delete(reached: Account, moment: date | datetime = moment) -> None:
                found = occurrence_at(reached, group, moment)
                if found is not None:
                    found.delete(send_meeting_cancellations=SEND_TO_NONE)

            self.mirror.reached.ask(delete)
        if wished:
            self.mirror.again(group.name)

    def _invite_again(self) -> None:
        """Who belongs to the whole belongs to the single ones that have guests of their own."""
        group = self.group
        wished = {_instant(moment_of(each, "RECURRENCE-ID")): each for each in self._single_ones()}
        for item in group.exceptions:
            part = wished.get(_instant(item.original_start))
            if part is None or set(told(item)) == _addresses(part):
                continue

            def write(reached: Account, item: CalendarItem = item, part: Event = part) -> None:
                on(item, reached).required_attendees = invited(part)
                _save_quietly(item, "required_attendees")

            self.mirror.reached.ask(write)
            self.mirror.again(group.name)

    def _single_ones(self) -> list[Event]:
        return [part for name, part in named_parts(self.text, self.place.uid).items() if name]


def _has_single_ones(part: Event, text: Calendar, place: Place) -> bool:
    return bool(exdates(part)) or len(named_parts(text, place.uid)) > 1


def _save_quietly(item: CalendarItem, *names: str) -> None:
    """A step of a change that is guarded as a whole, and told at its end."""
    item.save(
        update_fields=[*names], conflict_resolution=ALWAYS_OVERWRITE, send_meeting_invitations=SEND_TO_NONE
    )  # fmt: skip


def _addresses(part: Event) -> set[str]:
    return {each.mailbox.email_address.lower() for each in invited(part)}


def _set(
    item: CalendarItem, part: Event, old: Event | None, event: SeriesEvent | OneOff | None
) -> list[str]:
    """What differs is set; the names of that."""
    names = []
    start, end = times_of(part)
    if old is None or _rhythm(old) != _rhythm(part):
        item.start, item.end, item.recurrence = start, end, recurrence_of(part, zone_of(part) or "UTC")  # fmt: skip
        names += ["start", "end", *(["recurrence"] if item.recurrence else [])]
    guests = invited(part)
    known = None if old is None else [each.mailbox.email_address for each in invited(old)]
    if known != [each.mailbox.email_address for each in guests]:
        item.required_attendees = guests
        names.append("required_attendees")
    if event is not None and not (isinstance(event, SeriesEvent) and event.theirs):
        item.subject, item.location = event.summary, event.location or None
        names += ["subject", "location"]
    return names


def _rhythm(part: Event) -> object:
    return times_of(part), str(recurrence_of(part, zone_of(part) or "UTC"))


def _instant(moment: object) -> float:
    return moment.timestamp() if isinstance(moment, datetime) else 0.0


def item_of(reached: Account, group: Group, place: Place, part: Event) -> CalendarItem:
    """What is written: the event, or one occurrence of it. Raises VersionConflict."""
    if not place.recurrence:
        return on(group.master, reached)
    found = occurrence_at(reached, group, moment_of(part, "RECURRENCE-ID"))
    if found is None:
        raise VersionConflict(f"{place.uid} {place.recurrence} is no longer there")
    return found


def on(item: CalendarItem, account: Account) -> CalendarItem:
    """The same item on the connection of now."""
    item.account = account
    return item


def occurrence_at(reached: Account, group: Group, moment: date | datetime) -> CalendarItem | None:
    """One time of a series, by when it was planned for; None where there is none."""
    if not isinstance(moment, datetime):
        return None
    for each in group.exceptions:
        if _instant(each.original_start) == _instant(moment):
            return on(each, reached)
    start = moment_there(moment)
    view = reached.calendar.view(start=start, end=start + timedelta(minutes=1))
    for each in view.only("start", "end", "uid", "type", "our_uid", "our_done", "changekey"):
        if each.uid == group.master.uid and _instant(each.start) == _instant(moment):
            return each
    return None
