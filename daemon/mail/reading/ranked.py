"""Ranked: the one of several times that a reply likes best, where others would only do: "2 if need be, 3 is ideal".

Not what is for a time or against it alone (evident.py). Read where a word puts one time above or below the others; whatever
leaves something open, or is about anybody else, ends it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from daemon.domain.observation import Said
from daemon.domain.when import When
from daemon.mail.reading.bearing import View, view
from daemon.mail.reading.cutting import clauses_of
from daemon.mail.reading.lexicon import Lexicon, clause_of
from daemon.mail.reading.named import has_day, merged, times_named
from daemon.mail.reading.numbered import numbers_at
from daemon.mail.reading.pieces import Clause, is_open, spoken_words, unknown, without_kindness
from daemon.mail.reading.roles import (
    Played,
    Roles,
    calls,
    places,
    plays,
    ranks_of,
    roles_with_ranks,
)
from daemon.mail.reading.tokens import Token

CHARACTERS_MAX = 400
SENTENCES_MAX = 6
_STRANGE_MAX = {"best": 1, "fine": 3, "would_do": 3, "spare": 4, "otherwise": 4, "refused": 9}
_ALL = (When(), When(pick="all"))
_GATE = ("best", "spare", "otherwise")
_OPENS = ("doubt", "corrects", "asking", "telling", "skip_said", "leave_said", "pauses")
_OF_OTHERS = ("others", "past")


@dataclass(slots=True)
class _Rank:
    """One time, or one number of the list, and how it is liked."""

    how: str
    when: When | None = None
    number: int = 0


@dataclass(slots=True)
class _Ranks:
    """What was ranked so far; `ahead`: how the time of the next clause is liked."""

    each: list[_Rank] = field(default_factory=list)
    ahead: str = ""
    here: list[_Rank] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def ranked(
    lines: Sequence[str], today: date, language: str, names: Collection[str], *, several: bool
) -> tuple[Said, list[str]] | None:
    """The choice, and the words beside it. `several`: whoever answers says which of the times are possible, so that what
    would only do is named as well."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None or "?" in short[0]:
        return None
    text, said = short
    words = spoken_words(text, language)
    few = ranks_of(words.code)
    if not any(plays(few.played(clause_of(each)), _GATE) for each in said):
        return None
    roles = roles_with_ranks(words.code)
    ranks = _Ranks()
    for sentence in said:
        ranks.here, ranks.ahead = [], ""
        parts = [
            part
            for clause in clauses_of(sentence, words)
            for part in _parts(clause, roles.played(clause.tokens))
        ]
        for number, clause in enumerate(parts):
            turned = number + 1 < len(parts) and parts[number + 1].lead == "contrast"
            if not ranks.ahead and _leads(sentence, clause, roles):
                ranks.ahead = "best"
            if calls(clause.tokens, names) and (
                clause.lead or plays(roles.played(clause.tokens), _RANKING)
            ):
                return None  # "2 would be great but Ana prefers 3"
            if not _rank(ranks, clause, words, roles, today, turned=turned):
                return None
    return _result(ranks, text, several=several)


def _rank(
    ranks: _Ranks, clause: Clause, words: Lexicon, roles: Roles, today: date, *, turned: bool
) -> bool:
    """Put one clause where it belongs; False where it leaves something open."""
    if clause.lead == "thanks_for":
        return True
    how, rest = _how(clause, roles.played(clause.tokens))
    if how == "both":
        return False
    if rest is None:
        return _of_another(ranks, how, turned=turned)
    here = view(rest, words, roles)
    if is_open(here.found, spared=("suits", "takes")) or here.plays(*_OPENS):
        return False
    refs = times_named(here.piece, words, here.found, today)
    numbers = numbers_at(here) if not refs else ()
    if refs is None:
        return False
    if not refs and not numbers:
        return _aside(ranks, here, how, turned=turned)
    against = here.against or (here.engaged and not here.suits)
    if (
        (against and When() in refs)
        or here.plays(*_OF_OTHERS)
        or here.is_habit
        or (against and how)
    ):
        return False
    how = (
        "refused" if against else ranks.ahead or how or ("spare" if clause.behind_than else "fine")
    )
    ranks.ahead = ""
    odd = unknown(here.piece, here.found) - here.fine - places(here.played, ("aside",))
    odd -= (
        {at for at, token in enumerate(here.piece) if token.kind == "number"} if numbers else set()
    )
    if len(odd) > _STRANGE_MAX[how]:
        return False
    ranks.here = [_Rank(how, when=each) for each in refs]
    ranks.here += [_Rank(how, number=each) for each in numbers]
    ranks.each += ranks.here
    return True


def _leads(sentence: str, clause: Clause, roles: Roles) -> bool:
    """ "Plutôt mardi": a word that ranks, and was taken for one that joins two clauses."""
    begin = clause.tokens[0].at
    before = clause_of(sentence[max(begin - _LEAD_MAX, 0) : begin])[-1:]
    return clause.lead == "contrast" and plays(roles.played(before), ("best",))


_LEAD_MAX = 12


def _parts(clause: Clause, played: Sequence[Played]) -> list[Clause]:
    """The clause cut in front of an "otherwise": "Wednesday and if not then Friday"."""
    at = min((each.at for each in played if each.role == "otherwise"), default=0)
    if not at or at > len(clause.tokens) - 2:
        return [clause]
    return [
        _part(clause, clause.tokens[:at], clause.lead),
        _part(clause, clause.tokens[at:], ""),
    ]


def _part(clause: Clause, left: Sequence[Token], lead: str) -> Clause:
    begin = clause.tokens[0].at
    text = clause.text[left[0].at - begin : left[-1].end - begin]
    return Clause(text, tuple(left), lead, clause.behind_than)


def _how(clause: Clause, played: Sequence[Played]) -> tuple[str, Clause | None]:
    """How its words rank what it names, and the clause without these words; None where nothing is left."""
    ranks = [each for each in played if each.role in _RANKING]
    ranks = [
        each for each in ranks
        if not any(o.at <= each.at and each.end <= o.end and o.end - o.at > each.end - each.at for o in ranks)
    ]  # fmt: skip
    names = {each.role for each in ranks}
    strong = names - {"would_do"} or names
    how = "both" if len(strong) > 1 else next(iter(strong), "")
    at = places(ranks, strong)
    if not at:
        return how, clause
    left = tuple(token for place, token in enumerate(clause.tokens) if place not in at)
    left = tuple(token for token in left if len(left) > 1 or token.text not in _LINKS)
    if not left:
        return how, None
    return how, _part(clause, left, clause.lead)


_RANKING = ("best", "spare", "would_do", "otherwise")
_LINKS = (
    "that",
    "das",
    "der",
    "ca",
    "c'",
    "ce",
    "eso",
    "isso",
    "esse",
    "essa",
    "ese",
    "esa",
    "and",
    "und",
    "et",
    "y",
    "e",
)


def _of_another(ranks: _Ranks, how: str, *, turned: bool) -> bool:
    """ "Monday, that would be best", "lieber ist mir aber der Montag": a clause that only ranks."""
    if (turned and how == "best") or how == "otherwise" or not ranks.here:
        ranks.ahead = how
        return True
    if how != "best" and any(each.how == "best" for each in ranks.here):
        ranks.ahead = how  # "first choice Tuesday, second choice Friday"
        return True
    for each in ranks.here:
        each.how = how
    return True


def _aside(ranks: _Ranks, here: View, how: str, *, turned: bool) -> bool:
    """A clause that names no time: it ranks another, or must not turn what was liked best."""
    if here.plays("none_said", "all_shown") and here.against:
        return False  # "I can't make any of those. After 6 would be best"
    if how in ("best", "spare") and not here.against and len(here.piece) <= _RANKING_MAX:
        return _of_another(ranks, how, turned=turned)
    if how in ("best", "spare", "otherwise"):
        return False
    best = bool(ranks.each) and ranks.each[-1].how == "best"
    turns = here.against or here.engaged or here.clause.lead == "contrast"
    if (turns and best) or here.plays("shift", "skips", "another"):
        return False
    ranks.rest.append(here.clause.text.strip())
    return True


_RANKING_MAX = 4


def _result(ranks: _Ranks, text: str, *, several: bool) -> tuple[Said, list[str]] | None:
    if ranks.ahead:
        return None
    liked = [each for each in ranks.each if each.how == "best"]
    plain = [each for each in ranks.each if each.how == "fine"]
    spare = [each for each in ranks.each if each.how in ("spare", "would_do", "otherwise")]
    if not plain:
        plain = [each for each in ranks.each if each.how == "would_do"]
    if _is_of_one_day(ranks.each):
        return None  # "Plutôt le jeudi, celui de 17 h", "evening works best, so Wednesday"
    if several:
        meant = [each for each in ranks.each if each.how != "refused"]
    elif liked:
        meant = liked if len(liked) < len(ranks.each) else []
    else:
        meant = plain if any(each.how in ("spare", "otherwise") for each in spare) else []
    said = _said(meant, text, several=several)
    return (said, ranks.rest) if said else None


def _is_of_one_day(each: Sequence[_Rank]) -> bool:
    """Whether a part of the day or an hour stands beside a day: both may be one time."""
    dated = {
        has_day(one.when) or bool(one.when.pick)
        for one in each
        if one.when and one.when not in _ALL and one.how != "refused"
    }
    return len(dated) > 1


def _said(meant: Sequence[_Rank], text: str, *, several: bool) -> Said | None:
    """The choice of these times, all of which are given in the same way: as days or as numbers."""
    numbers = tuple(dict.fromkeys(each.number for each in meant if each.number))
    whens = merged([each.when for each in meant if each.when is not None])
    if bool(numbers) == bool(whens) or (not several and len(numbers) + len(whens) != 1):
        return None
    if numbers:
        return Said("choose", text=text[:120], numbers=numbers)
    either = tuple(
        each.month_day
        for each in whens
        if each == When(month_day=each.month_day) and each.month_day
    )
    alone = either if len(whens) == 1 else ()
    return Said("when", text=text[:120], when=whens[0], or_when=tuple(whens[1:]), numbers=alone)
