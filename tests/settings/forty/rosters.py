"""Mistakes of rosters that come out of a spreadsheet. A place is a row and a column of cells.

Not of the program file that names them.
"""

from __future__ import annotations

from tests.settings.folders import HEAD
from tests.settings.forty.mistake import Mistake

ROWS = "mentor,mentee\nAna Rao <ana@example.org>,Ben Das <ben@example.org>\n"
ROSTERED = HEAD + "roster: koss.csv\n"

MISTAKES = [
    Mistake(
        "a column is missing",
        {"koss.yaml": ROSTERED, "koss.csv": "mentor,mentor e-mail\nAna Rao,ana@example.org\n"},
        """\
programs/koss.csv:1:1 The first row names no column mentee.
    The first row names the columns. For example: mentor, mentor_address, mentee, mentee_address, at""",
    ),
    Mistake(
        "a column mistyped",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor,mentro e-mail,mentee\nAna Rao,ana@example.org,Ben Das <ben@>\n",
        },
        """\
programs/koss.csv:1:2 mentro e-mail:  is not a column of a roster.
    Did you mean mentor_address?
programs/koss.csv:2:3 mentee: Ben Das <ben@>  is not an e-mail address.
    An address looks like name@example.org.""",
    ),
    Mistake(
        "the columns of addresses named the other way round",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "Mentor,E-Mail Mentor,Mentee,Mail Mentee\n"
            "Ana Rao,ana@example.org,Ben Das,ben@example.org\nRui Alves,rui@example.org,Eva Roy,eva@example.org\n",
        },
        """\
programs/koss.csv:1:2 E-Mail Mentor:  is not a column of a roster.
    Did you mean mentor_address?
programs/koss.csv:1:4 Mail Mentee:  is not a column of a roster.
    Did you mean mentee_address?""",
    ),
    Mistake(
        "no first row with names",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "Ana Rao <ana@example.org>,Ben Das <ben@example.org>\n",
        },
        """\
programs/koss.csv:1:1 The first row names no column mentor and no column mentee.
    The first row names the columns. For example: mentor, mentor_address, mentee, mentee_address, at""",
    ),
    Mistake(
        "a row with a bad address",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor,mentee,mentee e-mail\nAna Rao <ana@example.org>,Ben Das,ben@\n",
        },
        """\
programs/koss.csv:2:3 mentee: Ben Das <ben@>  is not an e-mail address.
    An address looks like name@example.org.""",
    ),
    Mistake(
        "a row with one cell too many",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor,mentee\nAna Rao <ana@example.org>,Ben Das <ben@example.org>,Room 4\n",
        },
        """\
programs/koss.csv:2:3 This cell stands in a column without a name.
    A cell that holds a comma or semicolon goes into quotes; else name the column in the first row.""",
    ),
    Mistake(
        "a row with one cell too few",
        {"koss.yaml": ROSTERED, "koss.csv": "mentor,mentee\nAna Rao <ana@example.org>\n"},
        """\
programs/koss.csv:2:2 mentee:  is empty in this row.
    Write who it is, or empty the whole row.""",
    ),
    Mistake(
        "the same row twice",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": """\
Mentor;Mentor e-mail;Mentee;Mentee e-mail
Ana Rao;ana@example.org;Ben Das;ben@example.org
Ana Rao;;Ben Das;
""",
        },
        """\
programs/koss.csv:3:1 mentor: Ana Rao  and Ben Das are a pairing already, in line 2.
    Keep one of the two.""",
    ),
    Mistake(
        "semicolons in the first row, commas below",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor;mentee\nAna Rao <ana@example.org>,Ben Das <ben@example.org>\n",
        },
        """\
programs/koss.csv:2:1 This row is one cell, and the first row has 2.
    Let the spreadsheet save the file anew: it separates the cells of all rows alike.""",
    ),
    Mistake(
        "one person in two zones",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": """\
mentor,mentor zone,mentee
Ana Rao <ana@example.org>,Europe/Berlin,Ben Das <ben@example.org>
Ana Rao,Europe/Rome,Chi Lin <chi@example.org>
""",
        },
        """\
programs/koss.csv:3:2 mentor_zone: Europe/Rome  is not the zone of Ana Rao in line 2, Europe/Berlin.
    A person lives in one zone: write the same in both.""",
    ),
    Mistake(
        "as Excel shows dates",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor,mentee,ends\nAna Rao <ana@example.org>,Ben Das <ben@example.org>,30.06.2027\n",
        },
        """\
programs/koss.csv:2:3 ends: 30.06.2027  is not a date as YYYY-MM-DD.
    Write 2027-06-30.""",
    ),
    Mistake(
        "gmial.com in a cell",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor,mentee\nAna Rao <ana@example.org>,Ben Das <ben@gmial.com>\n",
        },
        """\
programs/koss.csv:2:2 mentee: Ben Das <ben@gmial.com>  ends in gmial.com.
    Did you mean gmail.com? If it is right, write true in a column ok.""",
    ),
    Mistake(
        "a column of passwords",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor,mentee,Password\nAna Rao <ana@example.org>,Ben Das <ben@example.org>,hunter2\n",
        },
        """\
programs/koss.csv:1:3 Password: (not shown)  A password does not belong in this file, and I have not kept it.
    Delete the column, make a new password (this one may be in a backup or in git), then: run.py connect ADDRESS""",
    ),
    Mistake(
        "a quotation mark is open",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": 'mentor,mentee\nAna Rao <ana@example.org>,"Ben Das <ben@example.org>\n',
        },
        """\
programs/koss.csv:2:1 A quotation mark is opened in this row and never closed, so no row below it can be read.
    Close it, or leave it out.""",
    ),
    Mistake(
        "plain CSV of Excel, not UTF-8",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor,mentee\nAna Rao <ana@example.org>,Zoë Das <zoe@example.org>\n".encode(
                "latin-1"
            ),
        },
        """\
programs/koss.csv:2:2 This file is not in UTF-8, so this letter cannot be read.
    Save it again as CSV UTF-8 (in Excel: Save As).""",
    ),
    Mistake(
        "a roster under another name",
        {"koss.yaml": ROSTERED, "kos.csv": ROWS},
        """\
programs/koss.yaml:6:9 roster: koss.csv  is not in the folder programs.
    Did you mean kos.csv?""",
    ),
    Mistake(
        "a workbook",
        {"koss.yaml": ROSTERED.replace("koss.csv", "koss.xlsx")},
        """\
programs/koss.yaml:6:9 roster: koss.xlsx  is a workbook, which is not read here.
    Save its sheet as CSV (in Excel: Save As, CSV UTF-8) and write that name.""",
    ),
    Mistake(
        "columns for other purposes",
        {
            "koss.yaml": ROSTERED,
            "koss.csv": "mentor,mentee,Department\nAna Rao <ana@example.org>,Ben Das <ben@example.org>,Physics\n",
        },
        """\
programs/koss.csv:1:3 Warning: Department:  is not a column of a roster, and is not read.
    Known here: mentor, mentee, mentees, id, at, fallback_at, starts, ends, anchor, link, between, quiet_hours, letters_per_day, letters_per_week, prep_mentee_at, prep_mentor_at, prep_mentee_days, prep_mentor_days, cadence, length_minutes, themes_left_out, state, resumes, ok, mentor_address, mentor_zone, mentee_address, mentee_zone.""",
    ),
]
