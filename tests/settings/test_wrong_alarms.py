"""Alarms that could not be told, or would be told to everybody: what `check` says of each.

Not good ones: tests/test_alarms_page.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, write


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "alarm_url: http://alarms.example.org/x",
            "alarm_url: http://alarms.example.org/x  is not encrypted.\n    Write https://alarms.example.org/x",
        ),
        (
            "alarm_url: https://pat:hunter2@alarms.example.org/",
            "has a name or password in it.\n    Use an address that needs neither.",
        ),
        (
            "alarm_url: alarms.example.org",
            "is not a web address.\n    Write https://alarms.example.org",
        ),
        ("alarm_url: https://[::1", "is not a web address."),
        ("alarm_url: [https://a.example.org]", "is one value, not a list or a block."),
        (
            "alert_command: logger -t oneonone",
            "has blanks, and no shell takes it apart.\n    Write a list: [logger, -t, oneonone]",
        ),
        ("alert_command: []", "names no program."),
        ('alert_command: ["", x]', "names no program."),
        ("alert_command: [logger, {a: b}]", "is one value, not a list or a block."),
        ("alarm_ulr: https://a.example.org", "is not a setting.\n    Did you mean alarm_url?"),
    ],
)
def test_an_alarm_that_cannot_be(tmp_path: Path, line: str, told: str) -> None:
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "oneonone.yaml": f"{line}\n"}))
    assert told in report(loaded.errors)
    assert "hunter2" not in report(loaded.errors)


@pytest.mark.parametrize("url", ["http://localhost:8080/x", "http://127.0.0.1/", "http://[::1]:9/"])
def test_this_machine_needs_no_encryption(tmp_path: Path, url: str) -> None:
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "oneonone.yaml": f"alarm_url: {url}\n"}))
    assert (report(loaded.errors), loaded.config.alarms.url) == ("", url)
