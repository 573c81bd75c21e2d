"""What a person wrote, without the quoted letter: tables, and a corpus where it is at hand.

Not about what the words mean: tests/mail/test_meaning.py.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from textwrap import fill, indent

import pytest

from daemon.mail.reading.own_letter import marks_of
from daemon.mail.reading.replytext import READ_CHARACTERS_MAX, written

MAILBOX = "koss.1on1@example.org"
LETTER = """\
Tuesday's 1:1 (1 Dec) can't take place. Pick a new time?

1  Wed 2 Dec, 19:30 Kolkata (15:00 Berlin)
2  Thu 3 Dec, 20:30 Kolkata (16:00 Berlin)

Who reads your reply: Ana sees the time, nothing else.
"""
MARKS = marks_of(LETTER)
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
    assert written(REPLIES[client], mailbox=MAILBOX, letter=MARKS).text == "2"


BEGUN = {
    "pt": "No dia sábado, 28 de novembro de 2026 às 07:00, Ana Rao escreveu:",
    "pl": "W dniu sobota, 28 listopada 2026 07:00, Ana Rao napisał(a):",
    "fr": "En date du samedi 28 novembre 2026 à 07:00, Ana Rao a écrit :",
    "vi": "Vào ngày Thứ Bảy, 28 tháng 11 2026 lúc 07:00, Ana Rao đã viết:",
    "en": "On Saturday, 28 November 2026 at 07:00, Ana Rao wrote:",
}


@pytest.mark.parametrize("language", BEGUN)
def test_an_introduction_may_begin_with_more_than_one_word(language: str) -> None:
    assert written(f"2\n\n{BEGUN[language]}\nHello Ben,\nwhich one?").text == "2"


def test_a_sentence_that_only_begins_like_an_introduction_is_kept() -> None:
    for said in ("No diabo, sábado 28 de novembro de 2026 às 07:00, escreveu:", "Once on Saturday, 28 November 2026 at 07:00, I wrote:"):  # fmt: skip
        assert written(f"{said}\nHello Ben").text == f"{said}\nHello Ben"


def test_a_note_of_several_paragraphs_stays_whole() -> None:
    note = (
        "We talked about two things:\n\n- the CV\n- the lab, at 15:00 on Friday\n\nNext: a draft."
    )
    quoted = f"{note}\n\nOn Tue, 1 Dec 2026 at 15:00, KOSS 1:1s <{MAILBOX}> wrote:\n{QUOTED}"
    assert written(note, mailbox=MAILBOX).text == note
    assert written(quoted, mailbox=MAILBOX).text == note


def test_lines_with_our_own_words_are_no_header_of_a_forwarded_mail() -> None:
    note = "Decide by January.\ntodo: send the CV to bob@example.org\n@ana: ask Priya\nprivate: hm"
    quoted = f"{note}\n\nOn Tue, 1 Dec 2026 at 15:00, KOSS 1:1s <{MAILBOX}> wrote:\n{QUOTED}"
    assert written(quoted, mailbox=MAILBOX).text == note


def test_nothing_but_a_quote_says_nothing() -> None:
    assert written(QUOTED, mailbox=MAILBOX).text == ""
    assert written("", mailbox=MAILBOX).text == ""


ODD = {
    "empty lines": ("\n", ""),
    "a word of introductions": ("On ", "On On"),
    "quoted lines": ("> x\n", ""),
    "fields": ("a:\n", "a:"),
}


@pytest.mark.parametrize("odd", ODD)
def test_trap_69_what_is_endless_is_read_as_far_as_a_person_writes(odd: str) -> None:
    repeated, begins = ODD[odd]
    said = written(repeated * 60_000, mailbox=MAILBOX).text
    assert len(said) <= READ_CHARACTERS_MAX and said.startswith(begins)


def _lines(text: str) -> list[str]:
    """Lines as the corpus compares them: spaces at line ends and empty lines around do not count."""
    return [line.rstrip() for line in text.strip().splitlines()]


FLAT = " ".join(LETTER.split())
CARRIED = {
    "as it was": LETTER,
    "rewrapped": fill(FLAT, 40),
    "rewrapped, quoted": indent(fill(FLAT, 40), "> "),
    "in one line": FLAT,
    "with empty lines": LETTER.replace("\n", "\n\n"),
    "indented": indent(LETTER, "    "),
}


@pytest.mark.parametrize("form", CARRIED)
def test_our_own_letter_is_known_however_a_mail_program_broke_it(form: str) -> None:
    carried = CARRIED[form]
    for reply in (f"2, please\n\n{carried}", f"{carried}\n\n2, please"):
        assert written(reply, letter=MARKS).text == "2, please"
    assert written(f"{carried}\n\n2, please\n\n{carried}", letter=MARKS).text == "2, please"


def test_a_time_that_the_writer_copied_out_of_our_letter_stays() -> None:
    chosen = "I take Wed 2 Dec, 19:30 Kolkata"
    assert written(f"{chosen}\n\n{LETTER}", letter=MARKS).text == chosen


def test_a_corpus_of_others_is_read_exactly_and_loses_no_word() -> None:
    shared = Path(os.environ.get("ONEONONE_SHARED", "../shared")) / "corpora/replies/cases.json"
    if not shared.is_file():
        pytest.skip("the corpus of replies is not here; set ONEONONE_SHARED to its folder")
    loaded = json.loads(shared.read_text(encoding="utf-8"))
    cases = loaded if isinstance(loaded, list) else loaded["cases"]
    pairs = [(_lines(written(case["input"]).text), _lines(case["expected"])) for case in cases]
    lost = [line for said, expected in pairs for line in expected if line and line not in said]
    exact = sum(said == expected for said, expected in pairs)
    assert lost == []
    assert exact >= 48, f"{exact} of {len(pairs)}"
