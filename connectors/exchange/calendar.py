"""CalendarConnector over Exchange Web Services.

Not the requests of a reading (mirror.py, busy.py). Exchange itself tells every guest, so nobody else does; that is said with
every request, for exchangelib's own defaults tell nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
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
from connectors.mirrored import Edit, SteppedCalendars, Words
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.ical.meaning import meant
from daemon.ical.reading import master_of, zone_of
from daemon.ical.recurrence import exdates
from daemon.ical.writing import new_calendar
from daemon.ports import Clock, OneOff, SeriesEvent


class _Account:
    def __init__(self, reached: Reached, clock: Clock, reads_inbox: bool) -> None:
        self.reached = reached
        self.mirror = Mirror(reached, clock, reads_inbox=reads_inbox)


class ExchangeCalendars(SteppedCalendars[_Account]):
    """Calendars of people at Exchange. `login` gives where an account is and its password, or raises AccessLost; `zones` are
    the homes of people; `reads_inbox`: in whose inbox answers lie that Exchange puts into no event.

    `expected` and the versions told are names of what an event says; between our reading and our writing the change key guards.
    """

    def __init__(
        self,
        accounts: Iterable[Address],
        login: Callable[[Address], Login],
        clock: Clock,
        zones: Mapping[Address, str] | None = None,
        reads_inbox: Collection[Address] = (),
    ) -> None:
        homes = zones or {}
        known = {
            each: Reached(each, partial(login, each), homes.get(each) or "UTC") for each in accounts
        }
        there = {who: _Account(each, clock, who in reads_inbox) for who, each in known.items()}
        super().__init__(there, clock)

    def close(self) -> None:
        """Let all connections go."""
        for each in self._accounts.values():
            each.reached.close()

    def _own_busy(self, account: _Account, who: Address, window: Slot) -> Busy:
        return own_busy(account.reached, window)

    def _shown_busy(
        self, account: _Account, people: list[Address], window: Slot
    ) -> dict[Address, Busy | Unknown]:
        return shown_busy(account.mirror, people, window)

    # --- how each change goes

    def _create(
        self, account: _Account, place: Place, edit: Edit, event: SeriesEvent | OneOff, key: str
    ) -> bool:
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

    def _was_deleted(self, account: _Account, uid: str) -> bool:
        return account.reached.ask(partial(_lies_deleted, uid=uid))

    def _told(self, group: Group) -> tuple[Address, ...]:
        return told(group.master)

    def _take_off(self, account: _Account, group: Group, place: Place, part: Event) -> None:
        def delete(reached: Account) -> None:
            item = item_of(reached, group, place, part)
            item.delete(send_meeting_cancellations=SEND_TO_ALL_AND_SAVE_COPY)

        account.reached.ask(delete)
        account.mirror.again(group.name)

    def _made(self, group: Group, key: str) -> Iterable[str | None]:
        return (made_by(each, key) for each in group.parts())

    def _words(self, account: _Account, group: Group, event: SeriesEvent | OneOff | None) -> Words:
        return {}

    def _write(
        self, account: _Account, change: tuple[Place, str, Calendar, SeriesEvent | OneOff | None], words: Words, part: Event,
        old: Event | None,
    ) -> None:  # fmt: skip
        Change(*change, account.mirror).write(part, old)


def _lies_deleted(reached: Account, uid: str) -> bool:
    """Whether an event of ours with that uid lies among what was deleted."""
    for folder in (reached.trash, reached.recoverable_items_deletions):
        if any(True for _ in folder.filter(our_uid=uid).only("changekey")[:1]):
            return True
    return False
