"""Spoken: the one command of a reply, in its first words, and what may be left of it when it is taken back.

Not the command of a single clause: clauses.py. A command counts when the reply is it: what stands in front may only
be courtesy or a regret, and nothing behind it may take it back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from daemon.domain.observation import Said
from daemon.mail.reading.choices import PLAIN
from daemon.mail.reading.clauses import command, is_all, is_polite
from daemon.mail.reading.courtesy import (
    before_name,
    is_courtesy,
    opens_another_matter,
    without_greeting,
)
from daemon.mail.reading.lexicon import LANGUAGES, PARTS, clause_of, has, lexicon
from daemon.mail.reading.neutral import FREELY, is_known, is_neutral, is_reason, spoken_in
from daemon.mail.reading.pauses import is_wish
from daemon.mail.reading.pieces import leaves_open
from daemon.mail.reading.sentences import is_short, sentences
from daemon.mail.reading.taking_back import (
    AFTER_REGRET,
    BUTS,
    CHOOSING,
    joined,
    leaves_choice,
    regrets,
    same,
    takes_back,
)
from daemon.mail.reading.tokens import folded
from daemon.mail.reading.whens import is_counted

WITH_REASON = ("none", "move", "skip", "undo", "late", "away", "pause")
"""Commands that may be followed by a reason, or by a wish, in the same sentence."""
FIRST_CHARACTERS_MAX = 600
SENTENCES_MAX = 40
"""In a reply with more sentences behind its command than this the command is one of many words."""
SPLITS_MAX = 6
_SOFT = re.compile(r"\s*,\s+|\s+-+\s+|\s*[:;.–—]\s+|\s+[–—]\s*|\s+(?=\()")
_AND = re.compile(r"\s+(?:and|so|e|y|et|und)\s+", re.IGNORECASE)
_BEHIND_AND = ("leave", "change", "move", "skip")
_LOUD = re.compile(r"^(NONE|MOVE|LATE \d{1,3}(?: min)?)\b[\s,.:;–—-]+(\S.*)$")
_MORE_THAN_A_COMMAND = re.compile(
    r"^(?:(pause) (?:for|until|till) .{1,40}|(pause) .{0,20}\d.{0,20}|(resume) .{0,20}\d.{0,20}"
    r"|(away)|(away) .{0,40}\d.{0,40}|(?-i:(AWAY|PAUSE|RESUME|LATE) .{1,60}))$",
    re.I,
)
"""A wish to stop, with words that are no command: never a note."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the first words say: a command or none, and the words left, in their order."""

    said: Said | None
    rest: list[str]


def spoken(lines: Sequence[str], today: date, language: str, names: Sequence[str]) -> Spoken:
    """The command of these lines, which are free of courtesy lines, and the words without it."""
    at = next((number for number, line in enumerate(lines) if line.strip()), None)
    if at is None:
        return Spoken(None, [])
    first, behind = _unwrapped(lines, at)
    if len(first) > FIRST_CHARACTERS_MAX:
        return Spoken(None, list(lines))
    before: list[str] = []
    said: Said | None = None
    tail: list[str] = []
    parts = sentences(without_greeting(first))
    for number, part in enumerate(parts):
        if len(parts) > 1 and is_polite(part):  # "OK" alone is an answer
            continue
        said, own_tail = _command(part, today, language, names)
        if said and number + 1 < len(parts) and "?" not in part and opens_another_matter(part):
            said = None
        if said is None and (
            regrets(part) or _leads(part, parts[number + 1 :], today, language, names)
        ):
            before.append(part)
            continue
        tail = [*own_tail, *parts[number + 1 :]]
        break
    if said is None or (before and not _may_stand_before(before, said)):
        return _stopped(first, lines, behind)
    left = [each for each in tail if not is_courtesy(each)]
    confirmed = _confirmed(said, left, behind, today, language, names)
    if confirmed is None:
        return Spoken(None, list(lines))
    left = [each for each in left if not same(_command(each, today, language, names)[0], confirmed)]
    words = " ".join([*before, *left])
    return Spoken(confirmed, [*([words] if words else []), *behind])


def _leads(
    part: str, behind: Sequence[str], today: date, language: str, names: Sequence[str]
) -> bool:
    """Whether a sentence is only the reason for the command behind it."""
    following = next((each for each in behind if not is_polite(each)), "")
    said = _command(following, today, language, names)[0] if following else None
    return said is not None and is_reason(part, said, following, language)


def _may_stand_before(before: Sequence[str], said: Said) -> bool:
    return said.word in AFTER_REGRET or not any(map(regrets, before))


def _stopped(first: str, lines: Sequence[str], behind: list[str]) -> Spoken:
    more = _MORE_THAN_A_COMMAND.match(_plain(first))
    if not more:
        return Spoken(None, list(lines))
    word = next(group for group in more.groups() if group)
    return Spoken(Said("for-contact", text=word.upper()), behind)


def _plain(line: str) -> str:
    return re.sub(r"\s+", " ", without_greeting(line)).strip(" \"'“”*_.,!;")


def _unwrapped(lines: Sequence[str], at: int) -> tuple[str, list[str]]:
    """The first line with what its mail program wrapped, and the lines behind it."""
    first, end = lines[at].strip(), at + 1
    while (
        end < len(lines)
        and len(first) <= FIRST_CHARACTERS_MAX
        and len(lines[end - 1]) >= 60
        and lines[end].strip()
    ):
        first, end = f"{first} {lines[end].strip()}", end + 1
    return first, list(lines[end:])


def _command(
    part: str, today: date, language: str, names: Sequence[str]
) -> tuple[Said | None, list[str]]:
    """The command of a sentence, whole or in front of its reason."""
    called = without_names(part, names)
    said = command(called, today, language)
    if said and said.word in CHOOSING and _is_left_open(called, language):
        return None, []  # "Monday, to be confirmed"
    if said and said.word not in AFTER_REGRET:
        return said, []
    loud = _LOUD.match(called)
    if loud and not said and not loud[2].isupper():
        ahead = command(loud[1], today, language)
        if ahead:
            return ahead, [loud[2]]
    split = _split(called, today, language)
    if split and (said is None or split[0].word == said.word):
        return split
    return said, []


def _split(called: str, today: date, language: str) -> tuple[Said, list[str]] | None:
    """A sentence of which only a part is the command: the rest is its reason, or a wish."""
    clause = clause_of(called)
    if any(token.kind == "number" and is_counted(clause, at) for at, token in enumerate(clause)):
        return None  # "das 2. Mal"
    for soft in islice(_SOFT.finditer(called), SPLITS_MAX):
        head, tail = called[: soft.start()], called[soft.end() :]
        if re.fullmatch(r"\W*\d{1,2}", head) and soft[0].strip() == ".":
            return None  # "1. CV": the first of a list of topics
        if soft[0].strip() == "." and head[-1:].isdigit() and _begins_with_time(tail, language):
            continue  # "der 2. um halb acht", "der 9. Dezember"
        if soft[0].strip() == "." and _goes_on(head, tail):
            continue
        if regrets(head):
            said = command(tail, today, language)
            if said and said.word in AFTER_REGRET:
                return said, [] if is_polite(head) else [head]
        said = command(head, today, language)
        if said and _may_follow(said, head, soft[0], tail, today, language):
            return said, [] if is_polite(tail) else [tail]
    behind = _behind_reason(called, today, language)
    if behind:
        return behind
    because = _because(called)
    if because:
        said = command(because[0], today, language)
        if said and (said.word in (*WITH_REASON, "no") or said.word in CHOOSING):
            return said, [because[1]]
    return None


def _goes_on(head: str, tail: str) -> bool:
    """ "Am 9. bin ich da", "bis einschl. 11.12.": a full stop that ends no sentence."""
    counts = head[-1:].isdigit() and tail[:1].islower()
    return counts or is_short(folded(head.split()[-1]) if head.split() else "")


def _begins_with_time(tail: str, language: str) -> bool:
    clause = clause_of(tail)[:3]
    return any(
        has(each, ("months", "at", "clock", "weekdays", *PARTS)) and each.at == 0
        for words in spoken_in(tail, language)
        for each in words.found(clause)
    ) or any(token.kind == "time" for token in clause[:1])


def _behind_reason(called: str, today: date, language: str) -> tuple[Said, list[str]] | None:
    """A command at the end of its sentence, behind the reason for it."""
    joints = [
        *islice(_SOFT.finditer(called), SPLITS_MAX),
        *islice(_AND.finditer(called), SPLITS_MAX),
    ]
    for soft in joints:
        head, tail = called[: soft.start()].strip(), called[soft.end() :]
        if ":" in soft[0] or not head:
            continue
        if soft[0].strip() == "." and head[-1:].isdigit() and _begins_with_time(tail, language):
            continue  # "ab dem 18. Dezember"
        if soft[0].strip() == "." and _goes_on(head, tail):
            continue  # "absagen bzw. verschieben"
        if is_polite(head):
            tail = _without_but(tail)
        said = command(tail, today, language)
        if said and soft.re is _AND and said.word not in _BEHIND_AND:
            continue
        if said and said.word not in CHOOSING and is_reason(head, said, tail, language):
            return said, [] if is_polite(head) else [head]
    return None


def _without_but(text: str) -> str:
    """ "Thank you, but I have no time": what stands in front of it was only polite."""
    word, _, behind = text.partition(" ")
    return behind if folded(word) in BUTS else text


def _may_follow(said: Said, head: str, mark: str, tail: str, today: date, language: str) -> bool:
    if tail.isupper() and len(tail.split()) == 1:
        return False
    if said.word in ("pause", "away") and not ({",", "."} & set(mark) or tail.startswith("(")):
        return False
    if said.word == "pause" and not said.days and not is_polite(tail) and not head.isupper():
        if not is_wish(head):
            return False  # "A short break, then I go on"
    if said.word == "move" and (":" in mark or opens_another_matter(head)) and not head.isupper():
        return False  # "Y otra cosa: ..."
    if said.word in ("move", "skip") and "?" in tail and len(head.split()) <= 2:
        return False  # "Another day, another rejection?"
    if said.word in WITH_REASON:
        return not (said.word == "pause" and head.startswith("PAUSE "))
    if said.word in CHOOSING:
        return not _is_left_open(tail, language) and (
            is_polite(tail)
            or _because(tail) is not None
            or command(tail, today, language) is not None
            or leaves_choice(tail, said, language)
            or (is_known(tail, language) and is_neutral(tail, said, language))
        )
    if said.word == "help":
        return is_all(tail.rstrip("?! "), PLAIN | {"help_with"}, "help_with")
    if said.word == "no" and len(head.split()) < 2:
        return False
    if said.word == "done" and _names_another(tail, language):
        return False
    return said.word in FREELY and is_neutral(tail, said, language)


def _is_left_open(text: str, language: str) -> bool:
    """Whether something in it puts it off that is not just a way of speaking, like "puede ser"."""
    return any(
        leaves_open(text, words, spared=("neutral", "backs")) for words in spoken_in(text, language)
    )


def _names_another(tail: str, language: str) -> bool:
    """ "a is done, b too"."""
    clause = clause_of(tail)
    words = lexicon(spoken_in(tail, language)[0].code, of_times=True)
    return any(len(t.text) == 1 and t.text in "abcdf" for t in clause) and any(
        has(each, ("likewise",)) for each in words.found(clause)
    )


def _because(text: str) -> tuple[str, str] | None:
    """What stands in front of "because …", and the reason."""
    clause = clause_of(text)
    for words in spoken_in(text, ""):
        for each in words.found(clause):
            part = any(
                has(o, PARTS) and o.at == each.at and o.end > each.end for o in words.found(clause)
            )
            if has(each, ("because",)) and not part:  # "por la mañana"
                place = clause[each.at].at
                return text[:place].strip(" ,"), text[place:]
    return None


def without_names(part: str, names: Sequence[str]) -> str:
    """The sentence without the name that it calls."""
    called = part.strip()
    for name in names:
        if not name:
            continue
        called = re.sub(rf"(?i)^{re.escape(name)}\s*[,:!]\s+", "", called)
        called = re.sub(rf"(?i),\s*{re.escape(name)}\s*([.!]*)$", r"\1", called)
    before, name = before_name(called)
    words = before.split()
    if len(words) > 1 and len(name) > 1 and any(is_polite(" ".join(words[-n:])) for n in (1, 2)):
        known = any((folded(name),) in lexicon(code).phrases for code in LANGUAGES)
        called = called if known else before
    return called


# --- what takes a command back


def _confirmed(
    said: Said,
    left: Sequence[str],
    behind: Sequence[str],
    today: date,
    language: str,
    names: Sequence[str],
) -> Said | None:
    """The command, if nothing behind it takes it back. A day and a number said apart both have to fit."""
    written = (each for line in behind if line.strip() for each in sentences(line))
    later = [*left, *islice(written, SENTENCES_MAX + 1)]
    if len(later) > SENTENCES_MAX:
        return None
    for each in later:
        if said.word in CHOOSING and leaves_choice(each, said, language):
            continue
        if is_courtesy(each) or said.word in ("help", "report", "leave", "change", "for-contact"):
            continue
        other, _ = _command(each, today, language, names)
        if other is not None:
            both = joined(said, other)
            if both is None:
                return None
            said = both
        elif takes_back(said, each, language):
            return None
    return said
