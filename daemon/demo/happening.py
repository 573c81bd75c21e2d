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
from daemon.mail.times import Reading, city, when
from daemon.ports import LedgerEntry

TOO_LATE = "too late after"
Tone = Literal["person", "seen", "letter", "calendar", "not", "world", "figure"]


@dataclass(frozen=True, slots=True)
class Happening:
    """`word` names it, `zone` is on whose clock it is told, `key` the effect it is about.

    `usual` is what comes week after week: the terminal counts it, the page shows it.
    """

    at: datetime
    zone: str
    tone: Tone
    word: str
    text: str
    why: str = ""
    key: str = ""
    lane: Lane = ""
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What a ledger entry is read against: the pairing, its state, names, and reasons by key."""

    line: Line | None
    state: PairingState | None
    names: Mapping[str, str]
    reasons: Mapping[str, str]
    zone: str
    contact_zone: str
    wait_minutes: int
    quiet_to_minute: int


# What a decision says, as it is shown. Decisions that an effect beside them tells as well are left out.
_DECIDED = (
    (r"taken off the calendar by the \w+", "seen", "{day} is gone, the series stands"),
    (r"declined by the (\w+)", "seen", "{day} is declined by the {0}"),
    (r"moved by hand in the calendar", "seen", "{day} has another time now"),
    (r"(\d) times offered", "times", "{0} are free for both"),
    (r"option (\d) was chosen", "read", "as number {0}"),
    (r"none of the times fits", "read", "as: none of these times"),
    (r"kept as it is", "read", "as: keep the 1:1"),
    (r"left out \(choice\)", "read", "as: leave {day} out"),
    (r"the offer ended \(silence\)", "lapsed", "no answer: {day} is left out"),
    (r"letters to \w+ go again: (.+)", "seen", "{0}"),
    (r"access lost", "seen", "the calendar cannot be read"),
    (r"a complete listing worked", "seen", "the calendar can be read again"),
)
_WHY = {
    "times": "it was no slip",
    "lapsed": "as the letter said",
    "the address was corrected": "what is of use goes",
    "the calendar cannot be read": "lost is not deleted",
    "the calendar can be read again": "all of it was listed",
}

# Reasons of the ledger, shorter: here they stand beside what they are about. {city} is the reader's own.
_REASONS = (
    (r"the mentor is asked first-hand", "asked first"),
    (r"the mentee is asked first-hand", "the mentor said yes"),
    (r"a regular time is needed \(first\)", "the mentor said yes"),
    (r"the series is on the calendar", "the calendar has it"),
    (r"the calendar has the new time", "the calendar has it"),
    (r"the 1:1 is at (.*) {city}", r"for \1"),
    (r"the 1:1 is at (.*) {city}, catch_up", r"for \1, catch-up"),
    (r"nothing new to say: .*", "no news and no ask"),
    (r"a person's very first note is confirmed", "only the first time"),
    (r"another time is needed \((.*)\)", r"it was \1"),
    (r"clash: only that person can say", "only the owner knows"),
    (r"advisor-heads-up: .*", "a guest only if so"),
    (r"an advisor is asked .*", "nobody minds"),
    (r"of an advisor: yes", "the answer was yes"),
    (r"follow-up: .*|that person has said LATER", "LATER was said"),
    (r"said in answer to a follow-up", "it is for both"),
    (r"extend: only that person can say", "two weeks before"),
    (r"a break, first at .*", "a week before"),
    (r"a command was read: .*", "a command, answered"),
    (r"not understood \(proposal\)", "it does not guess"),
    (r"no answer yet; the only reminder", "the only reminder"),
    (r"its time was over at (.*) {city}", rf"{TOO_LATE} \1"),
    (r"an account cannot be reached", "it cannot be read"),
)

# What a letter is called here: its touchpoint, and what it says or asks.
_CALLED = {
    "welcome-mentor-connected": "welcome: mentor {partner}?",
    "welcome-mentee": "welcome: does it suit?",
    "ack": "answer: understood",
    "started": "started: it is settled",
    "prep-mentee": "prep: what about?",
    "prep-mentor": "prep: topics of {partner}",
    "first-note": "first-note: it is kept",
    "copy": "copy of {partner}'s words",
    "notes": "notes: how was it?",
    "moved": "moved: the new time",
    "left-out": "left-out, kindly",
    "unclear": "unclear: which one?",
    "clash": "clash: keep, or move?",
    "break-ahead": "break-ahead: the dates",
    "reconnect": "reconnect: what to do",
    "extend": "extend: go on?",
    "agreement": "agreement: do you agree?",
    "chemistry": "chemistry: go on together?",
    "check": "check: how is it going?",
    "assess": "assess: how sure?",
    "exit": "exit: what was it worth?",
    "still-good": "still-good: is it?",
    "advisor-heads-up": "advisor-heads-up: a guest?",
    "advisor": "advisor: can you come?",
    "advisor-told": "advisor-told: who comes",
    "farewell": "farewell",
    "follow-up": "follow-up: how is it?",
    "follow-up-word": "follow-up-word: {partner}'s line",
}
_TOLD_CONTACT = {
    "account-lost": "a calendar is lost",
    "address-on-hold": "letters come back",
    "back": "after the cut",
}
_CAME_BACK = re.compile(r"a letter to the \w+ came back: (.+)")


def of_entry(entry: LedgerEntry, scene: Scene) -> Happening | None:
    """What the entry says to a reader, None when another line says it."""
    match entry.what:
        case "settled":
            return _settled(entry, scene)
        case "skipped" | "withdrawn":
            zone, who = _reader(entry.key, scene)
            text = called(entry.key, who, scene)
            why = _reason(entry.why, zone, scene)
            word = "skipped" if entry.what == "skipped" else "dropped"
            return Happening(entry.at, zone, "not", word, text, why, entry.key, entry.lane)
        case "decided" if back := _CAME_BACK.fullmatch(entry.why):
            zone, who = _reader(entry.key, scene)
            text, why = called(entry.key, who, scene), f"it came back: {back[1]}"
            return Happening(entry.at, zone, "not", "back", text, why, entry.key, entry.lane)
        case "decided":
            return _decided(entry, scene)
        case _:
            return None


def _decided(entry: LedgerEntry, scene: Scene) -> Happening | None:
    for pattern, word, said in _DECIDED:
        found = re.search(pattern, entry.why)
        if found:
            origin = origin_of(entry.why)
            text = said.format(*found.groups(), day=day_words(origin.day) if origin else "")
            zone, why = scene.zone, _WHY.get(word) or _WHY.get(text, "")
            if word == "lapsed" and scene.line:
                zone = scene.line.mentee.zone
            if word == "seen" and origin:
                why = f"waits {scene.wait_minutes} min: a slip?"
            return Happening(entry.at, zone, "seen", word, text, why, entry.key, entry.lane)
    return None


def _settled(entry: LedgerEntry, scene: Scene) -> Happening:
    why = scene.reasons.get(entry.key, "")
    first = entry.key.partition("/")[0]
    if first in CALENDAR_WORDS:
        word = {
            "series": "series",
            "move": "moved",
            "put": "moved",
            "cancel": "off",
            "guest-off": "guest",
        }.get(first, first)
        text = _calendar_text(entry.key, scene)
        zone = scene.line.mentee.zone if scene.line and word == "moved" else scene.zone
        why = _reason(why, zone, scene)
        return Happening(entry.at, zone, "calendar", word, text, why, entry.key, entry.lane)
    zone, who = _reader(entry.key, scene)
    why = _reason(why, zone, scene)
    local = entry.at.astimezone(ZoneInfo(zone))
    if local.hour * 60 + local.minute == scene.quiet_to_minute:
        why += f"; waited: {who}'s night"
    text = called(entry.key, who, scene)
    return Happening(entry.at, zone, "letter", "letter", text, why, entry.key, entry.lane)


def _reason(why: str, zone: str, scene: Scene) -> str:
    words = in_words(why, zone, scene.names)
    for known, shorter in _REASONS:
        found = re.fullmatch(known.format(city=re.escape(city(zone))), words)
        if found:
            return found.expand(shorter)
    return words


def name_of(touchpoint: str) -> str:
    """A touchpoint as it is called here: `welcome`, `prep`, `notes`."""
    return _CALLED.get(touchpoint, touchpoint).partition(":")[0].partition(" ")[0]


def fact_of(key: str) -> str:
    """What a letter to the contact tells, by its key."""
    return key.split("/")[-3]


def called(key: str, who: str, scene: Scene) -> str:
    """`Ben: prep: what about?`: to whom a letter goes, and what it is."""
    touchpoint = touchpoint_of(key)
    if touchpoint == "tell":
        fact = fact_of(key)
        return f"{who}: {_TOLD_CONTACT.get(fact, fact)}"
    partner = ""
    if scene.line:
        partner = next(
            (p.first for p in (scene.line.mentor, scene.line.mentee) if p.first != who), ""
        )
    return f"{who}: {_CALLED.get(touchpoint, touchpoint).format(partner=partner)}"


def _calendar_text(key: str, scene: Scene) -> str:
    origin = origin_of(key)
    if scene.line is None or scene.state is None:
        return key
    if key.endswith("/end"):
        return f"in {scene.line.mentor.first}'s calendar, it ends"
    if origin is None:
        return f"every week in {scene.line.mentor.first}'s calendar, with {scene.line.mentee.first}"
    if key.startswith("guest/"):
        return f"{day_words(origin.day)} has a guest, that one alone"
    if key.startswith("guest-off/"):
        return f"{day_words(origin.day)} has that guest no more"
    meeting = next((m for m in scene.state.meetings if m.origin == origin), None)
    if meeting is None or not meeting.stands:
        return f"{day_words(origin.day)} is off the calendar"
    return f"{day_words(origin.day)} is now {meeting_words(meeting, scene.line)}"


def meeting_words(meeting: Meeting, line: Line) -> str:
    """`Thu 3 Dec, 20:30 Kolkata (16:00 Berlin)`."""
    reading = Reading(line.mentee.zone, line.mentor.zone)
    return when(meeting.start.strftime("%Y-%m-%dT%H:%M:%SZ"), reading)


def _reader(key: str, scene: Scene) -> tuple[str, str]:
    """On whose clock, and who: the person at the end of a letter's key."""
    if key.startswith("tell/"):
        return scene.contact_zone, scene.names.get("contact", "contact")
    person_id = key.split("/")[-2]
    person = _person(person_id, scene.line)
    return (person.zone if person else scene.zone), scene.names.get(person_id, "")


def _person(person_id: str, line: Line | None) -> Person | None:
    people = (line.mentor, line.mentee) if line else ()
    return next((p for p in people if p.id == person_id), None)


def day_words(day: date) -> str:
    """`Tue 20 Oct`."""
    return f"{day:%a} {day.day} {day:%b}"


_QUOTED_DAY = re.compile(r"^(?:From|De) (\d{1,2} (?:de )?\w{3})\w*\n\|", re.MULTILINE)
_NUMBERED = re.compile(r"^\d  ", re.MULTILINE)


def told_more(text: str, touchpoint: str, letter: str) -> str:
    """The text of a happening with what is worth saying of the letter itself."""
    who = text.partition(":")[0]
    days = _QUOTED_DAY.findall(letter)
    count = len(_NUMBERED.findall(letter))
    if touchpoint.startswith("prep-") and days:
        return f"{who}: prep, quotes {days[0]}"
    if touchpoint == "welcome-mentee" and count:
        return f"{who}: welcome: pick 1 of {count}"
    if touchpoint == "proposal":
        return f"{who}: proposal: pick 1 of {count}"
    if touchpoint == "proposal-nudge":
        return f"{who}: nudge: {count} still free"
    return text
