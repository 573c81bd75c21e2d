"""`check` as a command: everything at once on stderr, exit 2, and nothing on the disk is touched.

Not each message: those stand in tests/settings/forty.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.place import PROGRAM as AT_ANY_HOUR
from tests.cli.place import ROOT, Place, quiet_far_from
from tests.settings.folders import TEN_LINES

OFF = "---\nthread: T\nreads: time\n---\n\nThe 1:1 on {{ strat | when }} can't take place.\n"

PROGRAM = """\
name: KOSS 1:1s
contact: Maya <maya@example.org>
mailbox: koss@example.org
timezone: IST
cadence:weekly
password: hunter2
roster: koss.csv
"""
SECOND = """\
name: CTAN
contact: Joy <joy@example.org>
mailbox: ctan@gmial.com
timezone: Asia/Tokyo
pairings:
\t- mentor: Eva Roy <eva@example.org>
"""

TOLD = """\
people.yaml:1:54         zone: Kolkata  is not a time zone.
    Did you mean Asia/Kolkata?
programs/ctan.yaml:3:10  mailbox: ctan@gmial.com  ends in gmial.com.
    Did you mean gmail.com? If it is right, add ok: true
programs/ctan.yaml:6:1   This line starts with a tab; use two spaces.
programs/ctan.yaml:6:5   mentee:  is missing.
    Add a line like mentee: Ben Das <ben@example.org>
programs/koss.csv:3:3    mentee: Chi Lin <chi@>  is not an e-mail address.
    An address looks like name@example.org.
programs/koss.yaml:4:11  timezone: IST  is used in India, Ireland and Israel.
    Write the city: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem.
programs/koss.yaml:5:1   cadence:  has no space after its colon.
    Put a space after the colon.
programs/koss.yaml:6:1   password: (not shown)  A password does not belong in this file, and I have not kept it.
    Delete the line, make a new password (this one may be in a backup or in git), then: run.py connect koss@example.org
templates/en/off.md:6:15 strat is nothing that this letter knows.
    Did you mean start?
programs/koss.csv:1:4 Warning: Room:  is not a column of a roster, and is not read.
    Known here: mentor, mentee, mentees, id, at, fallback_at, starts, ends, anchor, link, between, quiet_hours, letters_per_day, letters_per_week, prep_mentee_at, prep_mentor_at, prep_mentee_days, prep_mentor_days, cadence, length_minutes, themes_left_out, state, resumes, ok, mentor_address, mentor_zone, mentee_address, mentee_zone.
"""


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below a folder, and what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def full_of_mistakes(place: Place) -> None:
    files = {
        "programs/koss.yaml": PROGRAM,
        "programs/ctan.yaml": SECOND,
        "programs/koss.csv": (
            "Mentor;Mentor e-mail;Mentee;Room\nAna Rao;ana@example.org;Ben Das <ben@example.org>;4\n"
            "Ana Rao;;Chi Lin <chi@>;5\n"
        ),
        "people.yaml": "ben: {name: Ben Das, address: ben@example.org, zone: Kolkata}\n",
        "templates/en/off.md": OFF,
    }
    for name, text in files.items():
        (place.config / name).parent.mkdir(parents=True, exist_ok=True)
        (place.config / name).write_text(text)


def test_all_mistakes_of_all_files_at_once_and_nothing_is_touched(place: Place) -> None:
    full_of_mistakes(place)
    before = fingerprint(place.config)
    done = place.run("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == TOLD
    for words in (["once"], ["start"], ["status"]):
        assert "hunter2" not in "".join(str(place.run(*words)))
    assert fingerprint(place.config) == before
    assert not place.data.exists()


def test_the_same_as_json(place: Place) -> None:
    full_of_mistakes(place)
    done = place.run("check", "--json")
    facts = json.loads(done.stdout)
    assert (done.returncode, facts["ok"]) == (2, False)
    problems = facts["problems"]
    assert len(problems) == 10
    assert {
        "file": "programs/koss.csv", "line": 3, "column": 3, "severity": "error",
        "text": "mentee: Chi Lin <chi@>  is not an e-mail address.",
        "advice": "An address looks like name@example.org.",
    } in problems  # fmt: skip
    assert "hunter2" not in done.stdout


TEXTS = "templates/pt-BR/_texts.toml"
WAY_OUT = '    Write "text as it stands" = "text in this language".\n'


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (b"Tea or coffee?\n", f"{TEXTS}:1:1 is not TOML: Expected '=' after a key in a key/value pair.\n{WAY_OUT}"),
        (b'"Tea?" = 5\n', f"{TEXTS}:1:1 Tea?: is no text.\n{WAY_OUT}"),
        (b'"Tea?" = ""\n', f"{TEXTS}:1:1 Tea?: is no text.\n{WAY_OUT}"),
        (b'"Tea?" = "Ch\xe1?"\n', f"{TEXTS}:1:1 is not UTF-8.\n    Save it again with the encoding UTF-8.\n"),
        (None, f"{TEXTS}:1:1 is a folder, not a file.\n    Rename or remove it.\n"),
    ],
    ids=["not TOML", "a number", "empty", "latin-1", "a folder"],
)  # fmt: skip
def test_a_slip_in_ones_own_texts_is_told_beside_those_in_letters(
    place: Place, wrong: bytes | None, told: str
) -> None:
    place.program.write_text(TEN_LINES.replace("timezone", "language: pt-BR\ntimezone"))
    path = place.config / TEXTS
    path.parent.mkdir(parents=True)
    (path.parent / "off.md").write_text(OFF)
    if wrong is None:
        path.mkdir()
    else:
        path.write_bytes(wrong)
    done = place.run("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"{told}templates/pt-BR/off.md:6:15     strat is nothing that this letter knows.\n"
        "    Did you mean start?\n"
    )


def test_the_ten_lines_are_answered_as_they_are_promised(place: Place) -> None:
    place.program.write_text(TEN_LINES)
    done = place.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "OK. 1 pairing, 2 people, weekly 30 min until 30 June 2027. "
        f"Nothing has been sent. Next: run.py plan --config {place.config}\n"
    )


@pytest.mark.parametrize(
    "quiet",
    sorted({quiet_far_from(datetime(2026, 11, 26, hour, tzinfo=UTC)) for hour in range(24)}),
)
def test_nothing_is_to_be_said_of_the_program_of_these_tests_at_any_hour_at_which_they_run(
    place: Place, quiet: str
) -> None:
    place.program.write_text(AT_ANY_HOUR.format(quiet=quiet, first_run="hold"))
    done = place.run("check")
    assert (done.returncode, done.stderr) == (0, "")


def test_several_programs_are_told_apart(place: Place) -> None:
    """The shipped example: a program with a roster, and another beside it."""
    for path in ROOT.joinpath("config/examples/two-programs/programs").iterdir():
        (place.config / "programs" / path.name).write_bytes(path.read_bytes())
    place.program.unlink()
    done = place.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout.replace(f" --config {place.config}", "")
        == """\
OK.
Cohort 1:1s (version 2027-1, Career Office): 3 pairings, 5 people, 2 × biweekly 30 min and 1 × weekly 30 min until 30 June 2027. 1 of them has no `at:` and will be asked for a time.
Thesis talks (version 3, Graduate School): 1 pairing, 2 people, monthly 60 min.
Nothing has been sent. Next: run.py plan
"""
    )
    programs = place.facts("check")["programs"]
    assert [(each["id"], each["owner"], each["version"]) for each in programs] == [
        ("cohort", "Career Office", "2027-1"),
        ("thesis", "Graduate School", "3"),
    ]
