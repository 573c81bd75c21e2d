"""`meeting_types:` and its neighbours: every mistake with its line, and the same lines in a preset.

Not good files: test_every_field.py. Not what follows from an agenda: tests/decide/test_meeting_types.py.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from daemon.domain.agenda import Agenda, Block
from daemon.settings import load, report
from daemon.settings.agenda_kinds import Agendas, Lines
from daemon.settings.kinds import Wrong
from daemon.settings.schema import schema
from tests.settings.folders import PROGRAM, write

SEVEN = "".join(f"    - 5 part {number}\n" for number in range(7))
KNOWN = "Allowed: career, catch_up, closing, first, monthly_review or regular."
LINE = "For example: - 5 how you are"


@pytest.mark.parametrize(
    ("agendas", "problem"),
    [
        ("  regular:\n    - 0 how you are\n", "koss.yaml:11:7 regular: 0 how you are  is outside 1 to 240 minutes.\n    " + LINE),
        ("  regular:\n    - how you are\n", "koss.yaml:11:7 regular: how you are  is not minutes and words.\n    " + LINE),
        ("  regular:\n    - 5\n", "koss.yaml:11:7 regular: 5  is not minutes and words.\n    " + LINE),
        ("  regular:\n    - 5 min how you are\n", "koss.yaml:11:7 regular: 5 min how you are  names the unit.\n    Write 5 how you are (minutes are meant anyway)."),
        ("  regular:\n    - 5 minutes\n", "koss.yaml:11:7 regular: 5 minutes  names the unit.\n    " + LINE),
        (f"  regular:\n    - 5 {'x' * 41}\n", f"koss.yaml:11:7 regular: 5 {'x' * 41}  is longer than 40 characters.\n    " + LINE),
        ("  regular:\n    - [5, how]\n", "koss.yaml:11:7 regular:  has a block that is no line of text.\n    " + LINE),
        ("  regular:\n    - 5 first: you\n", 'koss.yaml:11:7 regular:  has a block with a colon, which YAML takes for a name.\n    Put the whole line in quotes, if it is meant: - "5 how you are"'),
        (f"  regular:\n{SEVEN}", "koss.yaml:17:7 regular:  has more than 6 blocks.\n    Put some of them together"),
        ("  regular: 30 all\n", "koss.yaml:10:12 regular:  has no list of blocks.\n    Begin each block with a hyphen"),
        ("  regular: []\n", "koss.yaml:10:12 regular:  has no list of blocks."),
        ("  monthly-review:\n    - 30 all\n", "koss.yaml:10:3 meeting_types: monthly-review  is no type of 1:1.\n    Did you mean monthly_review?"),
        ("  kickoff:\n    - 30 all\n", f"koss.yaml:10:3 meeting_types: kickoff  is no type of 1:1.\n    {KNOWN}"),
        ("  first:\n    - 30 all\n  first:\n    - 20 some\n", "koss.yaml:12:3 first:  is here twice, first in line 10.\n    Keep one of the two."),
        ("  - 30 all\n", "koss.yaml:10:3 meeting_types:  is not a block of types.\n    Write each type on a line of its own (regular:)"),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line(tmp_path: Path, agendas: str, problem: str) -> None:
    text = f"{PROGRAM}meeting_types:\n{agendas}"
    loaded = load(write(tmp_path, text))
    assert f"programs/{problem}" in report(loaded.problems)
    assert len(loaded.problems) == 1


def test_a_program_says_nothing_of_them_by_default(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, PROGRAM))
    assert loaded.config.programs[0].meeting_types == ()


def test_they_are_not_known_of_a_single_pairing(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, PROGRAM + "    meeting_types: {regular: [30 all]}\n"))
    assert "meeting_types:  is not a setting here." in report(loaded.problems)


def test_a_preset_writes_the_same_lines() -> None:
    text = "first:\n  - 40 what you hope for\n  - 20 how you work\nregular:\n  - 30 your topics\n"
    assert Agendas().parse(text) == (
        Agenda("first", (Block(40, "what you hope for"), Block(20, "how you work"))),
        Agenda("regular", (Block(30, "your topics"),)),
    )
    assert Agendas().show(Agendas().parse(text)) == "first, regular"
    for wrong in ("frist:\n  - 30 all", "first:\n  - 0 all", "- 30 all"):
        with pytest.raises(Wrong):
            Agendas().parse(wrong)


@pytest.mark.parametrize(
    ("agendas", "wrong"),
    [
        ({"first": ["5 how you are"]}, False),
        ({"frist": ["5 how you are"]}, True),
        ({"first": []}, True),
        ({"first": ["5 x"] * 7}, True),
        ({"first": ["how you are"]}, True),
        ({"first": ["0 how you are"]}, True),
        ({"first": "5 how you are"}, True),
    ],
)
def test_what_an_editor_underlines(agendas: object, wrong: bool) -> None:
    whole = json.loads(schema("program"))["properties"]["meeting_types"]
    assert bool(list(Draft202012Validator(whole).iter_errors(agendas))) == wrong


FIVE = "".join(f"  - Part {number}?\n" for number in range(5))


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (f"prep_asks:\n{FIVE}", "koss.yaml:14:5 prep_asks:  has more than 4 lines.\n    Keep those that matter most"),
        (f"notes_asks:\n{FIVE}", "koss.yaml:14:5 notes_asks:  has more than 4 lines."),
        (f"prep_asks: {'x' * 81}\n", f"koss.yaml:9:12 prep_asks: {'x' * 59}…  is longer than 80 characters."),
        (f"notes_asks:\n  - How?\n  - {'x' * 81}\n", f"koss.yaml:11:5 notes_asks: {'x' * 59}…  is longer than 80 characters."),
        ("prep_asks:\n  - {How: now}\n", "koss.yaml:10:5 prep_asks:  is one value, not a list or a block."),
        ("prep_asks: |\n  1\n  2\n  3\n  4\n  5\n", "has more than 4 lines.\n    Keep those that matter most."),
    ],
)  # fmt: skip
def test_few_and_short_lines_are_asked(tmp_path: Path, lines: str, problem: str) -> None:
    loaded = load(write(tmp_path, f"{PROGRAM}{lines}"))
    assert problem in report(loaded.problems)
    assert len(loaded.problems) == 1


def test_lines_of_a_preset_stand_one_below_the_other() -> None:
    assert Lines().parse("What came of it?\nWhich help, and whose?\n") == (
        "What came of it?",
        "Which help, and whose?",
    )
    with pytest.raises(Wrong):
        Lines().parse("1\n2\n3\n4\n5")
