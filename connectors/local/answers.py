"""What passes between an organizer's event and a guest's copy of it: answers one way, the event the other.

Not files: calendars and a memory of what the guest was shown come in, calendars and a verdict go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from daemon.domain.invitation import Partstat
from daemon.domain.people import Address
from daemon.ical.editing import set_answer
from daemon.ical.parsing import events
from daemon.ical.reading import (
    KEY,
    address_of,
    answer_of,
    attendees,
    guests_of,
    is_cancelled,
    length_of,
    master_of,
    moment_of,
    uid_of,
)
from daemon.ical.recurrence import gaps_of, named_parts, rule_of
from daemon.ical.repeating import add_gap, part_named
from daemon.ical.writing import new_calendar

Times = dict[str, str]
"""Occurrence (empty: the whole event) → when it takes place, as its guest was shown, and whether it is off."""

_OFF = " off"


def answer_in(event: Event, who: Address) -> Partstat | None:
    """Somebody's answer; None when they are not invited."""
    return next((answer_of(a) for a in attendees(event) if address_of(a) == who), None)


def guests(calendar: Calendar) -> set[Address]:
    """Everybody who is invited to anything in this calendar."""
    return {guest.address for event in events(calendar) for guest in guests_of(event)}


def times_of(calendar: Calendar, uid: str) -> Times:
    """When each part of an event takes place, and whether it is off."""
    parts = named_parts(calendar, uid).items()
    return {name: _time(part) + _OFF * is_cancelled(part) for name, part in parts}


def shown_in(calendar: Calendar, uid: str) -> Times:
    """What a guest has been shown when they were given this: the times, and what was taken out."""
    master = master_of(calendar, uid)
    taken_out = set() if master is None else gaps_of(master)
    return dict.fromkeys(sorted(taken_out), _OFF) | times_of(calendar, uid)


def _time(part: Event) -> str:
    start = moment_of(part)
    if isinstance(start, datetime) and start.tzinfo is not None:
        start = start.astimezone(UTC)
    minutes = length_of(part) // timedelta(minutes=1)
    return f"{start.isoformat()} {minutes} {_rhythm(part)}".strip()


def _rhythm(part: Event) -> str:
    """How it repeats, however it is written. Its end is no time of a meeting: UNTIL and COUNT are left out."""
    raw: Any = part.get("RRULE")
    if raw is None:
        return ""
    rule = rule_of(part)
    if rule is None:
        return f"{raw.get('FREQ')}{raw.get('INTERVAL')}{raw.get('BYDAY')}"
    step = rule.step
    return f"{step.weeks}w" if step.weeks else f"{step.months}m{step.nth}"


def _nominal(master: Event | None, uid: str, name: str) -> str:
    """When an occurrence takes place as long as nobody writes it down by itself."""
    scratch = Calendar()
    if master is not None:
        scratch.add_component(master)
    made = part_named(scratch, uid, name)
    return "" if made is None else _time(made)


def moved_since(event: Calendar, uid: str, shown: list[Times]) -> set[str]:
    """The parts that take place at a time that the guest was never shown."""
    moved: set[str] = set()
    master = master_of(event, uid)
    for name, now in times_of(event, uid).items() if shown else ():
        before = {times[name].removesuffix(_OFF) for times in shown if name in times}
        if not before and name:
            before.add(_nominal(master, uid, name))
        if now.removesuffix(_OFF) not in before:
            moved.add(name)
    return moved


def take_answers(
    event: Calendar, uid: str, who: Address, copy: Calendar | None, shown: Times | None
) -> bool:
    """Write into the organizer's event what the guest's copy says; True when that changed it.

    `shown` is what the guest was last given, None when nothing ever was. A copy that is gone after that
    is a no. An answer about a time that has changed since is no answer (trap_99).
    """
    copied = None if copy is None else times_of(copy, uid)
    known = [times for times in (shown, copied) if times is not None]
    moved = moved_since(event, uid, known)
    parts = named_parts(event, uid)
    changed = False
    for name in moved:
        changed = set_answer(parts[name], who, "NEEDS-ACTION") or changed
    if copy is not None:
        said = _said_in(event, copy, uid, who, shown or {})
        return _take_from(event, uid, who, said, moved) or changed
    if shown is not None and "" not in moved:
        for name, part in parts.items():
            if name not in moved:
                changed = set_answer(part, who, "DECLINED") or changed
    return changed


def _take_from(
    event: Calendar, uid: str, who: Address, said: Mapping[str, Partstat], moved: set[str]
) -> bool:
    parts = named_parts(event, uid)
    changed = False
    if "" in said and "" in parts and "" not in moved:
        changed = set_answer(parts[""], who, said[""])
    usual = answer_in(parts[""], who) if "" in parts else None
    for name, answer in said.items():
        if not name or name in moved:
            continue
        part = parts.get(name)
        if part is None and usual is not None and answer != usual:
            part = part_named(event, uid, name)
        if part is not None:
            changed = set_answer(part, who, answer) or changed
    return changed


def _said_in(
    event: Calendar, copy: Calendar, uid: str, who: Address, shown: Times
) -> Mapping[str, Partstat]:
    """The answers in a copy. An occurrence that the guest took off is a no; one that the organizer took
    off, or had taken off when the guest was last shown it, asks for no answer."""
    by_organizer = {name for name, time in shown.items() if time.endswith(_OFF)}
    said: dict[str, Partstat] = {}
    parts = named_parts(event, uid)
    for name, part in named_parts(copy, uid).items():
        answer = answer_in(part, who)
        if is_cancelled(part):
            ours = parts.get(name, parts.get(""))
            if name in by_organizer or (ours is not None and is_cancelled(ours)):
                continue
            answer = "DECLINED"
        if answer is not None:
            said[name] = answer
    if "" in parts and (copied := master_of(copy, uid)) is not None:
        for name in gaps_of(copied) - gaps_of(parts[""]) - by_organizer:
            said[name] = "DECLINED"
    return {name: said[name] for name in sorted(said)}


def copy_for(event: Calendar, uid: str, who: Address, old: Calendar | None) -> Calendar | None:
    """The copy that the guest should have; None for none.

    From the old copy stay alarms, foreign properties and what the guest deleted, as long as the
    organizer's event still shows that no.
    """
    parts = named_parts(event, uid)
    answers = {name: answer_in(part, who) for name, part in parts.items()}
    wanted = [name for name, answer in answers.items() if answer is not None]
    if not wanted or (old is None and all(answers[name] == "DECLINED" for name in wanted)):
        return None
    copy = new_calendar()
    for zone in event.walk("VTIMEZONE"):
        copy.add_component(deepcopy(zone))
    old_parts = {} if old is None else named_parts(old, uid)
    master = deepcopy(parts[""]) if "" in wanted else None
    hidden: set[str] = set()
    if master is not None:
        hidden = {n for n in parts if n and n not in wanted}
        if "" in old_parts:
            hidden |= {n for n in gaps_of(old_parts[""]) if answers.get(n) == "DECLINED"}
        for name in sorted(hidden - gaps_of(master)):
            add_gap(master, name)
    for name in wanted:
        if name not in hidden:
            part = master if master is not None and not name else deepcopy(parts[name])
            copy.add_component(_personal(part, old_parts.get(name)))
    return copy


def _personal(part: Event, old: Event | None) -> Event:
    """An organizer's part with the alarms and foreign properties of the guest instead of theirs."""
    part.pop(KEY, None)
    for name in [name for name in part if name.startswith("X-")]:
        part.pop(name)
    part.subcomponents = [] if old is None else deepcopy(old.subcomponents)
    for name, value in () if old is None else old.items():
        if (name.startswith("X-") or name == "TRANSP") and name != KEY:
            part[name] = deepcopy(value)
    return part


def same_meaning(one: Calendar, other: Calendar, uid: str) -> bool:
    """Whether two calendars say the same about an event, however they are written (trap_98)."""
    return _meaning(one, uid) == _meaning(other, uid)


def _meaning(calendar: Calendar, uid: str) -> dict[str, tuple[object, ...]]:
    told: dict[str, tuple[object, ...]] = {}
    for name, part in named_parts(calendar, uid).items():
        told[name] = (
            _time(part),
            _end(part),
            str(part.get("SUMMARY", "")),
            str(part.get("LOCATION", "")),
            is_cancelled(part),
            sorted((guest.address, guest.partstat) for guest in guests_of(part)),
            sorted(gaps_of(part)),
        )
    return told


def _end(part: Event) -> object:
    """The last day of a series; all of the rule where we do not understand it."""
    raw: Any = part.get("RRULE")
    rule = None if raw is None else rule_of(part)
    if raw is None or rule is not None:
        return rule and rule.until
    return sorted((name, str(value)) for name, value in raw.items())


def organizes(calendar: Calendar, address: Address) -> list[str]:
    """The uids of events with guests that this address organizes."""
    found = []
    for event in events(calendar):
        organizer = address_of(event.get("ORGANIZER"))
        if organizer in ("", address) and attendees(event) and uid_of(event) not in found:
            found.append(uid_of(event))
    return found
