"""What is answered to which question: each word and number in a table.

Not how words are found in a mail (tests/mail), and not what follows (tests/stories).
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from daemon.decide.answers import OPTIONS, number_of
from daemon.domain.observation import Said
from daemon.domain.question import Question, QuestionKind

NOW = datetime(2026, 10, 8, 8, 0, tzinfo=UTC)
WORDS = ("yes", "no", "keep", "move", "pause", "leave", "resume", "same", "rarer", "undo", "change")

ANSWERS: list[tuple[QuestionKind, int, dict[str, int]]] = [
    ("series-gone", 4, {"undo": 1, "pause": 3, "leave": 4}),
    ("guest-gone", 2, {}),
    ("declined-all", 4, {"keep": 1, "undo": 1, "pause": 3, "leave": 4}),
    ("clash", 2, {"keep": 1, "move": 2}),
    ("absence", 2, {"yes": 1, "no": 2}),
    ("kindly", 3, {"keep": 3, "same": 3, "rarer": 2}),
    ("lighter", 3, {"keep": 3, "same": 3, "rarer": 1}),
    ("still-good", 4, {"yes": 1, "keep": 1, "resume": 1, "same": 1, "rarer": 2, "pause": 3, "leave": 4}),
    ("wish", 2, {"yes": 1, "no": 2}),
    ("zone-changed", 3, {"yes": 1, "no": 2}),
    ("extend", 3, {"yes": 1, "no": 3}),
    ("leave", 2, {"yes": 1, "no": 2}),
    ("private-hold", 3, {}),
    ("invite", 2, {"yes": 1, "no": 2}),
    ("advisor-heads-up", 2, {"yes": 1, "no": 2}),
    ("adopt", 2, {"yes": 1, "no": 2}),
    ("intro", 2, {"yes": 1, "no": 2}),
    ("agreement", 2, {"yes": 1, "no": 2}),
    ("check", 5, {}),
    ("chemistry", 3, {"yes": 1, "no": 3, "keep": 1, "same": 1, "leave": 3, "resume": 1, "change": 3}),
    ("assess", 5, {}),
    ("exit", 5, {}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "options", "words"), ANSWERS, ids=[a[0] for a in ANSWERS])
def test_every_word_and_number_of_a_question(
    kind: QuestionKind, options: int, words: dict[str, int]
) -> None:
    question = Question(kind, "mentor", "occasion", NOW, NOW)
    assert {word: number_of(question, Said(word)) for word in WORDS} == {
        word: words.get(word, 0) for word in WORDS
    }
    chosen = [number_of(question, Said("choose", (number,))) for number in range(options + 2)]
    assert chosen == [0, *range(1, options + 1), 0]
    assert number_of(question, Said("choose", (9, options))) == options


def test_no_question_is_forgotten() -> None:
    assert {kind for kind, _, _ in ANSWERS} == set(OPTIONS)
