"""Questioned: what a question beside a choice asks: for one of the times, for others, or about something else.

Not what a reply is for: evident.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.mail.reading.bearing import View
from daemon.mail.reading.lexicon import Lexicon, clause_of, has
from daemon.mail.reading.named import times_named
from daemon.mail.reading.pieces import KNOWN, names_time, unknown, widest
from daemon.mail.reading.roles import Played, Roles, places, plays
from daemon.mail.reading.tokens import Token

_ASKED_WORDS_MAX = 12
_TALK_WORDS_MIN = 4
_OF_A_CHOICE = (
    "suits", "against", "open", "shifts", "hours_of", "move", "skip", "none", "busy", "or_else", "beside",
)  # fmt: skip
_OF_THE_TIME = (
    *("that", "it", "this", "das", "es", "dies", "isso", "eso", "esto", "ca", "cela", "isto"),
    *("der", "den", "die"),
)


_PRONOUNS = ("that", "it", "das", "es")


def is_taking(sentence: str, words: Lexicon, roles: Roles, today: date) -> bool:
    """ "Pode ser sexta às 19h30?": a short question that takes one time."""
    clause = clause_of(sentence)
    played, found = roles.played(clause), widest(words.found(clause))
    if _books(played, clause, words, today):
        return not plays(played, ("others", "clash", "past", "another", "doubt"))
    odd = unknown(clause, found, (*KNOWN, "begs")) - places(
        played, ("asks_time", "fine", "politely")
    )
    refs = times_named(clause, words, found, today)
    return (
        sentence.count("?") <= 1
        and plays(played, ("asks_time",))
        and not plays(played, ("others", "clash", "past", "another"))
        and not any(has(each, ("shifts", "beside")) for each in found)
        and bool(refs)
        and (words.code in ("pt", "es", "fr") or not any(t.text in _PRONOUNS for t in clause))
        and len(clause) <= _ASKED_WORDS_MAX
        and len(odd) <= (1 if words.code in ("pt", "es", "fr") else 0)
    )


def _books(played: Sequence[Played], clause: Sequence[Token], words: Lexicon, today: date) -> bool:
    """ "Could you put me down for the Thursday slot?": what is asked for is to be booked."""
    found = widest(words.found(clause))
    refs = times_named(clause, words, found, today)
    mine = any(token.text in _ME for token in clause)
    return (
        bool(refs)
        and mine
        and len(clause) <= _ASKED_WORDS_MAX
        and plays(played, ("begging",))
        and plays(played, ("books",))
        and not any(has(each, ("shifts",)) for each in found)
        and not unknown(clause, found, (*KNOWN, "begs", "want"))
        - places(played, ("books", "begging", "fine", "politely", "asks_time"))
    )


_ME = ("me", "us", "mich", "uns", "nos", "m'", "nous")


def is_beside(here: View, today: date, *, none: bool) -> bool:
    """Whether a question leaves what was said as it is: beside "none" it asks for other times, beside a choice for
    something else."""
    refs = times_named(here.piece, here.words, here.found, today)
    if none:
        return True
    return (
        len(here.piece) >= _TALK_WORDS_MIN
        and not refs
        and refs is not None
        and not names_time(here.piece, here.words)
        and not here.plays("another", "shift", "reschedule", "skips", "doubt")
        and not any(token.text in _OF_THE_TIME for token in here.piece)
        and not any(has(each, _OF_A_CHOICE) for each in here.found)
    )
