"""Brought: what comes along with a command amid words that are not known: minutes, days, a rhythm, a language, letters.

Not which command it is: gist.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.mail.reading.dates import day_at, stretch_at
from daemon.mail.reading.lexicon import Found, Lexicon, has, known_places, without_marks
from daemon.mail.reading.pieces import spoken_words
from daemon.mail.reading.roles import Roles, places, plays
from daemon.mail.reading.tokens import Token, folded, tokens
from daemon.mail.reading.values import CADENCES

TOKENS_MAX = 40
PLAIN_MAX = 7
"""So few words say nothing else beside the command."""
_MINUTES_MAX = 180


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, or a whole reply, as it is read in one language."""

    text: str
    tokens: tuple[Token, ...]
    asked: bool
    code: str


def part_of(sentence: str, code: str) -> Part:
    """The sentence as it is read in that language."""
    clause = tuple(without_marks(tokens(folded(sentence))))
    return Part(sentence, clause, sentence.rstrip().endswith("?"), code)


def denials(part: Part, covered: set[int]) -> set[int]:
    """Where a "not" stands, but at the places that are covered."""
    return {
        at for at, token in enumerate(part.tokens)
        if token.text in _DENIALS.get(part.code, ()) and at not in covered and not _is_in(part, at)
    }  # fmt: skip


def _is_in(part: Part, at: int) -> bool:
    """Whether "no" is the Portuguese "in the", or the "n" of a name."""
    return part.tokens[at].text == "no" and part.code == "pt"


_DENIALS = {
    "en": ("no", "not", "don't", "doesn't", "didn't", "never", "won't", "wouldn't", "isn't", "aren't", "wasn't", "haven't", "nor", "neither"),
    "de": ("nicht", "kein", "keine", "keinen", "nie", "weder", "net", "ned", "nid"),
    "fr": ("ne", "n'", "pas", "ni", "jamais"), "es": ("no", "ni", "nunca", "jamas", "sin"), "pt": ("nao", "n", "nem", "no", "nunca", "jamais", "sem"),
}  # fmt: skip


def valued_as(
    word: str, part: Part, words: Lexicon, roles: Roles, found: Sequence[Found], today: date
) -> Said | None:
    text = part.text[:120]
    match word:
        case "late":
            minutes = _minutes(part.tokens, found)
            return Said("late", numbers=minutes, text=text) if len(minutes) == 1 else None
        case "away":
            days = _stretch(part.tokens, words, roles, today)
            return Said("away", days=days, text=text) if days else None
        case "pause":
            until = _until(part, roles, words, found, today)
            if until is None and not plays(roles.played(part.tokens), _OF_PAUSES):
                return None
            return Said("pause", days=(today, until), text=text) if until else _bare(part, text)
        case "invite":
            addresses = {token.text for token in part.tokens if token.kind == "address"}
            return Said("invite", text=addresses.pop()) if len(addresses) == 1 else None
        case "language":
            code = _language(found)
            return Said("language", text=code) if code else None
        case "cadence":
            often = _often(part, roles, found)
            return Said("cadence", text=often) if often else None
        case "no" if len(part.text) > _ANSWER_MAX:
            return None
        case "yes" if len(part.tokens) > PLAIN_MAX:
            return None
        case _:
            return Said(word, text=text)


_OF_PAUSES = ("pause_said", "session", "whole")


def _bare(part: Part, text: str) -> Said | None:
    """A pause without an end; a day that was not understood must not be lost."""
    dated = any(token.kind in ("number", "ordinal", "numeric", "iso") for token in part.tokens)
    return None if dated else Said("pause", text=text)


def ticked_off(parts: Sequence[Part], roles: Roles) -> Said | None:
    """ "Punto a: ya mandé el borrador", "(b) feito": letters that are marked as such, beside what was done."""
    letters: list[str] = []
    for part in parts:
        found = _LETTERED.findall(folded(part.text))
        played = roles.played(part.tokens)
        if not found:
            continue
        if (
            part.asked
            or plays(played, ("doubt", "telling", "others", "hardly"))
            or denials(part, set())
        ):
            return None
        letters += found if plays(played, ("done_said",)) else []
    letters += [letter for part in parts for letter in _named_off(part, roles)]
    kept = tuple(dict.fromkeys(letters))
    text = parts[0].text[:120] if parts else ""
    return Said("done", letters=kept, text=text) if kept else None


def _named_off(part: Part, roles: Roles) -> list[str]:
    """ "Listo el a y también el c": a clause of nothing but what was done, and letters."""
    letters: list[str] = []
    begin = 0
    for at in range(len(part.tokens) + 1):
        ends = at == len(part.tokens) or (at > begin and _is_parted(part, at))
        if ends:
            letters += _letters_in(part.tokens[begin:at], roles) if not part.asked else []
            begin = at
    return letters


def _is_parted(part: Part, at: int) -> bool:
    between = folded(part.text)[part.tokens[at - 1].end : part.tokens[at].at]
    return any(mark in between for mark in ",;:.!(")


def _letters_in(clause: Sequence[Token], roles: Roles) -> list[str]:
    clause = [token for token in clause if token.text[0].isalnum()]
    done = places(roles.played(clause), ("done_said",))
    letters = [
        at for at, token in enumerate(clause)
        if token.text in _LETTERS and at not in done and (token.text != "a" or _is_letter(clause, at))
    ]  # fmt: skip
    rest = set(range(len(clause))) - done - set(letters)
    plain = all(clause[at].text in _BESIDE_LETTERS for at in rest)
    return [clause[at].text for at in letters] if done and plain else []


def _is_letter(clause: Sequence[Token], at: int) -> bool:
    """Whether an "a" is no article: one stands in front of it, or nothing that it could belong to stands behind."""
    behind = clause[at + 1].text if at + 1 < len(clause) else ""
    return (at > 0 and clause[at - 1].text in _BEFORE) or behind in ("", *_JOINS)


_LETTERS = ("a", "b", "c", "d", "f")
_JOINS = ("y", "e", "et", "and", "und", "is", "ist", "too", "auch", "tambien", "tambem", "aussi")
_BEFORE = (
    "el",
    "la",
    "los",
    "o",
    "os",
    "le",
    "les",
    "l'",
    "with",
    "punto",
    "ponto",
    "point",
    "punkt",
    "both",
)
_BESIDE_LETTERS = (
    *(*_JOINS, *_BEFORE, "con", "com", "avec", "mit", "pour", "para", "ya", "ja", "deja", "already", "schon", "esta", "estan", "estao", "ta", "are"),
    *("sind", "hab", "habe", "ich", "i", "i'm", "am", "c'", "est", "sont", "also", "ebenfalls", "finally", "endlich", "enfin", "por", "fin", "fim"),
    *("seit", "gestern", "heute", "ayer", "hoy", "hier", "depuis", "aujourd'hui", "ontem", "hoje", "yesterday", "today", "since", "as", "the", "a"),
    *("beide", "both", "dos", "ambos", "ambas", "dois", "duas", "as", "tous", "toutes", "deux", "uf", "ufa", "ouf", "puh", "phew", "faits"),
)  # fmt: skip
_LETTERED = re.compile(
    r"(?:(?<=^)|(?<=\s)|(?<=\())(?:(?:punto|ponto|point|tarefa|tarea|tache|letra|lettre|item|task|todo|to-do|punkt|aufgabe)\s+)?([a-f])(?=\s?[):.])"
)


_ANSWER_MAX = 90
"""A refusal is short; in more words somebody may speak of a term for another reason."""


def _often(part: Part, roles: Roles, found: Sequence[Found]) -> str:
    """The one rhythm that is named, without the one that it is to be better than."""
    clause = _without_reason(part.tokens, found)
    named = [each for each in found if has(each, CADENCES) and each.end <= len(clause)]
    compared = len({name for each in named for name in CADENCES if has(each, (name,))}) > 1
    than = [e.end for e in found if has(e, ("than",)) and e.at and (compared or e.end - e.at > 1)]
    widest_ = [
        each for each in named
        if not any(o.at <= each.at and each.end <= o.end and o is not each and o.end - o.at > each.end - each.at for o in named)
        and not any(0 <= each.at - at <= 3 for at in than)
        and not any(token.text in _TOO_MUCH for token in clause[each.end : each.end + 4])
    ]  # fmt: skip
    names = {name for each in widest_ for name in CADENCES if has(each, (name,))}
    said = known_places(found) | places(roles.played(clause), ("enough", "aside"))
    plain = len(clause) <= PLAIN_MAX + 1 and len(said) == len(clause)
    met = plain or any(has(e, ("together", "meeting", "begs")) for e in found)
    met |= any(token.text.startswith(_ENOUGH) for token in clause)
    met |= any(has(each, ("from_now",)) and each.end - each.at > 1 for each in found)
    return names.pop() if len(names) == 1 and met else ""


def _without_reason(clause: Sequence[Token], found: Sequence[Found]) -> Sequence[Token]:
    """ "Todas las semanas, que cada quince días se me olvida todo": without the reason for it."""
    first = min((each.end for each in found if has(each, CADENCES)), default=len(clause))
    ends = [at for at in range(first, len(clause)) if clause[at].text in _REASONS]
    return clause[: ends[0]] if ends else clause


_REASONS = ("que", "porque", "pois", "car", "parce", "because", "weil", "denn")
_ENOUGH = ("suff", "bast", "enough", "plenty", "reich", "genug", "cheg", "alcanz")


def _language(found: Sequence[Found]) -> str:
    """The one language that is named."""
    codes = {value for each in found for name, value in each.labels if name == "languages"}
    return codes.pop() if len(codes) == 1 else ""


_TOO_MUCH = (
    "lot",
    "muito",
    "demais",
    "demasiado",
    "mucho",
    "trop",
    "beaucoup",
    "puxado",
    "pesado",
    "perde-se",
    "pouco",
    "poco",
    "peu",
    "much",
    "often",
    "intense",
    "viel",
    "oft",
    "haufig",
)


def with_minutes(said: Said, lines: Sequence[str], language: str) -> Said:
    """ "Atrasada!! 20 min": how late may stand in a sentence of its own."""
    if said.word != "late" or said.numbers:
        return said
    text = " ".join(lines)
    words = spoken_words(text, language)
    clause = part_of(text, words.code).tokens
    minutes = _minutes(clause, words.found(clause)) if len(clause) <= TOKENS_MAX else ()
    return replace(said, numbers=minutes) if len(minutes) == 1 else said


def _minutes(clause: Sequence[Token], found: Sequence[Found]) -> tuple[int, ...]:
    counted = {each.at for each in found if has(each, ("minutes",))}
    numbers = [
        token.number for at, token in enumerate(clause)
        if token.kind == "number" and 0 < token.number <= _MINUTES_MAX
        and (at + 1 in counted or (at and clause[at - 1].text in _ABOUT) or _is_most(clause, at))
    ]  # fmt: skip
    reached = 0
    for each in sorted(found, key=lambda f: (f.at, -f.end)):
        for name, value in each.labels:
            counts = name == "lasting" or (
                name == "spelt" and (each.end in counted or each.end + 1 in counted)
            )
            if counts and each.at >= reached:
                numbers.append(int(value))
                reached = each.end
    return tuple(dict.fromkeys(numbers))


def _is_most(clause: Sequence[Token], at: int) -> bool:
    """ "10 no máximo", "10 max"."""
    return any(
        token.text in ("max", "maximo", "maxi", "maximum", "maximal", "most", "tops", "hochstens")
        for token in clause[at + 1 : at + 3]
    )


_ABOUT = (
    *("uns", "umas", "unos", "unas", "cerca", "tipo", "maximo", "environ", "quelque"),
    *("about", "around", "approx", "approximately", "roughly", "by", "etwa", "ungefahr", "circa", "ca", "rund"),
)  # fmt: skip


def _till_back(
    clause: Sequence[Token], words: Lexicon, roles: Roles, today: date
) -> tuple[date, date] | None:
    """ "I'm going away on 18 December and get back on 5 January": two days, and that somebody is back on the later."""
    if not plays(roles.played(clause), ("back",)):
        return None
    days: list[date] = []
    at = 0
    while at < len(clause):
        here = day_at(clause, words, at, today)
        days += [here[0]] if here else []
        at = here[1] if here else at + 1
    if len(days) == 1:
        days = [*_bare_day(clause, days[0], today), *days]  # "no dia 18 e volto dia 4 de janeiro"
    return (days[0], days[1]) if len(days) == 2 and today <= days[0] < days[1] else None


def _bare_day(clause: Sequence[Token], until: date, today: date) -> list[date]:
    """The one day without its month that stands in front, as the last such day before `until`."""
    numbers = {
        clause[at].number for at in range(1, len(clause))
        if clause[at].kind in ("number", "ordinal") and clause[at - 1].text in _DAY_WORDS
    } - {until.day}  # fmt: skip
    before = [until - timedelta(days=back) for back in range(1, _BACK_DAYS)]
    found = [day for day in before if day.day in numbers and day >= today]
    return found if len(numbers) == 1 and len(found) == 1 else []


_DAY_WORDS = ("dia", "el", "le", "the", "am", "dem", "on")
_BACK_DAYS = 28


def _stretch(
    clause: Sequence[Token], words: Lexicon, roles: Roles, today: date
) -> tuple[date, date] | None:
    """The one stretch of days that is named, with or without the names of its days."""
    plain = [
        token for at, token in enumerate(clause)
        if not (
            any("weekdays" in words.names.get((token.text,), ()) for _ in (0,))
            and at + 1 < len(clause) and clause[at + 1].kind in ("number", "ordinal", "numeric")
        )
    ]  # fmt: skip
    found: list[tuple[date, date]] = []
    at = 0
    while at < len(plain):
        here = stretch_at(plain, words, at, today)
        if here:
            found.append(here[0])
        at = max(here[1] if here else 0, at + 1)
    wide = [each for each in dict.fromkeys(found) if each[1] >= today]
    if not found or all(one == two for one, two in found):
        return _of_days(plain, words, today) or _till_back(plain, words, roles, today)
    return wide[0] if len(wide) == 1 and len(found) == 1 else None


def _of_days(clause: Sequence[Token], words: Lexicon, today: date) -> tuple[date, date] | None:
    """ "Do dia 21 ao dia 31": two days of the month that is next to have them."""
    found = words.found(clause)
    since = {each.end for each in found if has(each, ("since",))}
    until = {each.end for each in found if has(each, ("until", "returning"))}
    numbers = [at for at, token in enumerate(clause) if token.kind == "number"]
    if len(numbers) != 2 or numbers[0] not in since or numbers[1] not in until:
        return None
    one, two = (clause[at].number for at in numbers)
    near = [today + timedelta(days=ahead) for ahead in range(45)]
    first = next((day for day in near if day.day == one), None)
    last = next((day for day in near if first and day >= first and day.day == two), None)
    return (first, last) if first and last and numbers[1] - numbers[0] <= 4 else None


def _until(
    part: Part, roles: Roles, words: Lexicon, found: Sequence[Found], today: date
) -> date | None:
    """The day until which, or the one on which it goes on: "parar y retomar el 1 de febrero"."""
    clause = part.tokens
    goes_on = [
        range(each.at, each.end) if each.gapped else range(each.end, min(each.end + 3, len(clause)))
        for each in roles.played(clause) if each.role == "revive"
    ]  # fmt: skip
    on = [
        day[0] for places_ in goes_on for at in places_
        if (day := day_at(clause, words, at, today)) and day[0] > today
    ]  # fmt: skip
    ends = on[:1] + [
        day[0] for each in found if has(each, ("returning",))
        if (day := day_at(clause, words, each.end, today)) and day[0] > today
    ]  # fmt: skip
    if len(set(ends)) != 1:
        return None
    every = (day_at(clause, words, at, today) for at in range(len(clause)))
    behind = [day[0] for day in every if day and 0 < (day[0] - ends[0]).days <= _BEHIND_DAYS]
    return min(behind, default=ends[0])  # "until the end of January, then again from 1 February"


_BEHIND_DAYS = 3
