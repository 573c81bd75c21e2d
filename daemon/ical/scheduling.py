"""The organizer's side of invitations, pure: from what changed to what each guest has to be told (RFC 5546).

Not a mail (daemon/ical/mailing.py), not what guests answer (daemon/ical/answering.py), and never a reply in a
guest's name: whoever is not the organizer has nothing to tell here.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

from icalendar import Calendar, Event, vCalAddress

from daemon.domain.people import Address
from daemon.ical.editing import set_prop
from daemon.ical.parsing import events, listed
from daemon.ical.reading import (
    KEY,
    address_of,
    attendees,
    is_cancelled,
    length_of,
    moment_of,
    organizer_of,
    sequence_of,
    uid_of,
    zone_of,
)
from daemon.ical.recurrence import exdates, named_parts
from daemon.ical.repeating import add_gap, end_after, part_named
from daemon.ical.writing import new_calendar

Method = Literal["REQUEST", "CANCEL", "DECLINECOUNTER"]
_OWN = ("DURATION", KEY)
_DELIVERY = ("SCHEDULE-AGENT", "SCHEDULE-STATUS", "SCHEDULE-FORCE-SEND", "X-RECEIVED-DTSTAMP")
"""What an ATTENDEE carries for the organizer's own server (RFC 6638 7) and for us, and for no guest."""


class Contradictory(Exception):
    """More than one event, or more than one organizer, in what has to be one event of one organizer."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one guest has to be told. `significant`: it changes when, where or whether; without that a guest who knows
    of the event needs no mail (RFC 5546 2.1.4). `calendar` is the VCALENDAR for that guest alone."""

    method: Method
    uid: str
    sequence: int
    sender: Address
    sender_name: str
    recipient: Address
    recipient_name: str
    significant: bool
    calendar: Calendar


def messages(
    old: Calendar | None, new: Calendar | None, organizer: Address, now: datetime
) -> list[Message]:
    """What the guests of one event have to be told after `organizer` has changed it from `old` to `new`, None for an
    event that is not there. Those who are no longer invited come first. Raises Contradictory.

    Each is told the whole event as it is for them: occurrences without them are taken out, and whoever was invited
    to single occurrences hears of those alone.
    """
    before, after = _parts(old), _parts(new)
    if not organizer or organizer not in (_organizer(before), _organizer(after)):
        return []
    off = not after or ("" in after and is_cancelled(after[""]))
    told = []
    for guest in _guests((*before.values(), *after.values()), organizer):
        had, has = _invited(before, guest), {} if off else _invited(after, guest)
        if has:
            told.append(_request(guest, has, had, after, now))
        elif had or off:
            known = had or _invited(after, guest)
            told.append(_cancel(guest, known, before, after, now, off=off))
    for message in told:
        _bring_zones(message.calendar, old, new)
    return sorted(told, key=lambda message: message.method != "CANCEL")


def messages_of_one(
    calendar: Calendar, uid: str, recurrence: str, organizer: Address, now: datetime,
    *, before: Calendar | None = None,
) -> list[Message]:  # fmt: skip
    """The same of one occurrence alone: RECURRENCE-ID without the series around it, so that what was answered for all
    the others stays as it is. What is cancelled or taken out is told as off. Whom it invited `before`, and invites no more,
    hears of that; where nothing else has changed, nobody else hears anything."""
    whole = _parts(calendar)
    if not organizer or _organizer(whole) != organizer:
        return []
    part = whole.get(recurrence)
    off = part is None or is_cancelled(part)
    if part is None:
        part = _taken_out(calendar, uid, recurrence)
    if part is None:
        return []
    one = {recurrence: part}
    had = _parts(before).get(recurrence)
    left = [] if off or had is None else _let_go(had, part, organizer)
    if had is not None and left:
        was = {recurrence: had}
        gone = [_cancel(guest, was, was, one, now, off=False) for guest in left]
        if is_same_pattern(had, part):
            return gone
        return [*gone, *messages_of_one(calendar, uid, recurrence, organizer, now)]
    return [
        _cancel(guest, one, {}, one, now, off=True)  # whoever has changed it has counted
        if off
        else _request(guest, one, {}, one, now)
        for guest in _guests((part,), organizer)
    ]  # fmt: skip


def declined_counter(
    calendar: Calendar, recurrence: str, guest: Address, organizer: Address, now: datetime
) -> Message | None:
    """To a guest whose proposed time was not taken: the time stands as it is (RFC 5546 3.2.8). None where there is no
    such event or guest."""
    whole = _parts(calendar)
    part = whole.get(recurrence) or whole.get("")
    if part is None or _organizer(whole) != organizer or _named(part, guest) is None:
        return None
    if recurrence and recurrence not in whole:
        uid = uid_of(part)
        part = part_named(deepcopy(calendar), uid, recurrence)
        if part is None:
            return None
    bare = _bare(part, guest, sequence_of(part), now)
    return _message("DECLINECOUNTER", guest, (bare,), part, significant=True)


def refreshed(
    calendar: Calendar, guest: Address, organizer: Address, now: datetime
) -> Message | None:
    """To a guest who has asked what stands now (REFRESH, RFC 5546 3.2.6), also where it is off. None for whom it does
    not concern."""
    whole = _parts(calendar)
    has = _invited(whole, guest)
    if not has or _organizer(whole) != organizer:
        return None
    if "" in whole and is_cancelled(whole[""]):
        return _cancel(guest, has, {}, whole, now, off=True)
    return _request(guest, has, has, whole, now)


def reply_through(message: Message, address: Address, name: str) -> Message:
    """The same with another address for the answer, and whose it is: programs answer the ORGANIZER, whatever Reply-To
    says. It may be another one for each guest."""
    calendar = deepcopy(message.calendar)
    for event in events(calendar):
        organizer = vCalAddress(f"mailto:{address}")
        organizer.params["CN"] = name
        set_prop(event, "ORGANIZER", organizer)
    return replace(message, sender=address, sender_name=name, calendar=calendar)


# --- who is invited to what


def _parts(calendar: Calendar | None) -> dict[str, Event]:
    """Whole event (under the empty name) and overrides; empty where there is no event."""
    if calendar is None or not events(calendar):
        return {}
    uids = {uid_of(event) for event in events(calendar)}
    if len(uids) > 1:
        raise Contradictory("more than one event")
    if len({organizer_of(event) for event in events(calendar)} - {""}) > 1:
        raise Contradictory("more than one organizer")
    return named_parts(calendar, uids.pop())


def _organizer(parts: dict[str, Event]) -> Address:
    return next((organizer_of(part) for part in parts.values() if organizer_of(part)), "")


def _guests(parts: Iterable[Event], organizer: Address) -> list[Address]:
    """Everybody whom these invite, the organizer left out, in their order."""
    named = (address_of(each) for part in parts for each in attendees(part))
    return [guest for guest in dict.fromkeys(named) if guest != organizer]


def _let_go(before: Event, after: Event, organizer: Address) -> list[Address]:
    """Whom only the first of these invites."""
    still = _guests((after,), organizer)
    return [guest for guest in _guests((before,), organizer) if guest not in still]


def _named(part: Event, guest: Address) -> Any | None:
    """The ATTENDEE property of that guest, None for whom it does not name or whom others tell (RFC 6638 7.1)."""
    for attendee in attendees(part):
        agent = str(attendee.params.get("SCHEDULE-AGENT", "SERVER")).upper()
        if address_of(attendee) == guest and agent == "SERVER":
            return attendee
    return None


def _invited(parts: dict[str, Event], guest: Address) -> dict[str, Event]:
    return {name: part for name, part in parts.items() if _named(part, guest) is not None}


def _taken_out(calendar: Calendar, uid: str, recurrence: str) -> Event | None:
    """An occurrence that EXDATE has taken out, as it was."""
    whole = deepcopy(calendar)
    master = named_parts(whole, uid).get("")
    if master is None:
        return None
    master.pop("EXDATE", None)
    return part_named(whole, uid, recurrence)


# --- what is told


def _request(
    guest: Address, has: dict[str, Event], had: dict[str, Event], after: dict[str, Event], now: datetime
) -> Message:  # fmt: skip
    told = {name: _for_guests(part, now) for name, part in has.items()}
    if "" in told:
        for name, part in after.items():
            if name not in has:
                _leave_out(told[""], name, part)
    forced = any(_is_forced(part, guest) for part in has.values())
    new_to_them = has.keys() != had.keys() or _patterns(has) != _patterns(had)
    gaps = told.keys() != after.keys()
    first = next(iter(has.values()))
    return _message(
        "REQUEST", guest, told.values(), first, significant=forced or new_to_them or gaps
    )


def _is_forced(part: Event, guest: Address) -> bool:
    named = _named(part, guest)
    return named is not None and "SCHEDULE-FORCE-SEND" in named.params


def _leave_out(master: Event, name: str, part: Event) -> None:
    """An occurrence to which this guest is not invited."""
    if zone_of(master):
        add_gap(master, name)
    else:
        master.add("exdate", [moment_of(part, "RECURRENCE-ID")])


def _for_guests(part: Event, now: datetime) -> Event:
    """One event as its guests are told it: with an end (trap_94), and without what is nobody's business but ours."""
    told = deepcopy(part)
    told.subcomponents.clear()  # alarms: everybody sets their own
    if told.get("DURATION") is not None and told.get("DTEND") is None:
        set_prop(told, "DTEND", end_after(moment_of(told), length_of(told)))
    for name in _OWN:
        told.pop(name, None)
    for attendee in attendees(told):
        attendee.params.setdefault("PARTSTAT", "NEEDS-ACTION")
        for name in _DELIVERY:
            attendee.params.pop(name, None)
    set_prop(told, "SEQUENCE", sequence_of(part))
    set_prop(told, "DTSTAMP", _stamp(now))
    return told


def _cancel(
    guest: Address, known: dict[str, Event], before: dict[str, Event], after: dict[str, Event],
    now: datetime, *, off: bool,
) -> Message:  # fmt: skip
    """`off`: it takes place for nobody any more; else it does, without this guest."""
    last = max((sequence_of(part) for part in before.values()), default=-1)
    present = max((sequence_of(part) for part in after.values()), default=-1)
    sequence = present if present > last else last + 1
    parts = [known[""]] if "" in known else list(known.values())
    told = [_bare(part, guest, sequence, now) for part in parts]
    for each in told if off else ():
        set_prop(each, "STATUS", "CANCELLED")  # RFC 5546 3.2.5: not where somebody is only let go
    return _message("CANCEL", guest, told, parts[0], significant=True)


def _bare(part: Event, guest: Address, sequence: int, now: datetime) -> Event:
    """No more of an event than is needed to find it."""
    told = Event()
    whole = _for_guests(part, now)
    for name in ("UID", "RECURRENCE-ID", "SUMMARY", "DTSTART", "DTEND", "ORGANIZER"):
        if whole.get(name) is not None:
            told[name] = whole[name]
    for attendee in attendees(whole):
        if address_of(attendee) == guest:
            told.add("attendee", attendee, encode=False)
    set_prop(told, "SEQUENCE", sequence)
    set_prop(told, "DTSTAMP", _stamp(now))
    return told


def _message(
    method: Method, guest: Address, told: Iterable[Event], part: Event, *, significant: bool
) -> Message:
    calendar = new_calendar()
    calendar.add("method", method)
    for event in told:
        calendar.add_component(event)
    organizer = part.get("ORGANIZER")
    sequence = max(sequence_of(event) for event in events(calendar))
    return Message(
        method, uid_of(part), sequence, address_of(organizer), _name(organizer), guest,
        _name(_named(part, guest)), significant, calendar,
    )  # fmt: skip


def _bring_zones(message: Calendar, *sources: Calendar | None) -> None:
    """Zones that only the event itself explains; those that have a name of their own are added when it is written."""
    there = {
        str(zone.get("TZID", "")): zone
        for each in sources
        if each
        for zone in each.walk("VTIMEZONE")
    }
    used = {_zone_written(event) for event in events(message) if event.get("DTSTART") is not None}
    for tzid in sorted(used & there.keys()):
        message.subcomponents.insert(0, there[tzid])


def _zone_written(event: Event) -> str:
    """The TZID of the start, empty for what needs no explaining."""
    start: Any = event["DTSTART"]
    tzid = str(start.params.get("TZID", ""))
    return "" if tzid == zone_of(event) else tzid


def _name(who: Any) -> str:
    return str(who.params.get("CN", "")) if who is not None else ""


def _stamp(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)


# --- what matters


def is_same_pattern(one: Event, other: Event) -> bool:
    """Whether both take place at the same times and in the same place."""
    return _pattern(one) == _pattern(other)


def _patterns(parts: dict[str, Event]) -> dict[str, tuple[object, ...]]:
    return {name: _pattern(part) for name, part in parts.items()}


def _pattern(part: Event) -> tuple[object, ...]:
    """When, where and whether it takes place, whatever order or form that is written in."""
    both = part.get("DTEND") is not None and part.get("DURATION") is not None
    return (
        _when(part), length_of(part) if part.get("DTSTART") is not None else None,
        str(part["DURATION"].to_ical()) if both else "",  # nobody can tell which of them counts
        sorted(_rule(rule) for rule in listed(part.get("RRULE"))),
        sorted(map(_same, exdates(part))),
        str(part.get("STATUS", "CONFIRMED")).upper(), str(part.get("LOCATION", "")),
    )  # fmt: skip


def _when(part: Event) -> str:
    return _same(moment_of(part)) if part.get("DTSTART") is not None else ""


def _same(moment: date | datetime) -> str:
    """One name for one instant."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.isoformat()


def _rule(rule: Any) -> str:
    said = {str(name): sorted(map(str, listed(rule[name]))) for name in rule}
    if said.get("INTERVAL") == ["1"]:
        del said["INTERVAL"]
    return str(sorted(said.items()))
