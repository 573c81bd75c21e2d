"""How many mentees a mentor takes: `check` warns of one more, and `status` shows who has room.

Not a limit of what the daemon does: who is in the files is invited.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.acted import Village

MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)

BO = "  - mentor: Ada Ash <ada@example.org>\n    mentee: Bo Oak <bo-oak@example.org>\n    at: Wed 10:00\n"
GROUP = (
    "  - mentor: Ada Ash <ada@example.org>\n"
    "    mentees: [Cy Oak <cy-oak@example.org>, Di Oak <di-oak@example.org>]\n    at: Thu 10:00\n"
)
OTHER = """\
name: Thesis talks
contact: Maya <maya@example.org>
mailbox: thesis@example.org
timezone: Europe/Berlin
pairings:
  - {mentor: Ada Ash <ada@example.org>, mentee: Eli Oak <eli-oak@example.org>, at: Fri 10:00}
"""


def village(tmp_path: Path, most: int, pairings: int = 1) -> Village:
    """Ada mentors Abe, and people.yaml says how many she takes."""
    made = without_warnings(tmp_path, pairings)
    says(made, f"ada-ash: {{name: Ada Ash, address: ada@example.org, most_mentees: {most}}}\n")
    return made


def without_warnings(tmp_path: Path, pairings: int) -> Village:
    """`check` has nothing to say about the files as they are."""
    made = Village(tmp_path / "mine", pairings, MONDAY)
    made.rewrite("new_people_per_hour: 200\n", "")
    return made


def says(made: Village, text: str) -> None:
    """What stands in people.yaml."""
    (made.config / "people.yaml").write_text(text)


def adds(made: Village, *entries: str) -> None:
    """Further pairings at the end of the file."""
    made.program.write_text(made.program.read_text() + "".join(entries))


def warned(made: Village) -> list[str]:
    """What `check` says above its last line, which says that the files are good."""
    checked = made.run("check")
    assert (checked.code, checked.err) == (0, "")
    *told, good = checked.out.splitlines()
    assert good.startswith("OK.")
    return told


def room(made: Village) -> list[str]:
    """The line of `status` about it."""
    return [line for line in made.run("status").out.splitlines() if line.startswith("room")]


def test_one_more_than_the_mentor_takes_is_warned_of_where_it_stands(tmp_path: Path) -> None:
    made = village(tmp_path, most=2)
    adds(made, BO)
    assert warned(made) == []

    adds(made, GROUP)
    assert warned(made) == [
        "programs/koss.yaml:15:13 Warning: mentor: Ada Ash  has 3 pairings with this one, and people.yaml:1 says most_mentees: 2.",
        "    Name another mentor, write state: closing where one ends, or most_mentees: 3.",
    ]
    (told,) = [each for each in made.facts("check")["problems"] if "most_mentees" in each["text"]]
    assert (told["file"], told["line"], told["severity"]) == ("programs/koss.yaml", 15, "warning")

    made.rewrite(BO, f"{BO}    state: closing\n")
    assert warned(made) == []


def test_more_than_can_be_said_is_no_advice(tmp_path: Path) -> None:
    made = village(tmp_path, most=12)
    more = [
        f"  - mentor: Ada Ash <ada@example.org>\n    mentee: {name} Elm <{name.lower()}-elm@example.org>\n"
        f"    at: {day} {hour}:00\n"
        for day, hour, name in (
            (day, 10 + at, f"Bo{chr(97 + row)}{chr(97 + at)}")
            for row, day in enumerate(("Wed", "Thu", "Fri")) for at in range(4)
        )
    ]  # fmt: skip
    adds(made, *more)
    told = [line for line in warned(made) if "most_mentees" in line or "Name another" in line]
    assert told == [
        "programs/koss.yaml:45:13 Warning: mentor: Ada Ash  has 13 pairings with this one, and people.yaml:1 says most_mentees: 12.",
        "    Name another mentor, or write state: closing where one ends.",
    ]


def test_all_programs_count(tmp_path: Path) -> None:
    made = village(tmp_path, most=1)
    (made.program.parent / "thesis.yaml").write_text(OTHER)
    assert made.run("check").out.splitlines()[:2] == [
        "programs/thesis.yaml:6:14 Warning: mentor: Ada Ash  has 2 pairings with this one, and people.yaml:1 says most_mentees: 1.",
        "    Name another mentor, write state: closing where one ends, or most_mentees: 2.",
    ]


def test_who_takes_nobody_new_goes_on_with_those_who_are_there(tmp_path: Path) -> None:
    made = village(tmp_path, most=0)
    assert warned(made)[0].endswith("has 1 pairing with this one, and people.yaml:1 says most_mentees: 0.")  # fmt: skip
    made.all_running()
    assert warned(made) == []

    made.program.write_text(made.program.read_text().replace("pairings:\n", f"pairings:\n{BO}"))
    assert warned(made)[0] == (
        "programs/koss.yaml:9:13 Warning: mentor: Ada Ash  has 2 pairings with this one, and people.yaml:1 says most_mentees: 0."
    )


def test_a_pairing_that_the_mentor_has_refused_takes_no_room(tmp_path: Path) -> None:
    made = village(tmp_path, most=1)
    made.run("once")
    made.says("ada@example.org", "welcome-mentor-connected", "No")
    made.passes(minutes=2)
    made.run("once")
    adds(made, BO)
    assert warned(made) == []
    assert room(made) == ["room for mentees: Ada Ash is full"]


def test_what_has_disappeared_from_the_files_goes_on_and_counts(tmp_path: Path) -> None:
    made = village(tmp_path, most=1)
    made.all_running()
    head, _, _ = made.program.read_text().partition("  - mentor")
    made.program.write_text(head + BO)
    assert warned(made)[0].startswith("programs/koss.yaml:9:13 Warning: mentor: Ada Ash  has 2 ")


def test_status_shows_who_has_room_the_most_first(tmp_path: Path) -> None:
    made = village(tmp_path, most=3, pairings=2)
    made.run("once")
    assert room(made) == ["room for mentees: Ada Ash has 1 of 3"]

    says(
        made,
        "bo-ash: {name: Bo Ash, address: bo@example.org, most_mentees: 1}\n"
        "ada-ash: {name: Ada Ash, address: ada@example.org, most_mentees: 3}\n"
        "zoe: {name: Zoe Fir, address: zoe@example.org, most_mentees: 12}\n",
    )
    assert room(made) == ["room for mentees: Zoe Fir has 0 of 12, Ada Ash has 1 of 3, Bo Ash is full"]  # fmt: skip
    assert made.facts("status")["room"] == [
        {"mentor": "Zoe Fir", "pairings": 0, "most": 12, "free": 12},
        {"mentor": "Ada Ash", "pairings": 1, "most": 3, "free": 2},
        {"mentor": "Bo Ash", "pairings": 1, "most": 1, "free": 0},
    ]


def test_where_nobody_says_how_many_nothing_is_said(tmp_path: Path) -> None:
    made = without_warnings(tmp_path, 1)
    adds(made, BO, GROUP)
    made.run("once")
    assert (warned(made), room(made)) == ([], [])


@pytest.mark.parametrize("wrong", ["13", "-1", "two"])
def test_it_is_a_number_from_none_to_twelve(tmp_path: Path, wrong: str) -> None:
    made = village(tmp_path, most=1)
    says(made, f"ada: {{name: Ada Ash, address: ada@example.org, most_mentees: {wrong}}}\n")
    checked = made.run("check")
    assert checked.code == 2
    assert checked.err.startswith(f"people.yaml:1:62 most_mentees: {wrong}  is ")
    assert "Allowed: a whole number from 0 to 12. For example: most_mentees: 3" in checked.err


def test_capacity_is_what_others_call_it(tmp_path: Path) -> None:
    made = village(tmp_path, most=1)
    says(made, "ada: {name: Ada Ash, address: ada@example.org, capacity: 3}\n")
    assert "Did you mean most_mentees?" in made.run("check").err


def test_who_stands_in_takes_one_mentee_more_meanwhile(tmp_path: Path) -> None:
    made = village(tmp_path, most=1)
    days = "from: 2027-02-01, to: 2027-03-15"
    adds(
        made,
        "  - mentor: Bea Ash <bea@example.org>\n    mentee: Bo Oak <bo-oak@example.org>\n    at: Wed 10:00\n"
        f"    substitute: {{mentor: Ada Ash, {days}}}\n",
    )
    line = made.program.read_text().count("\n")
    assert warned(made) == [
        f"programs/koss.yaml:{line}:26 Warning: mentor: Ada Ash  has 2 pairings with this one, and people.yaml:1 says most_mentees: 1.",
        "    Name another mentor, write state: closing where one ends, or most_mentees: 2.",
    ]
