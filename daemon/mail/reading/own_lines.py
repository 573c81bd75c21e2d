"""Own lines: asked for alone in a reply, "MY NOTES", and one of them for one's own next prep, "private next: …". So are the
links that the two have shared, "LINKS".

Not a line that is only private: marked.py. "My notes" above words is a heading like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from daemon.domain.observation import Said
from daemon.mail.reading.tokens import folded

MY_NOTES = "my-notes"
_ASKED = frozenset(
    [
        *("my notes", "my own notes", "my private notes", "my private lines", "my lines", "my journal"),
        *("show my notes", "show me my notes", "show me my private notes", "show me my private lines"),
        *("minhas notas", "as minhas notas", "minhas notas privadas", "minhas anotacoes"),
        *("minhas linhas privadas", "mostre minhas notas", "mostra as minhas notas"),
        *("meine notizen", "meine privaten notizen", "meine privaten zeilen", "zeig mir meine notizen"),
        *("mes notes", "mes notes privees", "mes lignes privees", "montre-moi mes notes"),
        *("mis notas", "mis notas privadas", "mis lineas privadas", "muestrame mis notas"),
    ]
)  # fmt: skip
_LINKS = frozenset(
    [
        *("links", "our links", "the links", "all links", "show links", "show our links", "show me our links"),
        *("os links", "nossos links", "os nossos links", "todos os links", "mostre os links", "mostre nossos links"),
        *("unsere links", "alle links", "die links", "zeig mir unsere links"),
        *("liens", "nos liens", "les liens", "tous les liens", "montre-moi nos liens"),
        *("enlaces", "nuestros enlaces", "los enlaces", "todos los enlaces", "muestrame los enlaces"),
    ]
)  # fmt: skip
_PLEASE = re.compile(r"\b(?:please|bitte|s'il (?:te|vous) plait|por favor)\b")
_CHARACTERS_MAX = 60
_BEFORE_NEXT = "for|my|the|furs|fur|mein|das|pour|ma|mon|la|le|para|mi|el|meu|minha|o|a"
_NEXT = r"next|nachst\w*|prochaine?|proxim[oa]"


def own_lines(lines: list[str]) -> tuple[Said, list[str]] | None:
    """Where somebody asks for the own lines, or for links, and says nothing else."""
    written = [line.strip() for line in lines if line.strip()]
    if len(written) != 1 or len(written[0]) > _CHARACTERS_MAX:
        return None
    plain = re.sub(r"\s+", " ", _PLEASE.sub("", folded(written[0]))).strip(" \"'“”*_.,!?")
    word = MY_NOTES if plain in _ASKED else "links" if plain in _LINKS else ""
    return (Said(word, text=written[0]), []) if word else None


def for_next(private: Iterable[str]) -> str:
    """How a line for one's own next prep begins, as a pattern, from the words for private ones."""
    words = "|".join(re.escape(each) for each in sorted(private, key=len, reverse=True))
    return rf"(?:{words})(?:,? (?:{_BEFORE_NEXT}))* (?:{_NEXT})(?: \w+){{0,2}}"
