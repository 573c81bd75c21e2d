"""LATER and STOP to the letters of the end, as a table: alone on a line, and to no other letter.

Not what follows: tests/stories/test_follow_up.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.meaning import understand


@pytest.mark.parametrize(
    ("text", "letter", "word", "rest"),
    [
        ("LATER", "farewell", "later", ""),
        ("Later, please.", "farewell", "later", ""),
        ("sp\u00e4ter bitte", "farewell", "later", ""),
        ("Oui, plus tard", "farewell", "later", ""),
        ("DEPOIS", "farewell", "later", ""),
        ("Sim, depois, por favor", "farewell", "later", ""),
        ("Sigo com o rascunho.\nDEPOIS", "farewell", "later", "Sigo com o rascunho."),
        ("Escrevo para Ana depois", "farewell", "", "Escrevo para Ana depois"),
        ("DEPOIS", "follow-up", "", "DEPOIS"),
        ("I go on with the draft.\nLATER", "farewell", "later", "I go on with the draft."),
        ("I write to Ana later", "farewell", "", "I write to Ana later"),
        ("LATER", "follow-up", "", "LATER"),
        ("LATER", "notes", "", "LATER"),
        ("LATER", "", "", "LATER"),
        ("STOP", "follow-up", "stop", ""),
        ("Please stop", "follow-up", "stop", ""),
        ("PARAR", "follow-up", "stop", ""),
        ("Pode parar, por favor", "follow-up", "stop", ""),
        ("PARAR", "farewell", "", "PARAR"),
        ("STOP", "farewell", "", "STOP"),
        ("MEET", "follow-up", "meet", ""),
    ],
)
def test_each_word_to_its_letter_alone(text: str, letter: str, word: str, rest: str) -> None:
    meant = understand(text, "Ana", "mentee", today=date(2026, 11, 28), letter=letter)
    assert "".join(said.word for said in meant.said) == word
    assert meant.text == rest
