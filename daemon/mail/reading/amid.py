"""Amid: a command in one clause of a reply, amid clauses that only explain it.

Not a choice of times (weighing.py), and not the command of the clause itself: there every word has to be known
(clauses.py). What stands around it may be anything that is no doubt, no condition, no turn, no report of what others
said, and no other command.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.domain.observation import Said
from daemon.mail.reading.clauses import command, is_polite
from daemon.mail.reading.cored import cored
from daemon.mail.reading.lexicon import Lexicon, clause_of, has
from daemon.mail.reading.neutral import is_about_meeting
from daemon.mail.reading.pauses import is_wish
from daemon.mail.reading.pieces import (
    CLOSED,
    Clause,
    clauses,
    is_open,
    names_time,
    spoken_words,
    widest,
    without_kindness,
)
from daemon.mail.reading.taking_back import joined

CHARACTERS_MAX = 320
SENTENCES_MAX = 4
CLAUSES_MAX = 10
OF_TIMES = ("none", "skip", "move", "away", "pause")
"""What a letter that shows times may be answered with, beside a choice."""
COMMANDS = (
    *OF_TIMES, "undo", "resume", "change", "fewer", "cadence", "zone", "language", "invite", "late", "done", "keep", "no",
    "help", "report", "leave",
)  # fmt: skip
_SHORT = ("late", "done", "invite", "zone", "language", "cadence", "away")
"""Commands with a value: they may be as short as they are."""
_PERSONAL = ("engaged", "regrets", "courtesy", "begs", "suits", "takes", "against", "want")
_REFUSING = ("against", "engaged", "regrets", "no", "none", "away")


def amid(
    lines: Sequence[str], today: date, language: str, *, of_times: bool
) -> tuple[Said, list[str]] | None:
    """The one command, and the words around it."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    words = spoken_words(text, language)
    found: Said | None = None
    around: list[str] = []
    personal = False
    number = 0
    for sentence in said:
        asked = "?" if sentence.rstrip().endswith("?") else ""
        whole = _command(sentence, today, language, of_times, words)
        whole = whole or (_other_time(sentence, today, language, words, around) if asked else None)
        parts = [] if whole else list(clauses(sentence, words))
        number += len(parts)
        pieces = [(whole, sentence, True)] if whole else [
            (None if p.lead == "thanks_for" else _command(p.text + (asked if p is parts[-1] else ""), today, language, of_times, words), p.text, _fits(p, words, bool(found)))
            for p in parts
        ]  # fmt: skip
        for said_here, written, fits in pieces:
            personal = personal or _is_personal(written, words)
            if said_here is None:
                if not fits or (asked and written is pieces[-1][1]):
                    return None
                around += [] if is_polite(written) else [written.strip()]
                continue
            if (
                asked
                and said_here.word in ("move", "skip")
                and not (whole or _begs(sentence, words))
            ):
                return None  # "Another day, another rejection?"
            if said_here.word == "pause" and not said_here.days and not is_wish(written):
                return None
            both = joined(found, said_here) if found else said_here
            if both is None or both.word not in COMMANDS:
                return None
            found = both
    if (
        found is not None
        and found.word in ("move", "skip")
        and not is_about_meeting(text, around, language)
    ):
        return None
    if found is not None and found.word == "help" and around:
        return None
    if of_times and found is not None and not found.days:
        if any(_names_time_freely(each, words) for each in around):
            return None  # "Thursday, with a short break": a time was named, and not refused
    if found is None or number > CLAUSES_MAX or not (personal or of_times):
        return None
    return found, around


def _other_time(
    sentence: str, today: date, language: str, words: Lexicon, before: Sequence[str]
) -> Said | None:
    """ "I won't make it today. Another day this week?": asked for behind the reason for it."""
    found = [widest(words.found(clause_of(each))) for each in before]
    refuses = any(has(each, ("regrets", "against", "away")) for those in found for each in those)
    said = command(sentence.rstrip("?! "), today, language) if refuses else None
    return said if said and said.word == "move" else None


def _without_thinking(text: str, words: Lexicon) -> str:
    """ "I think it's best to …": what can still be answered, or be taken back, may be thought aloud."""
    clause = clause_of(text)
    ends = [each.end for each in words.found(clause) if each.at == 0 and has(each, ("thinking",))]
    end = max(ends, default=0)
    return text[clause[end].at :] if 0 < end < len(clause) else text


def _command(text: str, today: date, language: str, of_times: bool, words: Lexicon) -> Said | None:
    said = command(_without_thinking(text, words), today, language)
    said = said or cored(_without_thinking(text, words), words, of_times=of_times)
    if said is None or said.word not in (OF_TIMES if of_times else COMMANDS):
        return None
    return said if said.word in _SHORT or len(text.split()) > 1 else None


def _fits(clause: Clause, words: Lexicon, behind: bool) -> bool:
    """Whether these words leave a command as it is."""
    if clause.lead == "thanks_for":
        return True
    if behind and clause.lead == "contrast":
        return False
    found = widest(words.found(clause.tokens))
    return not is_open(found, CLOSED)


def _names_time_freely(text: str, words: Lexicon) -> bool:
    clause = clause_of(text)
    found = widest(words.found(clause))
    refused = any(has(each, _REFUSING) for each in found)
    return names_time(clause, words) and not refused


def _begs(text: str, words: Lexicon) -> bool:
    clause = clause_of(text)
    refuses = ("begs", "regrets", "against", "courtesy")
    return any(has(each, refuses) for each in words.found(clause))


def _is_personal(text: str, words: Lexicon) -> bool:
    return any(has(each, _PERSONAL) for each in widest(words.found(clause_of(text))))
