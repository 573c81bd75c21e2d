"""Dates in a command: "10–24 Dec", "até 15 de janeiro", "vom 10. bis 24. Dezember", "2027-01-15"; never guessed.

Not days of a week and times of day: whens.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from daemon.mail.reading.lexicon import Lexicon
from daemon.mail.reading.tokens import Token

PAST_DAYS = 14
"""A day and month that lie further back than this are meant for next year."""
NEAR_DAYS = 60
"""How far off a day may be that could be read in two ways."""
SOME_DAY = date(2000, 1, 1)
"""Where it only counts whether a day is named, and not which; `date.min` has no days before it."""
DAY_FIRST = ("pt", "es", "fr", "de")
"""Where 3/12 is the third of December. In English it is one or the other, so it is no date."""


def stretch_at(
    clause: Sequence[Token], words: Lexicon, at: int, today: date
) -> tuple[tuple[date, date], int] | None:
    """The stretch of days that begins at this place, and the place behind it."""
    start = _behind(clause, words, at, "since")
    found = _two(clause, words, start, today) or _inside(clause, words, start, today)
    if found:
        return found
    single = day_at(clause, words, start, today)
    return ((single[0], single[0]), single[1]) if single else None


def _two(
    clause: Sequence[Token], words: Lexicon, at: int, today: date
) -> tuple[tuple[date, date], int] | None:
    """ "20 Dec - 3 Jan": two whole days."""
    first = day_at(clause, words, at, today) or _in_words(clause, words, at, today)
    to = _to(clause, words, first[1]) if first else 0
    last = day_at(clause, words, to, today) if to else None
    if not first or not last:
        return None
    until = last[0]
    if until < first[0] and not _has_year(clause[to : last[1]]):
        following = day_of(until.year + 1, until.month, until.day)
        until = following or until
    return ((first[0], until), last[1]) if first[0] <= until else None


def _in_words(
    clause: Sequence[Token], words: Lexicon, at: int, today: date
) -> tuple[date, int] | None:
    """ "Ab morgen", "from Monday": the day, where it is no other than the next one of that name."""
    labels = words.phrases.get((clause[at].text,), ()) if at < len(clause) else ()
    for name, value in labels:
        if name == "relative":
            return today + timedelta(days=int(value)), at + 1
        if name == "weekdays" and int(value) != today.weekday():
            return today + timedelta(days=(int(value) - today.weekday()) % 7), at + 1
    return None


def _inside(
    clause: Sequence[Token], words: Lexicon, at: int, today: date
) -> tuple[tuple[date, date], int] | None:
    """ "10 to 24 Dec", "Dec 10-24": two days of one month."""
    month_first = _month(clause, words, at)
    place = month_first[1] if month_first else at
    if not _day_number(clause, words, place):
        return None
    first, to = _day_number(clause, words, place), _to(clause, words, place + 1)
    dated = bool(to) and not month_first and clause[to].kind == "numeric"  # "18.-27.12."
    if not to or not (dated or _day_number(clause, words, to)):
        return None
    if month_first:
        year = _year(clause, to + 1)
        last = _day(_day_number(clause, words, to), month_first[0], year, today)
        end = to + 1 + (1 if year else 0)
    else:
        found = day_at(clause, words, to, today)
        if not found:
            return None
        last, end = found
    begun = day_of(last.year, last.month, first) if last else None
    if (
        begun and last and begun > last and not month_first and clause[place + 1].text != "-"
    ):  # "22 a 2 de janeiro"
        month_before = last.replace(day=1) - timedelta(days=1)
        begun = day_of(month_before.year, month_before.month, first)
    return ((begun, last), end) if begun and last and begun <= last else None


def day_at(
    clause: Sequence[Token], words: Lexicon, at: int, today: date
) -> tuple[date, int] | None:
    """The day with its month that stands at this place, and the place behind it."""
    if at >= len(clause):
        return None
    if clause[at].kind == "iso":
        return _with_end(day_of(*map(int, clause[at].text.split("-"))), at + 1)
    if clause[at].kind == "numeric":
        return _with_end(_numeric(clause[at].text, words, today), at + 1)
    bound = _bound(clause, words, at, today)
    if bound:
        return bound
    month_first = _month(clause, words, at)
    if month_first and words.code == "en" and _day_number(clause, words, month_first[1]):
        number, end = _day_number(clause, words, month_first[1]), month_first[1] + 1
        month = month_first[0]
    else:
        after = _behind(clause, words, at + 1, "of") if _day_number(clause, words, at) else 0
        month_last = _month(clause, words, after) if after else None
        if not month_last:
            return None
        number, (month, end) = _day_number(clause, words, at), month_last
    behind = _behind(clause, words, end, "of")
    year = _year(clause, behind)
    return _with_end(_day(number, month, year, today), behind + 1 if year else end)


def _bound(
    clause: Sequence[Token], words: Lexicon, at: int, today: date
) -> tuple[date, int] | None:
    """ "the end of January", "Anfang Februar": the last day of a month, or the first."""
    for name in ("month_end", "month_start"):
        begin = _behind(clause, words, at, name)
        month = _month(clause, words, begin) if begin > at else None
        if not month:
            continue
        year = _year(clause, month[1])
        last = 31 if name == "month_end" else 1
        days = (_day(day, month[0], year, today) for day in range(last, last - 4, -1) if day > 0)
        return _with_end(next((day for day in days if day), None), month[1] + (1 if year else 0))
    return None


def _numeric(text: str, words: Lexicon, today: date) -> date | None:
    """ "3.12.", "03/12/2026": day first, and nothing where that is not sure."""
    parts = [int(each) for each in re.findall(r"\d+", text)]
    if words.code not in DAY_FIRST:
        return _near(parts, today) if words.of_times and "/" in text else None
    year = parts[2] + (2000 if parts[2] < 100 else 0) if len(parts) == 3 else 0
    return _day(parts[0], parts[1], year, today) if 1 <= parts[1] <= 12 else None


def _near(parts: Sequence[int], today: date) -> date | None:
    """ "2/12" in English: the day or the month first, whichever alone is near."""
    year = parts[2] + (2000 if parts[2] < 100 else 0) if len(parts) == 3 else 0
    both = {
        _day(day, month, year, today) for day, month in (parts[:2], parts[1::-1]) if month <= 12
    }
    near = [day for day in both if day and 0 <= (day - today).days <= NEAR_DAYS]
    return near[0] if len(near) == 1 else None


def _month(clause: Sequence[Token], words: Lexicon, at: int) -> tuple[int, int] | None:
    labels = words.phrases.get((clause[at].text,), ()) if at < len(clause) else ()
    number = next((int(value) for name, value in labels if name == "months"), 0)
    return (number, at + 1) if number else None


def _behind(clause: Sequence[Token], words: Lexicon, at: int, name: str) -> int:
    """The place behind the longest phrase with that label, this one when there is none."""
    reach = words.reach.get(clause[at].text, 0) if at < len(clause) else 0
    for end in range(min(len(clause), at + reach), at, -1):
        if name in words.names.get(tuple([token.text for token in clause[at:end]]), ()):
            return end
    return at


def _to(clause: Sequence[Token], words: Lexicon, at: int) -> int:
    """The place behind what joins two days, 0 when nothing does."""
    if at < len(clause) and clause[at].text == "-":
        return at + 1 if at + 1 < len(clause) else 0
    end = _behind(clause, words, at, "until")
    return end if at < end < len(clause) else 0


def _day_number(clause: Sequence[Token], words: Lexicon, at: int) -> int:
    """The day of a month that stands there, in digits or as a word ("the first of February"); 0 for none."""
    if at >= len(clause):
        return 0
    if clause[at].kind in ("number", "ordinal"):
        return clause[at].number if 1 <= clause[at].number <= 31 else 0
    labels = words.phrases.get((clause[at].text,), ())
    return next((int(value) for name, value in labels if name == "nth_of"), 0)


def _year(clause: Sequence[Token], at: int) -> int:
    known = at < len(clause) and clause[at].kind == "number" and len(clause[at].text) == 4
    return clause[at].number if known else 0


def _has_year(clause: Sequence[Token]) -> bool:
    return any(
        token.kind == "iso" or len(re.findall(r"\d+", token.text)) == 3 for token in clause
    ) or any(_year(clause, at) for at in range(len(clause)))


def _day(day: int, month: int, year: int, today: date) -> date | None:
    if year:
        return day_of(year, month, day)
    found = day_of(today.year, month, day)
    if found and found < today - timedelta(days=PAST_DAYS):
        return day_of(today.year + 1, month, day)
    return found


def _with_end(day: date | None, end: int) -> tuple[date, int] | None:
    return (day, end) if day else None


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, where the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
