"""Causes: what somebody must have done before a letter may ask about it, or alarm (I4 of the design).

Not the rules: only acts and answers are looked at, and never what the daemon believes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from daemon.domain.people import Line
from daemon.simulate.deeds import WHOLE
from daemon.simulate.letterbox import Letter
from daemon.simulate.people import People

MEMORY = timedelta(days=50)
"""So long an act is a cause: a question waits its turn, and a meeting far ahead is asked about later."""
CLASHES = (
    *("on-top", "busy-week", "leave-office", "move-occurrence", "move-series", "split-series"),
    *("make-series", "delete-and-make"),
)
BY_ACT = {
    "series-gone": ("delete-series", "cut-series"),
    "guest-gone": ("uninvite",),
    "declined-all": ("decline-series", "mentor-declines-series"),
    "absence": ("leave-office",),
    "adopt": ("make-series", "delete-and-make", "split-series"),
}
BY_INTRO = ("intro", "intro-draft")
BY_ANSWER = ("absence", "wish", "zone-changed", "leave")


def without_cause(letter: Letter, line: Line, people: People, now: datetime) -> str:
    """What is wrong with that letter, empty when somebody gave it a cause."""

    def recent(moment: datetime) -> bool:
        return now - moment < MEMORY

    parts = letter.key.split("/")
    kind = parts[3] if parts[0] == "tell" else letter.touchpoint
    if kind == "started" and line.pairing in people.to_agree:
        both = {(line.pairing, who.id) for who in (line.mentor, line.mentee)}
        return "" if both <= people.agreed else f"before both have agreed: {letter.key}"
    if kind in BY_INTRO:
        by = [each.address for each in line.people if kind != "intro" or each.address != letter.to]
        named = any(recent(at) for who in by for at in people.introduced[line.pairing, who])
        return "" if named else f"nobody named anybody: {letter.key}"
    if kind not in (*BY_ACT, *BY_ANSWER, "clash", "proposal"):
        return ""
    two = (line.mentor.address, line.mentee.address)
    names = (line.pairing, line.mentor.id, line.mentee.id)
    asked = any(recent(at) for name in names for at in people.asked[name])
    if kind in BY_ACT or kind in BY_ANSWER:
        acts = [a for a in people.acts if a.line == line.pairing or a.who in two]
        done = any(a.what in BY_ACT.get(kind, ()) and recent(a.at) for a in acts)
        if not done and not (kind in BY_ANSWER and asked):
            return f"nobody did what this asks about: {letter.key}"
    if kind == "clash" and not _in_the_way(letter.to, people, now, recent):
        return f"nobody put anything in the way: {letter.key}"
    if kind == "proposal" and "#1.1/" in letter.key and not line.cadence.finite:
        wall = letter.origin.partition("[")[0]
        own = [a for a in people.acts if a.line == line.pairing]
        whole = any(a.what in WHOLE for a in own)
        named = any(
            a.recurrence == wall or (recent(a.at) and (whole or not a.recurrence)) for a in own
        )
        if not named and not asked:
            return f"nobody touched that meeting: {letter.key}"
    return ""


def _in_the_way(
    who: str, people: People, now: datetime, recent: Callable[[datetime], bool]
) -> bool:
    """What was put on a date that is still to come is a cause however long ago that was."""
    return any(
        a.who == who and a.what in CLASHES and (recent(a.at) or a.start > now or a.what in WHOLE)
        for a in people.acts
    )
