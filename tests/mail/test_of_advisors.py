"""What advisors answer, in words of their own, and what a mentee says to the question whether one may come.

Not what follows: tests/stories/test_advisors.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.meaning import understand

SAID = {
    "yes": ["YES", "Yes, happy to come!", "I'll be there.", "Count me in", "I can make it", "Happy to join, see you then."],
    "no": ["NO", "No, sorry, I am travelling.", "Sorry, I can't make it that day.", "I can't come, sorry"],
    "cannot": ["I won't be there"],
    "stop": ["STOP", "Stop.", "unsubscribe", "Please don't write to me again.", "Please stop writing to me"],
    "": ["Who else is there?", "Maybe. Could we do it at five instead?", "Sure, but could we do 17:00?"],
}  # fmt: skip
SAID_PT = {
    "yes": ["SIM", "Sim, com prazer!", "Pode contar comigo", "Estarei lá"],
    "no": ["NÃO", "Não, obrigado.", "Não posso, desculpe"],
    "stop": ["PARAR", "Não me escreva mais."],
}


@pytest.mark.parametrize(
    ("language", "word", "text"),
    [
        (language, word, text)
        for language, table in (("en", SAID), ("pt-BR", SAID_PT))
        for word, texts in table.items()
        for text in texts
    ],
)
def test_an_advisor_s_answer(language: str, word: str, text: str) -> None:
    found = understand(
        text, "Ana", "mentee", today=date(2026, 10, 12), language=language, letter="advisor"
    )
    assert [each.word for each in found.said] == ([word] if word else [])


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "RATHER NOT", "no"),
        ("en", "I'd rather not, sorry.", "no"),
        ("en", "Fine by me!", "yes"),
        ("pt-BR", "Prefiro não", "no"),
        ("pt-BR", "MELHOR NÃO", "no"),
        ("pt-BR", "Sim, pode convidar", "yes"),
    ],
)
def test_whether_one_may_come(language: str, text: str, word: str) -> None:
    found = understand(
        text, "Ana", "mentee", today=date(2026, 10, 12), language=language, letter="advisor-heads-up"
    )  # fmt: skip
    assert [each.word for each in found.said] == [word]
