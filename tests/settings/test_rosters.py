"""Rosters as spreadsheets really save them: what is read, and mistakes that only they can have.

Not the mistakes made first: those are in tests/settings/forty.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daemon.domain.people import LetterRules, Line
from daemon.settings import load, load_or_raise, report
from tests.settings.folders import HEAD, PROGRAM, Case, write

PROGRAM_OF_ROWS = HEAD.replace("at: Tue 15:00\n", "") + "roster: koss.csv\n"
COMMAS = """\
Mentor,Mentor e-mail,Mentor time zone,Mentee,Mentee e-mail,At,Length
Ana Rao,ana@example.org,Europe/Berlin,Ben Das,ben@example.org,Tue 10:00,
Ana Rao,,,Chi Lin,chi@example.org,,"30, 60"
"""
ROWS = [
    ("ana-rao-ben-das", "Europe/Berlin", "Asia/Kolkata", "Tue 10:00", (30,)),
    ("ana-rao-chi-lin", "Europe/Berlin", "Asia/Kolkata", "", (30, 60)),
]


def seen(line: Line) -> tuple[str, str, str, str, tuple[int, ...]]:
    at = f"Tue {line.at.hour}:{line.at.minute:02}" if line.at else ""
    return (line.pairing, line.mentor.zone, line.mentee.zone, at, line.lengths_minutes)


def of(rows: str | bytes, program: str = PROGRAM_OF_ROWS) -> dict[str, str | bytes]:
    return {"koss.yaml": program, "koss.csv": rows}


def separated_by(separator: str) -> str:
    return COMMAS.replace(",", separator).replace(f'"30{separator} 60"', '"30, 60"')


SAVED = {
    "commas": COMMAS.encode(),
    "semicolons, as Excel in Germany": separated_by(";").encode(),
    "a byte order mark and the line ends of Windows": b"\xef\xbb\xbf"
    + separated_by(";").replace("\n", "\r\n").encode(),
    "tabs": separated_by("\t").encode(),
    "Excel's Unicode text": separated_by("\t").replace("\n", "\r\n").encode("utf-16"),
    "Excel's own first line": b"sep=;\n" + separated_by(";").encode(),
    "the same, as a tool of many columns saves it": b"sep=;;;;\n" + separated_by(";").encode(),
    "bars, where the first line says so": b"sep=|\n" + separated_by("|").encode(),
    "an empty row on top": b"\n;;;\n" + separated_by(";").encode(),
    "the line ends of an old Mac": COMMAS.replace("\n", "\r").encode(),
    "no line end at the end": COMMAS.rstrip("\n").encode(),
    "empty rows, and separators at the ends": (
        separated_by(";").replace("\n", ";;;\n") + ";;;;;;;;;\n\n;;\n"
    ).encode(),
    "every cell in quotes": "\n".join(
        ",".join(f'"{cell}"' for cell in row.split(",")) for row in COMMAS.split("\n")[:2]
    ).encode()
    + b'\n"Ana Rao","","","Chi Lin","chi@example.org","","30, 60"\n',
    "spaces around": COMMAS.replace(",", " , ").replace('"30 ,  60"', '"30, 60"').encode(),
    "columns in another order": (
        b"at,mentee,mentee_address,mentor_zone,mentor,length_minutes\n"
        b"Tue 10:00,Ben Das,ben@example.org,Europe/Berlin,Ana Rao <ana@example.org>,\n"
        b",Chi Lin,chi@example.org,,Ana Rao,\"30, 60\"\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("saved", SAVED)
def test_a_roster_is_read_however_it_was_saved(saved: str, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, of(SAVED[saved])))
    assert report(loaded.problems) == ""
    assert [seen(line) for line in loaded.config.lines] == ROWS


def test_a_row_may_say_whatever_a_pairing_may(tmp_path: Path) -> None:
    rows = """\
mentor,mentee,id,at,starts,ends,anchor,link,cadence,state,resumes,mentee zone
Ana Rao <ana@example.org>,Ben Das <ben@example.org>,ab,first Tue 15:00,2027-01-05,2027-06-30,mentee,Room 4,monthly,paused,2027-02-01,Asia/Tokyo
"""
    (line,) = load_or_raise(write(tmp_path, of(rows))).config.lines
    assert (line.pairing, line.anchor, line.link, line.state) == (
        "ab", "Asia/Tokyo", "Room 4", "paused",
    )  # fmt: skip
    assert (line.starts, line.ends) == (date(2027, 1, 5), date(2027, 6, 30))
    assert line.cadence.step.months == 1 and line.resumes == date(2027, 2, 1)


def test_a_row_has_its_own_rules_about_letters_and_its_mistakes_stand_there(tmp_path: Path) -> None:
    rows = """\
mentor,mentee,between,quiet hours,letters_per_day,letters_per_week,prep_mentee_at,prep_mentor_at,prep_mentee_days,prep mentor days
Ana Rao <ana@example.org>,Ben Das <ben@example.org>,our Slack,20:00-08:00,2,5,17:30,08:30,2,1
"""
    (line,) = load_or_raise(write(tmp_path, of(rows))).config.lines
    assert line.between == "our Slack"
    assert line.letters == LetterRules((1200, 480), 2, 5, 1050, 510, 2, 1)
    wrong = rows.replace(",2,5,", ",5,2,")
    assert report(load(write(tmp_path, of(wrong))).errors) == (
        "programs/koss.csv:2:6 letters_per_week: 2  does not go with letters_per_day: 5 (line 2): "
        "the week would be full before its first day.\n"
        "    Write 5 or more here, or a smaller letters_per_day."
    )


def test_a_row_leaves_themes_of_the_programs_questions_out(tmp_path: Path) -> None:
    rows = """\
mentor,mentee,themes left out
Ana Rao <ana@example.org>,Ben Das <ben@example.org>,"feedback, check-in"
"""
    program = f"{PROGRAM_OF_ROWS}questions: practical\n"
    (line,) = load_or_raise(write(tmp_path, of(rows, program))).config.lines
    assert line.themes_left_out == ("feedback", "check-in")
    wrong = rows.replace("check-in", "check-inn")
    assert report(load(write(tmp_path, of(wrong, program))).errors) == (
        "programs/koss.csv:2:3 themes_left_out: check-inn  is the theme of no question here.\n"
        "    Did you mean check-in?"
    )
    assert report(load(write(tmp_path, of(rows))).errors).endswith(
        "    The program names no bank of questions (questions:)."
    )


def test_rows_and_entries_name_the_same_people(tmp_path: Path) -> None:
    """Whoever has an address in the program file or in people.yaml needs none in the rows, and the other way
    round; the order of files does not matter."""
    program = PROGRAM + "  - {mentor: Chi Lin, mentee: Wei}\nroster: koss.csv\n"
    files = of("mentor,mentee\nAna Rao,Chi Lin <chi@example.org>\nwei-wu,Ben Das\n", program)
    people = "wei-wu: {name: Wei, address: wei@example.org, zone: Asia/Taipei}\n"
    loaded = load(write(tmp_path, {**files, "people.yaml": people}))
    assert report(loaded.problems) == ""
    assert [line.pairing for line in loaded.config.lines] == [
        "ana-rao-ben-das", "chi-lin-wei-wu", "ana-rao-chi-lin", "wei-wu-ben-das",
    ]  # fmt: skip


def test_a_zone_of_a_row_is_that_of_the_person_everywhere(tmp_path: Path) -> None:
    second = PROGRAM.replace("Asia/Kolkata", "Asia/Dubai")
    loaded = load(
        write(
            tmp_path, {**of(COMMAS), "other.yaml": second.replace("Ben Das <ben", "Eva Roy <eva")}
        )
    )
    assert report(loaded.problems) == ""
    assert {line.mentor.zone for line in loaded.config.lines} == {"Europe/Berlin"}


CASES = [
    Case(
        "a row against its program, each told where it stands",
        of(
            "mentor,mentee,ends,cadence\nAna Rao <ana@example.org>,Ben Das <ben@example.org>,2027-01-31,\n"
            "Ana Rao,Chi Lin <chi@example.org>,,monthly\n",
            HEAD + "starts: 2027-06-30\nroster: koss.csv\n",
        ),
        """\
programs/koss.csv:2:3 ends: 2027-01-31  does not go with starts: 2027-06-30 (programs/koss.yaml:6): it would be over before it begins.
    Change one of the two.
programs/koss.csv:3:4 cadence: monthly  does not go with at: Tue 15:00 (programs/koss.yaml:5): the time does not say which Tue of the month.
    Write at: first Tue 15:00 (or second, third, fourth, last).""",
    ),
    Case(
        "an hour at which one of the two sleeps, in the row and in the program",
        of(
            "mentor,mentee,mentee zone,at\n"
            "Ana Rao <ana@example.org>,Ben Das <ben@example.org>,America/Toronto,Tue 15:00\n"
            "Ana Rao,Chi Lin <chi@example.org>,America/New_York,\n",
            HEAD + "roster: koss.csv\n",
        ),
        """\
programs/koss.csv:2:4  Warning: at: Tue 15:00  is Tue 04:30 in Toronto on 6 January 2026, outside the hours of Ben Das: every day 08:00-21:00.
    Choose another time, or write the hours that are meant in people.yaml.
programs/koss.yaml:5:5 Warning: at: Tue 15:00 (Ana Rao and Chi Lin)  is Tue 04:30 in New York on 6 January 2026, outside the hours of Chi Lin: every day 08:00-21:00.
    Choose another time, or write the hours that are meant in people.yaml.""",
    ),
    Case(
        "the same pairing in a row and in an entry",
        of("mentor,mentee\nAna Rao,Ben Das\n", PROGRAM + "roster: koss.csv\n"),
        """\
programs/koss.csv:2:1 mentor: Ana Rao  and Ben Das are a pairing already, in programs/koss.yaml:7.
    Keep one of the two.""",
    ),
    Case(
        "at is locked, and a row has none",
        of(
            "mentor,mentee\nAna Rao <ana@example.org>,Ben Das <ben@example.org>\n",
            PROGRAM_OF_ROWS + "locked: at\n",
        ),
        """\
programs/koss.yaml:6:9 locked: at  does not go with the pairing of Ana Rao and Ben Das (programs/koss.csv:2): it has no at:, and could not agree on one.
    Give every pairing an at:, or take at out of locked.""",
    ),
    Case(
        "a zone that is not the one of people.yaml, and one that is none",
        {
            **of(
                "mentor,mentor tz,mentee,mentee tz\n"
                "Ana Rao,Europe/Rome,Ben Das <ben@example.org>,IST\n",
                HEAD + "roster: koss.csv\n",
            ),
            "people.yaml": "ana: {name: Ana Rao, address: ana@example.org, zone: Europe/Berlin}\n",
        },
        """\
programs/koss.csv:2:2 mentor_zone: Europe/Rome  is not the zone of Ana Rao in people.yaml:1, Europe/Berlin.
    A person lives in one zone: write the same in both.
programs/koss.csv:2:4 mentee_zone: IST  is used in India, Ireland and Israel.
    Write the city: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem.""",
    ),
    Case(
        "two columns of one name, in two spellings",
        of("mentor,Mentee e-mail,mentee,mentee_address\nAna,b@example.org,Ben,b@example.org\n"),
        """\
programs/koss.csv:1:4 mentee_address:  is here twice, first in column 2.
    Keep one of the two columns.
programs/koss.csv:2:1 mentor: Ana  has no address and is not known yet.
    Write: Ana <address>""",
    ),
    Case(
        "no row, and nothing at all",
        {
            **of("mentor;mentee\n"),
            "other.yaml": PROGRAM_OF_ROWS.replace("koss.csv", "other.csv").replace("koss@", "o@"),
            "other.csv": "\n",
        },
        """\
programs/other.csv This roster is empty.
    Name its columns. For example: mentor, mentor_address, mentee, mentee_address, at
programs/koss.csv Warning: This roster has no row, so nobody of it meets.
    Add one for each pairing.""",
    ),
    Case(
        "a mark inside a cell, and a cell of two lines",
        of(
            "mentor,mentee,link\n"
            'Ana Rao <ana@example.org>,Ben Das <ben@example.org>,"Room\n4"\n'
            'Ana Rao,"Chi" Lin,\n'
        ),
        """\
programs/koss.csv:2:3 link: Room?4  holds a line break or an invisible character.
    Allowed: one line of at most 300 characters, or meet or teams. For example: link: https://meet.example.org/ana
programs/koss.csv:4:1 A cell of this row goes on behind its closing quotation mark.
    Write the whole cell in quotes and a mark inside it twice (""), or leave them out.""",
    ),
    Case(
        "names of files that are none, or elsewhere",
        {
            "a.yaml": HEAD + "id: a\nroster: ../koss.csv\n",
            "b.yaml": HEAD.replace("koss@", "b@") + "roster: koss\n",
            "koss.csv": "mentor,mentee\n",
        },
        """\
programs/a.yaml:7:9 roster: ../koss.csv  is not the name of a file in the same folder.
    Put the roster beside this file and write its name alone, like koss-2027.csv.
programs/b.yaml:6:9 roster: koss  is not a CSV file.
    Its name ends in .csv, like koss-2027.csv.""",
    ),
    Case(
        "a roster that no program names",
        {"koss.yaml": PROGRAM, "extra.csv": "mentor,mentee\n"},
        """\
programs/extra.csv Warning: No program names this roster, so it is not read.
    Add roster: extra.csv to the file of its program, or move it elsewhere.""",
    ),
    Case(
        "an invisible character is found by its cell",
        of("mentor,mentee\nAna Rao <ana@example.org>,Ben\x07 Das <ben@example.org>\n"),
        """\
programs/koss.csv:2:2 There is an invisible character here (U+0007).
    Delete it, or save the file as plain text in UTF-8.""",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_mistake_is_told_with_its_row(case: Case, tmp_path: Path) -> None:
    assert report(load(write(tmp_path, case.files)).problems) == case.told


def test_a_slip_in_every_row_is_told_a_hundred_times_and_no_more(tmp_path: Path) -> None:
    rows = "".join(f"Ana Rao,Mentee {number}\n" for number in range(200))
    told = report(load(write(tmp_path, of(f"mentor,mentee\n{rows}"))).problems).split("\n")
    assert told[:2] == [
        "programs/koss.csv      This file has more than 100 mistakes; the first that were found are told.",
        "    Mend them and run check again.",
    ]
    assert len(told) == 2 * 101
