"""Pauses: whether a clause asks for a pause, or only speaks of one.

Not what may stand around it: spoken.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.domain.observation import Said
from daemon.mail.reading.choices import PLAIN
from daemon.mail.reading.dates import day_at
from daemon.mail.reading.lexicon import LANGUAGES, Found, Lexicon, clause_of, covered, has, lexicon
from daemon.mail.reading.tokens import Token


def paused(clause: list[Token], words: Lexicon, found: list[Found], today: date) -> Said | None:
    """With the day until which, or without one; PAUSE with anything else is nothing."""
    pauses = [each for each in found if has(each, ("pause",))]
    widest = [
        each
        for each in pauses
        if not any(o.at <= each.at and each.end <= o.end and o is not each for o in pauses)
    ]
    if not pauses or any(_is_within(clause, each.at) for each in widest):
        return None
    allowed = PLAIN | {"want", "pause", "meeting"}
    if covered(len(clause), found, allowed):
        return Said("pause")
    for each in found:
        if not has(each, ("returning",)):
            continue
        until = day_at(clause, words, each.end, today)
        if until and covered(len(clause), found, allowed, range(each.at, until[1])):
            return Said("pause", days=(today, until[0]))
    return None


def _is_within(clause: Sequence[Token], at: int) -> bool:
    """ "In der Pause", "on my break": when something is to be, and no wish for one."""
    state = clause[at].text in _STATES and any(t.text in _HOLDS for t in clause[at + 1 : at + 2])
    if state and len(clause) > 2 and not any(token.text in _ASKED for token in clause):
        return True  # "Désolé, en pause là"
    before = tuple(token.text for token in clause[max(at - 2, 0) : at])
    return any(text in _WITHIN for text in before) or before in (("a", "la"), ("a", "ma"))


def is_wish(text: str) -> bool:
    """Whether a clause with PAUSE asks for one, and does not only speak of one: "a short break" is any break."""
    clause = clause_of(text)
    if any(token.text in _ASKED for token in clause):
        return True
    ends: dict[int, int] = {}
    for code in LANGUAGES:
        for each in lexicon(code).found(clause):
            if has(each, ("pause",)):
                ends[each.end] = min(each.at, ends.get(each.end, each.at))
    return any(clause[at].text not in _NAMED for at in ends.values())


_ASKED = (
    "please", "let's", "could", "should", "need", "want", "like", "quero", "queria", "preciso", "precisamos", "podemos",
    "vamos", "gostaria", "gostava", "necesito", "necesitamos", "quiero", "quisiera", "podriamos", "hagamos", "besoin",
    "voudrais", "aimerais", "souhaite", "faisons", "prenons", "peut-on", "pourrait-on", "mochte", "mochten", "brauche",
    "brauchen", "bitte", "svp", "stp", "plait", "favor", "lass", "lasst", "konnen", "konnten",
)  # fmt: skip
_NAMED = (
    "a", "an", "short", "little", "break", "on", "take", "have", "time", "some", "pause", "pausa", "em", "uma", "um",
    "faco", "fazer", "parada", "en", "una", "un", "hago", "hacer", "descansar", "une", "petite", "faire", "fais", "je",
    "sur", "souffler", "auf", "eine", "ein", "kleine", "auszeit", "mach", "mache", "mal", "kurz", "verschnaufpause",
    "durchschnaufen", "zum", "respirar", "tomar", "prendre", "pausing", "breather", "intervalo", "descanso", "paron",
)  # fmt: skip
_STATES = ("on", "em", "en", "sur", "auf")
_HOLDS = ("hold", "pause", "break", "pausa", "eis")
_WITHIN = (
    "on", "at", "in", "during", "with", "after", "before", "between", "within", "from", "na", "no", "numa", "num", "em", "durante", "com",
    "pela", "apos", "en", "con", "tras", "entre", "pendant", "dans", "lors", "apres", "avant", "avec", "im",
    "nach", "vor", "wahrend", "zur", "mit", "zwischen",
)  # fmt: skip
