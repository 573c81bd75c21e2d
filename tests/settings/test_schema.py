"""The JSON Schemas that ship for editors: up to date, true of every good file, and against what they can see.

Not the check: tests/settings/test_wrong_*.py. A schema may let pass what `check` refuses, never the other way.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from daemon.settings.account_table import ACCOUNT, WHOLE
from daemon.settings.program_table import PROGRAM
from daemon.settings.roster_table import PAIRING, PERSON, STRETCH
from daemon.settings.schema import FILES, schema
from daemon.settings.setting import Setting
from tests.settings.folders import TEN_LINES

ROOT = Path(__file__).resolve().parents[2]


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date is text, and so is NO."""


Core.yaml_implicit_resolvers = {}
for kind, pattern, first in (
    ("bool", "true|false", "tf"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"(?:{pattern})$"), first)


def wrong(file: str, text: str) -> list[str]:
    """What an editor would underline."""
    found = Draft202012Validator(json.loads(schema(file))).iter_errors(yaml.load(text, Core))
    return sorted(f"{'/'.join(map(str, each.path))}: {each.message}" for each in found)


@pytest.mark.parametrize("file", FILES)
def test_what_ships_is_what_the_tables_say(file: str) -> None:
    path = ROOT / "config" / "schema" / f"{file}.json"
    assert path.read_text(encoding="utf-8") == schema(file), (
        f"run: python -m daemon.settings {file} > config/schema/{file}.json"
    )
    Draft202012Validator.check_schema(json.loads(schema(file)))


SHIPPED = {
    "program": [*ROOT.glob("config/**/programs/*.yaml"), *ROOT.glob("tests/simulate/*/programs/*.yaml")],
    "people": [*ROOT.glob("config/**/people.yaml")],
    "oneonone": [ROOT / "config" / "oneonone.yaml"],
    "preset": [*ROOT.glob("config/presets/*.yaml")],
    "questions": [*ROOT.glob("config/questions/*.yaml")],
}  # fmt: skip


@pytest.mark.parametrize(("file", "path"), [(file, path) for file in SHIPPED for path in SHIPPED[file]])  # fmt: skip
def test_every_good_file_pleases_it(file: str, path: Path) -> None:
    assert wrong(file, path.read_text(encoding="utf-8")) == []


def test_the_ten_lines_please_it() -> None:
    assert wrong("program", TEN_LINES) == []


@pytest.mark.parametrize("file", FILES)
def test_a_shipped_file_says_which_one_is_its_own(file: str) -> None:
    for path in ROOT.glob("config/**/*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / named).is_file(), path


def lines(table: tuple[Setting, ...]) -> str:
    """Every setting of a block, each with its example."""
    return "".join(f"{each.name}: {each.example}\n" for each in table if not each.nested)


def indented(text: str, first: str) -> str:
    """The same as one entry below something."""
    rows = text.splitlines()
    return "\n".join([f"  {first}{rows[0]}", *(f"    {row}" for row in rows[1:])]) + "\n"


def test_every_example_of_every_setting_pleases_it() -> None:
    whole = lines(PROGRAM) + "pairings:\n" + indented(lines(PAIRING), "- ")
    assert wrong("program", whole) == []
    assert (
        wrong("people", "- " + indented(lines(PERSON), "").strip().replace("\n    ", "\n  ")) == []
    )
    accounts = "accounts:\n  ana@example.org:\n    " + lines(ACCOUNT).replace("\n", "\n    ")
    assert wrong("oneonone", accounts.rstrip() + "\n") == []
    assert {each.name for each in STRETCH} == {"from", "to", "name"}
    assert {each.name for each in WHOLE} == {
        *(
            "accounts",
            "microsoft_client_id",
            "microsoft_tenant",
            "microsoft_application",
            "alarm_url",
            "alert_command",
            "google_client_id",
            "google_service_account",
            "web",
            "web_listen",
        ),
        *("google_a_minute_each", "google_a_minute", "google_a_day"),
    }


UNDERLINED = {
    "quiet_hour: 21:00-07:00": ": Additional properties are not allowed ('quiet_hour' was unexpected)",
    "cadence: []": "cadence: [] is not of type 'string'",
    "rounds: 99": "rounds: 99 is greater than the maximum of",
    "preset: kos": "preset: 'kos' is not one of ['koss', 'practical', 'wealljs', 'ctan', 'km']",
    "ok: maybe": "ok: 'maybe' is not of type 'boolean'",
}


@pytest.mark.parametrize("line", UNDERLINED)
def test_what_an_editor_can_see_is_underlined(line: str) -> None:
    text = (
        f"{TEN_LINES}{line}\n" if "preset" not in line else TEN_LINES.replace("preset: koss", line)
    )
    found: list[Any] = wrong("program", text)
    assert len(found) == 1 and found[0].startswith(UNDERLINED[line]), found


def test_what_is_needed_and_missing_is_underlined() -> None:
    text = TEN_LINES.replace("name: KOSS 1:1s\n", "")
    assert wrong("program", text) == [": 'name' is a required property"]
