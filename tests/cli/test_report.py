"""`report`: the measures on the screen, for machines and as a page of a wiki, and what is a wrong call.

Not the measures: tests/stories/test_measures.py.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.cli.acted import Village

MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
NAMES = ("Ada", "Abe", "Bo", "Bea", "example.org", "mentor", "mentee")


@pytest.fixture
def made(tmp_path: Path) -> Village:
    """Six pairs, a fortnight after their first 1:1, of which one fell out and has a new time."""
    village = Village(tmp_path / "mine", 6, MONDAY)
    village.all_running()
    village.passes(days=9)
    return village


def test_headline_first_and_nobody_is_named(made: Village) -> None:
    shown = made.run("report")
    assert (shown.code, shown.err) == (0, "")
    assert (
        shown.out
        == """\
KOSS 1:1s, 9 Dec 2026 to 6 Jan 2027
  time to repair        too few to say
  fell out              0
  1:1s due              6
  took place            6 of 6 (100 %)
  confirmed by a word   0
  presumed, by silence  6
  both take part        100 % of the pairings that run
  to-dos done           0
  pairings              6 active
"""
    )
    assert not [name for name in NAMES if name in shown.out]


def test_for_machines_and_as_a_page_of_a_wiki(made: Village) -> None:
    (facts,) = json.loads(made.run("report", "--json").out)["programs"]
    assert (facts["program"], facts["due"], facts["adherence_percent"]) == ("koss", 6, 100)
    assert facts["median_minutes_to_repair"] is None
    assert facts["since"] == "2026-12-08T23:00:00Z"
    page = made.run("report", "--markdown", "--weeks", "1").out
    front, _, text = page.removeprefix("---\n").partition("\n---\n")
    head = yaml.safe_load(front)
    assert (head["title"], head["program"], head["due"]) == ("KOSS 1:1s: measures", "koss", 6)
    assert str(head["since"]) == "2026-12-30"
    assert text.startswith(
        "\n# KOSS 1:1s: 30 Dec 2026 to 6 Jan 2027\n\n| measure | |\n|--|--|\n| time to repair |"
    )
    assert not [name for name in NAMES if name in page]


def test_since_a_day(made: Village) -> None:
    shown = made.run("report", "--since", "2027-01-06", "--json")
    assert json.loads(shown.out)["programs"][0]["due"] == 0
    shown = made.run("report", "--since", "2027-01-05", "--json", "--program", "koss")
    assert json.loads(shown.out)["programs"][0]["due"] == 6


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--weeks", "2", "--since", "2027-01-05"), "say --weeks or --since, not both\n"),
        (("--json", "--markdown"), "say --json or --markdown, not both\n"),
        (("--since", "2027-01-07"), "--since 2027-01-07 is still to come\n"),
        (
            ("--since", "2026-01-05"),
            "--since 2026-01-05 is too far back: counts are kept for 365 days (docs/privacy.md)\n",
        ),
        (("--program", "kos"), "there is no program 'kos'. Did you mean koss?\n"),
        (("--program", "zebra"), "there is no program 'zebra'. There are: koss.\n"),
    ],
)
def test_wrong_calls(made: Village, said: tuple[str, ...], told: str) -> None:
    shown = made.run("report", *said)
    assert (shown.code, shown.out, shown.err) == (2, "", told)


def test_a_page_is_about_one_program(made: Village) -> None:
    second = made.program.read_text().replace("KOSS 1:1s", "Second").partition("pairings:")[0]
    made.program.with_name("second.yaml").write_text(second + "pairings: []\n")
    made.run("once")
    shown = made.run("report", "--markdown")
    assert shown.code == 2
    assert "one page is about one program: add --program koss or second" in shown.err
    assert made.run("report", "--markdown", "--program", "second").out.count("# Second: ") == 1
    assert made.run("report").out.count(" Dec 2026 to ") == 2


def test_before_the_first_beat_there_is_nothing_to_count(tmp_path: Path) -> None:
    village = Village(tmp_path / "mine", 1, MONDAY)
    shown = village.run("report")
    assert (shown.code, shown.out) == (1, "")
    assert "there is no store" in shown.err
