"""Moments: the happenings nobody should miss, found by their cues as the story goes.

Not the story: which they are, and by which words each is known, stands in script.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from daemon.demo.happening import Happening
from daemon.demo.script import CUES, Cue
from daemon.domain.world import Lane


@dataclass(frozen=True, slots=True)
class Moment:
    """`number` counts the moments of the story; what goes on with one has its number and an empty title."""

    number: int
    anchor: str
    title: str
    happening: Happening


class Moments:
    """Finds each cue once. A moment is open until the last of its cues is found."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = lanes
        self._waiting = list(_with_leads())
        self._numbers: dict[str, int] = {}
        self._ended: tuple[datetime, Cue] | None = None
        self.found: list[Moment] = []

    def look(self, happening: Happening) -> Moment | None:
        """The moment that this happening is, None mostly."""
        for waiting in self._waiting:
            cue, lead = waiting
            if self._is(cue, happening) and (cue.title or lead.anchor in self._numbers):
                self._waiting.remove(waiting)
                number = self._numbers.setdefault(lead.anchor, len(self._numbers) + 1)
                moment = Moment(number, cue.anchor, cue.title, happening)
                self.found.append(moment)
                self._ended = (happening.at, lead)
                return moment
        return None

    def number(self, happening: Happening) -> int:
        """The moment that it belongs to: it is about the same pairing, and the moment is open; else 0."""
        known = [moment.number for moment in self.found if moment.happening is happening]
        if known:
            return known[0]
        ended = self._ended
        for lead, number in reversed(list(self._leads())):
            here = lead.pairing is None or happening.lane == self._lanes[lead.pairing]
            still = any(each == lead for _, each in self._waiting)
            if here and (still or ended == (happening.at, lead)):
                return number
        return 0

    def _leads(self) -> Iterator[tuple[Cue, int]]:
        for cue in CUES:
            if cue.anchor in self._numbers:
                yield cue, self._numbers[cue.anchor]

    def _is(self, cue: Cue, happening: Happening) -> bool:
        lane = None if cue.pairing is None else self._lanes[cue.pairing : cue.pairing + 1]
        here = lane is None or happening.lane in lane
        return here and cue.word == happening.word and cue.text in happening.text


def _with_leads() -> Iterator[tuple[Cue, Cue]]:
    """Every cue with the one that begins its moment."""
    lead = CUES[0]
    for cue in CUES:
        lead = cue if cue.title else lead
        yield cue, lead
