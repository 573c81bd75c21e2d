"""What a person wrote, without the quoted letter: tables, and a corpus where it is at hand.

Not about what the words mean: tests/mail/test_meaning.py.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from daemon.mail.reading.replytext import reply_text

MAILBOX = "koss.1on1@example.org"
LETTER = """\
Tuesday's 1:1 (1 Dec) can't take place. Pick a new time?

1  Wed 2 Dec, 19:30 Kolkata (15:00 Berlin)
2  Thu 3 Dec, 20:30 Kolkata (16:00 Berlin)

Who reads your reply: Ana sees the time, nothing else.
"""
QUOTED = "".join(f"> {line}\n" for line in LETTER.splitlines())

REPLIES = {
    "nothing quoted": "2\n",
    "gmail": f"2\n\nOn Sat, 28 Nov 2026 at 07:00, KOSS 1:1s <{MAILBOX}> wrote:\n\n{QUOTED}",
    "gmail, wrapped": f"2\n\nOn Sat, 28 Nov 2026 at 07:00, KOSS 1:1s <\n{MAILBOX}> wrote:\n\n{QUOTED}",
    "german": f"2\n\nAm 28.11.26 um 07:00 schrieb KOSS 1:1s:\n{QUOTED}",
    "hindi": f"2\n\n28 नव॰ 2026 को 07:00 बजे KOSS 1:1s <{MAILBOX}> ने लिखा:\n{QUOTED}",
    "below": f"On Sat, 28 Nov 2026 at 07:00, KOSS 1:1s <{MAILBOX}> wrote:\n{QUOTED}\n2\n",
    "between": f"{QUOTED}2\n{QUOTED}",
    "outlook": f"2\n\n________________________________\nFrom: KOSS 1:1s <{MAILBOX}>\nSent: Saturday\n"
    f"To: Ben\nSubject: Re: Ana & Ben: our 1:1s\n\n{LETTER}",
    "outlook, german": f"2\n\nVon: KOSS 1:1s <{MAILBOX}>\nGesendet: Samstag\nAn: Ben\n\n{LETTER}",
    "by the token": "2\n\nKOSS 1:1s <x+k35s2lbd6s4e2wpw23p7nr72hy@y.org> 28.11.2026:\n\n" + LETTER,
    "phone": f"2\n\nSent from my iPhone\n\n> On 28 Nov 2026, at 07:00, KOSS <{MAILBOX}> wrote:\n{QUOTED}",
    "signature": "2\n-- \nBen Das\nStudent",
    "letter without marks": f"2\n{LETTER}",
}


@pytest.mark.parametrize("client", REPLIES)
def test_trap_69_and_trap_70_the_quoted_letter_is_left_out(client: str) -> None:
    assert reply_text(REPLIES[client], MAILBOX, LETTER) == "2"


def test_a_note_of_several_paragraphs_stays_whole() -> None:
    note = (
        "We talked about two things:\n\n- the CV\n- the lab, at 15:00 on Friday\n\nNext: a draft."
    )
    quoted = f"{note}\n\nOn Tue, 1 Dec 2026 at 15:00, KOSS 1:1s <{MAILBOX}> wrote:\n{QUOTED}"
    assert reply_text(note, MAILBOX) == note
    assert reply_text(quoted, MAILBOX) == note


def test_lines_with_our_own_words_are_no_header_of_a_forwarded_mail() -> None:
    note = "Decide by January.\ntodo: send the CV to bob@example.org\n@ana: ask Priya\nprivate: hm"
    quoted = f"{note}\n\nOn Tue, 1 Dec 2026 at 15:00, KOSS 1:1s <{MAILBOX}> wrote:\n{QUOTED}"
    assert reply_text(quoted, MAILBOX) == note


def test_nothing_but_a_quote_says_nothing() -> None:
    assert reply_text(QUOTED, MAILBOX) == ""
    assert reply_text("", MAILBOX) == ""


@pytest.mark.parametrize("odd", ["\n" * 100_000, "On " * 30_000, "> x\n" * 30_000, "a:\n" * 30_000])
def test_trap_69_what_the_library_is_slow_at_is_kept_from_it(odd: str) -> None:
    assert len(reply_text(odd, MAILBOX)) <= 20_000


def test_more_of_a_corpus_of_others_is_read_exactly_than_by_any_library() -> None:
    shared = Path(os.environ.get("ONEONONE_SHARED", "../shared")) / "corpora/replies/cases.json"
    if not shared.is_file():
        pytest.skip("the corpus of replies is not here; set ONEONONE_SHARED to its folder")
    loaded = json.loads(shared.read_text(encoding="utf-8"))
    cases = loaded if isinstance(loaded, list) else loaded["cases"]

    def plain(text: str) -> list[str]:
        return [line.rstrip() for line in text.strip().splitlines()]

    exact = sum(plain(reply_text(case["input"])) == plain(case["expected"]) for case in cases)
    assert exact >= 42, f"{exact} of {len(cases)}"
