"""A substitute as files name one: the two lines that come of it, and what cannot be one.

Not what follows for the two pairings: tests/stories/test_substitute.py.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Days, Substitution
from daemon.settings import load, load_or_raise, report
from tests.settings.folders import HEAD, Case, write

PAIR = """\
pairings:
  - mentor: Ana Rao <ana@example.org>
    mentee: Ben Das <ben@example.org>
"""
CARA = "mentor: Cara Lim <cara@example.org>"
DAYS = "from: 2026-12-01, to: 2027-01-15"
PEOPLE = "cara-lim: {name: Cara Lim, address: cara@example.org, zone: America/Sao_Paulo}\n"
KEY = "ben-das-cara-lim-20261201"
STRETCH = Days(date(2026, 12, 1), date(2027, 1, 15))


def named(block: str, more: str = "", people: str = "") -> dict[str, str]:
    """A pairing with that block, and what else stands in its entry."""
    return {
        "koss.yaml": HEAD + PAIR + more + f"    substitute: {{{block}}}\n",
        "people.yaml": people,
    }


def test_an_entry_with_a_substitute_is_two_pairings(tmp_path: Path) -> None:
    more = (
        "    cadence: biweekly\n    length_minutes: 45\n    link: https://meet.example.org/ana\n"
        "    starts: 2026-09-07\n    ends: 2027-06-30\n    fallback_at: Thu 16:00\n"
    )
    loaded = load_or_raise(write(tmp_path, named(f"{CARA}, {DAYS}", more, PEOPLE)))
    pair, meanwhile = loaded.config.lines
    assert pair.substituted == Substitution(KEY, "Cara Lim", STRETCH)
    assert (pair.stands_in, meanwhile.substituted) == (None, None)
    assert meanwhile.stands_in == Substitution("ana-rao-ben-das", "Ana Rao", STRETCH)
    assert (meanwhile.pairing, meanwhile.mentor.name, meanwhile.mentee) == (
        KEY, "Cara Lim", pair.mentee,
    )  # fmt: skip
    assert (meanwhile.starts, meanwhile.ends) == (STRETCH.first, STRETCH.last)
    assert (meanwhile.cadence, meanwhile.lengths_minutes) == (Cadence(Step(weeks=2)), (45,))
    assert (meanwhile.anchor, meanwhile.link) == ("America/Sao_Paulo", "")
    assert (pair.starts, pair.link) == (date(2026, 9, 7), "https://meet.example.org/ana")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["before", "after"])
def test_a_substitute_may_be_somebody_of_the_program_by_name(
    order: tuple[int, int], tmp_path: Path
) -> None:
    entries = (
        PAIR.removeprefix("pairings:\n") + f"    substitute: {{mentor: Cara Lim, {DAYS}}}\n",
        "  - mentor: Cara Lim <cara@example.org>\n    mentee: Dan Ode <dan@example.org>\n",
    )
    text = HEAD + "pairings:\n" + "".join(entries[number] for number in order)
    config = load_or_raise(write(tmp_path, text)).config
    assert [each.pairing for each in config.lines if each.stands_in] == [KEY]


def test_a_time_that_the_program_names_for_all_is_the_substitutes_too(tmp_path: Path) -> None:
    """And one that is locked could not be agreed on otherwise."""
    head = HEAD.replace("at: Tue 15:00\n", "locked: at\n")
    files = {"koss.yaml": head + PAIR + f"    at: Wed 16:00\n    substitute: {{{CARA}, {DAYS}}}\n"}
    _, meanwhile = load_or_raise(write(tmp_path / "locked", files)).config.lines
    assert meanwhile.at == RegularTime(2, 16, 0)
    _, meanwhile = load_or_raise(write(tmp_path / "all", named(f"{CARA}, {DAYS}"))).config.lines
    assert meanwhile.at == RegularTime(1, 15, 0)


def test_the_substitute_of_a_pairing_that_is_closed_is_closed_as_well(tmp_path: Path) -> None:
    files = named(f"{CARA}, {DAYS}", "    state: closed\n")
    config = load_or_raise(write(tmp_path, files)).config
    assert [each.state for each in config.lines] == ["closed", "closed"]


LINE = (HEAD + PAIR).count("\n") + 1
EXAMPLE = "For example: substitute: {mentor: Cara Lim <cara@example.org>, from: 2026-12-01, to: 2027-01-15}"


def _told(column: int, text: str, advice: str, line: int = LINE) -> str:
    return f"programs/koss.yaml:{line}:{column} {text}\n    {advice}"


WRONG = [
    Case(
        "nobody knows that name", named(f"mentor: Cara Lim, {DAYS}"),
        _told(
            26, "substitute: mentor: Cara Lim  has no address and is not known yet.",
            "Write: Cara Lim <address>",
        ),
    ),
    Case(
        "the mentor", named(f"mentor: Ana Rao, {DAYS}"),
        _told(
            26, "substitute: mentor: Ana Rao  is the mentor of this pairing.",
            "Name somebody else.",
        ),
    ),
    Case(
        "the mentee", named(f"mentor: Ben Das, {DAYS}"),
        _told(
            26, "substitute: mentor: Ben Das  is the mentee of this pairing.",
            "Name somebody else.",
        ),
    ),
    Case(
        "before the start", named(f"{CARA}, {DAYS}", "    starts: 2026-12-07\n"),
        _told(
            61, "substitute: from: 2026-12-01  is before the pairing starts, 2026-12-07.",
            "Write 2026-12-07 or later.", LINE + 1,
        ),
    ),
    Case(
        "after the end", named(f"{CARA}, {DAYS}", "    ends: 2026-12-31\n"),
        _told(
            77, "substitute: to: 2027-01-15  is after the pairing ends, 2026-12-31.",
            "Write 2026-12-31 or earlier.", LINE + 1,
        ),
    ),
    Case(
        "ends before it begins", named(f"{CARA}, from: 2026-12-20, to: 2026-01-06"),
        _told(
            77, "substitute: to: 2026-01-06  ends before it begins.",
            "Did you mean 2026-12-20 to 2027-01-06?",
        ),
    ),
    Case(
        "no last day", named(f"{CARA}, from: 2026-12-01"),
        _told(17, "to:  is missing.", "Add a line like to: 2027-01-15"),
    ),
    Case(
        "another name", named(f"{CARA}, from: 2026-12-01, until: 2027-01-15"),
        _told(17, "to:  is missing.", "Add a line like to: 2027-01-15")
        + "\n" + _told(73, "until:  is not a setting.", "Known here: from, mentor, to."),
    ),
    Case(
        "no block", HEAD + PAIR + "    substitute: Cara Lim <cara@example.org>\n",
        _told(17, "substitute:  is a block of its own.", EXAMPLE),
    ),
    Case(
        "of a group",
        HEAD + PAIR.replace("mentee: Ben Das <ben@example.org>", "mentees: [Ben Das <ben@example.org>, Dan Ode <dan@example.org>]")
        + f"    substitute: {{{CARA}, {DAYS}}}\n",
        _told(
            17, "substitute:  is not possible for a group.",
            "Let it rest meanwhile: state: paused, with resumes: and a date.",
        ),
    ),
    Case(
        "of a plan", {
            "koss.yaml": HEAD.replace("at: Tue 15:00\n", "cadence: 6 sessions in 12 weeks\n") + PAIR
            + f"    substitute: {{{CARA}, {DAYS}}}\n"
        },
        _told(
            17, "substitute:  is not possible with a plan of sessions.",
            "Delete it: a session can be moved to a day after the absence.",
        ),
    ),
    Case(
        "the two are a pairing",
        HEAD + PAIR + f"    substitute: {{mentor: Cara Lim, {DAYS}}}\n"
        "  - mentor: Cara Lim <cara@example.org>\n    mentee: Ben Das\n",
        _told(
            26, "mentor: Cara Lim  and Ben Das are a pairing already, in line 10.",
            "Keep one of the two.",
        ),
    ),
    Case(
        "the mailbox", named(f"mentor: Cara Lim <koss@example.org>, {DAYS}"),
        _told(
            26, "substitute: mentor: Cara Lim  has the address of the mailbox in programs/koss.yaml.",
            "Letters to it would come back to the program: write the person's own address.",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", WRONG, ids=[case.title for case in WRONG])
def test_what_cannot_be_a_substitute(case: Case, tmp_path: Path) -> None:
    assert report(load(write(tmp_path, case.files)).problems) == case.told


def test_hours_that_have_nothing_in_common_are_told_of_a_substitute_as_of_anybody(
    tmp_path: Path,
) -> None:
    people = PEOPLE.replace("}", ", hours: Mon-Fri 22:00-23:00}")
    people += "ben-das: {name: Ben Das, address: ben@example.org, hours: Mon-Fri 22:00-23:00}\n"
    files = named(f"{CARA}, {DAYS}", people=people)
    (told,) = [each.text for each in load(write(tmp_path, files)).errors if "Cara" in each.text]
    assert told.startswith("mentor: Cara Lim  and Ben Das have no time in common in any week")


def test_days_that_are_over_are_warned_of(tmp_path: Path) -> None:
    folder = write(tmp_path, named(f"{CARA}, {DAYS}"))
    assert load(folder, date(2027, 1, 15)).problems == ()
    assert report(load(folder, date(2027, 1, 16)).problems) == (
        f"programs/koss.yaml:{LINE}:77 Warning: substitute: to: 2027-01-15  is past, so nobody stands in any more.\n"
        "    Delete the block substitute:."
    )
