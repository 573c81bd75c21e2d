"""Mistakes in an admin's own files of words and texts beside templates.

Not of letters: tests/settings/forty/letters.py.
"""

from __future__ import annotations

from tests.settings.folders import PROGRAM
from tests.settings.forty.mistake import Mistake

WAY_OUT = '    Write "text as it stands" = "text in this language".'


def _of(title: str, texts: str | bytes | None, told: str) -> Mistake:
    return Mistake(title, {"koss.yaml": PROGRAM, "templates/pt-BR/_texts.toml": texts}, told)


MISTAKES = [
    _of(
        "texts that are not TOML",
        'Tea or coffee? = "Chá ou café?"\n',
        f"""\
templates/pt-BR/_texts.toml:1:1 is not TOML: Expected '=' after a key in a key/value pair.
{WAY_OUT}""",
    ),
    _of(
        "a number instead of a text",
        '"Tea?" = "Chá?"\n"Coffee?" = 5\n',
        f"""\
templates/pt-BR/_texts.toml:2:1 Coffee?: is no text.
{WAY_OUT}""",
    ),
    _of(
        "a table of texts",
        '[asks]\n"Tea?" = "Chá?"\n',
        f"""\
templates/pt-BR/_texts.toml:1:1 asks: is no text.
{WAY_OUT}""",
    ),
    _of(
        "a text that says nothing",
        '"Tea?" = ""\n',
        f"""\
templates/pt-BR/_texts.toml:1:1 Tea?: is no text.
{WAY_OUT}""",
    ),
    _of(
        "texts in latin-1",
        '"Coffee?" = "Café?"\n"Tea?" = "Chá?"\n'.encode("latin-1"),
        """\
templates/pt-BR/_texts.toml:1:1 is not UTF-8.
    Save it again with the encoding UTF-8.""",
    ),
    Mistake(
        "a folder instead of texts, and a mistake in a letter beside it",
        {
            "koss.yaml": PROGRAM,
            "templates/pt-BR/_texts.toml": None,
            "templates/pt-BR/off.md": "---\nthread: T\nreads: time\n---\n{{ strat | when }}\n",
        },
        """\
templates/pt-BR/_texts.toml:1:1 is a folder, not a file.
    Rename or remove it.
templates/pt-BR/off.md:5:4      strat is nothing that this letter knows.
    Did you mean start?""",
    ),
    Mistake(
        "words in latin-1",
        {
            "koss.yaml": PROGRAM,
            "templates/pt-BR/_words.toml": "[lists]\nor = 'ó'\n".encode("latin-1"),
        },
        """\
templates/pt-BR/_words.toml:2:1 is not UTF-8.
    Save it again with the encoding UTF-8.""",
    ),
]
