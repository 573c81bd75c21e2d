"""Ticked: the letters of the to-dos that a clause says are done, where all of its words are known.

Not letters amid other words: valued.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from daemon.domain.observation import Said
from daemon.mail.reading.choices import POLITE
from daemon.mail.reading.lexicon import Found, covered, has
from daemon.mail.reading.tokens import Token


def ticked(clause: list[Token], found: list[Found]) -> Said | None:
    """ "a is done", "feito a e b": the letters are those of to-dos."""
    marks = [each for each in found if has(each, ("done",))]
    if not marks:
        return None
    lettered = [at for at, t in enumerate(clause) if len(t.text) == 1 and "a" <= t.text <= "z"]
    joins = {e.at for e in found if has(e, ("done_with",)) and e.end - e.at == 1}
    letters = [at for at in lettered if at not in joins] or lettered
    if any(_is_no_letter(clause, at) for at in letters):
        return None
    allowed = POLITE | {"done", "done_with"}
    if not covered(len(clause), found, allowed, letters):
        return None
    return Said("done", letters=tuple(dict.fromkeys(clause[at].text for at in letters)))


def _is_no_letter(clause: Sequence[Token], at: int) -> bool:
    """Whether an "a" may be a word: "on a fini", "já enviei a b"."""
    if clause[at].text != "a":
        return False
    before = clause[at - 1].text if at else ""
    behind = clause[at + 1] if at + 1 < len(clause) else None
    if behind is None or before in _HAVING:
        return before in _HAVING
    if behind.text in _A_TODO:
        return True
    beside = len(behind.text) == 1 and behind.text in "bcdf" and behind.at == clause[at].end + 1
    return beside and any(t.text in _OF_ONE for t in clause)


_HAVING = ("on", "il", "elle", "qui", "y", "ca", "ils", "tout")
_A_TODO = ("tarefa", "letra")
_OF_ONE = (
    "feita",
    "concluida",
    "terminada",
    "pronta",
    "fiz",
    "enviei",
    "terminei",
    "conclui",
    "acabei",
    "finalizei",
    "risca",
    "risque",
    "riscar",
    "riscam",
    "tira",
    "tirar",
    "marca",
)
