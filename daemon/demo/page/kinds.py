"""The kinds of moments: what makes one, which letters are on show, and what belongs to its story.

Not the finding: moments.py does that, with whatever happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from daemon.demo.happening import TOO_LATE, Happening
from daemon.demo.page.letters import Mail
from daemon.domain.program import Program
from daemon.domain.world import Lane

_QUOTED = re.compile(r"^(?:From|De) \d{1,2} (?:de )?\w+\n\| ", re.MULTILINE)
_CLOCKS = re.compile(r"for you: clocks changed in |para você: os relógios mudaram em ")
_AS_ALWAYS = re.compile(r"notes|prep-\w+")
"""Letters that come with every 1:1."""
_OF_OTHERS = re.compile(r"notes|prep-\w+|first-note|copy|ack")
"""The same, and what follows from them: no part of how a time is found."""
_ANSWER = re.compile(r"ack")
_NONE = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Sight:
    """One happening with its letter, whose matter it is, and the hours of its program."""

    happening: Happening
    mail: Mail | None
    lane: Lane
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


def _to_the_pair(each: Sight, head: Sight) -> bool:
    """Of one pairing, as most moments are."""
    return each.lane == head.lane


def _to_the_clocks(each: Sight, head: Sight) -> bool:
    """The change itself, and the letter that says so."""
    return each.happening == head.happening or each.happening.word == "clocks"


def _to_the_power(each: Sight, head: Sight) -> bool:
    """Off and on, what had become stale meanwhile, how it is counted, and what the contact reads."""
    it = each.happening
    stale = it.tone == "not" and it.why.startswith(TOO_LATE)
    counted = it.tone == "figure" and not it.lane
    return it.word == "POWER" or stale or counted or _told_contact(each)


def _to_the_account(each: Sight, head: Sight) -> bool:
    """The deed, what was seen of it, and what its owner and the contact read."""
    it = each.happening
    seen = it.tone in ("person", "seen") and "calendar" in it.text and not it.key
    return seen or each.is_letter("reconnect") or _told_contact(each)


def _to_the_address(each: Sight, head: Sight) -> bool:
    """What came back, who corrected it, and what was sent anew."""
    it = each.happening
    sent = it.tone in ("letter", "not", "world")
    corrected = each.says("address") and it.tone in ("person", "seen")
    return each.lane == head.lane and (sent or corrected)


def _told_contact(each: Sight) -> bool:
    return each.mail is not None and each.is_letter("admin") and not each.mail.regular


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of moment. `head` is what makes it one, `shows` which letters stand in the phone frame. Its story goes
    from `before` the head to `after` it: what `belongs`, without the letters that it `leaves`. `from_deed`: it
    begins with what was done in a calendar, and not before. `calendar`: a week of it has something to show."""

    anchor: str
    title: str
    head: Callable[[Sight], bool]
    shows: tuple[str, ...]
    before: timedelta
    after: timedelta
    leaves: re.Pattern[str] = _AS_ALWAYS
    belongs: Callable[[Sight, Sight], bool] = _to_the_pair
    from_deed: bool = False
    calendar: bool = True


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
        ("proposal", "slot-gone"), _hours(72), _hours(20), _OF_OTHERS, from_deed=True,
    ),
    Kind(
        "unclear", "An unclear reply is asked about once",
        lambda it: it.is_letter("unclear"), ("unclear",), _hours(1), _hours(6), _OF_OTHERS,
    ),
    Kind(
        "left-out", "Nobody answers an offer: the 1:1 is left out, kindly and as announced",
        lambda it: it.happening.word == "lapsed", ("left-out",), _hours(60), _hours(48),
        _OF_OTHERS, from_deed=True,
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
        ("prep-mentee", "prep-mentor"), _hours(96), _hours(0.2), _NONE, belongs=_to_the_clocks,
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
        _NONE, belongs=_to_the_power,
    ),
    Kind(
        "account-lost", "Something goes wrong: a calendar is closed to us, and that is told",
        lambda it: it.is_letter("reconnect"), ("reconnect", "admin"), _hours(1), _hours(48),
        belongs=_to_the_account,
    ),
    Kind(
        "came-back", "Something goes wrong: a letter comes back, and goes again once its address is right",
        lambda it: it.happening.word == "back", ("admin", "welcome-mentee"), _hours(0.1), _hours(1),
        _ANSWER, belongs=_to_the_address, calendar=False,
    ),
    Kind(
        "advisor", "Somebody from outside comes to one 1:1, and reads nothing else",
        lambda it: it.is_letter("advisor"), ("advisor-heads-up", "advisor"), _hours(0.5), _hours(12),
        _OF_OTHERS,
    ),
    Kind(
        "farewell", "The last 1:1, and goodbye",
        lambda it: it.is_letter("farewell"), ("farewell",), _hours(1), _hours(24),
    ),
    Kind(
        "follow-up", "Three months later: one letter, to whoever has asked for it",
        lambda it: it.is_letter("follow-up"), ("follow-up", "follow-up-word"), _hours(1), _hours(24),
        calendar=False,
    ),
)  # fmt: skip
