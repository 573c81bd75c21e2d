"""The text that both of a pair agree to: read beside the program's file, and every mistake with its line.

Not who is asked, and when: tests/stories/test_agreement.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.domain.alone import Agreement
from daemon.settings import load, report
from daemon.settings.agreements import CHARACTERS_MAX
from tests.settings.folders import PROGRAM, write

NAMED = PROGRAM + "version: 2027-1\nagreement: koss-agreement.md\n"


def told(folder: Path, text: str | bytes, program: str = NAMED) -> str:
    """What is said of a text."""
    write(folder, {"koss.yaml": program, "koss-agreement.md": text})
    return report(load(folder).problems)


def read(folder: Path, text: str, program: str = NAMED) -> Agreement | None:
    assert told(folder, text, program) == ""
    return load(folder).config.programs[0].agreement


def test_the_version_is_that_of_the_program_and_a_hash_of_the_text(tmp_path: Path) -> None:
    found = read(tmp_path, "# We agree\n\nEvery week.\n")
    assert found == Agreement("# We agree\n\nEvery week.", "f003128", "2027-1")
    assert found.version == "2027-1-f003128"
    without = read(tmp_path, "# We agree\n\nEvery week.", NAMED.replace("version: 2027-1\n", ""))
    assert without is not None and without.version == "f003128"


def test_blanks_at_the_edges_make_no_other_version_and_a_word_does(tmp_path: Path) -> None:
    texts = ("Every week.", "\n Every week.  \r\n\n", "Every other week.")
    marks = [found.mark for text in texts if (found := read(tmp_path, text))]
    assert marks[0] == marks[1] != marks[2]


def test_a_text_of_just_so_many_characters_fits(tmp_path: Path) -> None:
    assert read(tmp_path, "x" * CHARACTERS_MAX) is not None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "programs/koss-agreement.md This file is empty, and both are to agree to it.\n    Write what"),
        (" \n\n", "programs/koss-agreement.md This file is empty, and both are to agree to it."),
        ("x" * 2000 + "\n" + "y" * 2000, "programs/koss-agreement.md:2:1 This text has 4001 characters, and 4000 at most"),
        (b"We agree\n\xe4hm", "programs/koss-agreement.md:2:1 This file is not in UTF-8"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_used_is_one_mistake(
    tmp_path: Path, text: str | bytes, problem: str
) -> None:
    found = told(tmp_path, text)
    assert found.startswith(problem)
    assert found.count("programs/") == 1


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("koss-agreemnet.md", "agreement: koss-agreemnet.md  is not in the folder programs.\n    Did you mean koss-agreement.md?"),
        ("rules.md", "agreement: rules.md  is not in the folder programs.\n    Put the file there, or write another name."),
        ("password=hunter2.md", "agreement: (not shown)  is not in the folder programs."),
        ("../rules.md", "agreement: ../rules.md  is not the name of a file in the same folder."),
        ("agreement.docx", "agreement: agreement.docx  is not a text file."),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_one_mistake(tmp_path: Path, name: str, problem: str) -> None:
    found = told(tmp_path, "We agree.", PROGRAM + f"agreement: {name}\n")
    assert found.startswith(f"programs/koss.yaml:9:12 {problem}")
    assert found.count("programs/koss") == 1


def test_the_same_text_in_another_language_stands_beside_it_and_makes_no_other_version(
    tmp_path: Path,
) -> None:
    alone = read(tmp_path, "We agree.")
    write(tmp_path, {"koss-agreement.pt-BR.md": "O acordo.\n", "koss-agreement.de.md": "Wir."})
    both = read(tmp_path, "We agree.")
    assert alone is not None and both is not None
    assert (both.text, both.version) == (alone.text, alone.version)
    assert both.translations == (("de", "Wir."), ("pt-BR", "O acordo."))
    read_by = {each: both.lines(each) for each in ("en", "fr", "pt", "pt-PT", "de-AT")}
    assert read_by == {
        "en": ["We agree."], "fr": ["We agree."], "pt": ["O acordo."], "pt-PT": ["O acordo."],
        "de-AT": ["Wir."],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("koss-agreement.xx.md", "We agree.", "programs/koss-agreement.xx.md xx  is no language, and what stands there in a name says which one koss-agreement.md is in.\n    Name it like koss-agreement.pt-BR.md"),
        ("koss-agreement.portuguese.md", "We agree.", "programs/koss-agreement.portuguese.md portuguese  is no language, and what stands there in a name says which one koss-agreement.md is in.\n    Did you mean pt?"),
        ("koss-agreement.pr-BR.md", "O acordo.", "programs/koss-agreement.pr-BR.md pr-BR  is no language, and what"),
        ("koss-agreement.pt.md", "", "programs/koss-agreement.pt.md This file is empty, and both are to agree to it.\n    Write what the two agree to, or delete this file."),
        ("koss-agreement.draft.md", "We may.", "programs/koss-agreement.draft.md Warning: draft  is no language, so this file is not read.\n    Name it like koss-agreement.pt-BR.md, or in another way."),
        ("koss-agreement.old.md", "We did.", "programs/koss-agreement.old.md Warning: old  is no language, so this file is not read.\n    Name it like koss-agreement.pt-BR.md, or in another way."),
        ("koss-agreement.en.md", "We agree!", "programs/koss-agreement.en.md Warning: Who reads en gets this text and never koss-agreement.md, whose version they agree to.\n    Keep one of the two: koss-agreement.md is that of the program."),
    ],
)  # fmt: skip
def test_a_translation_that_cannot_be_used_is_one_mistake(
    tmp_path: Path, name: str, text: str, problem: str
) -> None:
    write(tmp_path, {name: text})
    found = told(tmp_path, "We agree.")
    assert found.startswith(problem)
    assert found.count("programs/") == 1


def test_a_translation_without_the_text_itself_is_one_mistake(tmp_path: Path) -> None:
    write(tmp_path, {"koss.yaml": NAMED, "koss-agreement.pt-BR.md": "O acordo."})
    found = report(load(tmp_path).problems)
    assert found.startswith(
        "programs/koss.yaml:10:12 agreement: koss-agreement.md  is not in the folder programs.\n"
        "    Put the file there, or write another name."
    )


def test_a_draft_stops_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"koss-agreement.draft.md": "We may."})
    told(tmp_path, "We agree.")
    found = load(tmp_path)
    assert report(found.errors) == ""
    assert [each.agreement and each.agreement.text for each in found.config.programs] == [
        "We agree."
    ]


PORTUGUESE = NAMED.replace("timezone", "language: pt-BR\ntimezone")


@pytest.mark.parametrize(
    ("files", "problem", "read_by"),
    [
        (
            {"koss-agreement.PT-br.md": "Um.", "koss-agreement.pt-BR.md": "Dois."},
            "programs/koss-agreement.PT-br.md Warning: This file is not read: koss-agreement.pt-BR.md is in pt-BR as well, and that one counts.\n    Keep one of the two.",
            {"pt-BR": "Dois.", "pt": "Dois."},
        ),
        (
            {"koss-agreement.pt-BR.md": "Dois.", "koss-agreement.pt-br.md": "Um."},
            "programs/koss-agreement.pt-br.md Warning: This file is not read: koss-agreement.pt-BR.md is in pt-BR as well, and that one counts.\n    Keep one of the two.",
            {"pt-BR": "Dois.", "pt": "Dois."},
        ),
        (
            {"koss-agreement.pt.md": "Um.", "koss-agreement.pt-BR.md": "Dois."},
            "programs/koss-agreement.pt-BR.md Warning: Who reads pt-BR gets this text alone, and all others of pt get koss-agreement.pt.md.\n    Keep one of the two, if both are the same text.",
            {"pt-BR": "Dois.", "pt": "Um.", "pt-PT": "Um."},
        ),
        ({"koss-agreement.pt-BR.md": "Um.", "koss-agreement.pt-PT.md": "Dois."}, "", {"pt-BR": "Um.", "pt-PT": "Dois."}),
        ({"koss-agreement.en.md": "We agree!"}, "", {"en": "We agree!", "pt-BR": "O acordo."}),
    ],
    ids=["two spellings", "in the other order", "a language and one of its countries", "two countries", "English beside Portuguese"],
)  # fmt: skip
def test_of_two_files_for_one_language_it_is_said_which_counts(
    tmp_path: Path, files: dict[str, str], problem: str, read_by: dict[str, str]
) -> None:
    write(tmp_path, files)
    assert told(tmp_path, "O acordo.", PORTUGUESE) == problem
    (program,) = load(tmp_path).config.programs
    assert program.agreement is not None
    assert {each: program.agreement.lines(each) for each in read_by} == {
        language: [text] for language, text in read_by.items()
    }


def test_a_text_that_another_program_names_is_no_translation(tmp_path: Path) -> None:
    other = NAMED.replace("Ben Das <ben@", "Chi Lin <chi@").replace("koss@", "thesis@")
    other = other.replace("koss-agreement.md", "koss-agreement.2027.md")
    files = {
        "koss.yaml": NAMED,
        "thesis.yaml": other,
        "koss-agreement.md": "We agree.",
        "koss-agreement.2027.md": "We do.",
    }
    loaded = load(write(tmp_path, files))
    assert report(loaded.errors) == ""
    assert [each.agreement.text for each in loaded.config.programs if each.agreement] == [
        "We agree.", "We do.",
    ]  # fmt: skip


def test_two_programs_may_share_a_text_and_its_mistake_is_told_once(tmp_path: Path) -> None:
    other = NAMED.replace("Ben Das <ben@", "Chi Lin <chi@").replace("koss@", "thesis@")
    files = {"koss.yaml": NAMED, "thesis.yaml": other, "koss-agreement.md": "We agree."}
    loaded = load(write(tmp_path, files))
    assert report(loaded.errors) == ""
    marks = {each.agreement.mark for each in loaded.config.programs if each.agreement}
    assert len(marks) == 1 and len(loaded.config.programs) == 2
    write(tmp_path, {"koss-agreement.md": ""})
    assert report(load(tmp_path).errors).count("This file is empty") == 1
