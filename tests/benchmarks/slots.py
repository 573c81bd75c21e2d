"""Row "slots" of the benchmarks: three times for a pair of busy people in six weeks, beside three other ways.

Not a test: it prints medians of rounds in which all sides take turns, in time of the processor. Every side has to
find the same starts; those that rank have to rank them alike.
"""

from __future__ import annotations

import hashlib
import math
import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from time import process_time
from types import ModuleType
from typing import Any

from daemon.decide import local_masks, masks, moment, ranking, slots
from daemon.decide.slots import Found, Search, best, find, spread
from tests.benchmarks._slot_peers import Bits, Pair, bits, interval_tree, naive, trees
from tests.benchmarks._slot_world import BERLIN, NEW_YORK, pair, person, search

ROUNDS, OFFERS = 9, 3
MENTORS, MENTEES = 100, 100
GROWTH_WEEKS = (6, 12, 24, 48)
MODULES: tuple[ModuleType, ...] = (local_masks, masks, moment, ranking, slots)
KEPT: tuple[Any, ...] = tuple(
    each for module in MODULES for each in vars(module).values() if hasattr(each, "cache_clear")
)


@dataclass(frozen=True)
class Side:
    """One way to answer, done so often in a round; for a `cold` one all is forgotten first, which is not its
    work."""

    name: str
    answer: Callable[[], object]
    times: int = 1
    cold: bool = False

    def milliseconds(self) -> float:
        """The mean of one round."""
        if not self.cold:
            begun = process_time()
            for _ in range(self.times):
                self.answer()
            return (process_time() - begun) / self.times * 1000
        took = 0.0
        for _ in range(self.times):
            forget()
            begun = process_time()
            self.answer()
            took += process_time() - begun
        return took / self.times * 1000


def forget() -> None:
    """As if nothing had ever been looked for."""
    for each in KEPT:
        each.cache_clear()


def ours(question: Search, sides: Pair) -> list[Found]:
    """The three that are offered."""
    return best(question, sides, OFFERS)


def measure(sides: list[Side]) -> dict[str, float]:
    """Round after round, every side in turn; medians."""
    rounds = [{side.name: side.milliseconds() for side in sides} for _ in range(ROUNDS)]
    return {side.name: median(took[side.name] for took in rounds) for side in sides}


def show(title: str, medians: dict[str, float]) -> None:
    """A table; the last column is how many times longer than the first line, or what part of it."""
    print(f"\n{title}")
    first = next(iter(medians.values()))
    for name, took in medians.items():
        times = f"{took / first:,.1f} x" if took >= first else f"1 / {first / took:,.1f}"
        print(f"  {name:52}{took:11.4f} ms{times:>12}")


# --- the same answer


def agreed(question: Search, sides: Pair, bound: Bits | None) -> str:
    """All starts in order, and the three that are offered, as every side has them."""
    found = find(question, sides)
    starts = [each.slot.start for each in found]
    assert naive(question, sides) == interval_tree(question, sides) == starts, "another order"
    assert best(question, sides, OFFERS) == spread(found, OFFERS), "others are offered"
    if bound:
        assert bound.cold() == len(starts) and bound.starts(question) == sorted(starts), (
            "other starts"
        )
    digest = hashlib.sha256(repr(starts).encode()).hexdigest()[:12]
    busy = sum(len(side.taken) for side in sides)
    return f"{busy:,} busy intervals, {len(starts)} starts of which {OFFERS} are offered, sha256 {digest}"


# --- one pair


def one_pair(question: Search, sides: Pair, bound: Bits | None) -> None:
    """Cold and warm."""
    peers = [Side("aware datetimes", lambda: naive(question, sides))]
    peer_trees = trees(sides)
    rows = measure(
        [
            Side("ours: three of all, ranked", lambda: ours(question, sides), 10, cold=True),
            *peers,
            Side("intervaltree", lambda: interval_tree(question, sides)),
            *(
                [Side("bits in C, neither zones nor ranks (bound)", bound.cold, 500)]
                if bound
                else []
            ),
        ]
    )
    show("cold: nothing seen before", rows)
    ours(question, sides)
    rows = measure(
        [
            Side("ours: three of all, ranked", lambda: ours(question, sides), 500),
            Side("ours: every slot in order", lambda: find(question, sides), 100),
            *peers,
            Side("intervaltree, built before", lambda: peer_trees(question, sides)),
            *(
                [Side("bits in C, neither zones nor ranks (bound)", bound.warm, 2000)]
                if bound
                else []
            ),
        ]
    )
    show("warm: the calendars are the same as before", rows)


# --- many pairings


def many_pairings(folder: Path) -> None:
    """Every mentor with every mentee, each pairing with its own usual time; masks of calendars are there."""
    mentors = [person(BERLIN, 1000 + number) for number in range(MENTORS)]
    mentees = [person(NEW_YORK, 2000 + number) for number in range(MENTEES)]
    questions = [search(usual=15 * 60 + 15 * (n % 12), weekday=n % 5) for n in range(60)]
    pairs = [(one, other) for one in mentors for other in mentees]

    def for_all() -> list[list[datetime]]:
        return [
            [each.slot.start for each in best(questions[n % 60], sides, OFFERS)]
            for n, sides in enumerate(pairs)
        ]

    bound = bits(questions[0], (mentors[0], mentees[0]), folder)
    for_all()
    sides = [Side(f"ours: {len(pairs):,} pairings, three each, ranked", for_all)]
    if bound:
        mentor_rows = [bound.row(each.taken, questions[0]) for each in mentors]
        mentee_rows = [bound.row(each.taken, questions[0]) for each in mentees]
        joined = [(one, other) for one in mentor_rows for other in mentee_rows]
        for n in range(0, len(pairs), 997):
            starts = sorted(each.slot.start for each in find(questions[n % 60], pairs[n]))
            assert bound.of(joined[n], questions[0]) == starts, "other starts"
        sides.append(
            Side("bits in C, neither zones nor ranks (bound)", lambda: [bound.common(*each) for each in joined])
        )  # fmt: skip
    show(f"warm: {len(pairs):,} pairings", measure(sides))


# --- growth


def exponent(sizes: list[int], took: list[float]) -> float:
    """The slope of time over size, both as logarithms, by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(each) for each in took]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum(
        (a - x) ** 2 for a in xs
    )


def growth() -> None:
    """Longer windows that hold more that is taken: does the work grow with them, or faster?"""
    asked = {weeks: (search(weeks=weeks), pair(1, weeks)) for weeks in GROWTH_WEEKS}
    ways: dict[str, Callable[[Search, Pair], object]] = {
        "ours, cold": ours,
        "aware datetimes": naive,
    }
    sides = [
        Side(
            f"{name} {weeks}",
            lambda way=way, weeks=weeks: way(*asked[weeks]),
            times=3 if way is ours else 1,
            cold=True,
        )
        for name, way in ways.items()
        for weeks in GROWTH_WEEKS
    ]
    took = measure(sides)
    print(f"\ngrowth: windows of {', '.join(map(str, GROWTH_WEEKS))} weeks, equally full")
    for name in ways:
        times = [took[f"{name} {weeks}"] for weeks in GROWTH_WEEKS]
        shown = "".join(f"{each:10.3f}" for each in times)
        print(f"  {name:28}{shown} ms   exponent {exponent(list(GROWTH_WEEKS), times):.2f}")


def main() -> None:
    """All tables. Without gcc there is no bound, and that is said."""
    question, sides = search(), pair(2)
    print(f"Python {platform.python_version()}, {ROUNDS} rounds, medians")
    with tempfile.TemporaryDirectory() as folder:
        bound = bits(question, sides, Path(folder))
        print(agreed(question, sides, bound))
        if bound is None:
            print("no gcc here: the bound in C is left out")
        one_pair(question, sides, bound)
        many_pairings(Path(folder))
        growth()


if __name__ == "__main__":
    main()
