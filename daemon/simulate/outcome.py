"""Outcome: the figures of a run, gathered from letters and from what the lanes remember.

Not a judgement: violations are found by checkers.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from daemon.domain.meeting import Meeting
from daemon.domain.world import PairingState
from daemon.ports import Store
from daemon.simulate.burden import Burden
from daemon.simulate.letterbox import Letter


@dataclass(slots=True)
class Outcome:
    """What happened, by (pairing, origin)."""

    meetings: dict[tuple[str, str], Meeting] = field(default_factory=dict)
    fell_at: dict[tuple[str, str], datetime] = field(default_factory=dict)
    moved_at: dict[tuple[str, str], datetime] = field(default_factory=dict)
    offered: set[tuple[str, str]] = field(default_factory=set)
    touchpoints: Counter[str] = field(default_factory=Counter)
    languages: dict[str, Counter[str]] = field(default_factory=dict)
    """Touchpoints by the language in which somebody read them."""
    burden: Burden = field(default_factory=Burden)
    last: datetime | None = None

    def look(self, store: Store, now: datetime) -> None:
        """Take over how pairings and meetings stand now; the lanes forget them later."""
        for lane in store.lane_names():
            state = store.world(lane).state if lane.startswith("pairing/") else None
            if isinstance(state, PairingState):
                self.burden.look(state, now)
                for meeting in state.meetings:
                    name = (state.line.pairing, str(meeting.origin))
                    self.meetings[name] = meeting
                    if meeting.cancelled_at:
                        self.fell_at[name] = meeting.cancelled_at

    def letter(self, seen: Letter) -> None:
        """Count a letter."""
        self.last = seen.at
        self.touchpoints[seen.touchpoint] += 1
        self.languages.setdefault(seen.language, Counter())[seen.touchpoint] += 1
        self.burden.letter(seen)
        pairing = seen.key.split("pairing/")[-1].split("/")[0]
        name = (pairing, seen.origin)
        # One without an origin asks for the first time of a session: nothing fell out.
        if seen.touchpoint == "proposal" and seen.origin:
            self.offered.add(name)
            self.fell_at.setdefault(name, seen.at)
        elif seen.touchpoint == "moved" and name in self.offered:
            self.moved_at.setdefault(name, seen.at)

    def due(self) -> list[Meeting]:
        """RULES 4: origin passed, not skipped by rule; without those whose evidence is still awaited."""
        passed = self.last
        return [
            m
            for m in self.meetings.values()
            if passed and m.end < passed and m.settled_by != "rule" and not m.stands
        ]

    def held(self) -> int:
        """Confirmed and presumed."""
        return sum(m.standing == "held" for m in self.due())

    def minutes_to_repair(self) -> float | None:
        """From the moment a meeting was seen to fall out to the letter with its new time, in the middle."""
        spans = [
            (moved - self.fell_at[name]) / timedelta(minutes=1)
            for name, moved in self.moved_at.items()
            if name in self.fell_at and moved >= self.fell_at[name]
        ]
        return round(median(spans), 1) if spans else None
