"""Chance: where and when the daemon is killed.

Not what people do by chance (people.py), and not the faults of the outside world.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

CRASH_EVERY = {"none": 0, "light": 20_000, "heavy": 4_000}
"""On average one crash in so many boundaries between two steps of the daemon."""


class Crash(BaseException):
    """The daemon's process ends here, without a word."""


@dataclass(slots=True)
class Chance:
    """Where and when the daemon is killed."""

    random: Random
    every: int
    left: int = 0
    crashes: Counter[str] = field(default_factory=Counter)
    phases: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._draw()

    def _draw(self) -> None:
        self.left = self.random.randrange(1, 2 * self.every) if self.every else 0

    def step(self, phase: str) -> None:
        """One boundary. Phases that are rare are as likely to be hit as those that are common."""
        if not self.every:
            return
        self.phases[phase] += 1
        self.left -= 1
        if self.left <= 0 and self._fair(phase):
            self._draw()
            self.crashes[phase] += 1
            raise Crash(phase)

    def _fair(self, phase: str) -> bool:
        return self.crashes[phase] <= min((self.crashes[p] for p in self.phases), default=0)
