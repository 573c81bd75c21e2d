"""Parting: the words that only the letters of the end, and those to an advisor, know: LATER and STOP, alone on a line.

Not STOP as people mean it elsewhere: that is LEAVE, and clauses.py reads it.
"""

from __future__ import annotations

from daemon.domain.observation import Said
from daemon.mail.reading.lexicon import clause_of

_PARTING: dict[str, dict[str, tuple[str, ...]]] = {
    "farewell": {"later": ("later", "spater", "plus tard", "mas tarde", "mais tarde", "depois")},
    "follow-up": {"stop": ("stop", "stopp", "arretez", "basta", "parar", "pode parar")},
    "advisor": {
        "stop": (
            *(
                "stop",
                "stop writing to me",
                "unsubscribe",
                "remove me",
                "do not write again",
                "don't write again",
            ),
            *(
                "do not write to me again",
                "don't write to me again",
                "stopp",
                "nicht mehr schreiben",
                "arretez",
            ),
            *(
                "parar",
                "pare",
                "nao escreva mais",
                "nao me escreva mais",
                "remova-me",
                "descadastrar",
                "basta",
            ),
        )
    },
}
_PLAIN = ("yes", "please", "ja", "bitte", "oui", "si", "sim", "por", "favor")


def parting(lines: list[str], letter: str) -> tuple[Said, list[str]] | None:
    """The word, and the lines without it."""
    for word, written in _PARTING.get(letter, {}).items():
        for place, line in enumerate(lines):
            said = " ".join(
                t.text for t in clause_of(line) if t.kind == "word" and t.text not in _PLAIN
            )
            if said in written and len(line) <= 40:
                return Said(word, text=line.strip()), [*lines[:place], *lines[place + 1 :]]
    return None
