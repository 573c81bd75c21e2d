"""Literal facts for every branch of every template: sample people, sample notes.

Not test data only: `check` renders each template with them before it is accepted, `preview` shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from daemon.domain.people import Person, Role
from daemon.domain.program import Program
from daemon.mail.render import COMMON_NAMES, TemplateFailed, Templates, context

ANA = Person("ana-rao", "Ana Rao", "ana@example.org", "Europe/Berlin")
BEN = Person("ben-das", "Ben Das", "ben@example.org", "Asia/Kolkata")
MAYA = Person("maya", "Maya", "maya@example.org", "Asia/Kolkata")
PROGRAM = Program(
    id="koss-2027",
    name="KOSS 1:1s",
    contact_name="Maya",
    contact="maya@example.org",
    mailbox="koss.1on1@example.org",
    timezone="Asia/Kolkata",
)

START = "2026-12-01T14:00:00Z"
NEXT = "2026-12-08T14:00:00Z"
ANSWER_BY = "2026-11-29T14:30:00Z"
LINK = "https://meet.example.org/ana-ben"


@dataclass(frozen=True, slots=True)
class Fixture:
    """One way a letter can come out: who reads it, and the facts."""

    name: str
    role: Role
    facts: dict[str, Any]
    alone: bool = False

    def context(self, clock_hours: int = 24) -> dict[str, Any]:
        """Everything the template is handed."""
        reader, partner = (ANA, BEN) if self.role == "mentor" else (BEN, ANA)
        if self.alone:
            reader = ANA if self.role == "mentor" else MAYA
        reader = replace(reader, clock_hours=clock_hours)
        return context(PROGRAM, reader, None if self.alone else partner, self.role, self.facts)


def _slot(number: int, day: int, hour: int, usual: bool = False) -> dict[str, Any]:
    start, end = f"2026-12-0{day}T{hour:02}:00:00Z", f"2026-12-0{day}T{hour:02}:30:00Z"
    return {"number": number, "start": start, "end": end, "usual": usual}


SLOTS = [_slot(1, 2, 14, usual=True), _slot(2, 3, 15), _slot(3, 4, 13)]
NOTES = [{"day": "2026-11-24", "lines": ["Two internships, decide by January. CV draft first."]}]
ACTIONS = [
    {"letter": "a", "owner": "mentee", "text": "send Ana the CV draft"},
    {"letter": "b", "owner": "mentor", "text": "ask Priya about the lab"},
]
QUESTION = "What would you look at first?"

_WELCOME: dict[str, Any] = {"start": START, "length_minutes": 30, "ends": "2027-06-30"}
_STARTED: dict[str, Any] = {"start": START, "length_minutes": 30, "link": LINK}
_PREP: dict[str, Any] = {
    **_STARTED,
    "notes": NOTES,
    "actions": ACTIONS,
    "question": QUESTION,
}
_MENTOR_PREP: dict[str, Any] = {**_STARTED, "notes": NOTES, "actions": ACTIONS}
_BARE: dict[str, Any] = {**_STARTED, "link": "", "notes": [], "actions": [], "question": ""}
_COPY: dict[str, Any] = {
    "what": "note",
    "day": "2026-11-24",
    "lines": ["Two internships, decide by January."],
    "actions": ACTIONS,
    "start": START,
}
_PROPOSAL: dict[str, Any] = {
    "start": START,
    "slots": SLOTS,
    "answer_by": ANSWER_BY,
    "next_start": NEXT,
    "round": 1,
    "cause": "cancelled",
    "keeps": False,
    "widened": False,
}
_NUDGE: dict[str, Any] = {
    "start": START,
    "slots": SLOTS[1:],
    "answer_by": ANSWER_BY,
    "next_start": NEXT,
    "keeps": False,
}
_GONE: dict[str, Any] = {**_NUDGE, "start": "2026-12-02T14:00:00Z", "number": 1}
_MOVED: dict[str, Any] = {
    "start": "2026-12-03T15:00:00Z",
    "old_start": START,
    "length_minutes": 30,
    "link": LINK,
    "number": 2,
    "said": "2",
    "next_start": NEXT,
    "by": "you",
}
_LEFT_OUT: dict[str, Any] = {"start": START, "next_start": NEXT, "why": "choice", "by_you": True}
_UNCLEAR: dict[str, Any] = {"said": "maybe the second, or later?", "about": "proposal"}
_RECONNECT: dict[str, Any] = {
    "since": "2026-11-30T07:00:00Z",
    "meetings": [{"first": "Ben", "start": START}, {"first": "Chi", "start": NEXT}],
    "last": False,
}

_ADMIN_FACTS = (
    *(
        "series-gone",
        "series-changed",
        "declined-all",
        "vanished",
        "account-lost",
        "account-refused",
        "rounds-over",
        "lapsed",
    ),
    *("setup-silent", "said-no", "for-contact", "letter-on-hold", "letters-over", "refused"),
    *("stopped-reading", "deleted-twice", "needs-a-word", "something-new"),
)


def _acks() -> tuple[Fixture, ...]:
    items = {"done": ["send Ana the CV draft"], "agenda": ["The lab"], "for-contact": ["PAUSE"]}
    said = ("done", "skip", "move", "stays", "yes", "no", "for-contact", "missed", "agenda")
    mentee = tuple(
        Fixture(f"to {word}", "mentee", {"what": word, "items": items.get(word, [])})
        for word in said
    )
    mentor = tuple(
        Fixture(f"to the mentor's {word}", "mentor", {"what": word, "items": []})
        for word in ("yes", "skip", "move")
    )
    return (*mentee, *mentor)


def _admins() -> tuple[Fixture, ...]:
    facts = {"pairings": 2, "people": "Ana", "next_start": START}
    first = tuple(
        Fixture(fact, "mentee", {"fact": fact, "facts": facts, "command": ""}, alone=True)
        for fact in _ADMIN_FACTS
    )
    command = "run.py release prep-mentee/pairing/ana-ben/1"
    held = {"fact": "letter-on-hold", "facts": {}, "command": command}
    return (*first, Fixture("with a command", "mentee", held, alone=True))


FIXTURES: dict[str, tuple[Fixture, ...]] = {
    "welcome-mentor-connected": (
        Fixture("until a day", "mentor", _WELCOME),
        Fixture("without end", "mentor", {**_WELCOME, "ends": ""}),
    ),
    "welcome-mentee": (
        Fixture("until a day", "mentee", _WELCOME),
        Fixture("without end", "mentee", {**_WELCOME, "ends": ""}),
    ),
    "setup-nudge": (
        Fixture("first, to the mentor", "mentor", {"start": START, "last": False}),
        Fixture("last, to the mentee", "mentee", {"start": START, "last": True}),
    ),
    "started": (
        Fixture("mentee", "mentee", _STARTED),
        Fixture("mentor, no link", "mentor", {**_STARTED, "link": ""}),
    ),
    "prep-mentee": (
        Fixture("with a past", "mentee", _PREP),
        Fixture("the very first", "mentee", _BARE),
        Fixture("only to-dos", "mentee", {**_BARE, "actions": ACTIONS}),
    ),
    "prep-mentor": (
        Fixture("with a past", "mentor", {**_MENTOR_PREP, "agenda": ["Which of the two to take"]}),
        Fixture(
            "only topics",
            "mentor",
            {**_STARTED, "link": "", "notes": [], "actions": [], "agenda": ["The lab", "1. Rome"]},
        ),
        Fixture("no topics", "mentor", {**_MENTOR_PREP, "agenda": []}),
    ),
    "notes": (
        Fixture("first", "mentee", {"start": START, "next_start": NEXT, "first": True}),
        Fixture("mentor, the last", "mentor", {"start": START, "next_start": None, "first": False}),
    ),
    "first-note": (Fixture("kept", "mentee", {"start": START}),),
    "copy": (
        Fixture("note", "mentor", _COPY),
        Fixture("agenda", "mentor", {**_COPY, "what": "agenda", "actions": []}),
        Fixture("last note", "mentee", {**_COPY, "start": None}),
    ),
    "proposal": (
        Fixture("can't take place", "mentee", _PROPOSAL),
        Fixture(
            "declined, further away",
            "mentee",
            {**_PROPOSAL, "cause": "declined"} | {"widened": True},
        ),
        Fixture("asked, keeps", "mentee", {**_PROPOSAL, "cause": "asked", "keeps": True}),
        Fixture(
            "did not take place", "mentee", {**_PROPOSAL, "cause": "missed", "next_start": None}
        ),
        Fixture("moved, keeps", "mentee", {**_PROPOSAL, "cause": "moved", "keeps": True}),
        Fixture(
            "second round, one left", "mentee", {**_PROPOSAL, "round": 2, "slots": [_slot(4, 5, 9)]}
        ),
    ),
    "proposal-nudge": (
        Fixture("two left", "mentee", _NUDGE),
        Fixture("one left, keeps", "mentee", {**_NUDGE, "slots": SLOTS[2:], "keeps": True}),
        Fixture("no next", "mentee", {**_NUDGE, "next_start": None}),
    ),
    "slot-gone": (
        Fixture("taken", "mentee", _GONE),
        Fixture("taken, keeps", "mentee", {**_GONE, "keeps": True}),
        Fixture("one left, no next", "mentee", {**_GONE, "slots": SLOTS[:1], "next_start": None}),
    ),
    "moved": (
        Fixture("by you", "mentee", _MOVED),
        Fixture("by the partner", "mentor", {**_MOVED, "by": "partner"}),
        Fixture("in the calendar", "mentee", {**_MOVED, "by": "calendar", "number": 0, "said": ""}),
        Fixture("after all", "mentee", {**_MOVED, "by": "calendar", "old_start": _MOVED["start"]}),
        Fixture("no link, no next", "mentor", {**_MOVED, "link": "", "next_start": None}),
    ),
    "left-out": (
        Fixture("by you", "mentee", _LEFT_OUT),
        Fixture("silence", "mentor", {**_LEFT_OUT, "why": "silence", "by_you": False}),
        Fixture("no times", "mentee", {**_LEFT_OUT, "why": "no-times", "by_you": False}),
        Fixture("the last", "mentee", {**_LEFT_OUT, "next_start": None}),
    ),
    "off": (
        Fixture("times follow", "mentee", {"start": START, "times_follow": True}),
        Fixture("nothing follows yet", "mentor", {"start": START, "times_follow": False}),
    ),
    "ack": _acks(),
    "unclear": (
        Fixture("which time", "mentee", {**_UNCLEAR, "slots": SLOTS}),
        Fixture("closed list", "mentee", {**_UNCLEAR, "about": "closed-list", "slots": SLOTS}),
        Fixture("closed, none open", "mentee", {"said": "2", "about": "closed-list", "slots": []}),
        Fixture("welcome", "mentor", {**_UNCLEAR, "about": "welcome", "slots": []}),
        Fixture("other", "mentor", {"said": "", "about": "other", "slots": []}),
    ),
    "reconnect": (
        Fixture("first", "mentor", _RECONNECT, alone=True),
        Fixture("last", "mentor", {**_RECONNECT, "meetings": [], "last": True}, alone=True),
        Fixture("a mentee", "mentee", _RECONNECT, alone=True),
    ),
    "admin": _admins(),
}


def check(templates: Templates) -> list[TemplateFailed]:
    """Every problem of every template in every language, all at once (trap_77)."""
    problems: list[TemplateFailed] = []
    for language in templates.languages():
        for touchpoint in templates.touchpoints(language):
            problems += _problems(templates, touchpoint, language)
    return problems


def _problems(templates: Templates, touchpoint: str, language: str) -> list[TemplateFailed]:
    where = f"{language}/{touchpoint}.md"
    fixtures = FIXTURES.get(touchpoint)
    if fixtures is None:
        return [TemplateFailed(where, 1, f"no letter is called {touchpoint}")]
    known = COMMON_NAMES.union(*(fixture.facts for fixture in fixtures))
    try:
        unknown = templates.unknown_names(touchpoint, language, known)
        for fixture in fixtures:
            templates.render(touchpoint, language, fixture.context())
    except TemplateFailed as problem:
        return [problem]
    return [TemplateFailed(where, 1, f"{name} is nothing a letter knows") for name in unknown]
