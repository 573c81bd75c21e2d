"""Happenings: one line each of what people did, what was seen, what was sent, and why.

Not the ledger: this is its reading for somebody who watches, with the clock of the person concerned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from daemon.decide.keys import origin_of, touchpoint_of
from daemon.domain.meeting import Meeting
from daemon.domain.people import Line, Person
from daemon.domain.world import Lane, PairingState
from daemon.ledger import CALENDAR_WORDS, in_words
from daemon.mail.times import Reading, when
from daemon.ports import LedgerEntry

Tone = Literal["person", "seen", "letter", "calendar", "not", "world"]


@dataclass(frozen=True, slots=True)
class Happening:
    """`word` names it, `zone` is on whose clock it is told, `key` the effect it is about, `lane` whose matter
    it is where there is no key."""

    at: datetime
    zone: str
    tone: Tone
    word: str
    text: str
    why: str = ""
    key: str = ""
    lane: Lane = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a ledger entry is read against: the pairing, its state, names, and reasons by key."""

    line: Line | None
    state: PairingState | None
    names: Mapping[str, str]
    reasons: Mapping[str, str]
    zone: str
    wait_minutes: int
    quiet_to_minute: int


# What a decision says, as it is shown. Decisions that an effect beside them tells as well are left out.
_DECIDED = (
    (r"taken off the calendar by the (\w+)", "seen", "{day} is gone, the series stands"),
    (r"declined by the (\w+)", "seen", "{day} declined, the event stands"),
    (r"moved by hand in the calendar", "seen", "{day} has another time now"),
    (r"(\d) times offered", "times", "{0} times suit both"),
    (r"option (\d) was chosen", "read", "as option {0}"),
    (r"none of the times fits", "read", "as: none of these times"),
    (r"left out \(choice\)", "read", "as: leave {day} out"),
    (r"the offer ended \(silence\)", "lapsed", "no answer about {day}: left out, as said"),
    (r"access lost", "seen", "the calendar cannot be read; its 1:1s stand"),
    (r"a complete listing worked", "seen", "the calendar can be read again"),
)


def of_entry(entry: LedgerEntry, scene: Scene) -> Happening | None:
    """What the entry says to a reader, None when another line says it."""
    match entry.what:
        case "settled":
            return _settled(entry, scene)
        case "skipped" | "withdrawn":
            zone, who = _reader(entry.key, scene)
            text = f"{who}  {touchpoint_of(entry.key)}".strip()
            why = in_words(entry.why, zone, scene.names)
            return Happening(entry.at, zone, "not", entry.what, text, why, entry.key)
        case "decided":
            return _decided(entry, scene)
        case _:
            return None


def _decided(entry: LedgerEntry, scene: Scene) -> Happening | None:
    for pattern, word, text in _DECIDED:
        found = re.search(pattern, entry.why)
        if found:
            origin = origin_of(entry.why)
            shown = text.format(*found.groups(), day=_day(origin.day) if origin else "")
            zone, why = scene.zone, ""
            if word in ("read", "times") and scene.line:
                zone = scene.line.mentee.zone
            if word == "seen" and origin:
                why = f"waits {scene.wait_minutes} min: a slip would be undone by then"
            return Happening(entry.at, zone, "seen", word, shown, why, entry.key, entry.lane)
    return None


def _settled(entry: LedgerEntry, scene: Scene) -> Happening:
    why = scene.reasons.get(entry.key, "")
    first = entry.key.partition("/")[0]
    if first in CALENDAR_WORDS:
        word = {"series": "series", "move": "moved", "put": "moved", "cancel": "off"}.get(
            first, first
        )
        text = _calendar_text(entry.key, scene)
        zone = scene.line.mentee.zone if scene.line and word == "moved" else scene.zone
        why = in_words(why, zone, scene.names)
        return Happening(entry.at, zone, "calendar", word, text, why, entry.key)
    zone, who = _reader(entry.key, scene)
    touchpoint = "to the contact" if first == "tell" else first
    why = in_words(why, zone, scene.names)
    local = entry.at.astimezone(ZoneInfo(zone))
    if local.hour * 60 + local.minute == scene.quiet_to_minute:
        why += f"; waited for {who}'s morning"
    return Happening(entry.at, zone, "letter", "letter", f"{who}  {touchpoint}", why, entry.key)


def _calendar_text(key: str, scene: Scene) -> str:
    origin = origin_of(key)
    if scene.line is None or scene.state is None:
        return key
    if origin is None:
        return f"every week in {scene.line.mentor.first}'s calendar, with {scene.line.mentee.first}"
    meeting = next((m for m in scene.state.meetings if m.origin == origin), None)
    if meeting is None or not meeting.stands:
        return f"{_day(origin.day)} is off the calendar"
    return f"{_day(origin.day)} is now {meeting_words(meeting, scene.line)}"


def meeting_words(meeting: Meeting, line: Line) -> str:
    """`Thu 3 Dec, 20:30 Kolkata (16:00 Berlin)`."""
    reading = Reading(line.mentee.zone, line.mentor.zone)
    return when(meeting.start.strftime("%Y-%m-%dT%H:%M:%SZ"), reading)


def _reader(key: str, scene: Scene) -> tuple[str, str]:
    """On whose clock, and who: the person at the end of a letter's key."""
    if key.startswith("tell/"):
        return scene.zone, scene.names.get("contact", "contact")
    person_id = key.split("/")[-2]
    person = _person(person_id, scene.line)
    return (person.zone if person else scene.zone), scene.names.get(person_id, "")


def _person(person_id: str, line: Line | None) -> Person | None:
    people = (line.mentor, line.mentee) if line else ()
    return next((p for p in people if p.id == person_id), None)


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


_QUOTED_DAY = re.compile(r"^From (\d{1,2} \w+)\n\|", re.MULTILINE)
_NUMBERED = re.compile(r"^\d  ", re.MULTILINE)


def letter_detail(touchpoint: str, text: str) -> str:
    """What is worth saying of a letter beside its name."""
    if touchpoint.startswith("prep-"):
        days = _QUOTED_DAY.findall(text)
        return f"quotes the note of {days[0]}" if days else ""
    count = len(_NUMBERED.findall(text))
    return f"{count} times" if touchpoint == "proposal" and count else ""
