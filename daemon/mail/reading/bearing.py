"""Bearing: whether one clause of a reply is for the times that it names, against them, or of no weight.

Not what several clauses come to (evident.py), and not how a "not" turns its words (polarity.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daemon.domain.when import When
from daemon.mail.reading.bounded import behind_bounds, is_bound
from daemon.mail.reading.foreign import Things, things
from daemon.mail.reading.lexicon import Found, Lexicon, has
from daemon.mail.reading.named import TIMES, has_day
from daemon.mail.reading.pieces import HARMLESS, NOR, PICKS, Clause, unknown, widest
from daemon.mail.reading.polarity import leaning
from daemon.mail.reading.roles import Played, Roles, places, plays
from daemon.mail.reading.tokens import Token

SPARED = (*HARMLESS, "courtesy", "suits", "takes", "everything", "anything", "week", "meeting")
AGAINST = ("against", "regrets", "no", "away", "none")
_NOT_THESE = (*SPARED, "own")
_OF_NO_WEIGHT = ("save", "or_else", "farewell", "beside", "says", "preferred_else")
_SHORT_MAX = 4


@dataclass(frozen=True, slots=True)
class View:
    """One clause with what its words are (`found`) and do (`played`). `fine`: the places that speak for a time or are
    only polite; `suits`: something speaks for it; `against`: something against."""

    clause: Clause
    words: Lexicon
    found: Sequence[Found]
    played: Sequence[Played]
    fine: frozenset[int]
    suits: bool
    against: bool
    kept: Things

    @property
    def piece(self) -> Sequence[Token]:
        return self.clause.tokens

    @property
    def engaged(self) -> bool:
        return any(has(each, ("engaged",)) for each in self.found)

    @property
    def is_habit(self) -> bool:
        return bool(places(self.played, ("habit",)) - places(self.played, ("aside",)) - self.fine)

    def plays(self, *names: str) -> bool:
        """Whether one of these roles is played in it."""
        return plays(self.played, names)


def view(clause: Clause, words: Lexicon, roles: Roles) -> View:
    """The clause as it is looked at."""
    piece = clause.tokens
    played = roles.played(piece)
    idle = places(played, ("idle",))
    every = [
        each for each in widest(words.found(piece))
        if has(each, TIMES) or not idle.issuperset(range(each.at, each.end))
    ]  # fmt: skip
    told = {at for e in every if has(e, TIMES) for at in range(e.at, e.end)}
    kept = things(clause.text, piece, words, played)
    own = [
        e
        for e in played
        if e.role != "fine"
        or not (kept.is_object(e.end, plainly=True) or kept.is_inside(e.at, e.end))
    ]
    lean = leaning(piece, own, words.code, frozenset(told | behind_bounds(piece, words)))
    fine = lean.fine | places(played, ("politely",))
    found = [e for e in every if has(e, TIMES) or not fine.issuperset(range(e.at, e.end))]
    against = bool(lean.clash) or any(
        has(each, AGAINST) and not has(each, _NOT_THESE) and each.at not in fine for each in found
    )
    return View(clause, words, found, played, frozenset(fine), bool(lean.fine), against, kept)


def bearing(seen: View, refs: Sequence[When], last: str) -> str:
    """For these times ("taken"), against them ("refused"), a bound of them ("bound"), or of no weight. `last`: what the
    clause before was."""
    piece, found, clause = seen.piece, seen.found, seen.clause
    nor = piece[0].text in NOR
    if clause.behind_than or clause.lead == "nor" or nor:
        return "open" if last == "taken" and (nor or clause.lead) else "refused"
    odd = unknown(piece, found) - seen.fine
    suits = seen.suits or any(
        has(each, ("suits", "takes"))
        and not seen.kept.is_object(each.end, plainly=True)
        and (each.end - each.at > 1 or not {each.at - 1, each.end} & odd)
        for each in found
    )
    if clause.lead == "because" and not suits and seen.words.code in ("en", "de"):
        return "refused" if seen.against else "slight"
    if seen.plays("bounding") or is_bound(piece, seen.words):
        refused = seen.against and not suits and all(each.minutes for each in refs)
        return "refused" if refused else "bound"
    if any(has(each, _OF_NO_WEIGHT) for each in found) or _is_shifted(found):
        return "slight"
    if seen.plays("others", "past", "hardly") or seen.is_habit:
        return "refused" if seen.against and not suits else "slight"
    if not seen.against and not suits and seen.engaged:
        return "busy"
    if is_likewise(seen) and len(piece) <= 3 and last in ("taken", "refused", "busy") and not suits:
        return last
    if seen.against or suits:
        return "slight" if seen.against and suits else "refused" if seen.against else "taken"
    if clause.lead == "and" and last in ("taken", "refused") and len(piece) <= _SHORT_MAX:
        return last
    return _of_itself(seen, refs, odd)


def is_likewise(seen: View) -> bool:
    """ "Tuesday too"."""
    ends = (0, len(seen.piece) - 1)  # and not "viernes y lunes"
    return any(
        has(each, ("likewise",)) and each.end - each.at == 1 and each.at in ends
        for each in seen.found
    )


def _is_shifted(found: Sequence[Found]) -> bool:
    """ "Thursday but a bit later"."""
    return any(
        has(each, ("shifts",)) and not has(each, (*TIMES, *PICKS, "bounds", "aside"))
        for each in found
    )


def _of_itself(seen: View, refs: Sequence[When], odd: set[int]) -> str:
    """Of a clause without a word for its times or against them: a day with its hour speaks for itself."""
    piece, found = seen.piece, seen.found
    strange = odd - places(seen.played, ("aside",)) - _numbers(piece, found)
    if seen.words.code in ("en", "de") and seen.plays("happens"):
        return "slight"
    if not strange:
        return "taken"
    first = min((each.at for each in found if has(each, TIMES)), default=0)
    exact = all(
        (each.minutes and (has_day(each) or len(strange) <= 2))
        or (each.weekday is not None and each.month_day)
        for each in refs
    )
    begin = piece[0].at
    named = any(seen.clause.text[piece[at].at - begin].isupper() for at in strange)
    if named and seen.clause.lead != "and":
        return "slight"  # "jeudi 18h Ben peut rarement"
    told = min(strange) > first and not seen.plays("happens") and seen.clause.lead != "because"
    return "taken" if exact and told else "slight"


def _numbers(piece: Sequence[Token], found: Sequence[Found]) -> set[int]:
    """The numbers beside a month, a part of the day or the word for an hour."""
    beside = {
        at
        for each in found
        if has(each, (*TIMES, "past", "week_of"))
        for at in (each.at - 1, each.end)
    }
    return {at for at, token in enumerate(piece) if token.kind == "number" and at in beside}
