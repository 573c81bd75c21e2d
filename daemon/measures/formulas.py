"""The measures as formulas, one function each; docs/measures.md is made from what stands here, examples included.

Not the counting of what goes into them: gathered.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median

LEAST = 5
"""Of fewer pairings, 1:1s or answers no share is shown: it would say something about a single person."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, in a program with so many pairings."""

    part: int
    of: int
    pairings: int

    @property
    def percent(self) -> int | None:
        """In whole percent, halves upwards; None where it is too few to say."""
        if min(self.of, self.pairings) < LEAST:
            return None
        return (200 * self.part + self.of) // (2 * self.of)


def time_to_repair(minutes: Iterable[int]) -> float | None:
    """How fast a 1:1 that fell out has a new time.

    Formula: the median, over all repaired 1:1s, of the waking minutes from the moment at which it was seen to fall out to the
    moment at which its new time was booked. Waking is what lies outside the quiet hours of the program on the mentee's clock.
    None of fewer than five repairs.

    >>> time_to_repair([12, 31, 31, 45, 600])
    31
    >>> time_to_repair([12, 31, 45, 600]) is None
    True
    """
    known = sorted(minutes)
    return median(known) if len(known) >= LEAST else None


def repaired(new_time: int, fell_out: int, pairings: int) -> int | None:
    """How many of the 1:1s that fell out got a new time.

    Formula: repaired ÷ fell out. Fell out: one of the two took it off the calendar, declined it or said it can't be. Which of
    the two is counted nowhere.

    >>> repaired(7, 9, pairings=6)
    78
    """
    return Share(new_time, fell_out, pairings).percent


def adherence(held: int, due: int, pairings: int) -> int | None:
    """How many of the 1:1s that were due took place.

    Formula: held ÷ due. Due: its time is over, and no rule had left it out (holiday, break, absence, pause). Held:
    confirmed, by a word or a note of one of the two, or presumed, by silence; the two are counted apart.

    >>> adherence(55, 60, pairings=6)
    92
    >>> adherence(11, 12, pairings=4) is None
    True
    """
    return Share(held, due, pairings).percent


def engagement(alive: int, running: int) -> int | None:
    """In how many pairings both take part.

    Formula: pairings of which both gave a sign of life in the last 28 days ÷ pairings that run. A sign of life is a reply, an
    answer to an invitation, or something done on the calendar.

    >>> engagement(9, 12)
    75
    >>> engagement(3, 4) is None
    True
    """
    return Share(alive, running, running).percent


def goal_progress(done: int, aims: int, pairings: int) -> int | None:
    """How many of the goals that were set are reached.

    Formula: goals done ÷ goals set, of the pairings that run. What they are about is known to the pair alone.

    >>> goal_progress(4, 10, pairings=5)
    40
    """
    return Share(done, aims, pairings).percent


def satisfaction(answers: Iterable[int]) -> float | None:
    """How content people say they are.

    Formula: the mean of the answers from 1 to 5, to one decimal: of each person and pairing the last one, whenever it was given,
    and of pairings that are over too, as long as it is kept. So it is no measure of a period. None of fewer than five answers, or
    five people.

    >>> satisfaction([5, 4, 4, 3, 5])
    4.2
    >>> satisfaction([5, 4, 4, 3]) is None
    True
    """
    known = list(answers)
    assert all(1 <= each <= 5 for each in known), "an answer is 1 to 5"
    return round(fmean(known), 1) if len(known) >= LEAST else None


def skill(total: int, answers: int) -> float | None:
    """How sure mentees are of what they want to learn: at the start, half-way and at the end, each apart.

    Formula: the sum of the answers from 1 to 5 ÷ their number, to one decimal, of all who have answered at that moment since
    the program began. None of fewer than five people. New answers come in bundles of five people or more, when their day
    is over everywhere, and what came in stays in: of two reports the later one says the same, or has five people more. So
    no answer can be told from their difference.

    >>> skill(total=12, answers=5)
    2.4
    >>> skill(total=27, answers=10)
    2.7
    >>> skill(total=9, answers=4) is None
    True
    """
    return round(total / answers, 1) if answers >= LEAST else None


def skill_delta(start: int, end: int, both: int) -> float | None:
    """By how much surer mentees are at the end than at the start.

    Formula: (sum of the answers at the end − sum of the answers at the start) ÷ number of those who answered at both, to one
    decimal; half-way is not in it. None of fewer than five people. It goes on in bundles like the means above, and only
    while those who answered at one of the two moments alone are five or more, or nobody: else the two means less this delta
    would say what those few answered. Until then it stays as it was.

    >>> skill_delta(start=12, end=18, both=5)
    1.2
    >>> skill_delta(start=9, end=15, both=4) is None
    True
    """
    return round((end - start) / both, 1) if both >= LEAST else None


def worth(total: int, answers: int) -> float | None:
    """What the program was worth to those whose pairing is over, mentors and mentees alike.

    Formula: the sum of the answers from 1 to 5 ÷ their number, to one decimal, of all who have answered since the program
    began. None of fewer than five people, and in bundles like skill.

    >>> worth(total=43, answers=10)
    4.3
    >>> worth(total=18, answers=4) is None
    True
    """
    return round(total / answers, 1) if answers >= LEAST else None


FORMULAS = (
    time_to_repair, repaired, adherence, engagement, goal_progress, satisfaction, skill, skill_delta,
    worth,
)  # fmt: skip
"""In the order of the page and of the report; the first one is the headline."""
