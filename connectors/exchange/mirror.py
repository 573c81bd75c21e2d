"""A mirror of one calendar: what Exchange shows of it, kept up to date by what has changed.

Not what is told of it: connectors/mirrored. Of a series Exchange tells the master alone, whatever has changed about it, so the
occurrences that differ are looked up with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from exchangelib import Account, CalendarItem
from exchangelib.errors import ErrorItemNotFound, EWSError
from icalendar import Calendar

from connectors.exchange.account import Reached
from connectors.exchange.events import FIELDS, calendar_of, is_ours, told, uid_of
from connectors.exchange.responses import Answers, Responses, answered
from connectors.mirrored.kept import Kept
from daemon.domain.observation import EventSeen
from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ical.parsing import parse
from daemon.ports import Clock

LOOKS_BACK = timedelta(days=60)
"""How long an event may be over that is still looked at."""
AT_ONCE = 100
_SEEN = ("end", "type", "is_recurring")
"""What the listing says of each item, so that what is long over is not looked up."""


class CutShort(Temporary):
    """An answer that lacks something."""


@dataclass(slots=True)
class Group:
    """A series with the occurrences that differ, or one event alone."""

    master: CalendarItem
    owner: Address
    exceptions: list[CalendarItem] = field(default_factory=list)
    answers: Answers = field(default_factory=dict)
    """What guests have said that Exchange has not put in."""
    told: tuple[list[EventSeen], str] | None = None

    @property
    def name(self) -> str:
        """Its id at Exchange."""
        return str(self.master.id)

    @property
    def state(self) -> str:
        """A name for what Exchange has told of it."""
        return " ".join([str(self.master.changekey), *map(str, sorted(self.answers.items()))])

    @property
    def guests(self) -> set[Address]:
        """Whom Exchange tells of it, or of a part of it."""
        return {who for part in self.parts() for who in told(part)}

    @property
    def takes_time(self) -> bool:
        """Everything may."""
        return True

    @property
    def pending(self) -> str:
        """What shall be, as iCalendar, while it takes several requests."""
        return str(self.master.our_pending or "")

    def text(self) -> Calendar:
        """As iCalendar; Unreadable. Of what is under way, as it shall be."""
        if self.pending:
            return parse(self.pending.encode())
        text = calendar_of(self.owner, self.master, self.exceptions)
        return answered(text, uid_of(self.master), self.answers) if self.answers else text

    def parts(self) -> Iterable[CalendarItem]:
        """The master and what differs."""
        return (self.master, *self.exceptions)


class Mirror(Kept[Group]):
    """Kept by what Exchange says has changed, each of which is looked up."""

    provider = "Exchange"

    def __init__(self, reached: Reached, clock: Clock, *, reads_inbox: bool = False) -> None:
        super().__init__(clock)
        self.reached = reached
        self._responses = Responses(clock) if reads_inbox else None
        self.token: str | None = None

    @property
    def address(self) -> Address:
        """See Kept."""
        return self.reached.address

    @property
    def listed(self) -> bool:
        """See Kept."""
        return bool(self.token)

    def drop(self) -> None:
        """See Kept."""
        self.token, self.groups = None, {}

    def refresh(self) -> bool:
        """See Kept."""
        horizon = self._clock.now() - LOOKS_BACK
        try:
            token, changed, gone = self.reached.ask(self._news)
        except CursorExpired:
            self.drop()
            raise
        if self.token is None:
            self.groups, self.reaches_back = {}, horizon.date()
        wanted = [name for name, item in changed.items() if not _is_over(item, horizon)]
        try:
            fresh = self.reached.ask(lambda account: _looked_up(account, wanted))
        except CutShort:
            return False
        for name in gone | (changed.keys() - fresh.keys()):
            self.groups.pop(name, None)
        self._take(fresh)
        self.token = token
        if self._responses is not None:
            for uid in self.reached.ask(self._responses.look):
                for group in self.groups.values():
                    group.told = None if uid_of(group.master) == uid else group.told
        return True

    def _take(self, fresh: dict[str, Group]) -> None:
        if self._responses is not None:
            for each in fresh.values():
                each.answers = self._responses.to(uid_of(each.master))
        self.groups |= fresh

    def again(self, name: str) -> None:
        """One event as it is now, after it was changed."""
        fresh = self.reached.ask(lambda account: _looked_up(account, [name]))
        self.groups.pop(name, None)
        self._take(fresh)

    def named(self, uid: str) -> Group | None:
        """See Kept."""
        found = [each for each in self.groups.values() if uid_of(each.master) == uid]
        return next((each for each in found if is_ours(each.master)), next(iter(found), None))

    def _news(self, account: Account) -> tuple[str, dict[str, CalendarItem], set[str]]:
        changed: dict[str, CalendarItem] = {}
        gone: set[str] = set()
        account.calendar.item_sync_state = self.token  # else None means where it stopped last
        for kind, item in account.calendar.sync_items(sync_state=self.token, only_fields=_SEEN):
            if kind == "delete":
                gone.add(str(item.id))
                changed.pop(str(item.id), None)
            elif kind in ("create", "update"):
                changed[str(item.id)] = item
        return str(account.calendar.item_sync_state), changed, gone

    def is_known(self, group: Group) -> bool:
        """See Kept."""
        return bool(group.master.our_done or not group.master.our_uid)


def _is_over(item: CalendarItem, horizon: datetime) -> bool:
    """Whether a single event was over long ago; a series may go on whatever its first time says."""
    if item.type == "RecurringMaster" or not isinstance(item.end, datetime):
        return False
    return datetime.fromtimestamp(item.end.timestamp(), UTC) < horizon


def _looked_up(account: Account, names: list[str]) -> dict[str, Group]:
    """Those that are still there, each with its exceptions."""
    masters = _fetched(account, [(name, None) for name in names])
    differing = [
        (str(master.id), one) for master in masters for one in master.modified_occurrences or ()
    ]
    exceptions = _fetched(account, [(one.id, one.changekey) for _, one in differing], whole=True)
    groups = {
        str(each.id): Group(each, str(account.primary_smtp_address).lower()) for each in masters
    }
    for (name, _), item in zip(differing, exceptions, strict=True):
        groups[name].exceptions.append(item)
    return groups


def _fetched(
    account: Account, ids: list[tuple[Any, Any]], *, whole: bool = False
) -> list[CalendarItem]:
    """By id; what is gone is left out, or where all belongs together, the answer is none."""
    found, missing = list[CalendarItem](), 0
    for start in range(0, len(ids), AT_ONCE):
        for each in account.fetch(
            ids=ids[start : start + AT_ONCE], folder=account.calendar, only_fields=FIELDS
        ):
            if isinstance(each, ErrorItemNotFound) and not whole:
                missing += 1
                continue
            if isinstance(each, ErrorItemNotFound):
                raise Temporary("a series changes while it is read")
            if isinstance(each, EWSError):
                raise each
            found.append(each)
    if len(found) + missing < len(ids):
        raise CutShort("Exchange answers less than was asked")
    return found
