"""The tables of five languages: every one has what the others have, and no phrase is one command in one language and
another in the next.

Not what a reply means: tests/mail/test_meaning.py and tests/corpus.
"""

from __future__ import annotations

import tracemalloc
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from daemon.mail.reading import clauses
from daemon.mail.reading.confidential import looks_confidential
from daemon.mail.reading.lexicon import (
    LANGUAGES,
    Phrase,
    lexicon,
    listed,
    phrase,
    table,
    times_table,
)
from daemon.mail.reading.meaning import understand
from daemon.mail.reading.tokens import folded
from tests.corpus.measure import cases

COMMANDS = (
    *("yes", "no", "none", "skip", "move", "keep", "meet", "undo", "resume", "leave", "change", "fewer", "more", "help", "report"),
    *("pause", "away", "late", "weekly", "biweekly", "monthly", "quarterly", "first", "second", "third", "done", "invite"),
)  # fmt: skip
ALONE_WITH_A_PERSON = {"help", "report", "change", "leave"}
"""Commands that are carried out in confidence, and leave no words to anybody."""
OPTIONAL = {
    "glued",
    "own",
    "yes_alone",
    "weekdays",
    "at",
    "relative",
    "ahead",
    "past",
    "week_of",
    "upcoming",
}


def meanings() -> dict[Phrase, set[tuple[str, str]]]:
    """Every phrase that is a command, with the languages in which it is which."""
    found: defaultdict[Phrase, set[tuple[str, str]]] = defaultdict(set)
    for code in LANGUAGES:
        for words, labels in lexicon(code).phrases.items():
            found[words] |= {(name, code) for name, _ in labels if name in COMMANDS}
    return found


def test_no_phrase_is_two_commands() -> None:
    two = {
        words: sorted(said) for words, said in meanings().items()
        if len({name for name, _ in said}) > 1
    }  # fmt: skip
    assert two == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_table_has_the_same_entries(code: str) -> None:
    for of in (table, times_table):
        everything = set().union(*(of(each) for each in LANGUAGES))
        assert everything - set(of(code)) <= OPTIONAL


@pytest.mark.parametrize("code", LANGUAGES)
def test_days_and_months_are_all_there(code: str) -> None:
    labels = {label for each in lexicon(code).phrases.values() for label in each}
    assert {int(value) for name, value in labels if name == "weekdays"} == set(range(7))
    assert {int(value) for name, value in labels if name == "months"} == set(range(1, 13))


AS_WRITTEN = ("greeting", "signoff", "private", "todo", "goal", "confidential", "glued", "hours", "clock")  # fmt: skip
"""Entries whose marks count, or that are parts of words and of phrases."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_phrase_has_a_word_and_stands_once_in_its_entry(code: str) -> None:
    for name, entry in (*table(code).items(), *times_table(code).items()):
        known = [
            (folded(each),) if name in AS_WRITTEN else (phrase(words), value)
            for each in listed(entry)
            for words, _, value in [each.partition(" = ")]
        ]
        assert [each for each, count in Counter(known).items() if count > 1] == [], name
        assert all(each[0] for each in known), name


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_table_of_times_says_nothing_that_the_language_says_anyway(code: str) -> None:
    anyway = lexicon(code).phrases
    again = [
        each
        for name, entry in times_table(code).items()
        for each in listed(entry)
        for words, _, value in [each.partition(" = ")]
        if (name, value) in anyway.get(phrase(words), ())
    ]
    assert again == []


def test_every_entry_of_a_table_is_asked_for() -> None:
    code = "".join(each.read_text("utf-8") for each in Path(clauses.__file__).parent.glob("*.py"))
    paired = {f"{word}_with" for word in clauses._PAIRS}
    everything = set().union(*(of(each) for of in (table, times_table) for each in LANGUAGES))
    assert {name for name in everything - paired if f'"{name}"' not in code} == set()


def test_a_table_is_phrases_between_commas() -> None:
    assert listed("a b, c\nd") == ["a b", "c", "d"]
    assert phrase("s'il vous plaît") == ("s'", "il", "vous", "plait")


CONFIDENTIAL = [
    ("en", "I would like another mentor"), ("en", "I feel uncomfortable in our meetings"), ("en", "Please keep this between us"),
    ("en", "I want to quit"), ("en", "I need to report something"), ("en", "He made a sexist remark"),
    ("de", "Ich fühle mich unwohl"), ("de", "Ich möchte eine andere Mentorin"), ("de", "Das möchte ich vertraulich melden"),
    ("de", "Ich wurde belästigt"), ("pt", "Quero mudar de mentor"), ("pt", "Sinto-me desconfortável"), ("pt", "Sofri assédio"),
    ("pt", "que fique entre nós"), ("es", "Me siento incómoda"), ("es", "Quiero otro mentor"), ("es", "Sufro acoso"),
    ("es", "quiero dejarlo"), ("fr", "Je me sens mal à l'aise"), ("fr", "Je voudrais un autre mentor"),
    ("fr", "c'est du harcèlement"), ("fr", "je veux quitter le programme"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), CONFIDENTIAL, ids=[text for _, text in CONFIDENTIAL])
def test_what_may_be_meant_for_few_is_seen_in_every_language(language: str, text: str) -> None:
    today = next(cases()).today
    for around in (text, f"Good talk.\n\n{text.upper()}\nThanks"):
        found = understand(around, "Ana", "mentee", today=today, language=language)
        assert looks_confidential(around)
        assert found.confidential or {said.word for said in found.said} & ALONE_WITH_A_PERSON
    assert not looks_confidential("We talked about the CV. 2 works for me.")


MARKED = [
    ("privado: só para mim", "private"), ("privé : rien que moi", "private"), ("privat: nur für mich", "private"),
    ("tarefa: enviar o CV", "todo"), ("tarea: enviar el CV", "todo"), ("à faire : envoyer le CV", "todo"),
    ("Aufgabe: CV schicken", "todo"), ("objetivo: publicar", "goal"), ("Ziel: eine Stelle", "goal"), ("goal: a job", "goal"),
    ("objectif : un poste", "goal"), ("meta: um emprego", "goal"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind"), MARKED, ids=[line for line, _ in MARKED])
def test_marked_lines_in_every_language(line: str, kind: str) -> None:
    found = understand(f"Good talk\n{line}", "Ana", "mentee", today=next(cases()).today)
    value = line.partition(":")[2].strip()
    assert found.text == "Good talk"
    assert found.private == (value if kind == "private" else "")
    assert found.todos == ((("mentee", value),) if kind == "todo" else ())
    assert found.goals == ((value,) if kind == "goal" else ())


def test_links_are_seen_and_stay_in_the_text() -> None:
    found = understand(
        "Read https://a.example/x, then https://b.example/y.",
        "Ana",
        "mentee",
        today=next(cases()).today,
    )
    assert found.links == ("https://a.example/x", "https://b.example/y")
    assert "https://a.example/x" in found.text


def test_a_word_of_a_whole_page_is_not_taken_for_a_misspelt_one() -> None:
    understand("ja", "Ana", "mentee", own_name="Ben Das", today=date(2026, 11, 30), of_times=True)
    tracemalloc.start()
    try:
        said = "Keine\n\n" + "a" * 20_000
        understand(
            said, "Ana", "mentee", own_name="Ben Das", today=date(2026, 11, 30), of_times=True
        )
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20  # n² would be 390 MB
    finally:
        tracemalloc.stop()
