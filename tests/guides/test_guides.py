"""Every row of the five guides is met and proved, put off and counted, or judged to be no matter of software, with the reason.

Not what proves it: that stands in the row, and is run like every test.
"""

from __future__ import annotations

import ast
import os
import re
from functools import cache
from pathlib import Path

import pytest

from daemon.settings.program_table import PROGRAM
from tests.guides.book import document, proofs
from tests.guides.row import Row
from tests.guides.rows import ROWS
from tests.stories.book import book
from tests.stories.rows import ROWS as RULES

ROOT = Path(__file__).resolve().parent.parent.parent
IDS = [
    f"S{guide}.{number}"
    for guide, (first, last) in enumerate(((1, 18), (1, 16), (1, 29), (1, 15), (1, 16)))
    for number in range(first, last + 1)
]
NOT_OURS_MOST = 4
STORIES = book()


def test_every_row_is_here_once_and_in_order() -> None:
    assert [row.id for row in ROWS] == IDS and len(IDS) == 94


def test_these_are_the_rows_of_the_requirements() -> None:
    path = Path(os.environ.get("ONEONONE_SHARED", "../shared")) / "REQUIREMENTS.md"
    if not path.is_file():
        pytest.skip("the requirements are not here; set ONEONONE_SHARED to their folder")
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^\|(S\d\.\d+)\|", text, re.MULTILINE) == IDS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_names_what_is_there(row: Row) -> None:
    names = {each.name for each in PROGRAM} | {"link"}
    assert set(row.rules) <= RULES.keys()
    assert set(row.settings) <= names, set(row.settings) - names
    for letter in row.letters:
        assert (ROOT / "templates" / "en" / f"{letter}.md").is_file(), letter
    for proof in row.tests:
        path, _, name = proof.partition("::")
        assert name in _tests_of(path) or not name, proof
        assert _tests_of(path), proof


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_proved_or_says_why_not(row: Row) -> None:
    assert row.asks and (row.does or row.later or row.not_ours)
    if not row.later and not row.not_ours:
        assert any("::" in each or each in row.tests for each in proofs(row, STORIES)), (
            "nothing proves it"
        )


def test_few_rows_are_no_matter_of_software() -> None:
    left_out = [row for row in ROWS if row.not_ours]
    assert len(left_out) <= NOT_OURS_MOST
    assert all(row.not_ours.endswith(".") and not row.later for row in left_out)


def test_the_page_says_how_many_rows_rest_on_a_preset_and_how_many_do_not() -> None:
    met = [row for row in ROWS if not row.later and not row.not_ours]
    without = sum(row.presets == {} for row in met)
    head = document().partition("\n## ")[0]
    assert f"{len(met) - without} rest on something that a preset sets" in head
    assert f"The other {without} name nothing of a preset" in head


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "guides.md").read_text(encoding="utf-8") == document(), (
        "run: python -m tests.guides.book > docs/guides.md"
    )


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
