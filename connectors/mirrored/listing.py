"""What changed in a calendar since a bookmark, as observations.

Not the reading of it, which the mirror does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from icalendar import Calendar

from connectors.mirrored import cursor
from connectors.mirrored.cursor import Mark, Told
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen, SetAside
from daemon.domain.people import Address
from daemon.ical.meaning import meant
from daemon.ical.parsing import Unreadable
from daemon.ical.telling import as_planned_again, not_followed, seen
from daemon.ports import Batch, Cursor


class Group(Protocol):
    """A series with its single occurrences, or one event alone."""

    told: tuple[list[EventSeen], str] | None
    """What it tells, and why it is not followed, once somebody has read that; None after every change."""

    @property
    def name(self) -> str:
        """Its id at the provider."""
        ...

    @property
    def state(self) -> str:
        """A name for what the provider has told of it."""
        ...

    @property
    def takes_time(self) -> bool:
        """False for what stands on a calendar and never takes any, as a birthday."""
        ...

    @property
    def guests(self) -> Collection[Address]:
        """Who is invited to it, or to a part of it."""
        ...

    def text(self) -> Calendar:
        """As iCalendar; Unreadable."""
        ...


class Mirror(Protocol):
    """What a provider shows of one calendar, kept up to date."""

    reaches_back: date
    """What was over before that day was not listed, and so is not gone."""
    doubted: set[str]
    """States that could not be read, once: twice is no fault of the wire."""

    @property
    def address(self) -> Address:
        """Whose calendar it is."""
        ...

    def drop(self) -> None:
        """Forget all of it: the next look lists everything."""
        ...

    def refresh(self) -> bool:
        """What is there now. False where the answer says itself that it is cut short."""
        ...

    def __iter__(self) -> Iterator[Group]:
        """Everything on it."""
        ...


def changes(mirror: Mirror, since: Cursor | None) -> Batch:
    """One batch. A listing that is cut short, or in which something cannot be read for the first time, is not complete."""
    before = Mark() if since is None else cursor.read(since)
    if since is None:
        mirror.drop()
    if not mirror.refresh():
        return Batch((), since, False)
    listing = _Listing(mirror, before)
    for group in mirror:
        listing.read(group)
    if listing.doubtful:
        mirror.drop()
        return Batch(tuple(listing.observations), since, False, tuple(listing.aside))
    listing.look_for_gone()
    mark = Mark(listing.told, _name_of(listing.others))
    stirred = since is not None and mark.others != before.others
    return Batch(
        tuple(listing.observations),
        cursor.written(mark),
        True,
        tuple(listing.aside),
        stirred=stirred,
    )


_MARGIN = timedelta(days=2)
"""Whatever the zone, a day is over by then; some programs write the end of the year 9999 for never."""


@dataclass(slots=True)
class _Listing:
    mirror: Mirror
    before: Mark
    told: dict[str, Told] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    observations: list[EventSeen | EventGone] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    doubtful: bool = False

    @property
    def address(self) -> Address:
        """Whose calendar it is."""
        return self.mirror.address

    def read(self, group: Group) -> None:
        """One event, held against what was told of it."""
        name = group.name
        known = self.before.told.get(name)
        try:
            facts, why = self._facts(group, known)
        except Unreadable as error:
            self._unreadable(group, known, str(error))
            return
        if why:
            self.aside.append(SetAside(f"calendar/{self.address}", name, why))
        if not facts:
            if group.takes_time:
                self.others.append(f"{name} {group.state}")
            return
        walls = tuple(fact.place.recurrence for fact in facts if fact.place.recurrence)
        self.told[name] = Told(facts[0].place.uid, facts[0].version, walls, _over(facts))
        if known == self.told[name]:
            return
        self.observations += facts
        if known is not None:
            self.observations += as_planned_again(facts, facts[0].place.uid, known.walls)

    def _facts(self, group: Group, known: Told | None) -> tuple[list[EventSeen], str]:
        if group.told is None:
            text, followed = group.text(), {known.uid} if known else set[str]()
            group.told = (seen(text, self.address, meant(text), followed), not_followed(text))
        return group.told

    def _unreadable(self, group: Group, known: Told | None, problem: str) -> None:
        """Unreadable is still there: what it told before is not gone (trap_20)."""
        name = group.name
        self.aside.append(SetAside(f"calendar/{self.address}", name, problem))
        if known is not None:
            self.told[name] = known
        if group.state not in self.mirror.doubted:
            self.mirror.doubted.add(group.state)
            self.doubtful = True

    def look_for_gone(self) -> None:
        """What was told and is there no more. What was over before the mirror begins is only too old to be listed."""
        there = {each.uid for each in self.told.values()}
        begins = self.mirror.reaches_back.isoformat()
        lost = {
            each.uid
            for name, each in self.before.told.items()
            if name not in self.told and (not each.over or each.over >= begins)
        }
        self.observations += [EventGone(Place(self.address, uid)) for uid in sorted(lost - there)]


def _over(facts: Iterable[EventSeen]) -> str:
    """The day after which none of it takes place; empty where it goes on."""
    last = date.min
    for fact in facts:
        if fact.rule is not None and fact.rule.until is None:
            return ""
        last = max(last, fact.end.date(), (fact.rule and fact.rule.until) or date.min)
    return (min(last, date.max - _MARGIN) + _MARGIN).isoformat()


def _name_of(others: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(others)).encode()).hexdigest()[:16]
