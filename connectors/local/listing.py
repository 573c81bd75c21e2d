"""What changed in one folder since a cursor, as observations.

Not the reading of files: see connectors/local/folder.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from connectors.local.folder import Item
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen, SetAside
from daemon.domain.people import Address
from daemon.errors import CursorExpired
from daemon.ical.reading import instant, keys_of, master_of, rule_of, seen
from daemon.ports import Batch, Cursor

_FORM = 1

Told = dict[str, list[str]]
"""uid → the occurrences told one by one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cursor remembers of one file."""

    sha: str
    told: Told


Entries = dict[str, Entry]


def cursor_of(entries: Entries) -> Cursor:
    """The bookmark as text."""
    files = {name: [entry.sha, entry.told] for name, entry in entries.items()}
    return json.dumps({"form": _FORM, "files": files}, separators=(",", ":"), sort_keys=True)


def entries_of(cursor: Cursor) -> Entries:
    """The bookmark back. CursorExpired for anything that is not one of ours."""
    try:
        plain = json.loads(cursor)
        if plain["form"] != _FORM:
            raise ValueError
        return {
            str(name): Entry(str(sha), {str(u): [str(w) for w in ws] for u, ws in told.items()})
            for name, (sha, told) in plain["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CursorExpired("this cursor is not one of a local folder") from error


def list_changes(items: dict[str, Item], address: Address, since: Entries | None) -> Batch:
    """One batch: everything without a cursor, else what differs from it."""
    before: Entries = {} if since is None else since
    entries: Entries = {}
    observations: list[EventSeen | EventGone] = []
    aside: list[SetAside] = []
    owned: set[str] = set()
    displaced = _displaced(before, items)
    for name, item in items.items():
        known = before.get(name)
        if item.calendar is None:
            aside.append(SetAside(f"calendar/{address}", name, item.problem))
            if known is not None:
                # unreadable is still there: what it told before is not gone (trap_20)
                entries[name] = known
                owned |= set(known.told)
            continue
        aside += _not_followed(item, address)
        if known is not None and known.sha == item.sha and not (set(item.uids) & displaced):
            entries[name] = known
            owned |= set(known.told)
            continue
        facts = [f for f in seen(item.calendar, address, item.version) if f.place.uid not in owned]
        told = _told(facts)
        owned |= set(told)
        entries[name] = Entry(item.sha, told)
        if known is None or known.sha != item.sha or set(known.told) != set(told):
            observations += facts
            observations += _reverted(facts, known)
    gone = {uid for entry in before.values() for uid in entry.told} - owned - _in(items)
    observations += [EventGone(Place(address, uid)) for uid in sorted(gone)]
    return Batch(
        observations=tuple(observations),
        cursor=cursor_of(entries),
        complete=since is not None or not any(item.calendar is None for item in items.values()),
        set_aside=tuple(aside),
    )


def _in(items: dict[str, Item]) -> set[str]:
    return {uid for item in items.values() for uid in item.uids}


def _displaced(before: Entries, items: dict[str, Item]) -> set[str]:
    """What was told of files that are gone or changed: another file may hold the same event."""
    same = {name for name, item in items.items() if name in before and before[name].sha == item.sha}
    return {uid for name, entry in before.items() if name not in same for uid in entry.told}


def _told(facts: list[EventSeen]) -> Told:
    told: Told = {}
    for fact in facts:
        walls = told.setdefault(fact.place.uid, [])
        if fact.place.recurrence:
            walls.append(fact.place.recurrence)
    return told


def _not_followed(item: Item, address: Address) -> Iterator[SetAside]:
    """Our own event, changed by somebody into a repetition that we do not understand."""
    assert item.calendar is not None
    for uid in item.uids:
        master = master_of(item.calendar, uid)
        if master is None or not keys_of(master) or master.get("RRULE") is None:
            continue
        if rule_of(master) is None:
            why = "repeats in a way that is not followed (weekly on one day is)"
            yield SetAside(f"calendar/{address}", item.name, why)


def _reverted(facts: list[EventSeen], known: Entry | None) -> Iterator[EventSeen]:
    """Occurrences told before that are as planned again: their override was taken away."""
    if known is None:
        return
    for fact in facts:
        if fact.rule is None:
            continue
        now = {f.place.recurrence for f in facts if f.place.uid == fact.place.uid}
        for wall in known.told.get(fact.place.uid, []):
            if wall not in now and wall not in fact.rule.gaps:
                start = instant(wall, fact.rule.zone)
                yield EventSeen(
                    place=Place(fact.place.calendar, fact.place.uid, wall),
                    version=fact.version,
                    start=start,
                    end=start + timedelta(minutes=fact.rule.length_minutes),
                    guests=fact.guests,
                    cancelled=fact.cancelled,
                )
