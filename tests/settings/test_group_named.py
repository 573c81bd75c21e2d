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


SHEET = HEAD.replace("at: Tue 15:00\n", "") + "roster: koss.csv\n"
ROWS = {
    "addresses in a column of their own": (
        "Mentor,Mentees,Mentee address\n"
        "Ana Rao <ana@example.org>,Ben Das; Cleo Kim,ben@example.org; cleo@example.org\n",
        """\
programs/koss.csv:2:3 mentee_address: ben@example.org; cleo@example.org  stands beside mentees.
    Write each address behind its name: Ben Das <ben@example.org>; Cleo Kim <cleo@example.org>""",
    ),
    "two in the column of one": (
        "Mentor,Mentee\n"
        "Ana Rao <ana@example.org>,Ben Das <ben@example.org>; Cleo Kim <cleo@example.org>\n",
        """\
programs/koss.csv:2:2 mentee: Ben Das <ben@example.org>; Cleo Kim <cleo@example.org>  names more than one person.
    A group stands in a column mentees: Ben Das <ben@example.org>; Cleo Kim <cleo@example.org>""",
    ),
}


@pytest.mark.parametrize("title", ROWS)
def test_what_is_no_group_in_a_spreadsheet(title: str, tmp_path: Path) -> None:
    rows, told = ROWS[title]
    loaded = load(write(tmp_path, {"koss.yaml": SHEET, "koss.csv": rows}))
    assert report(loaded.problems) == told


def _told(column: int, line: int, text: str, advice: str, name: str = "mentees") -> str:
    return f"programs/koss.yaml:{line}:{column} {name}: {text}\n    {advice}"


BEN, CLEO = "Ben Das <ben@example.org>", "Cleo Kim <cleo@example.org>"
EXAMPLE = f"For example: mentees: [{BEN}, {CLEO}]"
APART = "Write a comma or a semicolon between two people."
OF_TWO = f"A group is mentees: [{BEN}, {CLEO}]"
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
    Case(
        "one alone in a block", START + "    mentees:\n      - {name: Ben Das, address: ben@example.org}\n",
        _told(7, LINE + 1, f"{BEN}  names one person alone.", f"Write mentee: {BEN}"),
    ),
    Case(
        "two, one of them without an address",
        START + f"    mentees:\n      - {BEN}\n      - {{name: Cleo Kim}}\n",
        f"programs/koss.yaml:{LINE + 2}:9 address:  is missing.\n    Add a line like address: ben@example.org",
    ),
    Case(
        "two with nothing but and between them", START + f"    mentees: {BEN} and {CLEO}\n",
        _told(14, LINE, f"{BEN} and Cleo Kim <cleo@example.org>  names several people with no comma between them.", APART),
    ),
    Case(
        "two names with nothing but and between them", START + "    mentees: [Ben Das and Cleo Kim]\n",
        _told(14, LINE, "Ben Das and Cleo Kim  names several people with no comma between them.", APART),
    ),
    Case(
        "two on two lines of one text", START + f"    mentees: >\n      {BEN}\n      {CLEO}\n",
        _told(14, LINE, f"{BEN} Cleo Kim <cleo@example.org>  names several people with no comma between them.", APART),
    ),
    Case(
        "one alone without an end", START + "    mentees: [Ben Das <ben@>]\n",
        _told(14, LINE, "Ben Das <ben@>  is not an e-mail address.", "An address looks like name@example.org."),
    ),
    Case(
        "a list of one mentee", START + f"    mentee: [{BEN}, {CLEO}]\n",
        _told(13, LINE, " is one value, not a list or a block.", OF_TWO, "mentee"),
    ),
    Case(
        "two as one mentee", START + f"    mentee: {BEN}, {CLEO}\n",
        _told(13, LINE, f"{BEN}, Cleo Kim <cleo@example.org>  names more than one person.", OF_TWO, "mentee"),
    ),
    Case(
        "the mailbox among them", START + f"    mentees: [{BEN}, Koss <koss@example.org>]\n",
        _told(
            42, LINE, "Koss  has the address of the mailbox in programs/koss.yaml.",
            "Letters to it would come back to the program: write the person's own address.",
        ),
    ),
    Case(
        "the same people in another order",
        START + f"    mentees: [{BEN}, {CLEO}]\n  - mentor: Ana Rao\n    mentees: [Cleo Kim, Ben Das]\n",
        _told(
            13, LINE + 1, "Ana Rao  and Cleo Kim and Ben Das are a group already, in line 7.",
            "Keep one of the two.", "mentor",
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
