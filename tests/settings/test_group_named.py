"""Groups as files name them: `mentees:` in YAML and in a spreadsheet, and what cannot be one.

Not what follows for a group: tests/stories/test_groups.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, load_or_raise, report
from tests.settings.folders import HEAD, Case, write

PEOPLE = """\
dan-ode: {name: Dan Ode, address: dan@example.org, zone: Europe/Berlin}
"""
START = HEAD + "pairings:\n  - mentor: Ana Rao <ana@example.org>\n"
THREE = ("Ben Das", "Cleo Kim", "Dan Ode")
WAYS = {
    "a list": "    mentees: [Ben Das <ben@example.org>, Cleo Kim <cleo@example.org>, dan-ode]\n",
    "one below the other": (
        "    mentees:\n      - Ben Das <ben@example.org>\n      - Cleo Kim <cleo@example.org>\n"
        "      - Dan Ode\n"
    ),
    "a block for somebody": (
        "    mentees:\n      - {name: Ben Das, address: ben@example.org}\n"
        "      - {name: Cleo Kim, address: cleo@example.org}\n      - dan-ode\n"
    ),
    "one line": "    mentees: Ben Das <ben@example.org>, Cleo Kim <cleo@example.org>; dan-ode\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_group_in_yaml(way: str, tmp_path: Path) -> None:
    files = {"koss.yaml": START + WAYS[way], "people.yaml": PEOPLE}
    config = load_or_raise(write(tmp_path, files)).config
    (line,) = config.lines
    assert (line.mentee.name, *(each.name for each in line.members)) == THREE
    assert line.pairing == "ana-rao-ben-das"
    assert line.guests == ("ben@example.org", "cleo@example.org", "dan@example.org")
    assert [each.zone for each in line.members] == ["Asia/Kolkata", "Europe/Berlin"]


def test_a_group_beside_a_pair_in_a_spreadsheet(tmp_path: Path) -> None:
    rows = (
        "Mentor,Mentee,Mentees\n"
        "Ana Rao <ana@example.org>,,Ben Das <ben@example.org>; Cleo Kim <cleo@example.org>\n"
        "Ana Rao,Eva Sol <eva@example.org>,\n"
    )
    program = HEAD.replace("at: Tue 15:00\n", "") + "roster: koss.csv\n"
    config = load_or_raise(write(tmp_path, {"koss.yaml": program, "koss.csv": rows})).config
    group, pair = config.lines
    assert [each.name for each in group.people] == ["Ana Rao", "Ben Das", "Cleo Kim"]
    assert (pair.mentee.name, pair.members) == ("Eva Sol", ())


def _told(column: int, line: int, text: str, advice: str, name: str = "mentees") -> str:
    return f"programs/koss.yaml:{line}:{column} {name}: {text}\n    {advice}"


BEN, CLEO = "Ben Das <ben@example.org>", "Cleo Kim <cleo@example.org>"
EXAMPLE = f"For example: mentees: [{BEN}, {CLEO}]"
LINE = HEAD.count("\n") + 3
WRONG = [
    Case(
        "one alone", START + f"    mentees: [{BEN}]\n",
        _told(14, LINE, f"{BEN}  names one person alone.", f"Write mentee: {BEN}"),
    ),
    Case(
        "both", START + f"    mentee: {BEN}\n    mentees: [{BEN}, {CLEO}]\n",
        _told(
            14, LINE + 1, f"{BEN}, {CLEO}  stands beside mentee.",
            "Keep one of the two: mentees is for a group.",
        ),
    ),
    Case(
        "somebody twice", START + f"    mentees: [{BEN}, {CLEO}, Ben Das]\n",
        _told(71, LINE, "Ben Das  is in this group twice.", "Name everybody once."),
    ),
    Case(
        "the mentor among them", START + f"    mentees: [{BEN}, Ana Rao]\n",
        _told(
            42, LINE, "Ana Rao  is the mentor of this pairing as well.",
            "A group is one mentor and others.",
        ),
    ),
    Case("an empty list", START + "    mentees: []\n", _told(14, LINE, " is empty.", EXAMPLE)),
    Case("nothing behind it", START + "    mentees:\n", _told(13, LINE, " is empty.", EXAMPLE)),
    Case(
        "an empty list beside a mentee", START + f"    mentee: {BEN}\n    mentees: []\n",
        _told(14, LINE + 1, " is empty.", EXAMPLE),
    ),
    Case(
        "nobody at all", START,
        f"programs/koss.yaml:{LINE - 1}:5 mentee:  is missing.\n    Add a line like mentee: {BEN}",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.title)
def test_what_is_no_group(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told


def test_more_than_twelve_are_two_groups(tmp_path: Path) -> None:
    many = ", ".join(f"Mentee{chr(97 + n)} Ode <m{n}@example.org>" for n in range(13))
    loaded = load(write(tmp_path, START + f"    mentees: [{many}]\n"))
    assert "names more than 12 people." in report(loaded.problems)
    assert "Make two groups of them." in report(loaded.problems)


def test_hours_of_a_member_count_as_well(tmp_path: Path) -> None:
    people = "cleo-kim: {name: Cleo Kim, address: cleo@example.org, hours: [Sun 00:00-00:30]}\n"
    text = START.replace("at: Tue 15:00\n", "") + f"    mentees: [{BEN}, cleo-kim]\n"
    loaded = load(write(tmp_path, {"koss.yaml": text, "people.yaml": people}))
    assert "Ana Rao  and Ben Das and Cleo Kim have no time in common" in report(loaded.problems)
