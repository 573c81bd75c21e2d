"""One change, written in as many requests as it takes: what is told to the guests comes last, with the mark that it was done.

Not whether it may be made: calendar.py; nor in what order: connectors/mirrored/stepwise.py.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from icalendar import Event

from connectors.exchange.events import (
    invited,
    marks_with,
    moment_there,
    recurrence_of,
    times_of,
    told,
)
from connectors.exchange.mirror import Group, Mirror
from connectors.mirrored.stepwise import Single, Stepwise, instant
from daemon.domain.meeting import Place
from daemon.errors import VersionConflict
from daemon.ical.meaning import meant
from daemon.ical.reading import moment_of, zone_of
from daemon.ports import OneOff, SeriesEvent


@dataclass(frozen=True, slots=True)
class Change(Stepwise):
    """One at Exchange: what is told to the guests comes last."""

    mirror: Mirror

    @property
    def group(self) -> Group:
        """The event as it is now."""
        return self.mirror.now(self.place.uid)

    def _recurs(self) -> bool:
        return self.group.master.recurrence is not None

    def _pending(self) -> bool:
        return bool(self.group.master.our_pending)

    def _gaps(self) -> set[float]:
        return {instant(each.start) for each in self.group.master.deleted_occurrences or ()}

    def _singles(self) -> Iterable[Single]:
        found = self.group.exceptions
        return [Single(instant(each.original_start), frozenset(told(each)), each) for each in found]

    def _rhythm(self, part: Event) -> object:
        return _rhythm(part)

    def _read_again(self) -> None:
        self.mirror.again(self.group.name)

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

    def _move(self, part: Event, planned: date | datetime) -> None:
        group = self.group

        def move(reached: Account) -> None:
            found = occurrence_at(reached, group, planned)
            if found is not None:
                found.start, found.end = times_of(part)
                _save_quietly(found, "start", "end")

        self.mirror.reached.ask(move)

    def _take_off(self, moment: date | datetime) -> None:
        group = self.group

        def delete(reached: Account) -> None:
            found = occurrence_at(reached, group, moment)
            if found is not None:
                found.delete(send_meeting_cancellations=SEND_TO_NONE)

        self.mirror.reached.ask(delete)

    def _invite(self, item: CalendarItem, part: Event) -> None:
        def write(reached: Account) -> None:
            on(item, reached).required_attendees = invited(part)
            _save_quietly(item, "required_attendees")

        self.mirror.reached.ask(write)


def _save_quietly(item: CalendarItem, *names: str) -> None:
    """A step of a change that is guarded as a whole, and told at its end."""
    item.save(
        update_fields=[*names], conflict_resolution=ALWAYS_OVERWRITE, send_meeting_invitations=SEND_TO_NONE
    )  # fmt: skip


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
        if instant(each.original_start) == instant(moment):
            return on(each, reached)
    start = moment_there(moment)
    view = reached.calendar.view(start=start, end=start + timedelta(minutes=1))
    for each in view.only("start", "end", "uid", "type", "our_uid", "our_done", "changekey"):
        if each.uid == group.master.uid and instant(each.start) == instant(moment):
            return each
    return None
