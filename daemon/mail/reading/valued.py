"""Valued: a command that brings its value along (an address, the letter of a to-do, a city, how often), amid words that
are not known.

Not a command that is nothing but its words (clauses.py). What is needed beside the value: the verb, somebody
who asks, and nobody who is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.domain.observation import Said
from daemon.mail.reading.clauses import command
from daemon.mail.reading.dates import stretch_at
from daemon.mail.reading.lexicon import (
    Found,
    Lexicon,
    clause_of,
    has,
    is_within,
    known_places,
    places_of,
)
from daemon.mail.reading.pieces import (
    CLOSED,
    HARMLESS,
    Clause,
    clauses,
    is_open,
    spoken_words,
)
from daemon.mail.reading.sentences import sentences
from daemon.mail.reading.tokens import Token
from daemon.mail.reading.values import CADENCES, plain_part, zone_of

CHARACTERS_MAX = 260
SENTENCES_MAX = 3
_CITY_WORDS_MAX = 3
_ASKING = ("begs", "want", "pleads")
_LATE_MAX = 120
_LETTERS = "abcdf"
_ARTICLES = {"en": ("a",), "pt": ("a",), "es": ("a",), "fr": ("a",), "de": ()}


def valued(lines: Sequence[str], today: date, language: str) -> Said | None:
    """The one such command of a short reply."""
    text = "\n".join(line for line in lines if line.strip())
    said = [each for line in text.split("\n") for each in sentences(line)]
    if not said or len(text) > CHARACTERS_MAX or len(said) > SENTENCES_MAX:
        return None
    words = spoken_words(text, language)
    clause = clause_of(text)
    found = words.found(clause)
    often = next((_cadence(each, words) for each in said if _cadence(each, words)), None)
    ways = (
        _invited(clause, found), _zone(text, clause, found), often, _done(said, words), _late(said, words),
        _away(said, words, today),
    )  # fmt: skip
    commands = [each for each in ways if each is not None]
    if not commands:
        return _in_a_clause(said, words, today, language)
    return commands[0] if len(commands) == 1 else None


def _in_a_clause(said: Sequence[str], words: Lexicon, today: date, language: str) -> Said | None:
    """ "Je suis rentré, mettez-moi à l'heure de la Martinique": a clause all of whose words are known."""
    found: list[Said] = []
    for clause in (each for sentence in said for each in clauses(sentence, words)):
        here = command(clause.text, today, language)
        if here and (
            (here.word == "zone" and here.text) or (here.word == "done" and len(here.letters) > 1)
        ):
            found.append(here)
        elif _is_open(words.found(clause.tokens)):
            return None
    return found[0] if len(found) == 1 else None


def _is_open(found: Sequence[Found]) -> bool:
    return is_open(found, CLOSED, harmless=(*HARMLESS, "thinking"))


def _any(found: Sequence[Found], names: Sequence[str]) -> bool:
    return any(has(each, names) for each in found)


def _invited(clause: Sequence[Token], found: Sequence[Found]) -> Said | None:
    """ "Please ask my colleague Tunde to join us next time: tunde@…"."""
    addresses = {token.text for token in clause if token.kind == "address"}
    asked = _any(found, ("invite",)) and _any(found, _ASKING) and _any(found, ("gathering",))
    return (
        Said("invite", text=addresses.pop())
        if len(addresses) == 1 and asked and not _is_open(found)
        else None
    )


def _zone(text: str, clause: list[Token], found: Sequence[Found]) -> Said | None:
    """ "I live in Bogotá now, can I have the times of here?"."""
    if _is_open(found) or not _any(found, ("hours_of",)) or not _any(found, (*_ASKING, "from_now")):
        return None
    whose = [each.end for each in found if has(each, ("others",))]
    if any(has(each, ("moved",)) and end <= each.at for each in found for end in whose):
        return None  # "my brother moved to Lisbon"
    zones = {
        zone_of(name)
        for each in found
        if has(each, ("moved",))
        for end in range(each.end + 1, min(each.end + _CITY_WORDS_MAX + 1, len(clause)) + 1)
        if (name := plain_part(text, clause, each.end, end).removeprefix("a ").removeprefix("la "))[
            :1
        ].isupper()
    } - {""}
    return Said("zone", text=zones.pop()) if len(zones) == 1 else None


def _cadence(sentence: str, words: Lexicon) -> Said | None:
    """ "I think once a month would be enough for us"; "rather every two weeks than each week"."""
    clause = clause_of(sentence)
    found = words.found(clause)
    known = known_places(found)
    if (
        any(place not in known for place in range(len(clause)))
        or _is_open(found)
        or any(token.kind in ("number", "time") and token.number > 31 for token in clause)
    ):
        return None
    named = [each for each in found if has(each, CADENCES) and each.end - each.at > 1]
    than = [each.at for each in found if has(each, ("than",))]
    first = [each for each in named if not any(at < each.at for at in than)]
    names = {name for each in first for name in CADENCES if has(each, (name,))}
    compared = len(named) > len(first)
    together = _any(found, ("together", "begs")) or compared
    wished = _any(found, ("switching", "suits")) and together
    return Said("cadence", text=names.pop()) if len(names) == 1 and wished else None


def _late(said: Sequence[str], words: Lexicon) -> Said | None:
    """ "My lecture overruns so I'll be 20 minutes late": how many minutes, of the writer, and not always."""
    minutes: list[int] = []
    for sentence in said:
        whole = clause_of(sentence)
        found = words.found(whole)
        here = _minutes(whole, found)
        if not here or not _any(found, ("late",)):
            continue
        told = _any(found, ("others", "over", "late_cause")) or any(
            _is_open(words.found(clause.tokens)) or _any(words.found(clause.tokens), ("against",))
            for clause in clauses(sentence, words)
            if _minutes(clause.tokens, words.found(clause.tokens))
        )
        if len(here) > 1 or "?" in sentence or told or not _any(found, ("mine",)):
            return None
        minutes += here
    return Said("late", numbers=(minutes[0],)) if len(minutes) == 1 else None


def _minutes(clause: Sequence[Token], found: Sequence[Found]) -> list[int]:
    ends = {each.at for each in found if has(each, ("minutes",))}
    said = [
        token.number
        for at, token in enumerate(clause)
        if token.kind == "number" and at + 1 in ends and 0 < token.number <= _LATE_MAX
    ]
    lasting = [
        (each.end - each.at, int(value))
        for each in found
        for name, value in each.labels
        if name == "lasting" or (name == "spelt" and each.end in ends)
    ]
    return [*said, max(lasting)[1]] if lasting else said


def _away(said: Sequence[str], words: Lexicon, today: date) -> Said | None:
    """ "We are in Portugal from 20 December to 5 January"."""
    stretches: list[tuple[date, date]] = []
    for sentence in said:
        clause = clause_of(sentence)
        found = words.found(clause)
        days = _stretches(clause, words, today)
        if not days:
            if _any(found, ("suits", "contrast", "shifts")) or "?" in sentence:
                return None
            continue
        gone = _any(found, ("staying", "away")) and not _any(found, ("present", "others", "over"))
        if len(days) > 1 or "?" in sentence or not gone or _is_open(found):
            return None
        stretches += days
    return Said("away", days=stretches[0]) if len(stretches) == 1 else None


def _stretches(clause: Sequence[Token], words: Lexicon, today: date) -> list[tuple[date, date]]:
    """The stretches of more than a day that are named, from today on."""
    found: list[tuple[date, date]] = []
    at = 0
    while at < len(clause):
        here = stretch_at(clause, words, at, today)
        if here and here[0][0] < here[0][1] and here[0][1] >= today:
            found.append(here[0])
            at = here[1]
        else:
            at += 1
    return found


def _done(said: Sequence[str], words: Lexicon) -> Said | None:
    """ "The CV went out last night so a is done", "ya está hecho (b)"."""
    letters: list[str] = []
    for sentence in said:
        found = words.found(clause_of(sentence))
        if not _any(found, ("done",)) or "?" in sentence:
            continue
        if any(token.text in _NEITHER for token in clause_of(sentence)):
            return None
        aside = [c for c in _LETTERS if f"({c})" in sentence.casefold()]
        if aside and not _is_open(found) and not _any(found, ("hardly",)):
            letters += aside
            continue
        for clause in clauses(sentence, words):
            here = _lettered(clause, words)
            if here is None:
                return None
            letters += here
    kept = tuple(dict.fromkeys(letters))
    return Said("done", letters=kept) if kept else None


def _lettered(clause: Clause, words: Lexicon) -> list[str] | None:
    """The letters of to-dos in a clause that ends with them and with what was done; None where one of them may belong to
    a word that is not known: "plan b is done", "a plus b are done"."""
    piece = clause.tokens
    found = words.found(piece)
    known = places_of(found, ("done", "done_with", "courtesy", "joining"))
    at = [
        place
        for place, token in enumerate(piece)
        if token.kind == "word" and len(token.text) == 1 and token.text in _LETTERS
    ]
    begin = len(piece)
    while begin and (begin - 1 in known or begin - 1 in at):
        begin -= 1
    ticked = places_of(found, ("done",))
    others = [each for each in found if not is_within(each, ticked)]
    denied = clause.lead == "nor" or _is_open(found) or _any(found, ("hardly",))
    denied = denied or _any(others, ("no", "against"))
    articles = _ARTICLES.get(words.code, ())
    surely = [
        place for place in at
        if piece[place].text not in articles or _is_listed(place, piece, found)
    ]  # fmt: skip
    if (
        not denied
        and _any(found, ("done",))
        and (
            (begin and begin in at)
            or (surely and surely[0] < begin)
            or _any(found, ("save", "than"))
        )
    ):
        return None
    if not denied and surely and not _any(found, ("done",)):
        return None  # "tanto o a como o b estão feitos"
    window = range(begin, len(piece))
    done = places_of((each for each in found if each.at in window), ("done",))
    if not done or denied:
        return []
    return [
        piece[place].text for place in at
        if place in window and place not in done and (
            place in surely or not _is_article(place, piece, done, begin)
        )
    ]  # fmt: skip


def _is_listed(place: int, piece: Sequence[Token], found: Sequence[Found]) -> bool:
    """Whether an "a" stands in a list of letters: "o a e o b"."""
    joined = any(each.at == place + 1 and has(each, ("joining",)) for each in found)
    return joined or (place > 0 and piece[place - 1].text in _BEFORE_A_LETTER)


def _is_article(place: int, piece: Sequence[Token], done: set[int], begin: int) -> bool:
    """Whether an "a" is no letter of a to-do: something stands behind it that was not done, or in front of it that has one."""
    last = place == len(piece) - 1
    said_behind = place + 1 in done or (place + 1 < len(piece) and piece[place + 1].text in _IS)
    return not last and not (said_behind and place == begin)


_IS = ("is", "can", "ist", "kann", "c'", "esta", "est", "peut", "ya", "ja", "has")
_BEFORE_A_LETTER = ("tanto", "o", "os", "the", "la", "el", "le", "les", "l'")
_NEITHER = ("neither", "nor", "nem", "ni", "weder")
