"""What is shipped under config/ and docs/settings.md: good, complete, and up to date.

Not what wrong files are answered with: that is tests/settings.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import fields

from daemon.domain.people import ROLES, LetterRules, Line, Person
from daemon.domain.program import Program
from daemon.settings import load, report, summary
from daemon.settings.account_table import ACCOUNT, WHOLE
from daemon.settings.document import document
from daemon.settings.letter_table import OF_A_PAIR
from daemon.settings.preset_files import preset_file, preset_values
from daemon.settings.presets import PRESETS
from daemon.settings.program_table import PROGRAM
from daemon.settings.roster_table import PAIRING, PERSON, SHEET, STRETCH
from daemon.settings.setting import Setting

ROOT = Path(__file__).parent.parent
TABLES = {
    "program": PROGRAM,
    "pairing": PAIRING,
    "sheet": SHEET,
    "person": PERSON,
    "stretch": STRETCH,
    "account": ACCOUNT,
    "whole": WHOLE,
}
EACH = [(name, setting) for name, table in TABLES.items() for setting in table]


def test_the_shipped_configuration_is_good() -> None:
    loaded = load(ROOT / "config")
    assert loaded.problems == ()
    assert summary(loaded.config) == (
        "OK. 3 pairings, 5 people, weekly 30 min. Nothing has been sent. Next: run.py plan"
    )
    assert [program.first_run for program in loaded.config.programs] == ["hold"]


def test_the_shipped_example_of_a_roster_is_good() -> None:
    """What it is answered with: tests/cli/test_check.py."""
    loaded = load(ROOT / "config" / "examples" / "two-programs")
    assert loaded.problems == ()
    eva = {
        line.person(role)
        for line in loaded.config.lines
        for role in ROLES
        if line.person(role).id == "eva-roy"
    }
    assert [person.zone for person in eva] == ["America/Toronto"]


def test_the_cast_of_the_demo() -> None:
    lines = load(ROOT / "config" / "demo").config.lines
    assert [(line.pairing, line.mentor.zone, line.mentee.zone, line.anchor) for line in lines] == [
        ("ana-rao-ben-das", "Europe/Berlin", "Asia/Kolkata", "Europe/Berlin"),
        ("ana-rao-chi-lin", "Europe/Berlin", "Asia/Taipei", "Europe/Berlin"),
        ("rui-alves-eva-roy", "America/Sao_Paulo", "America/Toronto", "America/Sao_Paulo"),
    ]


def test_the_documented_settings_are_those_that_are_read() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == document(), (
        "run: python -m daemon.settings > docs/settings.md"
    )


def test_every_field_of_a_program_can_be_set() -> None:
    # of_pair: what two have agreed on, laid over the program's where their line is decided
    made = {"id", "asks", "thoughts", "agreement", "of_pair"}
    settable = {name for setting in PROGRAM for name in setting.fields} | made
    assert settable == {field.name for field in fields(Program)}


def test_every_field_of_a_pairing_and_of_a_person_can_be_set() -> None:
    # who organizes is said by the program for all its pairings; who has left a group no file says; for whom
    # somebody stands in, the entry of that other pairing
    elsewhere = {"program", "organizer", "former", "stands_in"}
    settable = {name for setting in PAIRING for name in setting.fields}
    assert len(OF_A_PAIR) == len(fields(LetterRules)) + 1  # and `between`
    settable = settable - set(OF_A_PAIR) | elsewhere | {"letters", "between"}
    assert settable == {field.name for field in fields(Line)}
    # whether busy times are shared stands in the account, beside the one they are shared with
    settable = {name for setting in PERSON for name in setting.fields} | {"shares_busy"}
    assert settable == {field.name for field in fields(Person)}


def test_a_setting_has_a_meaning_of_its_own() -> None:
    for table in TABLES.values():
        meanings = [setting.meaning for setting in table]
        assert len(set(meanings)) == len(meanings)
        assert all(meanings)


def test_what_is_commented_out_in_the_shipped_files_is_good(tmp_path: Path) -> None:
    """A newcomer takes the sign away and it works."""
    for name in ("programs/koss.yaml", "people.yaml"):
        text = (ROOT / "config" / name).read_text(encoding="utf-8")
        with_examples = re.sub(r"^( *)# (?=[a-z_]+:|  - )", r"\1", text, flags=re.MULTILINE)
        assert with_examples != text
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(with_examples, encoding="utf-8")
    loaded = load(tmp_path)
    assert report(loaded.problems) == ""
    assert loaded.config.programs[0].breaks and loaded.config.programs[0].holidays
    people = {
        person.id: person for line in loaded.config.lines for person in (line.mentor, line.mentee)
    }
    assert people["ana-rao"].away and people["ana-rao"].blackout and people["ana-rao"].holidays


@pytest.mark.parametrize(
    ("table", "setting"), EACH, ids=lambda value: getattr(value, "name", value)
)
def test_examples_and_defaults_are_what_the_table_allows(table: str, setting: Setting) -> None:
    if setting.nested:
        return
    setting.kind.parse(setting.example)
    default = setting.default_shown()
    if setting.fields and not setting.default and default:
        shown = setting.kind.show(setting.kind.parse(default))
        assert shown == default


def test_every_preset_says_what_a_program_may_say() -> None:
    assert {each.stem for each in preset_file("x").parent.glob("*.yaml")} == set(PRESETS)
    for preset in PRESETS:
        assert {"cadence", "length_minutes"} <= preset_values(preset).keys()
