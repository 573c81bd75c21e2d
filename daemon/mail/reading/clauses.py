"""Clauses: the command that one clause is, when all of its words can be part of that command and of no other.

Not where the clauses of a reply begin and end, and what takes a command back: meaning.py. Every word has to be known:
one that is not makes it text, so that a digit or a command word inside a sentence is part of the sentence (trap_76).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import pairwise

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.mail.reading.choices import (
    PLAIN,
    POLITE,
    before_place,
    behind_place,
    chosen,
    chosen_till,
)
from daemon.mail.reading.dates import SOME_DAY, stretch_at
from daemon.mail.reading.lexicon import (
    LANGUAGES,
    Found,
    Lexicon,
    beginnings,
    clause_of,
    covered,
    has,
    known_places,
    lexicon,
    places_of,
)
from daemon.mail.reading.pauses import is_wish, paused
from daemon.mail.reading.sentences import sentences
from daemon.mail.reading.ticked import ticked
from daemon.mail.reading.tokens import SMILES, Token
from daemon.mail.reading.values import cadence, invited, language_named, zone_named
from daemon.mail.reading.whens import timed

CLAUSE_CHARACTERS_MAX = 160
SAID_CHARACTERS_MAX = 120

WANTED = PLAIN | {"want"}
ALONE = ("help", "report", "leave", "change", "meet", "undo", "done")
"""Commands with nothing but courtesy around them, unless they are said in more than one word."""
WITH: dict[str, frozenset[str]] = {
    "none": PLAIN | {"no", "none", "none_with", "meeting", "option"},
    "skip": WANTED | {"skip", "skip_with", "meeting", "regrets"},
    "move": WANTED | {"move", "move_with", "meeting", "regrets"},
    "keep": PLAIN | {"keep", "no", "meeting"},
    "meet": POLITE | {"meet", "yes_word"},
    "undo": POLITE | {"undo"},
    "resume": WANTED | {"resume", "resume_with", "meeting"},
    "help": POLITE | {"help", "help_with"},
    "report": POLITE | {"report"},
    "leave": POLITE | {"leave"},
    "change": POLITE | {"change"},
    "fewer": WANTED | {"fewer", "fewer_with"},
    "more": WANTED | {"more"},
    "yes": PLAIN | {"yes", "meeting"},
    "no": POLITE | {"no", "no_with", "meeting"},
}
_NOT_THANKED = (
    "weekdays",
    "relative",
    "first",
    "second",
    "third",
    "last",
    "option",
    "backs",
    "turns",
)
_PAIRS = {"fewer": ("halts", "reminder"), "report": ("report", "grievance")}
WIDER = frozenset({"neutral", "want"})
ASKED_POLITELY = frozenset({
    "move", "skip", "invite", "language", "fewer", "cadence", "zone", "undo", "pause", "resume", "change", "keep", "help",
})  # fmt: skip
"""What may be asked for with "can we …": it starts something that can still be answered, or be taken back."""
NOT_WITH_AN_IF = ("choose", "when", "leave", "yes", "no")
"""What counts only without "if possible"."""
_IN_ADVANCE = re.compile(r"advance|voraus|vorab|avance|antemano|antecipad|adelantad|adiantad", re.I)
_THANKS = re.compile(r"thank|thx|cheers|dank|merci|gracias|obrigad|valeu", re.IGNORECASE)


@lru_cache(maxsize=512)
def command(text: str, today: date, language: str = "en") -> Said | None:
    """The command that this clause is, in any of the languages; None for any other clause, and where two languages
    take it for two commands."""
    plain = SMILES.sub(" ", text).strip()
    if not plain or len(plain) > CLAUSE_CHARACTERS_MAX:
        return None
    clause = clause_of(plain)
    # 3/12 is the third of December in one language and in another the twelfth of March.
    # "2ª" is the second in Spanish, and in Portuguese Monday as well.
    only_own = any(
        token.kind == "numeric" or (language == "pt" and token.kind == "ordinal")
        for token in clause
    )
    codes = [code for code in LANGUAGES if code == language or not only_own]
    codes.sort(key=lambda code: code != language)
    readings = (_reading(plain, clause, lexicon(code), today, language) for code in codes)
    found = [each for each in readings if each is not None]
    if not found:
        return None
    zoned = [each for each in found if each.word == "zone" and each.text]
    found = [each for each in found if not zoned or each.word != "zone" or each.text]
    said = found[0]
    if any(not _agree(said, other) for other in found[1:]):
        return None
    numbers = tuple(sorted({n for each in found if each.word == "when" for n in each.numbers}))
    if said.word == "when" and numbers:
        said = replace(said, numbers=numbers)
    keeps_value = said.word in ("cadence", "zone", "language", "invite", "fewer")
    return said if keeps_value else replace(said, text=text.strip()[:SAID_CHARACTERS_MAX])


def _agree(one: Said, two: Said) -> bool:
    """The same command. A date is read as the writer's own language has it; "segunda" is Monday, or the second."""
    if {one.word, two.word} == {"when", "choose"}:
        return bool(set(one.numbers) & set(two.numbers))
    if one.word in ("away", "pause", "when"):
        return one.word == two.word
    return (one.word, one.numbers, one.letters, one.text) == (
        two.word,
        two.numbers,
        two.letters,
        two.text,
    )


@lru_cache(maxsize=1024)
def is_polite(text: str) -> bool:
    """Whether a clause is nothing but courtesy: neither a note nor a command."""
    if len(text) > CLAUSE_CHARACTERS_MAX:
        return False
    said = sentences(text)
    return _is_polite(text) if len(said) < 2 else all(map(_is_polite, said))


def _is_polite(text: str) -> bool:
    clause = clause_of(SMILES.sub(" thanks ", text))
    if clause and clause[0].text not in beginnings(("courtesy", "greeting", "weak", "thanks_for")):
        return False
    for code in LANGUAGES:
        found = lexicon(code).found(clause)
        if _thanks_at(clause, found) == 0:
            return True
        polite = any(has(each, POLITE) for each in found)
        if clause and polite and covered(len(clause), found, POLITE | {"weak"}):
            return True
    return not clause and bool(text.strip())


def _thanks_at(clause: Sequence[Token], found: Sequence[Found]) -> int | None:
    """Where "thanks for …" begins, if what follows names no time: then it goes to the end of the clause."""
    at = min(
        (f.at for f in found if has(f, ("thanks_for",)) and (f.at == 0 or f.end - f.at > 1)),
        default=None,
    )
    if at is None or any(
        t.kind in ("number", "ordinal", "time", "numeric", "iso", "address") for t in clause[at:]
    ):
        return None
    named = any(f.at >= at and has(f, _NOT_THANKED) for f in found)
    return None if named else at


def _is_thanked(plain: str, clause: Sequence[Token], found: Sequence[Found]) -> bool:
    """ "Thanks for moving it": what was done, and no wish; a time may still be named in it."""
    begins = any(each.at == 0 and has(each, ("thanks_for",)) for each in found)
    timed = any(t.kind in ("number", "ordinal", "time", "numeric", "iso") for t in clause)
    shown = timed or any(has(each, ("weekdays",)) for each in found)
    return begins and not shown and not _IN_ADVANCE.search(plain)


def is_all(text: str, allowed: Collection[str], needed: str) -> bool:
    """Whether every word of a clause has one of these labels in one language, and one of them the one needed."""
    clause = clause_of(text) if len(text) <= CLAUSE_CHARACTERS_MAX else []
    for code in LANGUAGES:
        words = lexicon(code)
        found = words.found(clause)
        if any(has(each, (needed,)) for each in found):
            marked = timed(clause, words, found, SOME_DAY) if "when" in allowed else None
            free = marked.places if marked else frozenset()
            if covered(len(clause), found, allowed, free):
                return True
    return False


def _reading(
    plain: str, clause: list[Token], words: Lexicon, today: date, language: str
) -> Said | None:
    """The command in one language."""
    found = words.found(clause)
    thanks = _thanks_at(clause, found)
    if thanks is not None:
        clause = clause[:thanks]
        found = [each for each in found if each.end <= thanks]
    if not _may_be_known(clause, found):
        return None
    own = words.code == language
    moved = places_of(found, ("moved",))
    if not clause or any(
        (has(each, ("never",)) and each.at not in moved) or (not own and has(each, ("own",)))
        for each in found
    ):
        return None
    rue = {
        each.at for each in found if has(each, ("rueful", "courtesy")) and each.end - each.at == 1
    }
    start = next((at for at in range(len(clause)) if at not in rue), 0)
    begged = max(
        (each.end for each in found if each.at in (0, start) and has(each, ("begs",))), default=0
    )
    asked = plain.rstrip(" \"'”»").endswith("?") or is_question(clause, found)
    if _is_thanked(plain, clause, found):
        return None
    said = None if asked else _first(plain, clause, words, today, own)
    if said is None and asked and any(has(each, ("moved",)) for each in found):
        said = zone_named(plain, clause, found)  # "I moved to Toronto, can you change my zone?"
    if said is None and not asked:
        said = _without_if(plain, clause, words, found, today, own)
        said = said or _without_rue(plain, clause, words, found, today)
    return said or (_begged(plain, clause[begged:], words, today) if begged else None)


def _may_be_known(clause: Sequence[Token], found: Sequence[Found]) -> bool:
    """Whether every word is in some phrase, or may be the name of a person, of a zone or of a to-do: a command has no other
    words, so that most languages have done with a clause here."""
    known = known_places(found)
    unknown = [
        t for at, t in enumerate(clause) if at not in known and t.kind == "word" and len(t.text) > 1
    ]
    named = any(t.kind == "address" for t in clause) or any(
        has(each, ("zone", "moved", "language")) for each in found
    )
    return not unknown or named


def _without_if(
    plain: str, clause: list[Token], words: Lexicon, found: list[Found], today: date, own: bool
) -> Said | None:
    """The command beside "if that is possible"."""
    for each in found:
        if not has(each, ("polite_if",)) or (each.at and each.end < len(clause)):
            continue
        said = _first(plain, clause[: each.at] + clause[each.end :], words, today, own)
        if said and said.word not in NOT_WITH_AN_IF:
            return said
    return None


def _without_rue(
    plain: str, clause: list[Token], words: Lexicon, found: list[Found], today: date
) -> Said | None:
    """The command inside which somebody is sorry: "kam leider nicht zustande"."""
    rueful = {each.at for each in found if has(each, ("rueful",)) and each.end - each.at == 1}
    rest = [token for at, token in enumerate(clause) if at not in rueful]
    if not rueful or not rest:
        return None
    said = _first(plain, rest, words, today, False)
    if said and said.word == "pause" and not said.days and not is_wish(plain):
        return None
    if said and said.word != "undo" and any(token.text in _WAIT for token in clause):
        return None  # "no, wait"
    return said if said and said.word not in (*NOT_WITH_AN_IF[:2], "yes") else None


_WAIT = ("wait", "stop", "stopp", "moment", "sekunde")


_HELP_WORDS_MIN = 4


def _begged(plain: str, clause: list[Token], words: Lexicon, today: date) -> Said | None:
    said = _first(plain, clause, words, today, False)
    if said and said.word == "help" and len(clause) < _HELP_WORDS_MIN:
        return None  # "can you help me?" may be asked of the other one
    return said if said and said.word in ASKED_POLITELY else None


def is_question(clause: Sequence[Token], found: Sequence[Found]) -> bool:
    """Whether it begins like a question, with no mark behind it. One phrase alone is none ("passt")."""
    begins = [each for each in found if each.at == 0]
    asks = max((each.end for each in begins if has(each, ("asks",))), default=0)
    other = max((each.end for each in begins if not has(each, ("asks", "begs"))), default=0)
    return (
        asks > 0
        and other <= asks
        and not any(each.end == len(clause) and has(each, ("yes", "weak")) for each in begins)
    )


def _first(plain: str, clause: list[Token], words: Lexicon, today: date, own: bool) -> Said | None:
    found = words.found(clause)
    ways = (
        partial(chosen, clause, words, found, today, own), partial(invited, plain, clause, found),
        partial(ticked, clause, found), partial(_late, clause, found),
        partial(chosen_till, clause, words, found, today), partial(_away, clause, words, found, today), partial(paused, clause, words, found, today),
        partial(zone_named, plain, clause, found), partial(language_named, plain, clause, words, found),
        partial(cadence, clause, found), partial(_plain, plain, clause, found),
    )  # fmt: skip
    said = [each for each in (way() for way in ways) if each is not None]
    return said[0] if len({each.word for each in said}) == 1 else None


def _plain(plain: str, clause: list[Token], found: list[Found]) -> Said | None:
    """A command that is a word or a phrase, with plain words around it."""
    said = [word for word in WITH if _is_plain(word, clause, found)]
    said = said or [word for word, pair in _PAIRS.items() if _is_paired(word, pair, clause, found)]
    if len(said) > 1 and "yes" in said:
        said.remove("yes")  # "Ja, treffen"
    if len(said) != 1:
        return None
    if said[0] == "move" and _ends_on(clause):
        return None
    if said[0] == "no" and _THANKS.search(plain) and len(clause) <= 3:
        return None  # "No, thanks" may refuse a note as well as a meeting
    return Said("fewer", text="on") if said[0] == "more" else Said(said[0])


def _ends_on(clause: Sequence[Token]) -> bool:
    """ "Move on": to the next thing, and not to another day."""
    texts = [token.text for token in clause]
    return any(pair == ("move", "on") for pair in pairwise(texts))


def _is_paired(word: str, pair: tuple[str, str], clause: list[Token], found: list[Found]) -> bool:
    """A verb and what it is about, in any words of these two kinds: "stop sending me these reminders"."""
    allowed = PLAIN - {"neutral"} | {word, "want", f"{word}_with", *pair}
    return all(any(has(each, (name,)) for each in found) for name in pair) and covered(
        len(clause), found, allowed
    )


def _is_plain(word: str, clause: list[Token], found: list[Found]) -> bool:
    said = [each for each in found if has(each, (word,))]
    if not said:
        if word == "yes" and covered(len(clause), found, POLITE | {"yes_alone"}):
            return any(has(each, ("yes_alone",)) for each in found)
        return False
    allowed = WITH[word]
    if word == "no":  # "não, tudo bem" is none
        found = [each for each in found if has(each, ("no",)) or not has(each, ("neutral", "weak"))]
    if word in ALONE and any(
        each.end - each.at > 1 and covered(len(clause), found, allowed | WIDER) for each in said
    ):
        allowed = allowed | WIDER
    if word not in ("yes", "no") and any(each.end - each.at > 1 for each in said):
        allowed = allowed | {"want"}
    needed = [each for each in said if covered(each.at, before_place(found, each.at), allowed)]
    return any(covered(len(clause) - e.end, behind_place(found, e.end), allowed) for e in needed)


# --- lateness and absence


def _late(clause: list[Token], found: list[Found]) -> Said | None:
    late = [each for each in found if has(each, ("late",))]
    if not late:
        return None
    causes = [each for each in found if has(each, ("late_cause",))]
    if any(cause.at < max(each.end for each in late) for cause in causes):
        return None  # the train is late, not the writer
    numbers = [
        (at, t.number) for at, t in enumerate(clause) if t.kind == "number" and 0 < t.number <= 180
    ]
    minutes = {each.at for each in found if has(each, ("minutes",))}
    reached = 0
    for each in sorted(found, key=lambda f: (f.at, -f.end)):
        for name, value in each.labels:
            counts = name == "lasting" or (name == "spelt" and each.end in minutes)
            if counts and each.at >= reached:
                numbers += [(at, int(value)) for at in range(each.at, each.end)]
                reached = each.end
    allowed = PLAIN | {"late", "late_with", "late_cause", "minutes", "meeting", "regrets_with"}
    said = tuple(dict.fromkeys(number for _, number in numbers))
    if len(said) > 1 or not covered(len(clause), found, allowed, {at for at, _ in numbers}):
        return None
    return Said("late", numbers=said)


def _away(clause: list[Token], words: Lexicon, found: list[Found], today: date) -> Said | None:
    if not any(has(each, ("away",)) for each in found):
        return None
    allowed = PLAIN | {"away", "away_with", "regrets"}
    for at in range(len(clause)):
        days = stretch_at(clause, words, at, today)
        if days and covered(len(clause), found, allowed, range(at, days[1])):
            return Said("away", days=days[0])
    return None
