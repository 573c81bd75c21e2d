"""The calendar part of a mail: what a calendar program says in it (RFC 5546, RFC 6047).

Not an invitation of ours and not what follows from it: nothing does before mentors are served by mail. Not a
calendar either: seven properties are read as they stand, in linear time, from whatever is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from daemon.domain.people import Address
from daemon.mail.parts import clean
from daemon.mail.reading.mime import Part, characters

CALENDAR_BYTES_MAX = 200_000
LINES_MAX = 5_000
VALUE_CHARACTERS_MAX = 1_000
METHODS = frozenset(
    ("ADD", "CANCEL", "COUNTER", "DECLINECOUNTER", "PUBLISH", "REFRESH", "REPLY", "REQUEST")
)
ANSWERS = frozenset(("COUNTER", "REFRESH", "REPLY", "DECLINECOUNTER"))
"""What is only ever said by a calendar program, whatever words stand beside it."""


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """METHOD, UID and RECURRENCE-ID as they stand there; of an answer, who answers what or proposes which times.

    `counter` are start and end of a COUNTER as they stand there, with their zone in brackets."""

    method: str
    uid: str
    recurrence_id: str = ""
    partstat: str = ""
    attendee: Address = ""
    counter: tuple[str, str] | None = None


def calendar_of(mail: Part) -> tuple[CalendarPart, Part] | None:
    """The first calendar part that names a method, with the part it stands in; None where there is none."""
    for part in mail.walk(into_mails=False):
        if part.type not in ("text/calendar", "application/ics"):
            continue
        found = _read(part)
        if found:
            return found, part
    return None


def _read(part: Part) -> CalendarPart | None:
    lines = _unfolded(characters(part.bytes()[:CALENDAR_BYTES_MAX], "utf-8"))
    method, event = "", dict[str, tuple[str, str]]()
    stack: list[str] = []
    for line in lines[:LINES_MAX]:
        name, parameters, value = _property(line)
        if name == "BEGIN":
            stack.append(value.upper())
        elif name == "END":
            if stack and stack.pop() == "VEVENT":
                break
        elif name == "METHOD" and stack == ["VCALENDAR"]:
            method = value.strip().upper()
        elif stack[-1:] == ["VEVENT"] and len(stack) == 2:
            event.setdefault(name, (parameters, value))
    method = method or part.parameter("method").upper()
    return _told(method, event) if method in METHODS else None


def _told(method: str, event: dict[str, tuple[str, str]]) -> CalendarPart:
    parameters, attendee = event.get("ATTENDEE", ("", "")) if method in ANSWERS else ("", "")
    answer = re.search(r";PARTSTAT=\"?([A-Z-]{1,20})", parameters.upper())
    counter = None
    if method == "COUNTER":
        counter = (_time(event, "DTSTART"), _time(event, "DTEND"))
    return CalendarPart(
        method, clean(event.get("UID", ("", ""))[1]), _time(event, "RECURRENCE-ID"), answer[1] if answer else "",
        clean(re.sub(r"^mailto:", "", attendee.strip(), flags=re.IGNORECASE)).lower(), counter,
    )  # fmt: skip


def _time(event: dict[str, tuple[str, str]], name: str) -> str:
    parameters, value = event.get(name, ("", ""))
    zone = re.search(r";TZID=\"?([^;:\"]{1,100})", parameters, re.IGNORECASE)
    said = clean(value)
    return f"{said}[{clean(zone[1])}]" if zone and said else said


def _unfolded(text: str) -> list[str]:
    """RFC 5545 3.1."""
    lines: list[list[str]] = []
    for line in text.splitlines()[: 2 * LINES_MAX]:
        if line[:1] in (" ", "\t") and lines:
            lines[-1].append(line[1:])
        else:
            lines.append([line])
    return ["".join(pieces) for pieces in lines]


def _property(line: str) -> tuple[str, str, str]:
    """Name, parameters as they stand, and value, which begins at the first colon outside of quotes."""
    quoted = False
    for at, character in enumerate(line[:VALUE_CHARACTERS_MAX]):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            name, semicolon, parameters = line[:at].partition(";")
            value = line[at + 1 : at + 1 + VALUE_CHARACTERS_MAX]
            return name.strip().upper(), semicolon + parameters, value
    return "", "", ""
