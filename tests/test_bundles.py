"""How answers become sums, as tables: in bundles of five people, and so that nobody's can be told from two reports.

Not the means: tests/test_measures.py. Not the letters that ask: tests/stories/test_ratings.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from daemon.domain.alone import Alone, Rating
from daemon.domain.people import Person
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from daemon.measures.bundles import Sum, Sums, taken_in
from tests.decide.pair_cast import BEGUN
from tests.stories.cast import ANA, BEN, line

FIRST = date(2026, 10, 7)
LATER = FIRST + timedelta(days=90)
LAST = FIRST + timedelta(days=120)
Said = dict[str, tuple[date, int]]


def pair(number: int, said: Said, mentee: Person | None = None) -> PairingState:
    """A pair of Ana and somebody of their own."""
    mentee = mentee or replace(BEN, id=f"mentee-{number}")
    ratings = tuple(Rating("mentee", about, day, value) for about, (day, value) in said.items())
    return PairingState(line(ANA, mentee), "active", since=BEGUN, alone=Alone(ratings=ratings))


def at_start(*values: int, day: date = FIRST, first: int = 0) -> list[PairingState]:
    return [pair(n, {"start": (day, value)}) for n, value in enumerate(values, first)]


def at_both(*gains: int, first: int = 0) -> list[PairingState]:
    return [
        pair(n, {"start": (FIRST, 2), "end": (LATER, 2 + gain)}) for n, gain in enumerate(gains, first)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("states", "start"),
    [
        (at_start(5, 4, 4, 3, 5), Sum(5, 21, LAST)),
        (at_start(5, 4, 4, 3), Sum()),
        ([pair(n, {"start": (FIRST, 5)}, BEN) for n in range(9)], Sum()),  # one person in nine pairs
        (at_start(5, 4, 4, 3) + at_start(1, day=LAST + timedelta(days=1), first=4), Sum()),
        ([pair(n, {"check": (FIRST, 5)}) for n in range(9)], Sum()),
        ([], Sum()),
    ],
)  # fmt: skip
def test_of_five_people_and_of_days_that_are_over(states: list[PairingState], start: Sum) -> None:
    assert taken_in(Sums(), states, LAST) == Sums(start=start)


def test_the_sixth_waits_for_four_more_and_whoever_is_forgotten_stays_in_the_sum() -> None:
    first, late = at_start(1, 2, 3, 4, 5), LAST + timedelta(days=3)
    known = taken_in(Sums(), first, LAST)
    more = at_start(5, 5, 5, 5, 5, day=LAST + timedelta(days=1), first=5)
    for count in range(5):
        assert taken_in(known, first + more[:count], late) == known, "else its answer could be told"
        assert taken_in(known, first[count:] + more[:count], late) == known, "as it is forgotten"
    assert taken_in(known, more, late).start == Sum(10, 15 + 25, late)


def test_however_often_and_in_whatever_order_it_is_summed_up_nothing_counts_twice() -> None:
    states = at_both(1, 2, 0, -1, 2)
    once = taken_in(Sums(), states, LAST)
    assert taken_in(once, states[::-1], LAST) == taken_in(once, states, LATER) == once
    assert (once.start.total, once.end.total, once.delta) == (10, 14, Sum(5, 4, LAST))


@pytest.mark.parametrize(
    ("both", "alone", "answers"),
    [
        (5, 0, 5),
        (4, 0, 0),
        (5, 1, 0),  # start and end less the delta would be that one's answer
        (5, 4, 0),
        (5, 5, 5),
    ],
)
def test_the_delta_is_not_of_all_but_a_few(both: int, alone: int, answers: int) -> None:
    states = at_both(*[1] * both) + at_start(*[4] * alone, first=both)
    found = taken_in(Sums(), states, LAST)
    assert (found.delta.answers, found.delta.total) == (answers, answers)
    assert found.start.answers == (both + alone if both + alone >= 5 else 0)


def test_a_start_that_is_not_summed_up_yet_keeps_the_delta_back() -> None:
    five = at_both(1, 1, 1, 1, 1)
    known = taken_in(Sums(), five, FIRST)
    begun = FIRST + timedelta(days=1)
    four = [pair(n, {"start": (begun, 2), "end": (LATER, 4)}) for n in range(5, 9)]
    known = taken_in(known, five + four, LATER)
    assert (known.start.answers, known.end.answers, known.delta) == (5, 9, Sum())
    more = at_start(3, 3, 3, 3, 3, day=LATER, first=20)
    assert taken_in(known, five + four + more, LAST).delta == Sum(9, 13, LATER)


def test_from_report_to_report_each_sum_stands_or_has_five_people_more() -> None:
    states = [
        pair(n, {"start": (FIRST + timedelta(days=3 * n), 1 + n % 5), "end": (LATER + timedelta(days=2 * n), 4)})
        for n in range(23)
    ]  # fmt: skip
    told = [Sums()]
    for day in range(200):
        told.append(taken_in(told[-1], states[day // 30 :], FIRST + timedelta(days=day)))
    for name in ("start", "mid", "end", "delta"):
        counts = [getattr(each, name).answers for each in told]
        assert all(later == earlier or later - earlier >= 5 for earlier, later in pairwise(counts))
    assert told[-1].start.answers >= 20 and told[-1].delta.answers >= 10
