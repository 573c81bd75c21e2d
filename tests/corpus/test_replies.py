"""The labelled replies: no action that nobody asked for, and most of them understood.

Not the figures by language: `python -m tests.corpus.measure` prints them.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from daemon.mail.reading.called import called
from daemon.mail.reading.meaning import understand
from daemon.mail.reading.umlauts import with_umlauts
from tests.corpus.measure import action, cases, cases_apart, figures_of, is_wrong

CASES = list(cases())
HALVES = sorted({case.half for case in CASES})
COVERAGE_MIN = {
    "own": 0.99,
    "seen": 0.99,
    "unseen": 0.97,
    "second": 0.97,
    "third": 0.96,
    "fourth": 0.94,
    "fifth": 0.95,
    "sixth": 0.93,
    "seventh": 0.98,
    "eighth": 0.98,
    "ninth": 0.96,
    "tenth": 0.96,
    "times": 0.89,
    "commands": 0.91,
}
"""What is held today, of replies that have all been looked at since (README.md says what each came to before). What is missed
is asked about, or kept as words."""


@pytest.mark.parametrize("half", HALVES)
def test_no_reply_leads_to_an_action_that_nobody_asked_for_and_most_are_understood(
    half: str,
) -> None:
    done = [(case, action(case)) for case in CASES if case.half == half]
    wrong = [(case.reply, did, case.expect) for case, did in done if is_wrong(case, did)]
    assert wrong == []
    assert figures_of(done).coverage >= COVERAGE_MIN[half]


@pytest.mark.parametrize("half", ["eleventh", "twelfth"])
def test_what_nobody_has_learnt_from_fares_as_is_told(half: str) -> None:
    """The bound is what README.md says of them, not what is wanted: 0.9."""
    met = figures_of((case, action(case)) for case in cases_apart() if case.half == half)
    assert met.cases >= 250
    assert met.coverage >= 0.85
    assert met.wrong == 0


def test_the_half_that_knows_the_rules_is_large_enough_and_has_its_traps() -> None:
    own = [case for case in CASES if case.half == "own"]
    assert {case.language for case in own} == {"en", "pt", "es", "fr", "de"}
    assert len(own) >= 220
    assert sum(case.expect in ("ask", "note", "nothing") for case in own) >= 60


def test_the_measure_finds_a_wrong_action() -> None:
    listed = next(case for case in CASES if case.letter == "proposal")
    planted = replace(listed, language="en", reply="2", expect="ask", also=())
    assert is_wrong(planted, action(planted))


def test_german_is_understood_without_umlauts_as_it_is_with_them() -> None:
    """Keyboards abroad, and many phones, have none."""
    apart = str.maketrans(
        {**{a: f"{b}e" for a, b in zip("äöüÄÖÜ", "aouAOU", strict=True)}, "ß": "ss"}
    )
    told = [
        (written, action(case), action(replace(case, reply=written)))
        for case in CASES
        if case.language == "de" and (written := case.reply.translate(apart)) != case.reply
    ]
    assert len(told) >= 700
    assert [each for each in told if each[1] != each[2]] == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("koennen", "können"),
        ("naechsten", "nächsten"),
        ("fussballtraining", "fußballtraining"),
        ("pruefungswoche", "prüfungswoche"),  # a stem of the tables, and any ending
        ("neue", "neue"),
        ("aktuell", "aktuell"),
        ("bueno", "bueno"),
        ("puede", "puede"),
        ("soeur", "soeur"),
        ("does", "does"),
        ("class", "class"),
    ],
)
def test_only_words_that_the_tables_have_get_their_umlauts_back(written: str, meant: str) -> None:
    assert with_umlauts(written) == meant


def test_whatever_the_two_and_the_contact_are_called_they_are_understood_alike() -> None:
    """The tables know Ana, Ben and Maya. With other names 5 of these led to a wrong action."""
    told = []
    for case in CASES:
        others = case.reply
        for before, after in OTHERS.items():
            others = re.sub(rf"\b{before}\b", after, others)
        if others != case.reply:
            told.append(
                (others, action(case), action(replace(case, reply=others), *OTHERS.values()))
            )
    assert len(told) >= 700
    assert [each for each in told if each[1] != each[2]] == []


OTHERS = {"[Aa]na": "Petra", "Ben": "Jonas", "Maya": "Ingrid"}


def test_what_is_kept_has_the_names_as_they_were_written() -> None:
    words = "PETRA showed petra's trick to Jonas, and Anǎ laughed."
    found = understand(words, "Petra", "mentee", "Jonas Weber", today=CASES[0].today)
    assert (found.said, found.text) == ((), words)


@pytest.mark.parametrize("name", ["May", "Will", "Mai", "Do"])
def test_a_name_that_is_a_word_as_well_stays_one(name: str) -> None:
    read = called([f"{name} 3 works"], "mentee", name, "Ben Das", "")
    assert (read.lines, read.marks) == ([f"{name} 3 works"], {})
