"""Replies by mail program and language: what was written is found to the letter (tests/corpus/texts).

Not the corpus of others: tests/mail/test_replytext.py. Each line of a file is one reply with what of it is the
writer's: greetings are, a closing with a name is not; above an inline answer stands what it answers.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from daemon.mail.reading.replytext import written

TEXTS = Path(__file__).resolve().parent.parent / "corpus/texts"
CASES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(TEXTS.glob("*.json"))}
BY_NAME = {
    f"{client}-{case['language']}-{number}": case
    for client, cases in CASES.items()
    for number, case in enumerate(cases)
}


@pytest.mark.parametrize("name", BY_NAME)
def test_what_was_written_is_found(name: str) -> None:
    case = BY_NAME[name]
    assert written(case["input"]).text == case["expected"]


@pytest.mark.parametrize("name", BY_NAME)
def test_what_was_written_says_the_same_with_other_line_ends(name: str) -> None:
    case = BY_NAME[name]
    assert written(case["input"].replace("\n", "\r\n")).text == case["expected"]


def test_twenty_languages_write_with_eight_programs() -> None:
    programs: dict[str, set[str]] = {}
    for client, cases in CASES.items():
        for case in cases:
            programs.setdefault(case["language"], set()).add(client)
    assert sum(len(clients) >= 8 for clients in programs.values()) >= 20
    assert len(BY_NAME) >= 150
