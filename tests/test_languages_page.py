"""docs/languages.md, carried out: what it shows passes, and what it says of `check` is what `check` says.

Not the pack that came along: tests/mail/test_language_packs.py.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from daemon.commands.checking import in_english, template_problems
from daemon.commands.folders import Folders
from daemon.mail.render import Templates
from daemon.mail.source import CAME_ALONG
from daemon.mail.words import words_of
from daemon.settings import load, report
from daemon.settings.presets import PRESETS

PAGE = (CAME_ALONG.parent / "docs" / "languages.md").read_text(encoding="utf-8")


IDEAS = "3 lines of meeting_types and 16 ideas of questions are not in {}: they come as they stand."
"""Of the bank `koss`, which is in English."""


def block(language: str, at: int = 0) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(found[at])


def folders(tmp_path: Path, program: str, people: str = "") -> Folders:
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "mentoria.yaml").write_text(program, encoding="utf-8")
    if people:
        (tmp_path / "people.yaml").write_text(people, encoding="utf-8")
    own = tmp_path / "templates"
    own.mkdir()
    return Folders(tmp_path, tmp_path / "data", (own, CAME_ALONG))


def said(where: Folders) -> list[str]:
    loaded = load(where.config)
    assert report(loaded.errors) == ""
    found = in_english(loaded.config, where)
    assert all((each.line, each.severity) == (0, "warning") for each in found)
    return [f"{each.file} Warning: {each.text}" for each in found]


def copied(where: Folders, language: str) -> Path:
    """The first step of the page."""
    to = where.templates[0] / language
    shutil.copytree(CAME_ALONG / "en", to, ignore=shutil.ignore_patterns("_layout.html"))
    return to


def test_the_program_passes_and_everybody_reads_portuguese(tmp_path: Path) -> None:
    where = folders(tmp_path, block("yaml"))
    assert said(where) == []
    loaded = load(where.config)
    assert report(loaded.problems) == ""
    (line,) = loaded.config.lines
    assert {line.mentor.language, line.mentee.language} == {"pt-BR"}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_program_in_portuguese_is_checked_whatever_its_preset(
    tmp_path: Path, preset: str
) -> None:
    where = folders(tmp_path, block("yaml").replace("preset: koss", f"preset: {preset}"))
    assert said(where) == []


def test_the_words_shown_are_those_of_the_language_that_came_along() -> None:
    words = tomllib.loads((CAME_ALONG / "pt-BR" / "_words.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(block("toml", 1))["shifts"] == words["shifts"]


def test_what_is_not_there_yet_is_said_as_on_the_page(tmp_path: Path) -> None:
    where = folders(tmp_path, block("yaml").replace("pt-BR", "fr"))
    to = copied(where, "fr")
    assert said(where) == [f"templates/fr Warning: Mentoria: {IDEAS.format('fr')}"]
    assert template_problems(where) == []
    (to / "_foot.md").unlink()
    (to / "_words.toml").unlink()
    assert said(where) == [block("text").strip()]


def test_a_copy_with_a_slip_is_named_with_its_line(tmp_path: Path) -> None:
    where = folders(tmp_path, block("yaml"))
    words = copied(where, "fr") / "_words.toml"
    words.write_text(words.read_text(encoding="utf-8").replace("{much} later", "{mcuh} later"))
    (wrong,) = template_problems(where)
    line = words.read_text(encoding="utf-8").split("\n")[wrong.line - 1]
    assert (wrong.file, line) == ("templates/fr/_words.toml", 'later = "{mcuh} later than usual"')
    assert wrong.text == "[shifts] later: {mcuh} is nothing that it knows."


def test_a_letter_that_is_missing_is_named_once_for_each_program_that_somebody_reads_it_in(
    tmp_path: Path,
) -> None:
    where = folders(tmp_path, block("yaml").replace("pt-BR", "fr"))
    (copied(where, "fr") / "resumed.md").unlink()
    copied(where, "it")  # nobody reads it
    second = block("yaml").replace("Mentoria", "Second").replace("mentoria@", "second@")
    (where.config / "programs" / "second.yaml").write_text(
        second.replace("Ana Rao <ana@example.org>", "Eva Sol <eva@example.org>")
        .replace("Rui Paz <rui@example.org>", "Chi Lin <chi@example.org>")
        .replace("pt-BR", "fr-CA")
    )
    assert said(where) == [
        f"templates/{code} Warning: {name}: {code} has no resumed.md: that letter goes in English. {IDEAS.format(code)}"
        for name, code in (("Mentoria", "fr"), ("Second", "fr-CA"))
    ]


def test_a_language_that_nobody_has_written_is_named_with_its_readers(tmp_path: Path) -> None:
    people = "- {name: Rui Paz, address: rui@example.org, language: hi}\n"
    where = folders(tmp_path, block("yaml"), people)
    assert said(where) == [
        "templates/hi Warning: Mentoria: no letter is written in hi, so Rui Paz gets English ones."
    ]


def test_texts_of_one_s_own_add_to_those_that_came_along(tmp_path: Path) -> None:
    where = folders(tmp_path, block("yaml"))
    own = where.templates[0] / "pt-BR"
    own.mkdir()
    (own / "_texts.toml").write_text(block("toml"), encoding="utf-8")
    assert template_problems(where) == []
    texts = words_of(where.templates, "pt").texts
    assert texts["how the week went"] == "como foi a semana"
    assert texts["how the month went"] == "como foi o mês"


ASKS = "prep_asks:\n  - Tea?\n  - Coffee?\nmeeting_types:\n  regular:\n    - 10 how you are\n    - 20 tea\n"


def test_texts_of_a_program_that_are_in_no_other_language_are_named_once_for_whoever_reads_it(
    tmp_path: Path,
) -> None:
    people = "- {name: Rui Paz, address: rui@example.org, language: pt}\n"
    program = block("yaml").replace("language: pt-BR", f"language: en\n{ASKS}agreement: ours.md")
    where = folders(tmp_path, program, people)
    (where.config / "programs" / "ours.md").write_text("We agree.", encoding="utf-8")
    assert said(where) == [
        "templates/pt Warning: Mentoria: 2 lines of prep_asks, 1 line of meeting_types and the agreement are not in pt: "
        "they come as they stand."
    ]
    own = where.templates[0] / "pt"
    own.mkdir()
    (own / "_texts.toml").write_text('"Tea?" = "Chá?"\n"Coffee?" = "Café?"\n"tea" = "chá"\n')
    (where.config / "programs" / "ours.pt.md").write_text("O acordo.", encoding="utf-8")
    assert said(where) == []
    assert template_problems(where) == []


def test_what_a_program_says_is_taken_to_be_in_its_own_language_and_what_came_along_in_english(
    tmp_path: Path,
) -> None:
    people = "- {name: Rui Paz, address: rui@example.org, language: en}\n"
    where = folders(tmp_path, block("yaml").replace("pt-BR", f"pt-BR\n{ASKS}"), people)
    assert said(where) == [
        "templates/en Warning: Mentoria: 2 lines of prep_asks and 1 line of meeting_types are not in en: they come as they stand."
    ]


def test_a_bank_in_another_language_than_its_program_is_known_as_such(tmp_path: Path) -> None:
    people = "- {name: Rui Paz, address: rui@example.org, language: pt}\n"
    program = block("yaml").replace("language: pt-BR", "language: en\nquestions: nossa")
    where = folders(tmp_path, program, people)
    (tmp_path / "questions").mkdir()
    bank = "credit: nosso\nquestions:\n  - {ask: Como vai?, theme: vida, need: personal}\n"
    (tmp_path / "questions" / "nossa.yaml").write_text(bank, encoding="utf-8")
    assert said(where) == [
        "templates/pt Warning: Mentoria: 1 idea of questions is not in pt: it comes as it stands."
    ]
    bank = bank.replace("questions:", "language: pt-BR\nquestions:")
    (tmp_path / "questions" / "nossa.yaml").write_text(bank, encoding="utf-8")
    assert said(where) == [
        "templates/en Warning: Mentoria: 1 idea of questions is not in en: it comes as it stands. "
        "questions/nossa.yaml:2 says language: pt-BR: write the ideas in en as well, or correct language: there."
    ]


def test_a_bank_that_says_another_language_than_it_is_in_is_named_with_its_line(
    tmp_path: Path,
) -> None:
    """Not one in the language of its program, nor one that came along: there is nothing to correct."""
    program = block("yaml").replace(
        "language: pt-BR", "language: en\nquestions: koss, ours, theirs"
    )
    where = folders(
        tmp_path, program, "- {name: Rui Paz, address: rui@example.org, language: pt}\n"
    )
    (tmp_path / "questions").mkdir()
    koss = (CAME_ALONG.parent / "config" / "questions" / "koss.yaml").read_text(encoding="utf-8")
    for name, text in {
        "koss": koss.replace("language: en", "language: de"),
        "ours": "language: de\ncredit: us\nquestions:\n  - {ask: Tee?, theme: life, need: personal}\n",
        "theirs": "language: en\ncredit: us\nquestions:\n  - {ask: Tea?, theme: life, need: personal}\n",
    }.items():
        (tmp_path / "questions" / f"{name}.yaml").write_text(text, encoding="utf-8")
    there = "questions/koss.yaml:5 and questions/ours.yaml:1 say language: de: write the ideas in {} as well, or correct language: there."
    in_english, in_portuguese = said(where)
    assert in_english.endswith(
        f"17 ideas of questions are not in en: they come as they stand. {there.format('en')}"
    )
    assert in_portuguese.endswith(f"are not in pt: they come as they stand. {there.format('pt')}")
    (tmp_path / "questions" / "koss.yaml").unlink()
    assert "koss.yaml" not in " ".join(said(where))


def test_a_folder_that_is_no_language_is_named(tmp_path: Path) -> None:
    where = folders(tmp_path, block("yaml"))
    (copied(where, "fr")).rename(where.templates[0] / "mine")
    told = [each.text for each in template_problems(where)]
    assert "mine is the code of no language, so this folder is not used." in told


def test_the_languages_that_came_along_are_named() -> None:
    told = re.search(r"Two came along: `(\S+)` .*?and `(\S+)` ", PAGE)
    assert told is not None
    assert {*told.groups()} == Templates([CAME_ALONG]).languages()
