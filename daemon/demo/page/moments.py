"""Moments: what happened in a performance that is worth a closer look, found by what happened.

Not a script: nothing in here knows who took part, on which day, or how often. What did not happen is no moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from daemon.decide.keys import lane_of_pairing, origin_of, touchpoint_of
from daemon.demo.happening import Happening
from daemon.demo.page.kinds import KINDS, Kind, Sight
from daemon.demo.page.letters import Mail
from daemon.domain.meeting import Origin
from daemon.domain.people import Line
from daemon.domain.program import Program
from daemon.domain.world import Lane

STEPS_MAX = 14
CLOSE = timedelta(minutes=30)
"""A deed is seen within that time, or it was another one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One that happened. `steps` is its story as far as there is room, `more` what is left of it, `mails` are on
    show, `heard` counts all of its letters by reader."""

    kind: Kind
    head: Happening
    lane: Lane
    line: Line | None
    origin: Origin | None
    steps: tuple[Happening, ...]
    more: int
    mails: tuple[Mail, ...]
    heard: Mapping[str, int]


def moments(
    happenings: Sequence[Happening],
    told: Mapping[Happening, Mail],
    lines: Sequence[Line],
    program: Program,
) -> list[Moment]:
    """The first of each kind, in the order in which they happened."""
    sights = [Sight(each, told.get(each), lane_of(each, lines), program) for each in happenings]
    by_lane = {lane_of_pairing(line.pairing): line for line in lines}
    heads = [(kind, next(filter(kind.head, sights), None)) for kind in KINDS]
    found = [_moment(kind, head, sights, by_lane) for kind, head in heads if head]
    return sorted(found, key=lambda each: each.head.at)


def _moment(kind: Kind, head: Sight, sights: Sequence[Sight], lines: Mapping[Lane, Line]) -> Moment:
    story = [each for each in sights if _is_part(each, kind, head)]
    origins = [origin_of(each.happening.key) for each in (head, *story)]
    origin = next(filter(None, origins), None)
    steps = [each for each in story if origin_of(each.happening.key) in (None, origin)]
    if kind.from_deed:
        steps = steps[_first_of(steps, head) :]
    mails = [each.mail for each in steps if each.mail]
    on_show = [next((m for m in mails if m.touchpoint == name), None) for name in kind.shows]
    return Moment(
        kind, head.happening, head.lane, lines.get(head.lane), origin,
        tuple(each.happening for each in steps[:STEPS_MAX]), max(0, len(steps) - STEPS_MAX),
        tuple(mail for mail in on_show if mail), Counter(mail.reader for mail in mails),
    )  # fmt: skip


def _is_part(each: Sight, kind: Kind, head: Sight) -> bool:
    """Whether it belongs to the story of that head."""
    at = head.happening.at
    near = at - kind.before <= each.happening.at <= at + kind.after
    left = kind.leaves.fullmatch(touchpoint_of(each.happening.key))
    return near and not left and kind.belongs(each, head)


def _first_of(steps: Sequence[Sight], head: Sight) -> int:
    """Where a story begins that begins with a deed: the last one that was seen before the head, and its doing."""
    seen = [
        number
        for number, each in enumerate(steps)
        if each.happening.word == "seen" and each.happening.at <= head.happening.at
    ]
    first = seen[-1] if seen else 0
    while first and _led_to(steps[first - 1].happening, steps[first].happening):
        first -= 1
    return first


def _led_to(one: Happening, other: Happening) -> bool:
    return one.tone == "person" and other.at - one.at <= CLOSE


def lane_of(happening: Happening, lines: Sequence[Line]) -> Lane:
    """Whose matter it is: its own lane, else that of the pairing its key names; empty for nobody's."""
    if happening.lane:
        return happening.lane
    parts = happening.key.split("/")
    named = [line.pairing for line in lines if line.pairing in parts]
    return lane_of_pairing(named[0]) if named else ""
