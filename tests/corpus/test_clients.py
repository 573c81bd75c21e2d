"""Mails of many clients and languages, by people who knew no rule: how many are read exactly, and that none loses a line.

Not cases of our own: tests/mail/test_replies_by_client.py. What was measured before each set was seen: README.md.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from daemon.mail.reading.replytext import written

CLIENTS = Path(__file__).parent / "clients"
EXACT_MIN = {"blind-first": 332, "blind-second": 249, "blind-third": 231, "blind-fourth": 306}
"""Of 335, 252, 236 and 310."""
UNKNOWN = {"Foi sim, 30 minutos certinhos!"}
"""Below an original without marks, whose end only who knows the letter can tell. The daemon does; this test does not."""


def lines(text: str) -> list[str]:
    """The lines that are not blank."""
    return [line.rstrip() for line in text.replace("\r", "").split("\n") if line.strip()]


@pytest.mark.parametrize("name", EXACT_MIN)
def test_what_was_written_is_found_and_no_line_of_it_is_lost(name: str) -> None:
    mails = json.loads((CLIENTS / f"{name}.json").read_text(encoding="utf-8"))
    pairs = [(lines(written(each["input"]).text), lines(each["expected"])) for each in mails]
    lost = {line for said, wanted in pairs for line in wanted if line not in said}
    assert lost <= UNKNOWN
    assert sum(said == wanted for said, wanted in pairs) >= EXACT_MIN[name]
