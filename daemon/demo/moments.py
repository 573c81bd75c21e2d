"""Moments: the happenings nobody should miss, found by their cues as the story goes.

Not the story: which they are, and by which words each is known, stands in script.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from daemon.demo.happening import Happening
from daemon.demo.script import CUES, Cue, Step
from daemon.domain.world import Lane


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a moment of the story. `number` counts those through, `begins` is its first step."""

    number: int
    anchor: str
    title: str
    happening: Happening
    begins: bool


@dataclass(slots=True)
class _Told:
    """A moment that has begun, what is still to come of it, and when it was last heard of."""

    number: int
    cue: Cue
    waiting: list[Step] = field(default_factory=list)
    at: datetime | None = None


class Moments:
    """Finds each step of each cue once."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = lanes
        self._cues = [c for c in CUES if c.pairing is None or c.pairing < len(lanes)]
        self._told: list[_Told] = []
        self.found: list[Moment] = []

    def look(self, happening: Happening) -> Moment | None:
        """The moment that this happening is a step of, None mostly."""
        for told in self._told:
            for step in told.waiting:
                if self._is(step, told.cue, happening):
                    return self._find(told, step, happening)
        for cue in self._cues:
            if self._is(cue.steps[0], cue, happening):
                self._cues.remove(cue)
                self._told.append(_Told(len(self._told) + 1, cue, list(cue.steps)))
                return self._find(self._told[-1], cue.steps[0], happening)
        return None

    def _find(self, told: _Told, step: Step, happening: Happening) -> Moment:
        told.waiting.remove(step)
        told.at = happening.at
        begins = step == told.cue.steps[0]
        moment = Moment(told.number, step.anchor, told.cue.title, happening, begins)
        self.found.append(moment)
        return moment

    def number(self, happening: Happening) -> int:
        """The moment to which it belongs, 0 for none: a step of it, or about the same pairing before all
        of its steps are found, or in the minute of the last."""
        if self.found and self.found[-1].happening is happening:
            return self.found[-1].number
        for told in reversed(self._told):
            if self._is_here(told.cue, happening) and (told.waiting or told.at == happening.at):
                return told.number
        return 0

    def _is(self, step: Step, cue: Cue, happening: Happening) -> bool:
        here = step.anywhere or self._is_here(cue, happening)
        return here and step.word == happening.word and step.text in happening.text

    def _is_here(self, cue: Cue, happening: Happening) -> bool:
        return cue.pairing is None or self._lanes[cue.pairing] == happening.lane
