"""What a campaign found: its tables, and what of it is a failure.

Not a judge of the control: that one has to fail, and kill.py says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from daemon.domain.people import Address
from tests.campaign.people import People
from tests.campaign.strikes import NAMED, OTHERS, Where

SHARE_LEAST_PERCENT = 15


@dataclass(slots=True)
class Tally:
    """What happened during the kills. `backlog`: what was due when the first one struck, by kind."""

    kills: int = 0
    aimed: Counter[Where] = field(default_factory=Counter)
    struck: Counter[Where] = field(default_factory=Counter)
    backlog: Counter[str] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)
    idle: int = 0
    repeated: int = 0
    letters: int = 0
    deeds: int = 0
    start_seconds: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Ending:
    """What people have in the end.

    Letters are compared by stem, the key without its generation: that counts how often a letter was
    decided anew before it went, which depends on who wrote first into the same calendar file.
    """

    letters: Counter[str]
    twice: tuple[str, ...]
    calendars: dict[Address, list[str]]
    deeds: Counter[str]

    @staticmethod
    def of(people: People) -> Ending:
        """Everything they got, and their calendars as they show them."""
        stems: Counter[str] = Counter()
        for key, count in people.letters.items():
            stems[key.rpartition("/")[0]] += count
        twice = tuple(key for key, count in people.letters.items() if count > 1)
        return Ending(stems, twice, people.calendars(), people.done)


@dataclass(frozen=True, slots=True)
class Report:
    """One campaign beside the run in which nothing was killed."""

    kind: str
    tally: Tally
    ending: Ending
    uninterrupted: Ending

    @property
    def lost(self) -> list[str]:
        """Letters that only the uninterrupted run has."""
        return sorted(self.uninterrupted.letters - self.ending.letters)

    @property
    def twice(self) -> list[str]:
        """Letters that somebody got again, under the same key or another."""
        more = self.ending.letters - self.uninterrupted.letters
        return sorted({*self.ending.twice, *more})

    @property
    def differing(self) -> list[Address]:
        """People whose calendar is not as after the uninterrupted run."""
        there = self.uninterrupted.calendars
        return [who for who, events in self.ending.calendars.items() if events != there[who]]

    @property
    def other_deeds(self) -> list[str]:
        """What people did more or less often than in the uninterrupted run, which must not be."""
        here, there = self.ending.deeds, self.uninterrupted.deeds
        return sorted(deed for deed in {*here, *there} if here[deed] != there[deed])

    def broken(self) -> list[str]:
        """The promises that did not hold, each with its first cases."""
        found: dict[str, list[str]] = {
            "store unreadable": self.tally.unreadable,
            "deeds that differ": self.other_deeds,
            "letters twice": self.twice,
            "letters lost": self.lost,
            "calendars that differ": self.differing,
        }
        return [f"{what}: {len(cases)}, {cases[:3]}" for what, cases in found.items() if cases]

    def rare(self) -> list[str]:
        """Moments that too few kills have struck."""
        least = self.tally.kills * SHARE_LEAST_PERCENT // 100
        return [
            f"only {self.tally.struck[where]} kills {where}"
            for where in NAMED
            if self.tally.struck[where] < least
        ]

    def lines(self) -> Iterator[str]:
        """The tables."""
        tally, ending = self.tally, self.ending
        yield f"{tally.kills} x kill -9 of a real `run.py start`; store: {self.kind}"
        backlog = ", ".join(f"{count} {what}" for what, count in sorted(tally.backlog.items()))
        yield f"  due when the first one struck: {tally.backlog.total()} ({backlog})"
        deeds = ", ".join(f"{count} x {what}" for what, count in sorted(ending.deeds.items()))
        yield f"  people meanwhile: {deeds}"
        yield f"  {'where':<28}{'aimed at':>10}{'struck':>10}"
        for where in (*NAMED, *OTHERS):
            yield f"  {where:<28}{tally.aimed[where]:>10}{tally.struck[where]:>10}"
        yield f"  {'nothing left to do':<28}{'':>10}{tally.idle:>10}"
        results = {
            f"store unreadable, of {tally.kills}": len(tally.unreadable),
            "letters twice": len(self.twice),
            f"letters lost, of {self.uninterrupted.letters.total()}": len(self.lost),
            f"calendars that differ, of {len(ending.calendars)}": len(self.differing),
            "letters out by the last kill": tally.letters,
            "deeds of people by the last kill": tally.deeds,
            "effects found done already": tally.repeated,
        }
        for what, count in results.items():
            yield f"  {what:<38}{count:>10}"
        yield f"  {'seconds from start to first beat':<38}{tally.start_seconds / tally.kills:>10.2f}"
        yield f"  {'seconds a kill, in all':<38}{tally.seconds / tally.kills:>10.2f}"
