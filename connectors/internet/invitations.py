"""CalendarConnector for mentors who connect no calendar (`calendar: none`): 1:1s as invitations by mail to both.

Not a reader of answers: they come to the program's mailbox, where daemon/answered.py hears them and weighs whose they
are. Not a calendar either: nobody can change an event by hand, and when people are busy is known only of those who have
shared it with an account of the program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import RLock

from icalendar import Calendar

from connectors.internet.caldav.shared import SharedBusy
from connectors.internet.kept import ANSWER, REMEMBERED_FOR, Kept, translated
from connectors.internet.posting import Post, post_all, post_answer
from daemon.domain.effect import GuestAnswer, Receipt
from daemon.domain.invitation import Guest, GuestSaid
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, EventSeen, Unknown
from daemon.domain.people import Address
from daemon.domain.value import replace as changed
from daemon.errors import CursorExpired, VersionConflict
from daemon.ical import changing
from daemon.ical.busy import busy_of
from daemon.ical.parsing import events, parse
from daemon.ical.reading import (
    guests_of,
    organizer_of,
    version_made_by,
    version_of,
)
from daemon.ical.recurrence import named_parts
from daemon.ical.scheduling import messages, messages_of_one
from daemon.ical.telling import seen
from daemon.ical.told_apart import with_sources
from daemon.ical.writing import new_calendar, remember_key, text_of
from daemon.ports import (
    Batch,
    Clock,
    Cursor,
    OneOff,
    SeriesEvent,
)

NOBODY_KNOWS = Unknown("no calendar is connected")
Edit = Callable[[Calendar], bool]
"""Changes an event in place; False when it already is as desired."""


class Invitations:
    """1:1s of people without a calendar, kept below `folder`. `post` says how the mails of a change go, by its key;
    `shared` knows busy times.

    The program's mailbox organizes; mentor and guests are invited, each by a mail of their own. They are told all of it
    by these mails, so `Receipt.told` names them.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        post: Callable[[str], Post],
        shared: SharedBusy | None = None,
    ) -> None:
        self._kept = Kept(folder)
        self._clock = clock
        self._post = post
        self._shared = shared
        self._lock = RLock()

    def changes(self, calendar: Address, since: Cursor | None, window: Slot) -> Batch:
        """See CalendarConnector. Nothing is told but what we have changed ourselves: no answers, no deletions."""
        with self._lock, translated():
            texts = self._kept.events(calendar)
        known = _known(since)
        versions = {uid: version_of(text) for uid, text in texts.items()}
        told = [
            fact
            for uid, text in texts.items()
            if known is None or known.get(uid) != versions[uid]
            for fact in self._told(calendar, text, versions[uid])
        ]
        return Batch(tuple(told), json.dumps(versions, sort_keys=True), True)

    def _told(self, calendar: Address, text: bytes, version: str) -> list[EventSeen]:
        """The mentor is a guest in the mail, and the owner of the calendar to everybody else. Of answers nothing is
        known here: a guest is as they were invited."""
        event = parse(text)
        facts = seen(event, organizer_of(events(event)[0]), version)
        return [
            changed(
                fact, place=changed(fact.place, calendar=calendar),
                guests=tuple(Guest(g.address) for g in fact.guests if g.address != calendar),
            )
            for fact in facts
        ]  # fmt: skip

    def busy(
        self, calendar: Address, people: tuple[Address, ...], window: Slot
    ) -> Mapping[Address, Busy | Unknown]:
        """See CalendarConnector."""
        return {who: self._busy(calendar, who, window) for who in people}

    def _busy(self, calendar: Address, who: Address, window: Slot) -> Busy | Unknown:
        """As it is shared, with their own 1:1s told apart from what is somebody else's."""
        if self._shared is None or who not in self._shared:
            return NOBODY_KNOWS
        busy = self._shared.of(who, window)
        if isinstance(busy, Unknown):
            return busy
        with self._lock, translated():
            ours = [parse(text) for text in self._kept.events(calendar).values()]
            taken = [
                each
                for text in ours
                for each in busy_of(text, organizer_of(events(text)[0]), window)
            ]
        return with_sources(busy, who, Busy(tuple(taken)), ours)

    def put(
        self, calendar: Address, event: SeriesEvent | OneOff, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector."""
        organizer = self._post(key).mailbox
        invited = changed(event, guests=(calendar, *event.guests))

        def edit(text: Calendar) -> bool:
            return changing.put(text, invited, organizer, self._clock.now())

        return self._change(Place(calendar, event.uid), edit, key, expected, create=True)

    def move(
        self, calendar: Address, place: Place, to: Slot, *, key: str, expected: str
    ) -> Receipt:
        """See CalendarConnector."""

        def edit(text: Calendar) -> bool:
            return changing.move(text, place, to, self._clock.now())

        return self._change(place, edit, key, expected)

    def cancel(self, calendar: Address, place: Place, *, key: str, expected: str) -> Receipt:
        """See CalendarConnector."""

        def edit(text: Calendar) -> bool:
            return changing.call_off(text, place, self._clock.now())

        return self._change(place, edit, key, expected, off=True)

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

        return self._change(place, edit, key, expected)

    def uninvite(
        self, calendar: Address, place: Place, guests: tuple[Address, ...], *, key: str, expected: str
    ) -> Receipt:  # fmt: skip
        """See CalendarConnector. They hear that they are let go; nobody else gets a mail."""

        def edit(text: Calendar) -> bool:
            return changing.uninvite(text, place, guests, self._clock.now())

        return self._change(place, edit, key, expected, off=True)

    def answer(
        self,
        place: Place,
        guest: Address,
        method: GuestAnswer,
        *,
        key: str,
        said: tuple[GuestSaid, ...] = (),
    ) -> Receipt:
        """See AnswersGuests. Nothing of it stands in the event, so the note that it was begun is kept for a while."""
        with self._lock, translated():
            text = self._kept.event(place.calendar, place.uid)
            if text is None:
                return Receipt(place=place, repeated=True)
            now, post = self._clock.now(), self._post(key)
            self._kept.forget(place.calendar, before=now - REMEMBERED_FOR)
            begun = self._kept.begun(place.calendar, key, now, ANSWER)
            event = parse(text)
            return post_answer(post, event, place, guest, method, key, begun, post.mailbox, said)

    # --- one change

    def _change(
        self,
        place: Place,
        edit: Edit,
        key: str,
        expected: str,
        *,
        create: bool = False,
        off: bool = False,
    ) -> Receipt:
        """First the mails, then the event is kept: what was kept has been told."""
        with self._lock, translated():
            before = self._kept.event(place.calendar, place.uid)
            if before is None and not (create and not expected):
                if off:
                    return Receipt(place=place, repeated=True)
                raise VersionConflict(f"{place.uid} is not there")
            text = parse(before) if before is not None else new_calendar()
            version = version_of(before) if before is not None else ""
            made = version_made_by(text, place.uid, key)
            if made is not None:
                return Receipt(version=made, place=place, repeated=True, told=_guests(text, place))
            if not edit(text):
                return Receipt(version=version, place=place, repeated=True)
            if expected not in ("", version):
                raise VersionConflict(f"{place.uid} has changed since it was seen")
            told = self._tell(place, before, text, key)
            made = remember_key(text, place.uid, key)
            self._kept.keep(place.calendar, place.uid, text_of(text))
            self._kept.done(place.calendar, key)
            return Receipt(version=made, place=place, told=told)

    def _tell(
        self, place: Place, before: bytes | None, text: Calendar, key: str
    ) -> tuple[Address, ...]:
        post = self._post(key)
        at, again = self._kept.begun(place.calendar, key, self._clock.now())
        old = parse(before) if before is not None else None
        if place.recurrence:
            told = messages_of_one(text, place.uid, place.recurrence, post.mailbox, at, before=old)
        else:
            told = [m for m in messages(old, text, post.mailbox, at) if m.significant]
        return post_all(post, told, key, at, again=again)


def _guests(text: Calendar, place: Place) -> tuple[Address, ...]:
    part = named_parts(text, place.uid).get(place.recurrence)
    return tuple(guest.address for guest in guests_of(part)) if part is not None else ()


def _known(since: Cursor | None) -> dict[str, str] | None:
    if since is None:
        return None
    try:
        known = json.loads(since)
    except ValueError as error:
        raise CursorExpired("this cursor is none of invitations by mail") from error
    if not isinstance(known, dict):
        raise CursorExpired("this cursor is none of invitations by mail")
    return {str(uid): str(version) for uid, version in known.items()}
