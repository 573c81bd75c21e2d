"""Hands in memory: people at their calendars and mailboxes in a MemoryWorld.

Not a port: no fault ever befalls a person here, and nothing asks the daemon's leave.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.memory.events import Event, standing
from connectors.memory.wanted import event_of
from connectors.memory.world import FOR_GOOD, MemoryWorld
from daemon.domain.cadence import SeriesRule, wall_text
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ports import OneOff, SeriesEvent
from daemon.simulate.hands import Shown


class MemoryHands:
    """Hands over a MemoryWorld. Acting on what is not there (any more) does nothing.

    A cancelled event is shown to nobody here, although it is listed to the daemon.
    """

    def __init__(self, world: MemoryWorld) -> None:
        self._world = world

    def calendar(self, who: Address, window: Slot) -> list[Shown]:
        """What the person would see, without the copies they deleted."""
        shown: list[Shown] = []
        for (calendar, uid), event in self._world.account(who).attends.items():
            if (who, "") in event.hidden:
                continue
            for one in standing(event, window):
                guests = event.answers(one.recurrence)
                answer: Partstat | None = guests.get(who) if calendar != who else "ACCEPTED"
                if not guests or answer is None or (who, one.recurrence) in event.hidden:
                    continue
                if one.start >= window.start:
                    place = Place(calendar, uid, one.recurrence)
                    shown.append(
                        Shown(
                            place,
                            one.start,
                            one.end,
                            event.rule is not None,
                            answer,
                            event.location,
                        )
                    )
        return sorted(shown, key=lambda one: (one.start, one.place))

    def cancel(self, who: Address, place: Place) -> None:
        """STATUS:CANCELLED."""
        event = self._own(who, place)
        if event is not None:
            self._world.cancel(event, place.recurrence)

    def delete(self, who: Address, place: Place) -> None:
        """As organizer an EXDATE or a tombstone; as guest a decline, and the copy is gone."""
        event = self._world.event(place)
        if event is None or event.gone:
            return
        if who != place.calendar:
            if who in event.answers(place.recurrence):
                self.answer(who, place, "DECLINED")
                event.hidden.add((who, place.recurrence))
        elif not place.recurrence:
            self._world.bury(event)
        elif event.rule is not None and place.recurrence not in event.rule.gaps:
            gaps = tuple(sorted((*event.rule.gaps, place.recurrence)))
            event.rule = replace(event.rule, gaps=gaps)
            event.changed.pop(place.recurrence, None)
            self._world.touch(event)

    def answer(self, who: Address, place: Place, partstat: Partstat) -> None:
        """Nothing when it is off, when they are not invited, or when that is their answer already."""
        event = self._world.event(place)
        if event is None or not event.stands(place.recurrence):
            return
        told = event.answers(place.recurrence)
        if who in told and (told[who] != partstat or not place.recurrence):
            event.hidden -= {(who, place.recurrence)}
            self._world.answer(event, place.recurrence, who, partstat)

    def move(self, who: Address, place: Place, to: Slot) -> None:
        """A whole series dragged by its first occurrence takes its exceptions with it: they are lost."""
        event = self._own(who, place)
        if event is None:
            return
        if event.rule is not None and not place.recurrence:
            event.rule = _begun_at(event.rule, to)
            event.slot = to
            event.changed.clear()
            self._world.ask_anew(event)
            self._world.touch(event)
        else:
            self._world.move(event, place.recurrence, to)

    def delete_series(self, who: Address, uid: str) -> None:
        """Into the bin."""
        self.delete(who, Place(who, uid))

    def restore_series(self, who: Address, uid: str) -> None:
        """Out of the bin, under the same uid."""
        event = self._world.event(Place(who, uid))
        if event is not None and event.gone:
            self._world.bury(event, gone=False)

    def cut_series(self, who: Address, place: Place) -> None:
        """UNTIL before it; exceptions after it are gone. Nothing is left when it is the first."""
        event = self._own(who, place)
        if event is None or event.rule is None or not place.recurrence:
            return
        if place.recurrence == event.rule.first:
            self._world.bury(event)
            return
        last = datetime.fromisoformat(place.recurrence).date() - timedelta(days=1)
        event.rule = replace(event.rule, until=last)
        self._world.drop_unfitting(event)
        self._world.touch(event)

    def split_series(self, who: Address, place: Place, to: Slot, uid: str) -> None:
        """As Google does it: the old event is cut, a new one with an id of its own goes on."""
        event = self._own(who, place)
        if event is None or event.rule is None or not place.recurrence:
            return
        if place.recurrence == event.rule.first:
            self.move(who, replace(place, recurrence=""), to)
            return
        rule = _begun_at(event.rule, to)
        self.cut_series(who, place)
        guests: dict[Address, Partstat] = dict.fromkeys(event.guests, "NEEDS-ACTION")
        new = Event(Place(who, uid), to, rule, event.summary, event.location, guests)
        self._world.add(new)

    def uninvite(self, who: Address, uid: str, guest: Address) -> None:
        """Their copy goes with it."""
        event = self._world.event(Place(who, uid))
        if event is None or guest not in event.guests:
            return
        self._world.account(guest).attends.pop((who, uid), None)
        self._world.let_go(event, "", [guest])

    def make(self, who: Address, event: SeriesEvent | OneOff) -> None:
        """With an id of its own."""
        self._world.add(event_of(Place(who, event.uid), event))

    def leave_office(self, who: Address, uid: str, slot: Slot) -> None:
        """An event that says "out of office"."""
        self._world.account(who).occupy(uid, slot, out=True)

    def occupy(self, who: Address, uid: str, slot: Slot) -> None:
        """Ordinary busy time; the daemon is not told, it asks."""
        self._world.account(who).occupy(uid, slot)

    def free(self, who: Address, uid: str) -> None:
        """Ordinary busy time no longer."""
        self._world.account(who).occupy(uid, None)

    def letters(self, who: Address) -> list[bytes]:
        """Everything that ever came in and was not deleted for good."""
        box = self._world.mailbox(who)
        return [mail.raw for at, mail in enumerate(box.arrived) if at not in box.cleared]

    def write(self, who: Address, to: Address, raw: bytes, at: datetime) -> None:
        """Mail never fails between people."""
        self._world.deliver(to, raw, at)

    def turn_away(self, who: Address) -> list[bytes]:
        """Nothing is left."""
        raws = self.letters(who)
        self._world.mailbox(who).arrived.clear()
        return raws

    def lock_out(self, who: Address) -> None:
        """For good, until let in."""
        self._world.account(who).shut_until = FOR_GOOD

    def let_in(self, who: Address) -> None:
        """Cursors given out before are still good."""
        self._world.account(who).shut_until = None

    def _own(self, who: Address, place: Place) -> Event | None:
        """The person's own event, while that occurrence of it stands."""
        event = self._world.event(place)
        if event is None or who != place.calendar or not event.stands(place.recurrence):
            return None
        return event


def _begun_at(rule: SeriesRule, to: Slot) -> SeriesRule:
    """The same series from another first time on: a monthly one is now on that weekday of the month."""
    first = to.start.astimezone(ZoneInfo(rule.zone)).replace(tzinfo=None)
    return replace(
        rule,
        first=wall_text(first),
        length_minutes=(to.end - to.start) // timedelta(minutes=1),
        step=rule.step.on(first.date()),
        gaps=(),
    )
