"""The world outside: every account, event, answer and mail, as plain Python objects.

Not a connector and not the daemon's state: it outlives a crash of the daemon, and knows nothing of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from operator import itemgetter

from connectors.memory.events import Event, Exceptional, fits
from daemon.domain.effect import Receipt
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.ports import Batch, Cursor

FOR_GOOD = datetime.max.replace(tzinfo=UTC)
NOTHING_YET = Batch((), "1.0", True)


@dataclass(slots=True)
class Account:
    """One address. `readable`: the daemon may be connected to its calendar; `shut_until` while it is not.

    `events` are those it organizes, tombstones included; `invited` 1:1s that others do, by uid; `attends` all it has a part in, by (calendar,
    uid); `ordinary` its own events without guests (`by_start`: the same, for searching), of which `out` are
    out of office; `stirred_at` is the revision of the last change to one of them. `log` maps uid to the last
    revision, oldest first.
    `cursor` and `nothing_new` are made at each change, so that a reading without news costs a compare.
    """

    address: Address
    readable: bool = False
    shut_until: datetime | None = None
    events: dict[str, Event] = field(default_factory=dict)
    invited: dict[str, Event] = field(default_factory=dict)
    attends: dict[tuple[Address, str], Event] = field(default_factory=dict)
    ordinary: dict[str, Slot] = field(default_factory=dict)
    by_start: list[tuple[datetime, datetime, str]] | None = None
    longest: timedelta = timedelta()
    out: set[str] = field(default_factory=set)
    stirred_at: int = 0
    log: dict[str, int] = field(default_factory=dict)
    revision: int = 0
    epoch: int = 1
    cursor: Cursor = "1.0"
    nothing_new: Batch = NOTHING_YET
    done: dict[str, Receipt] = field(default_factory=dict)

    def shut(self, now: datetime) -> bool:
        """True while the daemon may not read or write it."""
        return self.shut_until is not None and now < self.shut_until

    def occupy(self, uid: str, slot: Slot | None, *, out: bool = False) -> None:
        """Make or move an ordinary event (out of office or not), or take it away."""
        self.ordinary.pop(uid, None)
        (self.out.add if out else self.out.discard)(uid)
        self.revision += 1
        self.stirred_at = self.revision
        self.renew()
        if slot is not None:
            self.ordinary[uid] = slot
            self.longest = max(self.longest, slot.end - slot.start)
        self.by_start = None

    def occupied(self, window: Slot) -> Iterator[tuple[datetime, datetime, str]]:
        """The ordinary events that touch the window; sorted once, because there are years of them."""
        if self.by_start is None:
            self.by_start = sorted(
                (slot.start, slot.end, uid) for uid, slot in self.ordinary.items()
            )
        first = bisect_left(self.by_start, window.start - self.longest, key=itemgetter(0))
        for start, end, uid in islice(self.by_start, first, None):
            if start >= window.end:
                return
            if end > window.start:
                yield start, end, uid

    def named(self, uid: str) -> Event:
        """The event of that uid, its own or that of whoever invited it."""
        return self.events.get(uid) or self.invited[uid]

    def note(self, uid: str) -> None:
        """That event has changed."""
        self.revision += 1
        self.log.pop(uid, None)
        self.log[uid] = self.revision
        self.renew()

    def renew(self) -> None:
        """After a change of revision or epoch."""
        self.cursor = f"{self.epoch}.{self.revision}"
        self.nothing_new = Batch((), self.cursor, True)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in a mailbox; `key` of what was sent, as its header has it."""

    raw: bytes
    at: datetime
    key: str = ""


@dataclass(slots=True)
class Mailbox:
    """What came in, and what was sent by its number: the latter also by the two names a letter is found by. `cleared`: the numbers of
    what has come in and was deleted. `refuses` is what its server answers whoever writes there, empty while it takes everything; `busy`: not now (greylisting, 451)."""

    arrived: list[Mail] = field(default_factory=list)
    sent: dict[int, Mail] = field(default_factory=dict)
    sent_count: int = 0
    sent_ids: dict[str, int] = field(default_factory=dict)
    sent_keys: dict[str, int] = field(default_factory=dict)
    cleared: set[int] = field(default_factory=set)
    unreadable: set[int] = field(default_factory=set)
    refuses: str = ""
    busy: bool = False


class MemoryWorld:
    """All accounts. `calendars` names those the daemon may read; of all others nothing can be told.

    `tells_guests` plays a provider that mails guests itself (Google, Exchange). `resets_answers` False
    plays one that keeps a DECLINED through a move (trap_99).
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        calendars: Iterable[Address],
        *,
        tells_guests: bool = False,
        resets_answers: bool = True,
    ) -> None:
        self.clock = clock
        self.tells_guests = tells_guests
        self.resets_answers = resets_answers
        self.accounts: dict[Address, Account] = {}
        self.mailboxes: dict[Address, Mailbox] = {}
        for address in calendars:
            self.account(address).readable = True

    def account(self, address: Address) -> Account:
        """The account of that address; it comes into being unreadable."""
        return self.accounts.setdefault(address, Account(address))

    def mailbox(self, address: Address) -> Mailbox:
        """The mailbox of an address, its plus part left out."""
        local, _, domain = address.lower().partition("@")
        return self.mailboxes.setdefault(f"{local.partition('+')[0]}@{domain}", Mailbox())

    def deliver(self, to: Address, raw: bytes, at: datetime) -> None:
        """Put a mail into a mailbox."""
        self.mailbox(to).arrived.append(Mail(raw, at))

    def event(self, place: Place) -> Event | None:
        """The event at that place, tombstones included."""
        account = self.accounts.get(place.calendar)
        return account.events.get(place.uid) if account is not None else None

    def touch(self, event: Event) -> None:
        """Something about this event has changed: a new version, told to whoever reads next."""
        account = self.account(event.place.calendar)
        account.note(event.place.uid)
        event.version = f"r{account.revision}"
        event.at = self.clock()
        for guest in event.guests if len(event.guests) == 1 else ():
            if event.place.uid not in (other := self.account(guest)).events:
                other.invited[event.place.uid] = event
                other.note(event.place.uid)

    def expire(self, calendar: Address) -> None:
        """Forget every cursor given out for that calendar."""
        account = self.account(calendar)
        account.epoch += 1
        account.renew()

    def add(self, event: Event) -> None:
        """A new event on its organizer's calendar."""
        self.account(event.place.calendar).events[event.place.uid] = event
        self.attend(event)
        self.touch(event)

    def attend(self, event: Event) -> None:
        """Enter the event with everybody who has a part in it."""
        where = (event.place.calendar, event.place.uid)
        invited = [who for own in event.changed.values() for who in own.answers]
        for who in (event.place.calendar, *event.guests, *invited):
            self.account(who).attends[where] = event

    def answer(self, event: Event, recurrence: str, who: Address, partstat: Partstat) -> None:
        """An answer to one occurrence; to all of a series it also replaces the answers given before."""
        if not recurrence:
            event.guests[who] = partstat
            for own in event.changed.values():
                if who in own.answers:
                    own.answers[who] = partstat
        else:
            event.changed.setdefault(recurrence, Exceptional()).answers[who] = partstat
        self.touch(event)

    def let_go(self, event: Event, recurrence: str, guests: Iterable[Address]) -> None:
        """These are guests no more: of one occurrence, or of all of it."""
        gone = set(guests)
        if recurrence:
            own = event.changed.setdefault(recurrence, Exceptional())
            own.without |= gone & event.guests.keys()
            parts = [own]
        else:
            event.guests = {who: said for who, said in event.guests.items() if who not in gone}
            parts = list(event.changed.values())
        for own in parts:
            own.answers = {who: said for who, said in own.answers.items() if who not in gone}
        self.touch(event)

    def move(self, event: Event, recurrence: str, to: Slot) -> None:
        """Another time for a one-off or one occurrence. Guests are asked anew (RFC 5546 3.2.2.1)."""
        if event.when(recurrence) == to:
            return
        if recurrence:
            own = event.changed.setdefault(recurrence, Exceptional())
            own.slot = to
            if self.resets_answers:
                own.answers = dict.fromkeys(event.answers(recurrence), "NEEDS-ACTION")
        else:
            event.slot = to
            self.ask_anew(event)
        event.hidden = {copy for copy in event.hidden if copy[1] != recurrence}
        self.touch(event)

    def ask_anew(self, event: Event) -> None:
        """All of it takes place at another time now."""
        event.hidden.clear()
        if self.resets_answers:
            event.guests = dict.fromkeys(event.guests, "NEEDS-ACTION")

    def cancel(self, event: Event, recurrence: str) -> None:
        """Cancelled, but still to be seen (STATUS:CANCELLED)."""
        if recurrence:
            event.changed.setdefault(recurrence, Exceptional()).cancelled = True
        else:
            event.cancelled = True
        self.touch(event)

    def bury(self, event: Event, *, gone: bool = True) -> None:
        """Delete all of an event, or take it out of the bin as it was."""
        event.gone = gone
        self.touch(event)

    def drop_unfitting(self, event: Event) -> None:
        """After a change of the rule: an exception without its occurrence is no exception."""
        rule = event.rule
        event.changed = {
            wall: own
            for wall, own in event.changed.items()
            if rule is not None and fits(rule, wall)
        }


def number(text: str) -> bool:
    """True for what a cursor of ours may hold."""
    return text.isascii() and text.isdecimal() and len(text) < 18
