"""Banks of questions: those that ship, and every mistake in one with its line.

Not which question is chosen: tests/decide/test_ideas.py.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import validate

from daemon.settings import load, report
from daemon.settings.schema import schema
from tests.settings.folders import PROGRAM, write

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = "- {ask: What is on your mind?, theme: check-in, need: personal}\n"


def told(config: Path, bank: str, said: str = "questions: own\n") -> str:
    """What is said of a bank."""
    write(config, {"koss.yaml": PROGRAM + said})
    (config / "questions").mkdir()
    (config / "questions" / "own.yaml").write_text(bank, encoding="utf-8")
    return report(load(config).problems)


@pytest.mark.parametrize("name", ["koss", "practical"])
def test_what_ships_is_read_without_a_word_and_credited(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"koss.yaml": PROGRAM + f"questions: [{name}]\n"})
    loaded = load(tmp_path)
    assert loaded.problems == ()
    (program,) = loaded.config.programs
    assert program.banks == (name,)
    for role in ("mentor", "mentee"):
        fitting = [each for each in program.asks if each.by in (role, "both")]
        assert len(fitting) >= 6 and {each.need for each in fitting} == {"personal", "practical"}
        assert any(each.from_meeting == 1 and not each.sensitive for each in fitting)
    assert all(each.text.endswith("?") for each in program.asks)
    assert {each.theme for each in program.asks if each.sensitive} <= {"diversity"}
    bank = yaml.safe_load((ROOT / "config" / "questions" / f"{name}.yaml").read_text())
    assert bank["credit"].startswith("After ")
    validate(bank, json.loads(schema("questions")))


@pytest.mark.parametrize(
    ("bank", "problem"),
    [
        (f"questions:\n  {GOOD}", "questions/own.yaml:1:1 credit:  is missing.\n    Add a line like credit: After"),
        ("credit: ours\n", "questions/own.yaml:1:1 questions:  is missing."),
        (f"credit: ours\nquestions:\n  {GOOD}  {GOOD.replace('mind?', 'MIND')}", "questions/own.yaml:4:5 “What is on your MIND”  stands in line 3 already.\n    Remove one of the two."),
        ("credit: ours\nquestions:\n  - {ask: How?, theme: work, need: both}\n", "questions/own.yaml:3:36 need: both  is not known.\n    Allowed: personal or practical."),
        ("credit: ours\nquestions:\n  - {ask: How?, theme: work, need: personal, from_meeting: 0}\n", "questions/own.yaml:3:60 from_meeting: 0  is outside 1 to 60."),
        ("credit: ours\nquestions:\n  - {ask: How?, theme: work, need: personal, stage: 2}\n", "questions/own.yaml:3:46 stage:  is not a setting."),
        ("credit: ours\nquestions:\n  - How?\n", "questions/own.yaml:3:5 A question has at least ask:, theme: and need:."),
        ("credit: ours\nquestions: How?\n", "questions/own.yaml:2:12 questions:  is not a list."),
        ("- How?\n", "questions/own.yaml:1:1 This file holds no bank (credit: and questions:)."),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line(tmp_path: Path, bank: str, problem: str) -> None:
    assert problem in told(tmp_path, bank)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("questions: onw\n", "questions: onw  has no file questions/onw.yaml.\n    Did you mean own?"),
        ("questions: elsewhere\n", "questions: elsewhere  has no file questions/elsewhere.yaml.\n    Write that file; there are: koss, own, practical."),
        ("questions: own\nthemes_left_out: [check-inn]\n", "themes_left_out: check-inn  is the theme of no question here.\n    Did you mean check-in?"),
        ("questions: a bank\n", "is not 1 to 40 small letters"),
    ],
)  # fmt: skip
def test_what_a_program_says_of_them_has_to_be_there(tmp_path: Path, said: str, problem: str) -> None:  # fmt: skip
    assert problem in told(tmp_path, f"credit: ours\nquestions:\n  {GOOD}", said)


def test_a_bank_of_ones_own_counts_instead_of_one_that_came_along(tmp_path: Path) -> None:
    write(tmp_path, {"koss.yaml": PROGRAM + "questions: koss\n"})
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "koss.yaml").write_text(f"credit: ours\nquestions:\n  {GOOD}")
    (program,) = load(tmp_path).config.programs
    assert [each.text for each in program.asks] == ["What is on your mind?"]


def test_a_bank_says_in_which_language_it_is(tmp_path: Path) -> None:
    bank = f"credit: ours\nlanguage: pt_br\nquestions:\n  {GOOD}"
    assert told(tmp_path, bank, "questions: own, practical\n") == ""
    (program,) = load(tmp_path).config.programs
    assert {(each.text == "What is on your mind?", each.language) for each in program.asks} == {
        (True, "pt-BR"), (False, "en"),
    }  # fmt: skip


def test_a_language_that_nobody_knows_is_one_mistake(tmp_path: Path) -> None:
    bank = f"credit: ours\nlanguage: Portuguese\nquestions:\n  {GOOD}"
    assert told(tmp_path, bank) == (
        "questions/own.yaml:2:11 language: Portuguese  is not known.\n    Did you mean pt?"
    )


def test_a_bank_that_nobody_uses_is_not_read(tmp_path: Path) -> None:
    assert "own.yaml" not in told(tmp_path, "- nonsense\n", "")
