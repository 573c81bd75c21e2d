"""docs/alarms.md says what the code does: every alarm, every variable, the JSON, a file that passes `check`.

Not whether they come: tests/cli/test_alarms.py.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from connectors.alarms import ways
from daemon.domain.alarm import MEANING, Alarm
from daemon.domain.program import Alarms
from daemon.settings import load, report
from tests.settings.folders import TEN_LINES, write

PAGE = (Path(__file__).parent.parent / "docs" / "alarms.md").read_text(encoding="utf-8")
ELEVEN = datetime(2026, 10, 12, 11, tzinfo=UTC)
ALARM = Alarm("on-hold", "begins", 1, ELEVEN, ELEVEN)


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_every_alarm_stands_there_in_its_own_words() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*?) \|", PAGE, re.MULTILINE))
    assert rows == MEANING


def test_the_json_is_what_is_sent() -> None:
    assert json.loads(block("json")) == ways.document(ALARM)


def test_every_variable_of_the_command_is_named() -> None:
    named = set(re.findall(r"`(ONEONONE_[A-Z]+)`", PAGE))
    assert named == {name for name in ways.environment(ALARM) if name.startswith("ONEONONE_")}
    for name in ways.PASSED_ON:
        assert f"`{name}`" in PAGE


def test_the_settings_pass_check(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, {"koss.yaml": TEN_LINES, "oneonone.yaml": block("yaml")}))
    assert report(loaded.problems) == ""
    assert loaded.config.alarms == Alarms(
        "https://alarms.example.org/oneonone", ("logger", "-t", "oneonone", "an alarm")
    )


def test_the_seconds_are_those_of_the_code() -> None:
    assert f"within {ways.POST_SECONDS:.0f} seconds" in PAGE
    assert f"has {ways.COMMAND_SECONDS:.0f} seconds" in PAGE
