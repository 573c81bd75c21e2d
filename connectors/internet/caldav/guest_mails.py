"""Guests of calendars whose server tells nobody: each is mailed what has changed, once, however often a change is retried.

Not the mails themselves (daemon/ical). Where the server schedules (RFC 6638) it tells them, and we only those of whom it says
that it cannot.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from icalendar import Calendar

from connectors.internet.caldav.telling_guests import mark_agents, unreached
from connectors.internet.kept import ANSWER, REMEMBERED_FOR, Kept, named, put_whole, translated
from connectors.internet.posting import Post, post_all, post_answer
from daemon.domain.effect import GuestAnswer, Receipt
from daemon.domain.invitation import GuestSaid
from daemon.domain.meeting import Place
from daemon.domain.people import Address
from daemon.errors import Permanent
from daemon.ical.meaning import meant
from daemon.ical.parsing import events, parse
from daemon.ical.reading import guests_of, keys_of
from daemon.ical.recurrence import named_parts
from daemon.ical.scheduling import Contradictory, Message, messages, messages_of_one
from daemon.ical.untold import untold
from daemon.ical.writing import text_of
from daemon.ports import Clock

FOLDER = "guest-mails"
TOLD = "told"
log = logging.getLogger("oneonone")


@dataclass(frozen=True, slots=True)
class Begun:
    """A change whose mails are not all out: when it was begun, the event before it, and whether any mail was tried."""

    at: datetime
    before: str
    tried: bool


class GuestMails:
    """What is being told just now lies below `folder`, and each event as its guests know it; `post` says how the mails of a
    change go, by its key.

    What the owner changes by hand is told from the difference to what guests know, as a server that schedules does it. A
    whole event that is gone is told only when we took it off: absence may be a mistake (RULES 5, row 6).
    """

    def __init__(self, folder: Path, clock: Clock, post: Callable[[str], Post]) -> None:
        self._folder = folder / FOLDER
        self._told = Kept(folder, TOLD)
        self._clock = clock
        self._post = post

    def begin(self, calendar: Address, key: str, before: bytes) -> None:
        """Before an event is written: what it was, so that its guests can be told what has changed, also after a
        crash."""
        self._note(calendar, key, Begun(self._clock.now(), before.decode("utf-8"), tried=False))

    def begin_gone(self, place: Place, key: str) -> None:
        """Before an event is taken off that somebody has deleted by hand: its guests still know it."""
        with translated():
            known = self._told.event(place.calendar, place.uid)
        if known is not None and not self.is_begun(place.calendar, key):
            self.begin(place.calendar, key, known)

    def is_begun(self, calendar: Address, key: str) -> bool:
        """Whether some guests of that change may not have been told yet."""
        with translated():
            return self._path(calendar, key).exists()

    def drop(self, calendar: Address, key: str) -> None:
        """Nothing was written, so there is nothing to tell."""
        with translated():
            self._path(calendar, key).unlink(missing_ok=True)

    def tell(self, place: Place, key: str, after: Calendar | None) -> tuple[Address, ...]:
        """Mail every guest who has to know; nobody a second time: what may have gone is looked for first (TRAPS 47)."""
        begun, old = self._tried(place.calendar, key)
        told = _news(place, old, after, begun.at)
        taken = post_all(self._post(key), told, key, begun.at, again=begun.tried)
        self._know(place, after)
        self.drop(place.calendar, key)
        return taken

    def tell_unreached(
        self, place: Place, key: str, before: Calendar | None, after: Calendar, *, again: bool
    ) -> None:
        """Mail those guests whom a server that schedules cannot reach. What becomes of that changes nothing on the
        calendar: nobody calls them told, so a letter goes to them as well. `again`: the change was made before."""
        left = set(unreached(before, place) if before else ()) - set(guests_in(after, place))
        if guests := (*unreached(after, place), *sorted(left)):
            with translated():
                at, tried = self._told.begun(place.calendar, key, self._clock.now())
            self._post_some(_news(place, before, after, at), guests, key, at, again or tried)
            with translated():
                self._told.done(place.calendar, key)

    def tell_unreached_of_end(self, place: Place, key: str) -> None:
        """The same of a whole event that was taken off; `begin` has noted what it was."""
        if self.is_begun(place.calendar, key):
            begun, old = self._tried(place.calendar, key)
            guests = unreached(old, place) if old is not None else ()
            self._post_some(_news(place, old, None, begun.at), guests, key, begun.at, begun.tried)
            self.drop(place.calendar, key)

    def _post_some(
        self, told: list[Message], guests: tuple[Address, ...], key: str, at: datetime, again: bool
    ) -> None:
        with suppress(Permanent):
            some = [message for message in told if message.recipient in guests]
            post_all(self._post(key), some, key, at, again=again)

    def _tried(self, calendar: Address, key: str) -> tuple[Begun, Calendar | None]:
        """What was begun, and the event before it; from now on its mails may have gone."""
        with translated():
            begun = self._begun(calendar, key)
            self._note(calendar, key, Begun(begun.at, begun.before, tried=True))
            return begun, parse(begun.before.encode()) if begun.before else None

    def owe(self, calendar: Address, seen: Iterable[str]) -> list[str]:
        """The events whose guests may have something to hear: those of these that they know, and what is left over."""
        with translated():
            for uid in seen:
                if self._told.event(calendar, uid) is not None:
                    self._told.owe(calendar, uid)
            return self._told.owed(calendar)

    def catch_up(self, calendar: Address, uid: str, now: Calendar | None) -> None:
        """Tell the guests what they do not know yet of an event as it stands now, and nobody twice."""
        with translated():
            before = self._told.event(calendar, uid)
            made_by = [key for part in events(now) for key in keys_of(part)] if now else []
            if now is not None and before is not None and made_by:
                key = f"{made_by[-1]}/by-hand/{meant(now)}"
                self._tell_difference(Place(calendar, uid), key, parse(before), now)
            self._told.paid(calendar, uid)

    def _tell_difference(self, place: Place, key: str, before: Calendar, now: Calendar) -> None:
        at, again = self._told.begun(place.calendar, key, self._clock.now())
        post = self._post(key)
        for name, message in _untold(_for_us(before), _for_us(now), place.calendar, at):
            if post.reply_address(message.recipient) != post.mailbox:  # else who added them tells
                with suppress(Permanent):
                    of_one = f"{key}/{name}" if name else key
                    post_all(post, [message], of_one, at, again=again)
        self._know(place, now)
        self._told.done(place.calendar, key)

    def _know(self, place: Place, after: Calendar | None) -> None:
        with translated():
            if after is None:
                self._told.let_go(place.calendar, place.uid)
            else:
                self._told.keep(place.calendar, place.uid, text_of(after))

    def answer(
        self,
        event: Calendar,
        place: Place,
        guest: Address,
        method: GuestAnswer,
        *,
        key: str,
        said: tuple[GuestSaid, ...],
    ) -> Receipt:
        """See AnswersGuests: what that guest's program has asked about the event as it stands."""
        now, kept = self._clock.now(), Kept(self._folder)
        with translated():
            kept.forget(place.calendar, before=now - REMEMBERED_FOR)
            begun = kept.begun(place.calendar, key, now, ANSWER)
        event, post = _for_us(event), self._post(key)
        return post_answer(post, event, place, guest, method, key, begun, place.calendar, said)

    def _path(self, calendar: Address, key: str) -> Path:
        return self._folder / named(calendar) / f"{named(key)}.json"

    def _note(self, calendar: Address, key: str, begun: Begun) -> None:
        said = {"at": begun.at.isoformat(), "before": begun.before, "tried": begun.tried}
        with translated():
            put_whole(self._path(calendar, key), json.dumps(said).encode())

    def _begun(self, calendar: Address, key: str) -> Begun:
        said = json.loads(self._path(calendar, key).read_bytes())
        return Begun(datetime.fromisoformat(said["at"]), said["before"], said["tried"])


def _news(place: Place, old: Calendar | None, new: Calendar | None, at: datetime) -> list[Message]:
    """What the guests have to hear of a change."""
    old, new = _for_us(old) if old else None, _for_us(new) if new else None
    if place.recurrence and new is not None:
        return messages_of_one(new, place.uid, place.recurrence, place.calendar, at, before=old)
    return [m for m in messages(old, new, place.calendar, at) if m.significant]


def _untold(
    old: Calendar, new: Calendar, organizer: Address, at: datetime
) -> list[tuple[str, Message]]:
    try:
        return untold(old, new, organizer, at)
    except Contradictory as why:
        log.warning('event=guests-not-told why="%s"', why)
        return []


def _for_us(calendar: Calendar) -> Calendar:
    """As if a server were to tell its guests: we are that server."""
    same = deepcopy(calendar)
    mark_agents(same, client=False)
    return same


def guests_in(calendar: Calendar | None, place: Place) -> tuple[Address, ...]:
    """Who is invited to an event or occurrence, without its organizer."""
    parts = named_parts(calendar, place.uid) if calendar is not None else {}
    part = parts.get(place.recurrence) or parts.get("")
    found = guests_of(part) if part is not None else ()
    return tuple(guest.address for guest in found if guest.address != place.calendar)
