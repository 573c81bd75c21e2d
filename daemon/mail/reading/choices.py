"""Choices: the numbers, days and times that a clause chooses, and how they are named.

Not which of the offered times they mean (daemon/decide/fitting.py) and not any other command: clauses.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from daemon.domain.observation import Said
from daemon.domain.proposal import LAST
from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.dates import day_at
from daemon.mail.reading.lexicon import Found, Lexicon, covered, has
from daemon.mail.reading.tokens import Token
from daemon.mail.reading.whens import is_counted, timed

POLITE = frozenset({"courtesy", "greeting"})
PLAIN = POLITE | {"neutral", "yes_word"}
ANY = tuple(range(1, 21))
"""The numbers of "any of them"."""
DAYS_MAX = 4


def chosen(
    clause: list[Token], words: Lexicon, found: list[Found], today: date, own: bool
) -> Said | None:
    """The numbers named, the day and time named, or both: then both have to fit."""
    numbers, places = _numbers(clause, found)
    taken = timed(clause, words, found, today, own)
    choice = PLAIN | {"option"}
    clock = bool(taken and taken.when.minutes and places & taken.places)  # "um 2" is a time
    clock |= bool(
        taken
        and taken.when.month_day
        and not taken.numbers
        and places & taken.places
        and words.code != "en"
    )  # "am 2.", "dia 2": a day; "the 2" is an option
    if (
        numbers
        and taken
        and taken.numbers == numbers
        and (words.code == "de" or (words.code in ("fr", "es") and not _is_ordinal(clause)))
        and covered(len(clause), found, choice, places | taken.places)
    ):
        return Said("when", numbers=numbers, when=taken.when)  # "den 3.": a day, or an option
    if numbers and not clock:
        if covered(len(clause), found, choice, places):
            return Said("choose", numbers=numbers)
        if (
            taken
            and not places & taken.places
            and covered(len(clause), found, choice, places | taken.places)
        ):
            day = taken.when
            if len(numbers) == 1 and day.minutes and day.weekday is None and day.day is None:
                day = replace(
                    day, month_day=numbers[0]
                )  # "the third at nine": of December, or of the list
                return Said("when", numbers=numbers, when=day)
            return Said("choose", numbers=numbers, when=taken.when)
    counted = [(int(value), e) for e in found for name, value in e.labels if name == "counted"]
    if len(counted) == 1 and not numbers:
        if (
            covered(len(clause), found, POLITE | {"option", "yes_word", "counted"})
            and len(clause) <= 6
        ):
            return Said("choose", numbers=(counted[0][0],))
    if taken and covered(len(clause), found, choice, taken.places):
        return Said("when", numbers=taken.numbers, when=taken.when)
    return _several(clause, words, found, today) or _any_or_last(clause, found)


def _is_ordinal(clause: Sequence[Token]) -> bool:
    """ "La 2ª": of the list, and no day."""
    return any(token.kind == "ordinal" for token in clause)


def _any_or_last(clause: list[Token], found: list[Found]) -> Said | None:
    for name, numbers in (("everything", ANY), ("last", (LAST,))):
        if any(has(each, (name,)) and not _in_courtesy(each, found) for each in found):
            if covered(len(clause), found, PLAIN | {"option", name}):
                return Said("choose", numbers=numbers)
    return None


def _in_courtesy(each: Found, found: Sequence[Found]) -> bool:
    """ "Toutes mes excuses": not all of them."""
    return any(
        has(o, ("courtesy",)) and o.at <= each.at and each.end <= o.end and o is not each
        for o in found
    )


def _several(clause: list[Token], words: Lexicon, found: list[Found], today: date) -> Said | None:
    """ "Wednesday and Friday": each day with what is said of it."""
    places = [e for e in found if has(e, ("first", "second", "third")) and e.end - e.at > 2]
    begins = sorted({
        each.at for each in found
        if has(each, ("weekdays", "short_weekdays"))
        and not any(place.at <= each.at < place.end for place in places)  # "a segunda opção"
    })  # fmt: skip
    if not 2 <= len(begins) <= DAYS_MAX:
        return None
    whens: list[When] = []
    cuts = [0, *begins[1:], len(clause)]
    for at, end in pairwise(cuts):
        part = clause[at:end]
        joined = len(part) > 1 and part[-1].text in JOINS
        if joined:
            part = part[:-1]
        elif end < len(clause) and not _comma_behind(part[-1], clause[end]):
            return None
        here = words.found(part)
        taken = timed(part, words, here, today)
        if taken is None or not covered(len(part), here, PLAIN | {"option"}, taken.places):
            return None
        whens.append(taken.when)
    if len({when.weekday for when in whens}) != len(whens):
        return None
    return Said("when", when=whens[0], or_when=tuple(whens[1:]))


def _comma_behind(one: Token, two: Token) -> bool:
    return two.at - one.end >= 2  # a mark and a space stand between them


def chosen_till(
    clause: list[Token], words: Lexicon, found: list[Found], today: date
) -> Said | None:
    """ "2 till 30 June": an option with a day."""
    for each in found:
        if not has(each, ("returning",)) or not each.at:
            continue
        until = day_at(clause, words, each.end, today)
        numbers, places = _numbers(clause[: each.at], before_place(found, each.at))
        if until and len(numbers) == 1:
            free = {*places, *range(each.at, until[1])}
            if covered(len(clause), found, PLAIN | {"option"}, free):
                return Said("choose", numbers=numbers, days=(today, until[0]))
    return None


def _numbers(clause: list[Token], found: list[Found]) -> tuple[tuple[int, ...], frozenset[int]]:
    """The numbers of options, and the places that name them."""
    named: list[tuple[int, int, int]] = []
    for each in found:
        for place, name in enumerate(("first", "second", "third"), 1):
            may_be_day = has(each, ("also", "weekdays")) and not _option_at(found, each.end)
            if has(each, (name,)) and not may_be_day:
                named.append((each.at, each.end, place))
        counted = next((int(value) for name, value in each.labels if name == "counted"), 0)
        if counted and _option_at(found, each.end) and not has(each, ("neutral",)):
            named.append((each.at, each.end, counted))
    for at, token in enumerate(clause):
        if is_counted(clause, at):
            continue
        if (token.kind == "number" and 0 < token.number < 100) or (
            token.kind == "ordinal" and _names_option(clause, found, at)
        ):
            named.append((at, at + 1, token.number))
    places = {place for at, end, _ in named for place in range(at, end)}
    joined = {
        at
        for at, t in enumerate(clause)
        if t.text in JOINS and at - 1 in places and at + 1 in places
    }
    return tuple(dict.fromkeys(number for *_, number in sorted(named))), frozenset(places | joined)


JOINS = ("and", "or", "e", "ou", "y", "o", "et", "und", "oder", "u", "&", "+")
"""Between two numbers: which of them is meant, is asked about where only one can be."""


def _names_option(clause: list[Token], found: list[Found], at: int) -> bool:
    """Whether "2nd", "2ª" is surely an option and no day: an option is named behind it, or it is feminine. In Portuguese
    the feminine ones are days as well: "2ª" is Monday."""
    feminine = clause[at].text.endswith(("ª", "a"))
    may_be_day = any(each.at == at and has(each, ("weekdays",)) for each in found)
    return _option_at(found, at + 1) or (feminine and not may_be_day)


def _option_at(found: list[Found], at: int) -> bool:
    return any(each.at == at and has(each, ("option",)) for each in found)


def before_place(found: Sequence[Found], at: int) -> list[Found]:
    return [each for each in found if each.end <= at]


def behind_place(found: Sequence[Found], end: int) -> list[Found]:
    return [Found(e.at - end, e.end - end, e.labels, e.names) for e in found if e.at >= end]
