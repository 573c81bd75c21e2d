"""Bounded: times that a clause gives by where they begin or end: "depois das 18", "antes de las 12", "après la messe".

Not what is said for or against them: evident.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.lexicon import Lexicon, has, places_of
from daemon.mail.reading.named import has_day
from daemon.mail.reading.pieces import PICKS, names_time, widest
from daemon.mail.reading.tokens import Token, both_halves


def behind_bounds(piece: Sequence[Token], words: Lexicon) -> set[int]:
    """The words that a time is told by: "after mass", "antes da aula"."""
    return {
        at for each in words.found(piece) if has(each, ("bounds",)) for at in range(each.at, each.end + 2)
    }  # fmt: skip


def _hour_behind(piece: Sequence[Token], words: Lexicon) -> list[When]:
    """ "Depois das 18": a bare number behind where something begins or ends."""
    for each in words.found(piece):
        at = each.end
        while at < len(piece) and piece[at].text in ("las", "as", "a", "la"):
            at += 1
        if has(each, ("bounds",)) and at < len(piece) and piece[at].kind == "number":
            is_hour = piece[at - 1].text in ("das", "las", "as") and piece[at].number < 24
            return [When(minutes=both_halves(piece[at].number))] if is_hour else []
    return []


def bounded(when: When, piece: Sequence[Token], words: Lexicon) -> When:
    """ "Depois das 18", "antes de las 12": every minute from there on, or until there."""
    begins = [each for each in words.found(piece) if has(each, ("bounds",))]
    if len(begins) != 1 or not when.minutes or not is_bound(piece, words):
        return when
    after = piece[begins[0].at].text in _AFTERWARDS
    if not after and piece[begins[0].at].text not in _BEFOREHAND:
        return when
    hour = max(when.minutes) if after and min(when.minutes) < _EARLY else min(when.minutes)
    steps = range(hour, _DAY, 5) if after else range(0, hour, 5)
    return replace(when, minutes=tuple(steps), pick="")


_AFTERWARDS = (
    *("depois", "apos", "despues", "apres", "a", "desde", "des", "luego", "passe", "after", "from", "since", "any", "past"),
    *("nach", "ab", "seit"),
)  # fmt: skip
_BEFOREHAND = ("antes", "avant", "ate", "hasta", "before", "until", "till", "by", "vor", "bis")
_EARLY = 8 * 60
_DAY = 24 * 60


def _is_until(piece: Sequence[Token], words: Lexicon) -> bool:
    """ "Until the 11th"."""
    return any(
        has(each, ("bounds", "until")) and piece[each.at].text in _BEFOREHAND
        for each in words.found(piece)
    )


def is_outset(piece: Sequence[Token], words: Lexicon) -> bool:
    """ "After mass": what a time is told by, and no word against it."""
    return any(each.at == 0 and has(each, ("bounds",)) for each in words.found(piece))


def is_bound(piece: Sequence[Token], words: Lexicon) -> bool:
    """ "Until Thursday", "from the 9th on": where something ends or begins, and no time."""
    every = words.found(piece)
    wide = every if words.code in ("en", "de") else widest(every)
    clocks = places_of(every, ("clock", "late-afternoon")) if words.code in ("en", "de") else set()
    return any(
        has(each, ("bounds",)) and each.at not in clocks and not has(each, (*PICKS, "clock", "late-afternoon", "morning", "evening"))
        and (names_time(piece[each.end : each.end + 2], words) or _is_number(piece, each.end))
        for each in wide
    )  # fmt: skip


def _is_number(piece: Sequence[Token], at: int) -> bool:
    return any(token.kind in ("number", "ordinal") for token in _behind_article(piece, at))


def _behind_article(piece: Sequence[Token], at: int) -> Sequence[Token]:
    skipped = 1 if at < len(piece) and piece[at].text in ("las", "as", "a", "la") else 0
    return piece[at + skipped : at + skipped + 1]


def until(piece: Sequence[Token], words: Lexicon, refs: Sequence[When], today: date) -> list[When]:
    """ "I'm on a field trip until the 11th": all days till then, where that is long."""
    if not _is_until(piece, words):
        return []
    ahead = [today + timedelta(days=days) for days in range(_AHEAD_DAYS)]
    ends = [
        next((day for day in ahead if day == each.day or day.day == each.month_day), None)
        for each in refs
    ]
    return [When(days=(today, end)) for end in ends if end and (end - today).days >= _LONG_DAYS]


_AHEAD_DAYS = 40
_LONG_DAYS = 7


def with_hour(
    refs: list[When], piece: Sequence[Token], words: Lexicon, *, suits: bool
) -> list[When]:
    """The times with the bare hour behind a bound; "any" of a part of the day is a bound itself."""
    hour = _hour_behind(piece, words)
    if len(refs) == 1 and hour:
        hour = [replace(refs[0], minutes=refs[0].minutes or hour[0].minutes, pick="")]
    any_hour = suits and any(token.text in _ANY for token in piece)
    return [
        replace(r, pick="")
        if r.pick == "all" and (any_hour or (not has_day(r) and (r.part or r.minutes)))
        else r
        for r in hour or refs
    ]


_ANY = ("any", "anytime", "jede", "jederzeit", "cualquier", "qualquer", "n'importe")
""" "Any time on Thursday is fine": the one that there is."""
