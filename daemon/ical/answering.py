"""What guests' calendar programs answer, pure: from their message and the event as it stands to what it says.

Not who wrote the mail (daemon/identity.py) and not what follows: nothing here moves or cancels anything, and only an
answer that is `current` says anything of the event as it stands now (RFC 5546 2.1.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from icalendar import Calendar, Event, vCalAddress

from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Slot
from daemon.domain.people import Address
from daemon.ical.editing import Unwritable
from daemon.ical.message import instant_of, stamp_of
from daemon.ical.parsing import events, listed, parse_message
from daemon.ical.reading import (
    address_of,
    answer_of,
    attendees,
    moment_of,
    organizer_of,
    sequence_of,
    slot_of,
    uid_of,
)
from daemon.ical.recurrence import named_parts, recurrence_of
from daemon.ical.repeating import part_named
from daemon.ical.writing import new_calendar, put_event
from daemon.ports import OneOff, SeriesEvent

AnswerMethod = Literal["REPLY", "COUNTER", "REFRESH"]
Worth = Literal["current", "stale", "uninvited", "unknown"]
"""About the event as it stands · about an earlier state of it, or overtaken by a later answer · by nobody who is
invited to it · about nothing that is there."""
ANSWERED = "X-RECEIVED-DTSTAMP"
"""When an answer was given, beside it: mails overtake each other."""
COMMENT_CHARACTERS_MAX = 2_000
_ANSWERS: dict[str, AnswerMethod] = {"REPLY": "REPLY", "COUNTER": "COUNTER", "REFRESH": "REFRESH"}
_SAID = {"ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION"}
_DONE = "2.0"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """One guest's answer to an event (`recurrence` empty) or one occurrence. `proposed` are the times of a COUNTER, None
    where it names none that can be told; `status` is the code of its REQUEST-STATUS, `about` the start that a REPLY speaks of."""

    method: AnswerMethod
    uid: str
    recurrence: str
    who: Address
    partstat: Partstat
    sequence: int
    worth: Worth
    answered_at: datetime | None = None
    comment: str = ""
    proposed: Slot | None = None
    status: str = _DONE
    name: str = ""
    about: datetime | None = None


def answers(message: Calendar, existing: Calendar | None, author: Address = "") -> list[Answer]:
    """What a REPLY, COUNTER or REFRESH says, one answer an event in it; none for anything else.

    `existing` is the organizer's event, None where there is none. `author` is who wrote the mail: a COUNTER may repeat
    all the guests, and only the mail says whose it is.
    """
    method = _ANSWERS.get(str(message.get("METHOD", "")).upper())
    if method is None:
        return []
    return [
        answer
        for event in events(message)
        if (answer := _answer(method, event, existing, author)) is not None
    ]


def answers_in(
    text: bytes, invited: Mapping[str, SeriesEvent | OneOff], author: Address
) -> list[Answer]:
    """The same of the text in a mail, about the events of these uids alone, held against what everybody was invited
    to. Raises Unreadable."""
    message = parse_message(text)
    found: list[Answer] = []
    for uid, event in invited.items():
        alone = Calendar(message)
        for each in events(message):
            if uid_of(each) == uid:
                alone.add_component(each)
        found += answers(alone, _as_invited(event), author)
    return found


def _as_invited(event: SeriesEvent | OneOff) -> Calendar | None:
    calendar = new_calendar()
    try:
        put_event(calendar, event, "", _LONG_AGO)
    except Unwritable:
        return None
    return calendar


def write_down(existing: Calendar, answer: Answer) -> bool:
    """Write a REPLY into the organizer's event; False when it says so already, or names nothing that is there.

    Somebody who is not invited is written down as well: whether to let them in is the organizer's to say beforehand
    (RFC 5546 3.2.3), by `worth`.
    """
    if answer.method != "REPLY":
        return False
    there = answer.recurrence in named_parts(existing, answer.uid)
    part = part_named(existing, answer.uid, answer.recurrence)
    if part is None:
        return False
    attendee = _attendee(part, answer.who)
    if attendee is None:
        attendee = vCalAddress(f"mailto:{answer.who}")
        if answer.name:
            attendee.params["CN"] = answer.name
        part.add("attendee", attendee, encode=False)
    elif there:
        attendee.params["SCHEDULE-STATUS"] = answer.status
    before = dict(attendee.params)
    attendee.params["PARTSTAT"] = answer.partstat
    attendee.params.pop("RSVP", None)
    if answer.answered_at:
        attendee.params[ANSWERED] = f"{answer.answered_at:%Y%m%dT%H%M%SZ}"
    return before != dict(attendee.params)


# --- one event of a message


def _answer(
    method: AnswerMethod, event: Event, existing: Calendar | None, author: Address
) -> Answer | None:
    attendee = _answering(event, author)
    if attendee is None:
        return None
    who = address_of(attendee)
    uid = uid_of(event)
    name, part = _meant(event, existing) if existing is not None else ("", None)
    slot = slot_of(event) if event.get("DTSTART") is not None else None
    return Answer(
        method, uid, name, who, answer_of(attendee), sequence_of(event),
        _worth(method, event, attendee, part, who), stamp_of(event), _comment(event, attendee),
        slot if method == "COUNTER" else None, _status(event), str(attendee.params.get("CN", "")),
        slot.start if slot and method == "REPLY" else None,
    )  # fmt: skip


def _answering(event: Event, author: Address) -> Any | None:
    """The ATTENDEE who answers: the only one, or the one who wrote the mail; a delegate beside them is no third answer.
    None where nobody can tell."""
    organizer = organizer_of(event)
    named = [each for each in attendees(event) if address_of(each) != organizer]
    own = [each for each in named if address_of(each) == author]
    return named[0] if len(named) == 1 else own[0] if own else None


def _meant(event: Event, existing: Calendar) -> tuple[str, Event | None]:
    """The name of the occurrence that is answered, and the part of the organizer's event that tells of it: its own, else
    the whole. The whole event has the empty name."""
    parts = named_parts(existing, uid_of(event))
    master = parts.get("")
    if event.get("RECURRENCE-ID") is None:
        return "", master
    moment = moment_of(event, "RECURRENCE-ID")
    if master is None or master.get("DTSTART") is None:
        name = _same_moment(moment, parts)
        return name, parts.get(name)
    name = recurrence_of(event, master)
    if name in parts:
        return name, parts[name]
    copy = Calendar()
    copy.add_component(master)
    is_there = part_named(copy, uid_of(event), name) is not None
    return name, master if is_there else None


def _same_moment(moment: Any, parts: dict[str, Event]) -> str:
    """Where only single occurrences are there, each is found by its instant."""
    for name, part in parts.items():
        if name and instant_of(moment_of(part, "RECURRENCE-ID")) == instant_of(moment):
            return name
    return str(moment.isoformat())


def _worth(
    method: AnswerMethod, event: Event, attendee: Any, part: Event | None, who: Address
) -> Worth:
    if part is None:
        return "unknown"
    known = _attendee(part, who)
    if known is None or _stands_for_another(attendee):
        return "uninvited"
    if method == "REFRESH":
        return "current"  # it says nothing of the event, and nothing overtakes it
    at, last = stamp_of(event), str(known.params.get(ANSWERED, ""))
    overtaken = at is not None and f"{at:%Y%m%dT%H%M%SZ}" < last
    return "stale" if overtaken or sequence_of(event) < sequence_of(part) else "current"


def _stands_for_another(attendee: Any) -> bool:
    """A delegate comes instead of somebody, and whoever delegates does not come: neither can be said of a 1:1."""
    said = str(attendee.params.get("PARTSTAT", "NEEDS-ACTION")).upper()
    return said not in _SAID or "DELEGATED-FROM" in attendee.params


def _attendee(part: Event, who: Address) -> Any | None:
    return next((each for each in attendees(part) if address_of(each) == who), None)


def _comment(event: Event, attendee: Any) -> str:
    """What that person wrote beside the answer; Google writes it beside the person."""
    said = "\n".join(str(each).strip() for each in listed(event.get("COMMENT")))
    said = said or str(attendee.params.get("X-RESPONSE-COMMENT", ""))
    return said[:COMMENT_CHARACTERS_MAX].strip()


def _status(event: Event) -> str:
    """`2.0` is success (RFC 5546 3.6)."""
    said = listed(event.get("REQUEST-STATUS"))
    return str(said[0]).partition(";")[0].partition("\\")[0].strip() if said else _DONE
