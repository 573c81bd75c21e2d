"""What guests have yet to be told of one event: between what they were told last and what stands now.

Not a message of its own (scheduling.py) and not a mail. One occurrence is told alone, so that what was answered for all
the others stays as it is.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import datetime

from icalendar import Calendar, Event

from daemon.domain.people import Address
from daemon.ical.editing import set_prop
from daemon.ical.parsing import events
from daemon.ical.reading import guests_of, sequence_of, uid_of
from daemon.ical.recurrence import gaps_of, named_parts
from daemon.ical.scheduling import Message, is_same_pattern, messages, messages_of_one

ALONE_MAX = 3
"""So many occurrences are told one by one; more than that is one message about the whole."""


def untold(
    old: Calendar | None, new: Calendar | None, organizer: Address, now: datetime
) -> list[tuple[str, Message]]:
    """Each message with the name of the occurrence that it is about, empty for the whole event. Raises Contradictory."""
    last = max((sequence_of(part) for part in events(old)), default=-1) if old is not None else -1
    return [(name, _counted(each, last)) for name, each in _untold(old, new, organizer, now)]


def _untold(
    old: Calendar | None, new: Calendar | None, organizer: Address, now: datetime
) -> list[tuple[str, Message]]:
    alone = _alone(old, new) if old is not None and new is not None else None
    if new is None or alone is None:
        return [("", each) for each in messages(old, new, organizer, now) if each.significant]
    uid = uid_of(events(new)[0])
    return [
        (name, each) for name in alone for each in messages_of_one(new, uid, name, organizer, now)
    ]


def _counted(message: Message, last: int) -> Message:
    """With a higher number than what was told before: who changes an event by hand does not always count (RFC 5546
    2.1.4), and a guest's program passes over what it takes to be old."""
    if message.sequence > last:
        return message
    for part in events(message.calendar):
        set_prop(part, "SEQUENCE", last + 1)
    return replace(message, sequence=last + 1)


def _alone(old: Calendar, new: Calendar) -> list[str] | None:
    """The occurrences in which these differ, in their order; None where more than single ones do."""
    before, after = _parts(old), _parts(new)
    if "" not in before or "" not in after:
        return None
    was, now_is = before[""], after[""]
    gone, back = gaps_of(now_is) - gaps_of(was), gaps_of(was) - gaps_of(now_is)
    if back or before.keys() - after.keys() - gone or not _same_apart_from_gaps(was, now_is):
        return None
    changed = {
        name
        for name, part in after.items()
        if name and (name not in before or not is_same_pattern(before[name], part))
    }
    names = sorted(gone | changed)
    return names if len(names) <= ALONE_MAX else None


def _same_apart_from_gaps(one: Event, other: Event) -> bool:
    one, other = deepcopy(one), deepcopy(other)
    for each in (one, other):
        each.pop("EXDATE", None)
    same_guests = {guest.address for guest in guests_of(one)} == {
        guest.address for guest in guests_of(other)
    }
    return same_guests and is_same_pattern(one, other)


def _parts(calendar: Calendar) -> dict[str, Event]:
    return named_parts(calendar, uid_of(events(calendar)[0])) if events(calendar) else {}
