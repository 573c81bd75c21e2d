"""Options: which answer of a letter that asks a question somebody gives in words of their own, by what they say.

Not the numbers and plain words of that letter (spoken.py), and not what follows from an answer (daemon/decide). A reply to
a question is short and about it: a yes or a no that begins it, and phrases that tell one answer from the others, are enough,
as long as nothing in it speaks for another one, doubts, or takes something out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.mail.reading.considerate import read_tables as read_regard
from daemon.mail.reading.lexicon import LANGUAGES, Lexicon, has
from daemon.mail.reading.pieces import spoken_words, without_kindness
from daemon.mail.reading.rated import rated
from daemon.mail.reading.roles import Played, Roles, roles_in
from daemon.mail.reading.roles import read_tables as read_roles
from daemon.mail.reading.tokens import Token, folded, tokens

CHARACTERS_MAX = 400
SENTENCES_MAX = 6
_TABLES = Path(__file__).parent / "languages" / "options"
Answers = Mapping[int, tuple[str, ...]]
"""By the number of an answer, the groups of phrases that give it; "yes", "no" and "else" (somebody else) are those that begin a
reply."""

_STOPPED: Answers = {1: ("put_back", "mishap"), 2: ("other_regular",), 3: ("rest",), 4: ("over",)}
_AGREED: Answers = {1: ("yes",), 2: ("no",), 0: ("rest", "over", "other_regular")}
ANSWERS: Mapping[str, Answers] = {
    "absence": {1: ("yes", "leave_out", "away_so"), 2: ("no", "here", "hold_them")},
    "series-gone": _STOPPED,
    "declined-all": _STOPPED,
    "guest-gone": {1: ("put_back", "mishap"), 2: ("over",)},
    "clash": {1: ("ours_first",), 2: ("gives_way",)},
    "still-good": {1: ("yes", "as_it_is"), 2: ("rarer",), 3: ("rest",), 4: ("over",)},
    "kindly": {1: ("other_regular",), 2: ("rarer",), 3: ("as_it_is",)},
    "lighter": {1: ("rarer",), 2: ("shorter",), 3: ("as_it_is",)},
    "extend": {1: ("yes", "as_it_is"), 3: ("no", "over")},
    "leave": {1: ("yes",), 2: ("no",), 0: ("rest", "rarer")},
    "zone-changed": {1: ("yes", "as_it_is"), 2: ("other_regular",), 0: ("no",)},
    "wish": _AGREED,
    "invite": _AGREED,
    "advisor-heads-up": _AGREED,
    "intro": _AGREED,
    "advisor": {1: ("yes", "coming"), 2: ("no", "not_coming")},
    "adopt": _AGREED,
    "chemistry": {
        1: ("yes", "go_on", "as_it_is"),
        2: ("doubt", "in_between"),
        3: ("no", "else", "over"),
        0: ("rest", "rarer", "other_regular", "with_another"),
    },
    "agreement": {1: ("yes", "agreeing"), 2: ("no",)},
    "welcome-mentor-connected": {
        1: ("yes", "start_it"),
        2: ("no", "no_room"),
        0: ("other_regular",),
    },
}
"""What may be answered in words, by the letter that asks; 0 is what none of its answers is."""
_YES_OR_NO = (
    *("absence", "wish", "invite", "adopt", "leave", "extend", "welcome-mentor-connected", "agreement"),
    *("advisor-heads-up", "advisor", "intro"),
)  # fmt: skip
_WORDS = {
    "rarer": "rarer",
    "rest": "pause",
    "over": "leave",
    "ours_first": "keep",
    "gives_way": "move",
}
"""By its phrases, the word that an answer is as well: below LEAVE words are kept from the other one."""
_SPOILT = {"no": "other_days", "over": "for_a_time"}
"""What makes an answer another one: a no to the dates alone, an end until some day."""
_OF_DAYS = (
    *("absence", "wish", "invite", "adopt", "extend", "leave", "zone-changed", "welcome-mentor-connected"),
    *("advisor-heads-up", "advisor", "intro"),
)  # fmt: skip
"""Where a day or a number may be another one than the letter's."""
_COMING = ("coming", "not_coming")
_ENDS = frozenset(",;:()!?.…-–—")
_DENIED_WITHIN = 3
_DENIED_BEHIND = ("de", "fr")
"""Languages in which a "not" may stand behind its verb."""
_WEAK_LEADS = (
    *("oh", "ah", "well", "hm", "hmm", "so", "also", "hey", "hi", "ach", "na", "naja", "tja", "hallo", "bueno", "hola"),
    *("bon", "ben", "eh", "alors", "bah", "salut", "puf", "oi", "ola"),
)  # fmt: skip
"""What may stand in front of a yes."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two marks, and whether its sentence, the number of which it names, is a question."""

    words: tuple[Token, ...]
    asked: bool
    sentence: int


@dataclass(slots=True)
class _Heard:
    """What was said for each answer, and against it, and whether something is taken out."""

    told: dict[int, set[int]]
    """By answer, the sentences that give it."""
    denied: set[int]
    alone: set[int]
    """Answers that a piece gives and no other in the same breath."""
    turned: bool = False


def answered_in_words(
    lines: Sequence[str], letter: str, language: str
) -> tuple[Said, list[str]] | None:
    """The answer, and the sentences that say something else; None for what is not sure."""
    answers = ANSWERS.get(letter)
    if answers is None:
        return rated(lines, letter)
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    words = spoken_words(text, language)
    pieces = list(_pieces(said))
    if letter in _OF_DAYS and any(_names_a_day(piece, words) for piece in pieces):
        return None
    code, table = words.code, _options_of(words.code)
    heard = _heard(pieces, answers, table, code)
    if heard is None or len(heard.told) != 1:
        return None
    (number,) = heard.told
    if not number or number in heard.denied or heard.turned:
        return None
    rest = [each for at, each in enumerate(said) if at not in heard.told[number]]
    return _as_said(letter, number, text), rest


def _as_said(letter: str, number: int, text: str) -> Said:
    if letter in _YES_OR_NO:
        return Said("yes" if number == 1 else "no", text=text[:120])
    if letter == "guest-gone":
        return Said("choose", numbers=(number,), text=text[:120])
    word = _WORDS.get(ANSWERS[letter][number][0], "")
    return Said(word or "choose", numbers=() if word else (number,), text=text[:120])


def _names_a_day(piece: _Piece, words: Lexicon) -> bool:
    return any(token.kind != "word" for token in piece.words) or any(
        has(each, ("weekdays",)) for each in words.found(piece.words)
    )


def _pieces(said: Iterable[str]) -> Iterator[_Piece]:
    for at, sentence in enumerate(said):
        asked = sentence.rstrip().endswith("?")
        words: list[Token] = []
        for token in tokens(folded(sentence)):
            if token.kind == "mark":
                if token.text in _ENDS and words:
                    yield _Piece(tuple(words), asked, at)
                    words = []
            else:
                words.append(token)
        if words:
            yield _Piece(tuple(words), asked, at)


def _heard(pieces: Sequence[_Piece], answers: Answers, table: Roles, code: str) -> _Heard | None:
    """What all pieces come to; None where one of them leaves it open."""
    heard = _Heard({}, set(), set())
    every: set[str] = set()
    first = True
    for piece in pieces:
        cues = _widest(_meant_here(table.played(piece.words), answers))
        roles = {cue.role for cue in cues}
        lead = _lead(piece, cues) if first else ""
        every |= {*roles, lead}
        if first and len(pieces) > 1 and all(t.text in _WEAK_LEADS for t in piece.words):
            continue
        if lead and piece.asked and len(pieces) == 1 and len(piece.words) <= 2:
            return None  # "Yes?"
        first = False
        if piece.asked and "begging" not in roles and not lead:
            continue
        _count(heard, piece, cues, lead, answers, code)
    may_doubt = any("doubt" in groups for groups in answers.values())
    if ("doubt" in every and not may_doubt) or any(
        told in every and by in every for told, by in _SPOILT.items()
    ):
        return None
    if {"no", "here"} <= every and "leave_out" not in every:
        heard.told.pop(1, None)  # "No, I'm here, that's my flatmate's holiday"
    if answers is _STOPPED and len(heard.told) > 1:
        _weigh_stopped(heard, every)
    return heard


def _weigh_stopped(heard: _Heard, every: set[str]) -> None:
    """What somebody asks for counts more than how it came about; "I'd like to continue, but on another day"."""
    if "mishap" in every and "put_back" not in every:
        heard.told.pop(1, None)
    if 2 in heard.alone and "mishap" not in every:
        heard.told.pop(1, None)


def _count(
    heard: _Heard, piece: _Piece, cues: Sequence[Played], lead: str, answers: Answers, code: str
) -> None:
    """What one piece says. Behind a "but" it has to say the same once more, or something was taken out."""
    turn = next((cue.at for cue in cues if cue.role == "turn"), -1)
    before = bool(heard.told)
    told: set[int] = set()
    last: set[int] = set()
    for number, groups in answers.items():
        for cue in cues:
            if cue.role not in groups:
                continue
            if _is_denied(cue, cues, piece, code):
                heard.denied.add(number)
            else:
                told.add(number)
                before |= turn >= 0 and cue.at < turn
                last |= {number} if 0 <= turn < cue.at else set()
        if lead and lead in groups:
            told.add(number)
            before |= turn >= 0
    if turn >= 0 and before:
        behind = any(
            cue.at > turn and any(cue.role in groups for groups in answers.values()) for cue in cues
        )
        heard.turned |= not behind
    if len(last) == 1 and not lead:
        told = last  # "I'm abroad, but I dial in": what it comes to stands behind the "but"
    if len(told) == 1:
        heard.alone |= told
    if told and turn < 0 and told == set(heard.told):
        heard.turned = False  # "no, I'm abroad but with my laptop, they can stay"
    for number in told:
        heard.told.setdefault(number, set()).add(piece.sentence)


def _meant_here(played: Sequence[Played], answers: Answers) -> list[Played]:
    """Without what only an advisor would say, in answer to any other letter: it would hide shorter phrases."""
    own = {group for groups in answers.values() for group in groups}
    return [each for each in played if each.role not in _COMING or each.role in own]


def _widest(played: Sequence[Played]) -> list[Played]:
    """The phrases that are part of no longer one."""
    return [
        each for each in played
        if not any(
            other.at <= each.at and each.end <= other.end and other.end - other.at > each.end - each.at
            for other in played
        )
    ]  # fmt: skip


def _lead(piece: _Piece, cues: Sequence[Played]) -> str:
    """ "yes", "no" or "else", if it begins with one of these."""
    begin = next((at for at, t in enumerate(piece.words) if t.text not in _WEAK_LEADS), 0)
    for cue in sorted(cues, key=lambda cue: cue.at - cue.end):
        if cue.at != begin:
            continue
        closed = cue.end == len(piece.words)
        if cue.role == "yes_lead" or (cue.role == "yes_mark" and closed):
            return "yes"
        if cue.role == "no_lead" or (cue.role == "no_mark" and closed):
            return "no"
        if cue.role == "else_mark" and closed:
            return "else"
    return ""


def _is_denied(cue: Played, cues: Sequence[Played], piece: _Piece, code: str) -> bool:
    """Whether a "not" that is part of no other phrase stands near it."""
    for other in cues:
        if other.role != "nots" or cue.at <= other.at < cue.end:
            continue
        before = 0 < cue.at - other.at <= _DENIED_WITHIN
        behind = code in _DENIED_BEHIND and 0 <= other.at - cue.end < _DENIED_WITHIN
        if any(token.text in ("et", "und") for token in piece.words[cue.end : other.at]):
            continue  # "je viens d'accoucher et je ne dors plus"
        if before or behind:
            return True
    return False


@lru_cache(maxsize=8)
def _options_of(code: str) -> Roles:
    return roles_in(tomllib.loads((_TABLES / f"{code}.toml").read_text(encoding="utf-8")))


def read_tables() -> None:
    """Read what any mail may need, before the time that one mail may take is counted: once a process."""
    read_roles()
    read_regard()
    for code in LANGUAGES:
        _options_of(code)


_STRAY: Mapping[tuple[str, str], int] = {
    ("series-gone", "move"): 2, ("declined-all", "move"): 2, ("still-good", "undo"): 0,
    ("series-gone", "resume"): 1, ("declined-all", "resume"): 1, ("series-gone", "skip"): 0, ("still-good", "skip"): 0,
    ("absence", "keep"): 2, ("absence", "skip"): 0, ("chemistry", "resume"): 1, ("chemistry", "change"): 3,
}  # fmt: skip
"""What a command comes to where there is nothing to move, or to put back: that answer, or (0) a question."""
_TO_RESUME = ("retomar",)
"""How a letter in another language calls RESUME. Alone it is the command: the pause it ends may have begun already."""


def without_stray(said: Said | None, letter: str) -> Said | None:
    """The command, as far as it can be one in answer to that letter: another day for 1:1s that are all gone is a
    regular one."""
    if said is None or said.text.casefold() == said.word:
        return said
    if said.word == "resume" and said.text.casefold() in _TO_RESUME:
        return said
    number = _STRAY.get((letter, said.word))
    if number is None:
        return said
    return replace(said, word="choose", numbers=(number,)) if number else None
