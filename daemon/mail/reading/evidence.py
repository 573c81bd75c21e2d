"""Evidence: what the clauses of a reply have said so far of the times of a letter, and what that comes to.

Not what one clause says: evident.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.named import both, has_day, merged

_PLACES: dict[int, Literal["first", "second", "third"]] = {1: "first", 2: "second", 3: "third"}
ROMANCE = ("pt", "es", "fr")
"""Where a bound, or two days that do not suit, were found to be enough of an answer."""


@dataclass(slots=True)
class Evidence:
    """`liked` are those taken for which a word was said, `slight` were named without one, `likewise` beside others by an "and"; `bound` is where a time begins or
    ends. `surely`: what was taken is a conclusion; `stray`: a number was named that may be one of the list, `iffy`: with an
    "if possible"; `other`: the one that is left is meant; `plainly`: a time was refused in so many words; `that_week`: the
    whole time that was asked about does not suit."""

    taken: list[When] = field(default_factory=list)
    refused: list[When] = field(default_factory=list)
    slight: list[When] = field(default_factory=list)
    bound: list[When] = field(default_factory=list)
    liked: list[When] = field(default_factory=list)
    likewise: list[When] = field(default_factory=list)
    numbers: tuple[int, ...] = ()
    refused_numbers: tuple[int, ...] = ()
    none: bool = False
    other: bool = False
    surely: bool = False
    stray: bool = False
    iffy: bool = False
    plainly: bool = False
    that_week: bool = False
    asks_for_others: bool = False
    """Whether nothing was taken, and other times are asked for."""
    rest: list[str] = field(default_factory=list)
    last: str = ""
    """What the clause before was for the times that it named."""
    day: When | None = None
    """The last day that was named with a part of it."""
    bare: list[When] = field(default_factory=list)
    """The times of the sentence that nothing was said of so far."""
    named: list[When] = field(default_factory=list)
    """The times of the clause before, in this sentence."""
    conceded: bool = False
    copula: bool = False
    """Whether the clause before ends with an "is"."""
    preferring: bool = False
    """Whether the clause before says that something is preferred."""
    opened: bool = False
    """Whether a time was taken by the sentence before."""

    @property
    def is_all_refused(self) -> bool:
        """Whether a whole week was refused, or most of the days."""
        return not self.taken and any(each.days or each.weekdays for each in self.refused)


def result(seen: Evidence, text: str, *, romance: bool) -> tuple[Said, list[str]] | None:
    """The choice that all of it comes to, and the words beside it; None where anything is open."""
    whens = [each for each in merged(seen.taken) if each != When()]
    if seen.none:
        return (
            None
            if whens or seen.other or seen.numbers
            else (Said("none", text=text[:120]), seen.rest)
        )
    liked = bool(whens) and all(each in seen.liked for each in seen.taken)
    doubtful = seen.likewise if liked else seen.slight
    for one in () if seen.numbers or seen.surely else doubtful:
        if all(both(one, two) is None for two in whens) and not any(
            _same_day(one, two) for two in (*whens, *seen.refused)
        ):
            return None
    no = tuple(dict.fromkeys(each for each in seen.refused if each != When()))
    free = romance or not any(has_day(each) for each in seen.bound)
    if not whens and len(seen.bound) == 1 and seen.bound[0].minutes and free:
        whens = seen.bound  # "qualquer horário depois das 18"
    if seen.numbers:
        if seen.stray or seen.iffy or set(seen.numbers) & set(seen.refused_numbers):
            return None
        beside = seen.slight[0] if len(seen.slight) == 1 else None
        few = len(seen.numbers) == 1
        other = beside if few or beside is None else When()
        when: When | None = whens[0] if whens else other
        no = () if few or beside is None else (beside,)  # "1 and 3 work, Thursday is grandson day"
        chosen = Said("choose", text=text[:120], numbers=seen.numbers, when=when, but_not=no)
        return (chosen, seen.rest) if len(whens) <= 1 else None
    if seen.that_week and not whens and all(each.days for each in no):
        return Said("none", text=text[:120]), seen.rest  # "esa semana estoy en un congreso"
    if not (whens or no) and seen.refused_numbers and seen.other:
        picks = [_PLACES.get(number) for number in seen.refused_numbers]
        if None in picks:
            return None
        but = tuple(When(pick=pick) for pick in picks if pick)  # "1 no, the others yes"
        return Said("when", text=text[:120], when=When(), but_not=but), seen.rest
    if not whens and not no:
        every = replace(When(), pick="all")
        every_one = Said("when", text=text[:120], when=every)  # "todas me servem"
        return (every_one, seen.rest) if When() in seen.taken and not seen.other else None
    if seen.asks_for_others and no and not whens:  # "No time this week or next. The week after?"
        return Said("none", text=text[:120], but_not=no), seen.rest
    few = len(no) < 2 or not (romance or seen.plainly)
    if not whens and not seen.other and few and not _is_wide(no[0], seen):
        return None  # one time that does not suit leaves the others open
    several = replace(When(), pick="all") if seen.other and seen.none else When()
    whens = whens or [several]
    return Said(
        "when", text=text[:120], when=whens[0], or_when=tuple(whens[1:]), but_not=no
    ), seen.rest


def _is_wide(when: When, seen: Evidence) -> bool:
    """ "The weekend", "in the evening I can't": it may leave a single time."""
    several = when.days is not None or bool(when.weekdays)
    return several or (bool(when.part) and not has_day(when) and seen.plainly)


def _same_day(one: When, two: When) -> bool:
    return any(
        getattr(one, name) is not None and getattr(one, name) == getattr(two, name)
        for name in ("weekday", "day", "month_day")
    )
