"""Evident: the time that a reply is for, or the times that it leaves, where most of its words are not known.

Not the weighing of clauses whose words are known (weighing.py): what that leaves is looked at once more here. A day with
its hour is strong evidence, and so is a word for or against it in the same clause; what ends it is a closed list of cues:
a question, a condition, a doubt, a correction, another person, and whatever stands against another part of the reply.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.bounded import behind_bounds, bounded, hour_behind, is_bound, is_outset
from daemon.mail.reading.clauses import command
from daemon.mail.reading.cutting import clauses_of
from daemon.mail.reading.lexicon import Found, Lexicon, clause_of, has
from daemon.mail.reading.named import TIMES, both, has_day, merged, times_named
from daemon.mail.reading.pieces import (
    HARMLESS,
    KNOWN,
    NOR,
    Clause,
    is_open,
    spoken_words,
    unknown,
    widest,
    without_kindness,
)
from daemon.mail.reading.roles import Played, Roles, places, plays, roles_of
from daemon.mail.reading.tokens import Token, folded

CHARACTERS_MAX = 500
SENTENCES_MAX = 8
_SPARED = (*HARMLESS, "courtesy", "suits", "takes", "everything", "anything", "week", "meeting")
_AGAINST = ("against", "regrets", "no", "away", "none")
_NOT_THESE = (*_SPARED, "own")
_OF_NO_WEIGHT = ("save", "or_else", "farewell", "beside", "says", "preferred_else")
_OF_SHIFTS = (*KNOWN, "shifts", "lasting", "spelt", "minutes", "somewhat", "want")
_OF_DENIALS = (*KNOWN, *_AGAINST)
_LEFT_OPEN = ("doubt", "corrects", "asking", "pauses", "skip_said", "nexttime", "leave_said")


@dataclass(slots=True)
class _Evidence:
    taken: list[When] = field(default_factory=list)
    refused: list[When] = field(default_factory=list)
    slight: list[When] = field(default_factory=list)
    bound: list[When] = field(default_factory=list)
    numbers: tuple[int, ...] = ()
    none: bool = False
    other: bool = False
    last: str = ""
    conceded: bool = False
    plainly: bool = False
    bare: list[When] = field(default_factory=list)
    named: list[When] = field(default_factory=list)
    day: When | None = None
    rest: list[str] = field(default_factory=list)


def evident(lines: Sequence[str], today: date, language: str) -> tuple[Said, list[str]] | None:
    """The choice, and the words that speak of something else."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    words = spoken_words(text, language)
    roles = roles_of(words.code)
    if roles is None:
        return None
    if words.code == "pt" and _A_SEGUNDA.search(folded(text)):
        return None  # Monday, or the second
    seen = _Evidence()
    for sentence in said:
        if "?" in sentence and not _is_asked_politely(sentence, words, roles, today):
            return None
        seen.bare, seen.named = [], []
        seen.conceded = plays(roles.played(clause_of(sentence)), ("concede",))
        for clause in clauses_of(sentence, words):
            if not seen.numbers and clause.text[:1].isdigit() and clause.text.split()[0].isdigit():
                lead = command(clause.text, today, language)
                if lead and lead.word == "choose" and lead.when is None:
                    seen.numbers = lead.numbers
                    continue
            if not _look(seen, clause, words, roles, today):
                return None
    return _result(seen, text)


_A_SEGUNDA = re.compile(r"\ba segunda\b(?!-| feira| opcao| hipotese| data| proposta| da lista)")


def _is_asked_politely(sentence: str, words: Lexicon, roles: Roles, today: date) -> bool:
    """ "Pode ser sexta às 19h30?": a short question that takes one time."""
    clause = clause_of(sentence)
    played, found = roles.played(clause), widest(words.found(clause))
    odd = unknown(clause, found, (*KNOWN, "begs")) - places(
        played, ("asks_time", "fine", "politely")
    )
    refs = times_named(clause, words, found, today)
    return (
        sentence.count("?") == 1
        and plays(played, ("asks_time",))
        and not plays(played, ("others", "clash", "past"))
        and bool(refs)
        and len(clause) <= _ASKED_WORDS_MAX
        and len(odd) <= 1
    )


_ASKED_WORDS_MAX = 12


def _result(seen: _Evidence, text: str) -> tuple[Said, list[str]] | None:
    whens = [each for each in merged(seen.taken) if each != When()]
    if seen.none:
        return None if whens or seen.other else (Said("none", text=text[:120]), seen.rest)
    for one in () if seen.numbers else seen.slight:
        if all(both(one, two) is None for two in whens) and not any(
            _same_day(one, two) for two in (*whens, *seen.refused)
        ):
            return None
    no = tuple(dict.fromkeys(each for each in seen.refused if each != When()))
    if not whens and len(seen.bound) == 1 and seen.bound[0].minutes:
        whens = seen.bound  # "qualquer horário depois das 18"
    if seen.numbers:
        when = whens[0] if whens else (seen.slight[0] if len(seen.slight) == 1 else None)
        chosen = Said("choose", text=text[:120], numbers=seen.numbers, when=when)
        return (chosen, seen.rest) if len(whens) <= 1 else None
    if not whens and not no:
        every = replace(When(), pick="all")
        every_one = Said("when", text=text[:120], when=every)  # "todas me servem"
        return (every_one, seen.rest) if When() in seen.taken and not seen.other else None
    if not whens and not seen.other and len(no) < 2 and not _is_wide(no[0], seen):
        return None  # one time that does not suit leaves the others open
    several = replace(When(), pick="all") if seen.other and seen.none else When()
    whens = whens or [several]
    return Said(
        "when", text=text[:120], when=whens[0], or_when=tuple(whens[1:]), but_not=no
    ), seen.rest


def _is_wide(when: When, seen: _Evidence) -> bool:
    """ "The weekend", "in the evening I can't": it may leave a single time."""
    several = when.days is not None or bool(when.weekdays)
    return several or (bool(when.part) and not has_day(when) and seen.plainly)


def _same_day(one: When, two: When) -> bool:
    return any(
        getattr(one, name) is not None and getattr(one, name) == getattr(two, name)
        for name in ("weekday", "day", "month_day")
    )


def _look(seen: _Evidence, clause: Clause, words: Lexicon, roles: Roles, today: date) -> bool:
    """What one clause is for or against; False where it leaves something open."""
    if clause.lead == "thanks_for":
        return True
    piece = clause.tokens
    played = roles.played(piece)
    fine = places(played, ("fine", "politely"))
    found = [
        each for each in widest(words.found(piece))
        if has(each, TIMES) or not fine.issuperset(range(each.at, each.end))
    ]  # fmt: skip
    if is_open(found, spared=_SPARED):
        return False
    polite = places(played, ("politely",))
    spared = {"pauses": fine}  # "arrumo um tempinho" asks for no pause
    if any(e.role in _LEFT_OPEN and e.at not in spared.get(e.role, polite) for e in played):
        return False
    if seen.numbers and (
        clause.lead == "contrast"
        or plays(played, ("mistake",))
        or any(token.kind in ("number", "ordinal", "time") for token in piece)
    ):
        return False  # "1. Desculpa, errei: 3"
    refs = times_named(piece, words, found, today)
    if refs is None:
        return plays(played, ("clash", "cannot"))  # "à segunda venho tarde do hospital"
    refs = _with_hour(refs, piece, words)
    told = {at for e in found if has(e, TIMES) for at in range(e.at, e.end)}
    against = bool(places(played, ("clash",)) - told - behind_bounds(piece, words)) or any(
        has(each, _AGAINST) and not has(each, _NOT_THESE) and each.at not in fine for each in found
    )
    engaged = any(has(each, ("engaged",)) for each in found)
    if plays(played, ("all_shown",)) and (against or (engaged and not plays(played, ("fine",)))):
        seen.none = True
        return True
    if not refs:
        return _look_aside(seen, clause, found, played, words, against)
    refs = [_of_that_day(bounded(each, piece, words), seen) for each in refs]
    status = _status(clause, piece, found, played, words, refs, seen, against, fine)
    if seen.taken and clause.lead == "contrast" and status not in ("refused", "taken"):
        return False
    plain = not unknown(piece, found) - fine and not plays(played, ("fine",))
    suits = any(has(each, ("suits", "takes")) for each in found)
    seen.named = list(refs)
    seen.bare = list(refs) if status == "taken" and plain and not suits else []
    seen.last, seen.day = status, next((r for r in refs if has_day(r) and r.part), None)
    _put(seen, status, refs, found, played)
    return status != "open"


def _put(
    seen: _Evidence, status: str, refs: Sequence[When], found: Sequence[Found], played: Sequence[Played]
) -> None:  # fmt: skip
    other = any(has(each, ("other_one",)) for each in found)
    match status:
        case "refused":
            seen.refused += [] if other else refs  # "les autres soirs": not of this one
            seen.plainly |= plays(played, ("cannot",)) or any(has(e, ("regrets",)) for e in found)
        case "slight":
            seen.slight += refs
        case "bound":
            seen.bound += refs
        case "taken":
            seen.other |= other
            seen.taken += refs


def _with_hour(refs: list[When], piece: Sequence[Token], words: Lexicon) -> list[When]:
    """The times with the bare hour behind a bound; "any" of a part of the day is a bound itself."""
    hour = hour_behind(piece, words)
    if len(refs) == 1 and hour:
        hour = [replace(refs[0], minutes=refs[0].minutes or hour[0].minutes, pick="")]
    return [
        replace(r, pick="") if r.pick == "all" and not has_day(r) and (r.part or r.minutes) else r
        for r in hour or refs
    ]


def _of_that_day(when: When, seen: _Evidence) -> When:
    """ "Sábado de manhã não, à tarde sim": the afternoon of the same day."""
    before = seen.day
    if before is None or not when.part or has_day(when) or when.part == before.part:
        return when
    return replace(when, weekday=before.weekday, day=before.day, month_day=before.month_day)


def _look_aside(
    seen: _Evidence, clause: Clause, found: Sequence[Found], played: Sequence[Played],
    words: Lexicon, against: bool,
) -> bool:  # fmt: skip
    """A clause that names no time: it may turn what was said, or ask for something else."""
    if seen.taken and clause.lead == "contrast" and not (plays(played, ("fine",)) or seen.conceded):
        return False
    if any(has(each, ("shifts",)) for each in found) and not unknown(
        clause.tokens, found, _OF_SHIFTS
    ):
        return False
    reason = clause.lead == "because" or is_outset(clause.tokens, words)
    if against and len(clause.tokens) <= 2 and not unknown(clause.tokens, found, _OF_DENIALS):
        return False  # "no, el jueves"
    if plays(played, ("shift", "skips")):
        return False
    if seen.last in ("busy", "slight") and seen.named and _agrees(clause, found, against):
        seen.taken += seen.named  # "quinta já tenho o jantar feito, pode ser"
        seen.slight = [each for each in seen.slight if each not in seen.named]
        seen.last = "taken"
    own = clause.tokens[0].text in _SUBJECTS
    if seen.bare and plays(played, ("clash",)) and not (reason or own or clause.lead == "contrast"):
        seen.refused += seen.bare  # "mercredi et jeudi, impensable"
        seen.taken = [each for each in seen.taken if each not in seen.bare]
        seen.bare, seen.last = [], "refused"
        return True
    if (
        against
        and seen.taken
        and len(clause.tokens) <= 4
        and not reason
        and not plays(played, ("fine",))
    ):
        return False
    seen.rest.append(clause.text.strip())
    return True


def _agrees(clause: Clause, found: Sequence[Found], against: bool) -> bool:
    """ "Pode ser", "essa": what was named before is meant."""
    short = len(clause.tokens) <= _AGREES_MAX and not against
    these = len(clause.tokens) == 1 and clause.tokens[0].text in _THESE
    suits = any(has(each, ("suits", "yes")) for each in found)
    return short and (these or (suits and not unknown(clause.tokens, found)))


_AGREES_MAX = 4
_THESE = ("essa", "esse", "esta", "este", "esa", "ese", "celle-la", "celui-la")
_SUBJECTS = (
    *("o", "a", "os", "as", "el", "la", "los", "las", "le", "les", "l'", "esta", "essa", "este", "esse", "esa", "ese"),
    *("celle-ci", "celui-ci", "celles-ci", "cette", "ce", "mon", "ma", "mes", "meu", "minha", "mi", "mis"),
)  # fmt: skip
"""Who begins with one of these speaks of something else than the day just named."""


def _status(
    clause: Clause, piece: Sequence[Token], found: Sequence[Found], played: Sequence[Played],
    words: Lexicon, refs: Sequence[When], seen: _Evidence, against: bool, fine: set[int],
) -> str:  # fmt: skip
    """For these times ("taken"), against them, or of no weight."""
    nor = piece[0].text in NOR
    if clause.behind_than or clause.lead == "nor" or nor:
        return "open" if seen.last == "taken" and (nor or clause.lead) else "refused"
    odd = unknown(piece, found) - fine
    suits = plays(played, ("fine",)) or any(
        has(each, ("suits", "takes"))
        and (each.end - each.at > 1 or not {each.at - 1, each.end} & odd)
        for each in found
    )
    if plays(played, ("bounding",)) or is_bound(piece, words):
        return (
            "refused" if against and not suits and all(each.minutes for each in refs) else "bound"
        )
    if any(has(each, _OF_NO_WEIGHT) for each in found):
        return "slight"
    if plays(played, ("others", "past", "hardly")):
        return "refused" if against and not suits else "slight"
    if not against and not suits and any(has(each, ("engaged",)) for each in found):
        return "busy"
    likewise = any(has(each, ("likewise",)) and each.end - each.at == 1 for each in found)
    if likewise and len(piece) <= 3 and seen.last in ("taken", "refused", "busy") and not suits:
        return seen.last
    if against and suits:
        return "slight"
    if against:
        return "refused"
    if suits:
        return "taken"
    if clause.lead == "and" and seen.last in ("taken", "refused") and len(piece) <= 4:
        return seen.last
    strange = odd - places(played, ("aside",)) - _numbers(piece, found)
    if not strange:
        return "taken"
    first = min((each.at for each in found if has(each, TIMES)), default=0)
    exact = all(
        (each.minutes and (has_day(each) or len(strange) <= 2))
        or (each.weekday is not None and each.month_day)
        for each in refs
    )
    begin = piece[0].at
    named = any(clause.text[piece[at].at - begin].isupper() for at in strange)
    if named and clause.lead != "and":
        return "slight"  # "jeudi 18h Ben peut rarement"
    if (
        exact
        and min(strange) > first
        and not plays(played, ("happens",))
        and clause.lead != "because"
    ):
        return "taken"
    return "slight"


def _numbers(piece: Sequence[Token], found: Sequence[Found]) -> set[int]:
    """The numbers beside a month, a part of the day or the word for an hour."""
    beside = {
        at
        for each in found
        if has(each, (*TIMES, "past", "week_of"))
        for at in (each.at - 1, each.end)
    }
    return {at for at, token in enumerate(piece) if token.kind == "number" and at in beside}
