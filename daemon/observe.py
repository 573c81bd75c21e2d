"""Observe: read calendars, mail, files and admin requests, and record what was seen with its cursor.

Not a judgement: the one thing decided here is what a listing proves (RULES 5, rows 4, 6 and 13).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon import errors
from daemon.arriving import read_mailbox
from daemon.clearing import clear
from daemon.decide.keys import basis_of, lane_of_account, short
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import (
    AccessBack,
    AccessLost,
    AccessTroubled,
    EventGone,
    EventSeen,
    LineSeen,
    Observation,
    Stirred,
    Vanished,
)
from daemon.domain.people import Address, Person
from daemon.domain.record import document
from daemon.domain.value import replace
from daemon.domain.world import AccountState, Lane, PairingState
from daemon.hand_made import hand_made, hand_made_gone, strangers
from daemon.ports import Batch, Ports
from daemon.roster import Roster
from daemon.seeing import next_reading
from daemon.sources import Source
from daemon.troubles import Troubles

log = logging.getLogger("oneonone")

LOST_POLL = timedelta(hours=1)
BEHIND = timedelta(days=30)
AHEAD = timedelta(days=120)
FULL_LISTING = timedelta(days=7)
RETRY_MINUTES = (1, 2, 5, 10, 15)
VANISH_LEAST = 3
VANISH_SHARE_PERCENT = 20


@dataclass(slots=True)
class Observer:
    """The reading half of a beat. Its own memory is only about when to read; facts are in the store."""

    ports: Ports
    roster: Roster
    sources: dict[str, Source] = field(default_factory=dict)
    lost: set[Address] = field(default_factory=set)
    troubled: set[Address] = field(default_factory=set)
    frozen: dict[Address, set[str]] = field(default_factory=dict)
    looked_for: set[tuple[Address, str]] = field(default_factory=set)
    """What was put and not shown by the reading after that: all was listed to find it, once."""
    troubles: Troubles = field(init=False)

    def __post_init__(self) -> None:
        self.troubles = Troubles(self.ports.store)

    def wake_at(self) -> datetime | None:
        """The next reading that cannot wait for the ordinary rhythm: after a failure, or of a lost account."""
        retries = (s.next_at for s in self.sources.values() if s.retry)
        return min((*retries, *self.troubles.shut.values()), default=None)

    def blocked(self, now: datetime) -> frozenset[Address]:
        """Accounts for which effects wait without a claim."""
        return frozenset(self.lost) | self.troubles.shut_now(now)

    def soon(self, account: Address, now: datetime) -> None:
        """Read that calendar and mailbox at the next beat, whatever their rhythm."""
        for name in (f"calendar/{account}", f"mail/{account}"):
            source = self.sources.get(name)
            if source and source.next_at > now:
                source.next_at = now

    def remember(self, now: datetime) -> None:
        """At start: know lanes whose line is gone from the files, and accounts that are lost."""
        for lane in self.ports.store.lane_names():
            if lane in self.roster.lines:
                continue
            state = self.ports.store.world(lane).state
            if isinstance(state, AccountState):
                if state.standing == "lost":
                    self.lost.add(state.account)
                elif state.standing == "troubled":
                    self.troubled.add(state.account)
                if state.frozen:
                    self.frozen[state.account] = {place.uid for place in state.frozen}
            elif isinstance(state, PairingState):
                self.roster.add(state.line)
        self.config(now)

    def config(self, now: datetime) -> None:
        """Lines that are new, or that say something else, or whose program does, than the last time they
        were seen."""
        store = self.ports.store
        rules = {name: basis_of(document(each)) for name, each in self.roster.programs.items()}
        before = store.values("line/")
        for lane, line in sorted(self.roster.lines.items()):
            told = basis_of((document(line), rules.get(line.program, "")))
            name = f"line/{line.pairing}"
            if before.get(name) != told:
                store.record([(lane, LineSeen(line, now))], now=now)
                store.keep_value(name, told)

    def observe(self, now: datetime) -> None:
        """One reading of everything whose time has come."""
        for address in self.ports.push.woken() if self.ports.push else ():
            self.soon(address, now)
        for mailbox in self.roster.mailboxes():
            if source := self._due(f"mail/{mailbox}", now):
                self._mailbox(mailbox, source, now)
        for address in self.roster.kinds:
            if source := self._due(f"calendar/{address}", now):
                self._calendar(address, source, now)

    def _due(self, name: str, now: datetime) -> Source | None:
        """The source if it is to be read now."""
        source = self.sources.get(name)
        if source is None:
            listed = self.ports.store.value(f"listed/{name}")
            source = self.sources[name] = Source(
                now, cursor=self.ports.store.cursor(name),
                listed_at=datetime.fromisoformat(listed) if listed else None,
            )  # fmt: skip
        return source if source.next_at <= now else None

    def _read_well(self, name: str, source: Source, now: datetime) -> None:
        self.troubles.over(name)
        source.next_at = next_reading(self.ports, self.roster, name, now)
        source.failures, source.retry, source.failing_since = 0, False, None

    def _failed(self, name: str, source: Source, now: datetime, why: Exception) -> None:
        """Nothing is concluded from a failed reading (row 13); it is tried again, ever more rarely."""
        wait = timedelta(minutes=RETRY_MINUTES[min(source.failures, len(RETRY_MINUTES) - 1)])
        if isinstance(why, errors.Temporary) and why.retry_after:
            wait = max(wait, why.retry_after)
        source.next_at, source.failures, source.retry = now + wait, source.failures + 1, True
        source.failing_since = source.failing_since or now
        refused = isinstance(why, errors.AccessLost)
        self.troubles.note(name, str(why), now, refused=refused)
        self._perhaps_troubled(name, source.failing_since, now)
        log.warning("event=read-failed source=%s why=%s", _hidden(name), type(why).__name__)

    def _perhaps_troubled(self, name: str, since: datetime, now: datetime) -> None:
        """A calendar that could not be read for hours is in trouble; that may end by itself (RULES 9)."""
        kind, _, address = name.partition("/")
        lane = lane_of_account(address)
        program = self.roster.program_of(lane) if kind == "calendar" else None
        if program is None or address in self.lost | self.troubled:
            return
        if now - since >= timedelta(hours=program.troubled_after_hours):
            self.troubled.add(address)
            self.ports.store.record([(lane, AccessTroubled(address, since, now))], now=now)
            log.error("event=troubled account=%s", short(address))

    def _expired(self, name: str, source: Source, now: datetime) -> None:
        """The cursor is no longer good: everything is listed again, at once."""
        self.ports.store.drop_cursor(name)
        source.cursor, source.next_at, source.retry = None, now, True
        log.warning("event=cursor-expired source=%s", _hidden(name))

    def _calendar(self, address: Address, source: Source, now: datetime) -> None:
        name = f"calendar/{address}"
        # Deletions older than a provider's memory are never told, so now and then all is listed (TRAPS 36).
        stale = source.listed_at is None or source.listed_at + FULL_LISTING <= now
        cursor = None if address in self.lost else source.cursor
        connector = self.ports.calendars[self.roster.kinds[address]]
        window = Slot(now - BEHIND, now + AHEAD)
        try:
            batch = connector.changes(address, cursor, window)
            self._listed(address, source, batch, now, full=cursor is None)
            if cursor is None or not batch.complete:
                return
            missing = self._never_shown(address, batch, now)
            if stale or missing:
                again = connector.changes(address, None, window)
                self._listed(address, source, again, now, full=True, stirs=False)
                self.looked_for |= missing
        except errors.CursorExpired:
            self._expired(name, source, now)
        except errors.AccessLost as why:
            self.access_lost(address, str(why), now)
        except errors.ConnectorError as why:
            self._failed(name, source, now, why)

    def _never_shown(
        self, address: Address, batch: Batch, now: datetime
    ) -> set[tuple[Address, str]]:
        """What of ours was put there and no reading since has shown: whoever takes it off at once leaves nothing that
        a calendar has to tell (RFC 6578 3.5), so only a full listing can say. Each is looked for once."""
        waiting = {(address, uid) for uid in self.ports.store.unshown(address)} - self.looked_for
        told = {f.place.uid for f in batch.observations if isinstance(f, EventGone)}
        waiting -= {(address, uid) for uid in told}
        if not waiting:
            return waiting
        expected = self._expected(self.ports.store.places(address), now)
        return {each for each in waiting if each[1] in expected}

    def access_lost(self, address: Address, why: str, now: datetime) -> None:
        """Stops that account only. It is looked at again every hour."""
        if address not in self.lost:
            self.lost.add(address)
            lane = lane_of_account(address)
            new = self.ports.store.value(f"listed/calendar/{address}") is None
            self.ports.store.record([(lane, AccessLost(address, why, now, new))], now=now)
            self.troubles.over(f"calendar/{address}")  # it is more than that now
            log.error("event=access-lost account=%s", short(address))
        source = self.sources.setdefault(f"calendar/{address}", Source(now))
        source.next_at, source.retry = now + LOST_POLL, True

    def _listed(
        self, address: Address, source: Source, batch: Batch, now: datetime, *, full: bool,
        stirs: bool = True,
    ) -> None:  # fmt: skip
        """`stirs`: what it shows of others may be new, too."""
        name, store = f"calendar/{address}", self.ports.store
        news = batch.observations or full or batch.stirred or address in self.troubled
        seen = self._facts(address, batch, full, stirs, now) if news else []
        if seen or full or batch.cursor != source.cursor or batch.set_aside != source.set_aside:
            aside = batch.set_aside if batch.set_aside != source.set_aside else None
            store.record(seen, now=now, source=name, cursor=batch.cursor, set_aside=aside)
            _say_seen(name, seen)
            source.cursor = batch.cursor or source.cursor
            source.set_aside = batch.set_aside
        if full and batch.complete:
            store.keep_value(f"listed/{name}", now.isoformat())
            source.listed_at = now
        if batch.complete:
            self._read_well(name, source, now)
        else:
            self._failed(name, source, now, errors.Temporary("the listing was cut off"))

    def _facts(
        self, address: Address, batch: Batch, full: bool, stirs: bool, now: datetime
    ) -> list[tuple[Lane, Observation]]:
        """What a listing says about events of ours, and what it proves to be gone."""
        known = self.ports.store.places(address)
        seen: list[tuple[Lane, Observation]] = []
        gone: list[Place] = []
        theirs: list[str] = []
        stirred = batch.stirred or full  # what others did before a full listing is told by nobody
        for fact in batch.observations:
            if isinstance(fact, EventSeen) and fact.place.uid in known:
                seen.append((known[fact.place.uid], replace(fact, at=now)))
                if fact.place.uid in self.frozen.get(address, ()):
                    self.frozen[address].discard(fact.place.uid)
                    seen.append((lane_of_account(address), fact))
            elif isinstance(fact, EventSeen):
                stirred = (
                    stirred or not fact.organizer
                )  # of invitations the calendar says so itself
                seen += strangers(self.ports.store, self.roster, address, fact, now)
            elif isinstance(fact, EventGone) and fact.place.uid in known:
                gone.append(fact.place)
            elif isinstance(fact, EventGone):
                theirs.append(fact.place.uid)
        if stirred and stirs:
            seen += [(lane, Stirred(address, now)) for lane in sorted(set(known.values()))]
        if batch.complete and address in self.troubled:
            self.troubled.discard(address)
            seen.append((lane_of_account(address), AccessBack(address, now)))
        if full and batch.complete:
            shown = {f.place.uid for f in batch.observations if isinstance(f, EventSeen)}
            gone = [Place(address, uid) for uid in sorted(known) if uid not in shown]
            theirs = [
                u for u in hand_made(self.ports.store, self.roster, address) if u not in shown
            ]
            if address in self.lost:
                self.lost.discard(address)
                seen.append((lane_of_account(address), AccessBack(address, now)))
        seen += hand_made_gone(self.ports.store, self.roster, address, theirs, now)
        empty = full and not batch.observations
        return [*seen, *self._believed(address, gone, known, empty, now)]

    def _believed(
        self,
        address: Address,
        gone: list[Place],
        known: dict[str, Lane],
        empty: bool,
        now: datetime,
    ) -> list[tuple[Lane, Observation]]:
        """Row 6: more than a fifth and at least three gone at once, or all of them: an alarm, and from
        then on nothing of that account is believed to be gone until a person has looked."""
        expected = self._expected(known, now) if gone else set()
        missing = [place for place in gone if place.uid in expected]
        share = len(missing) * 100 > VANISH_SHARE_PERCENT * len(expected)
        every = len(missing) == len(expected) and (empty or len(expected) > 1)
        if missing and (
            (share and len(missing) >= VANISH_LEAST) or every or self.frozen.get(address)
        ):
            count = len(expected)
            log.error(
                "event=vanished account=%s gone=%d known=%d", short(address), len(missing), count
            )
            self.frozen.setdefault(address, set()).update(place.uid for place in missing)
            rest = [place for place in gone if place not in missing]
            alarm = Vanished(address, tuple(missing), count, now)
            return [(lane_of_account(address), alarm), *_all_gone(rest, known, now)]
        return _all_gone(gone, known, now)

    def _expected(self, known: dict[str, Lane], now: datetime) -> set[str]:
        """The uids that have to be on their calendar: put there, not taken off since, and not over yet."""
        expected: set[str] = set()
        for lane in set(known.values()):
            state = self.ports.store.world(lane).state
            # what the owner's calendar of before has was never on this one
            if isinstance(state, PairingState) and not self._is_another(state.line.mentor):
                expected |= {
                    m.place.uid for m in state.meetings if m.place and not m.gone and m.end > now
                }
                for series in state.series:
                    if series.standing != "put":
                        expected.discard(series.uid)
                    elif series.rule.until is None or series.rule.until >= now.date():
                        expected.add(series.uid)
        return expected & known.keys()

    def _is_another(self, owner: Person) -> bool:
        """Whether the files, or `connect`, say that the calendar of that person is elsewhere by now."""
        now = self.roster.owners.get(owner.address)
        return now is not None and now.calendar != owner.calendar

    def _mailbox(self, mailbox: Address, source: Source, now: datetime) -> None:
        name, anew = f"mail/{mailbox}", source.cursor is None
        try:
            seen = read_mailbox(self.ports, self.roster, mailbox, source, now)
        except errors.CursorExpired:
            self._expired(name, source, now)
        except errors.ConnectorError as why:
            self._failed(name, source, now, why)
        else:
            _say_seen(name, seen)
            self._read_well(name, source, now)
            clear(self.ports, self.roster, self.troubles, mailbox, now, anew=anew)


def _hidden(source: str) -> str:
    kind, _, address = source.partition("/")
    return f"{kind}/{short(address)}"


def _say_seen(source: str, seen: Sequence[object]) -> None:
    if seen:
        log.debug("event=seen source=%s facts=%d", _hidden(source), len(seen))


def _all_gone(
    places: Iterable[Place], known: dict[str, Lane], now: datetime
) -> list[tuple[Lane, Observation]]:
    return [(known[place.uid], EventGone(place, now)) for place in places]
