"""Moments: what happened in a performance that is worth a closer look, found by what happened.

Not a script: nothing in here knows who took part, on which day, or how often. What did not happen is no moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from daemon.decide.keys import lane_of_pairing, origin_of, touchpoint_of
from daemon.demo.happening import TOO_LATE, Happening
from daemon.demo.page.letters import Mail
from daemon.domain.meeting import Origin
from daemon.domain.people import Line
from daemon.domain.program import Program
from daemon.domain.world import Lane

STEPS_MAX = 14
_QUOTED = re.compile(r"^From \d{1,2} \w+\n\| ", re.MULTILINE)
_CLOCKS = re.compile(r"for you: clocks changed in ")
_AS_ALWAYS = re.compile(r"notes|prep-\w+")
"""Letters that come with every 1:1."""
_OF_OTHERS = re.compile(r"notes|prep-\w+|first-note|copy|ack")
"""The same, and what follows from them: no part of how a time is found."""
_NONE = re.compile(r"(?!)")

Told = Mapping[Happening, Mail]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a kind of moment is looked for in: a happening, its letter, and the program's own hours."""

    happening: Happening
    mail: Mail | None
    program: Program

    @property
    def at_night(self) -> bool:
        """Whether it happened in the quiet hours of whoever it is told about."""
        local = self.happening.at.astimezone(ZoneInfo(self.happening.zone))
        minute = local.hour * 60 + local.minute
        return not self.program.quiet_to_minute <= minute < self.program.quiet_from_minute

    def is_letter(self, *touchpoints: str) -> bool:
        """Whether a letter of one of these kinds was sent."""
        return self.mail is not None and self.mail.touchpoint in touchpoints

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Whether its letter has such a line."""
        return self.mail is not None and pattern.search(self.mail.text) is not None

    def says(self, *words: str) -> bool:
        """Whether all of these words stand in its line."""
        told = f"{self.happening.word} {self.happening.text} {self.happening.why}"
        return all(word in told for word in words)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of moment. `head` is what makes it one, `shows` which letters stand in the phone frame; its story
    goes from `before` the head to `after` it, without the letters that it `leaves`. `everybody`: it is not about
    one pairing."""

    anchor: str
    title: str
    head: Callable[[Sight], bool]
    shows: tuple[str, ...]
    before: timedelta = timedelta()
    after: timedelta = timedelta()
    leaves: re.Pattern[str] = _AS_ALWAYS
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One that happened. `steps` is its story, `mails` are on show, `heard` counts its letters by reader."""

    kind: Kind
    head: Happening
    lane: Lane
    line: Line | None
    origin: Origin | None
    steps: tuple[Happening, ...]
    mails: tuple[Mail, ...]
    heard: Mapping[str, int]


def _hours(hours: float) -> timedelta:
    return timedelta(hours=hours)


KINDS: tuple[Kind, ...] = (
    Kind(
        "began", "Both say yes, and the weekly 1:1 stands on a real calendar",
        lambda it: it.happening.key.startswith("series/"), ("welcome-mentee",), _hours(96), _hours(1),
    ),
    Kind(
        "night-note", "A note written at night is kept, and waits for the partner's morning",
        lambda it: it.happening.word == "kept" and it.at_night and "alone" not in it.happening.text,
        ("copy",), _hours(0.2), _hours(12),
    ),
    Kind(
        "quoted", "The next letter before a 1:1 quotes what was written",
        lambda it: it.is_letter("prep-mentor") and it.holds(_QUOTED),
        ("prep-mentor",), _hours(24), _hours(0.2), _NONE,
    ),
    Kind(
        "done", "One line closes a to-do",
        lambda it: it.happening.word == "done", ("ack",), _hours(3), _hours(0.2), _NONE,
    ),
    Kind(
        "repaired", "A 1:1 falls out, and stands again",
        lambda it: it.happening.tone == "calendar" and it.says("option"),
        ("proposal", "slot-gone"), _hours(72), _hours(20), _OF_OTHERS,
    ),
    Kind(
        "unclear", "An unclear reply is asked about once",
        lambda it: it.is_letter("unclear"), ("unclear",), _hours(1), _hours(6), _OF_OTHERS,
    ),
    Kind(
        "left-out", "Nobody answers an offer: the 1:1 is left out, kindly and as announced",
        lambda it: it.happening.word == "lapsed", ("left-out",), _hours(60), _hours(48), _OF_OTHERS,
    ),
    Kind(
        "clash", "Something lands on top of a 1:1: only its owner is asked",
        lambda it: it.is_letter("clash"), ("clash",), _hours(6), _hours(48),
    ),
    Kind(
        "by-hand", "A 1:1 is dragged to another time by hand",
        lambda it: it.happening.tone == "seen" and it.says("another time now"), ("moved",),
        _hours(2), _hours(20),
    ),
    Kind(
        "clocks", "Clocks change on one side only, and the letter says so",
        lambda it: it.holds(_CLOCKS),
        ("prep-mentee", "prep-mentor"), _hours(96), _hours(0.2), _NONE,
    ),
    Kind(
        "break", "A break is told once, ahead, with all its dates",
        lambda it: it.is_letter("break-ahead"), ("break-ahead",), _hours(1), _hours(30),
    ),
    Kind(
        "away", "An absence is one letter, whatever falls into it",
        lambda it: it.is_letter("absence"), ("absence",), _hours(6), _hours(24),
    ),
    Kind(
        "power-cut", "The power is cut: nothing is lost, nothing comes twice, what is stale is left out",
        lambda it: it.happening.word == "POWER" and it.says("back"), ("admin",), _hours(120), _hours(1),
        _NONE, everybody=True,
    ),
    Kind(
        "account-lost", "Something goes wrong: a calendar is closed to us, and that is told",
        lambda it: it.is_letter("reconnect"), ("reconnect", "admin"), _hours(1), _hours(48), everybody=True,
    ),
    Kind(
        "farewell", "The last 1:1, and goodbye",
        lambda it: it.is_letter("farewell"), ("farewell",), _hours(1), _hours(24),
    ),
)  # fmt: skip


def moments(
    happenings: Sequence[Happening], told: Told, lines: Sequence[Line], program: Program
) -> list[Moment]:
    """The first of each kind, in the order in which they happened."""
    found: list[Moment] = []
    for kind in KINDS:
        for head in happenings:
            if kind.head(Sight(head, told.get(head), program)):
                found.append(_moment(kind, head, happenings, told, lines))
                break
    return sorted(found, key=lambda each: each.head.at)


def _moment(
    kind: Kind, head: Happening, happenings: Sequence[Happening], told: Told, lines: Sequence[Line]
) -> Moment:
    lane = lane_of(head, lines)
    story = list(_story(kind, head, lane, happenings, told, lines))
    origin = origin_of(head.key) or next(
        filter(None, (origin_of(each.key) for each in story)), None
    )
    steps = _begun(kind, [each for each in story if origin_of(each.key) in (None, origin)], head)
    mails = [told[each] for each in steps if each in told]
    shown = [next((m for m in mails if m.touchpoint == name), None) for name in kind.shows]
    heard: dict[str, int] = {}
    for mail in mails:
        heard[mail.reader] = heard.get(mail.reader, 0) + 1
    line = next((each for each in lines if lane_of_pairing(each.pairing) == lane), None)
    on_show = tuple(mail for mail in shown if mail is not None)
    return Moment(kind, head, lane, line, origin, tuple(steps[:STEPS_MAX]), on_show, heard)


def _story(
    kind: Kind, head: Happening, lane: Lane, happenings: Sequence[Happening], told: Told,
    lines: Sequence[Line],
) -> Iterator[Happening]:  # fmt: skip
    """What happened around the head and belongs to it."""
    for each in happenings:
        near = head.at - kind.before <= each.at <= head.at + kind.after
        if not near or kind.leaves.fullmatch(touchpoint_of(each.key)):
            continue
        if kind.anchor == "clocks":
            here = each.word == "clocks" or each == head
        elif kind.everybody:
            here = _of_everybody(each, kind, told)
        else:
            here = lane_of(each, lines) == lane
        if here:
            yield each


def _of_everybody(each: Happening, kind: Kind, told: Told) -> bool:
    """What belongs to a moment about no single pairing: letters on show, the outside world, what was not done."""
    mail = told.get(each)
    if mail:
        return mail.touchpoint in kind.shows and not mail.regular
    stale = each.tone == "not" and each.why.startswith(TOO_LATE)
    calendar = "calendar" in each.text and each.tone in ("person", "seen") and not each.key
    counted = each.tone == "figure" and not each.lane
    return (stale or counted or each.word == "POWER") if kind.anchor == "power-cut" else calendar


def _begun(kind: Kind, story: list[Happening], head: Happening) -> list[Happening]:
    """The story without what lies before its beginning: of a repair, what was done in the calendar."""
    if kind.anchor in ("repaired", "left-out"):
        told = [n for n, each in enumerate(story) if each.word == "seen" and each.at <= head.at]
        first = told[-1] if told else 0
        while (
            first and story[first - 1].tone == "person" and _close(story[first - 1], story[first])
        ):
            first -= 1
        return story[first:]
    return story


def _close(one: Happening, other: Happening) -> bool:
    return other.at - one.at <= timedelta(minutes=30)


def lane_of(happening: Happening, lines: Sequence[Line]) -> Lane:
    """Whose matter it is: its own lane, else that of the pairing its key names; empty for nobody's."""
    if happening.lane:
        return happening.lane
    parts = happening.key.split("/")
    named = [line.pairing for line in lines if line.pairing in parts]
    return lane_of_pairing(named[0]) if named else ""
