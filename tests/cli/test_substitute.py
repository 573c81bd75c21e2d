"""A substitute from the file on: named there, agreed on by mail, and taken out again, with real files and commands.

Not the weeks of it, letter by letter: tests/stories/test_substitute.py.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.cli.acted import Village

MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
BLOCK = "    substitute: {mentor: Cy Oak <cy@example.org>, from: 2027-01-18, to: 2027-02-12}\n"


def beats(made: Village, hours: int) -> None:
    """So many hours with a beat in each half of them."""
    for _ in range(2 * hours):
        made.passes(minutes=30)
        assert made.run("once").code == 0


def test_named_in_the_file_agreed_on_by_mail_and_taken_out_again(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.all_running()
    made.passes(days=7)
    made.run("once")
    made.rewrite("    at: Tue 10:00\n", f"    at: Tue 10:00\n{BLOCK}")
    assert made.run("check").code == 0
    beats(made, 2)
    made.says("cy@example.org", "welcome-mentor-connected", "YES")
    beats(made, 1)
    made.says("abe@example.org", "welcome-mentee", "1")
    beats(made, 1)
    stands_in = "  Ada & Abe: rests from Mon 18 Jan 2027 to Fri 12 Feb 2027: Cy Oak stands in (abe-elm-cy-oak-20270118, agreed)"
    assert stands_in in made.run("why", "ada").out.split("\n")
    assert coming(made) == [
        "Tue 5 Jan 2027 10:00 Berlin  ada-ash-abe-elm  Ada & Abe",
        "Mon 18 Jan 2027 14:00 Berlin  abe-elm-cy-oak-20270118  Cy & Abe",
    ]
    made.rewrite(BLOCK, "")
    assert made.facts("plan")["files"]["differences"] == [
        "substitute: Cy Oak, 2027-01-18 to 2027-02-12 → nothing (1 pairing)"
    ]
    beats(made, 1)
    assert coming(made) == ["Tue 5 Jan 2027 10:00 Berlin  ada-ash-abe-elm  Ada & Abe"]
    assert "program koss: 1 active, 1 closed" in made.run("status").out
    assert made.run("held").out == "Nothing is on hold.\n"
    assert stands_in not in made.run("why", "ada").out.split("\n")


def coming(made: Village) -> list[str]:
    """The next 1:1s, as `status` shows them."""
    told = made.run("status").out.partition("next 1:1s:\n")[2]
    return [each.strip() for each in told.split("\n") if each.startswith("  ")]
