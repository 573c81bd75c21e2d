"""Values that admins get wrong first: literal file, literal answer (LETTERS section 6).

Not the reading of YAML itself, nor who is who.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import HEAD, PROGRAM, Case, write

CASES = [
    Case(
        "names with hyphens, of other tools, of nothing, of later versions",
        PROGRAM
        + """\
quiet-hours: 21:00-07:00
frequency: weekly
zzz: 3
visible_after_seconds: Maya
""",
        """\
programs/koss.yaml:9:1  quiet-hours:  is not a setting.
    Did you mean quiet_hours?
programs/koss.yaml:10:1 frequency:  is not a setting.
    Did you mean cadence?
programs/koss.yaml:11:1 zzz:  is not a setting.
    All settings stand in docs/settings.md.
programs/koss.yaml:12:1 visible_after_seconds:  comes with a later version.
    Delete the line until then.""",
    ),
    Case(
        "days of goals that do not rise, or come at once",
        PROGRAM + "goals: yes\ngoal_days: 60, 30\n",
        """\
programs/koss.yaml:9:8   goals: yes  is not known.
    Allowed: none, plain or smart. For example: goals: smart
programs/koss.yaml:10:12 goal_days: 60, 30  does not rise from number to number.
    Allowed: rising numbers of days from 7 to 400, with commas, or none. For example: goal_days: 30, 60, 90""",
    ),
    Case(
        "old mail deleted too soon",
        PROGRAM + "mailbox_keep: 3\n",
        """\
programs/koss.yaml:9:15 mailbox_keep: 3  is outside 7 to 360 days, and is not 0.
    Allowed: a whole number of days from 7 to 360, or 0. For example: mailbox_keep: 90""",
    ),
    Case(
        "reports that nobody writes, to nobody",
        PROGRAM + "reports: yearly\nreports_to: board@example.org\n",
        """\
programs/koss.yaml:9:10  reports: yearly  is not known.
    Did you mean annual?
programs/koss.yaml:10:13 reports_to: board@example.org  has no name, and letters name a human being.
    Write Name <board@example.org>.""",
    ),
    Case(
        "notes deleted while they may still be answered",
        PROGRAM + "notes_keep_days: 7\n",
        """\
programs/koss.yaml:9:18 notes_keep_days: 7  is outside 14 to 3650 days, and is not 0.
    Allowed: a whole number of days from 14 to 3650, or 0. For example: notes_keep_days: 90""",
    ),
    *(
        Case(
            f"who reads along: {text}",
            PROGRAM + f"mailbox_readers: {text}\n",
            f"programs/koss.yaml:9:18 mailbox_readers: {text}  {told}",
        )
        for text, told in (
            (
                "nobody, Maya",
                "says nobody, and names somebody.\n    Allowed: nobody, or at most 5 names with commas. For example: mailbox_readers: Maya, Tom",
            ),
            ("none", "has none in it, which is no name.\n    Did you mean nobody?"),
            ("Maya, yes", "has yes in it, which is no name.\n    Did you mean nobody?"),
            (
                "maya@example.org",
                "holds an address, and every welcome would show it.\n    Write names alone.",
            ),
            ("A, B, C, D, E, F", "has more than 5 names.\n    Write a group: the board"),
        )
    ),
    Case(
        "an unknown name in a pairing",
        PROGRAM + "    nickname: Ani\n",
        """\
programs/koss.yaml:9:5 nickname:  is not a setting.
    Known here: anchor, at, between, cadence, ends, fallback_at, id, length_minutes, letters_per_day, letters_per_week, link, mentee, mentees, mentor, ok, prep_mentee_at, prep_mentee_days, prep_mentor_at, prep_mentor_days, quiet_hours, resumes, starts, state, substitute, themes_left_out.""",
    ),
    Case(
        "a person's zone in a pairing",
        PROGRAM + "    timezone: Europe/Berlin\n    zone: Europe/Berlin\n",
        """\
programs/koss.yaml:9:5  timezone:  is not a setting here.
    A person's zone stands in people.yaml, beside programs/.
programs/koss.yaml:10:5 zone:  is not a setting here.
    A person's zone stands in people.yaml, beside programs/.""",
    ),
    Case(
        "what a program and a mentor say, in a pairing",
        PROGRAM
        + "    mentor_called: lead\n    exit_survey: true\n    most_mentees: 3\n    capacity: 3\n",
        """\
programs/koss.yaml:9:5  mentor_called:  is not a setting here.
    It is a setting of the program: write it above pairings:.
programs/koss.yaml:10:5 exit_survey:  is not a setting here.
    It is a setting of the program: write it above pairings:.
programs/koss.yaml:11:5 most_mentees:  is not a setting here.
    How many a mentor takes stands with the mentor in people.yaml, beside programs/: most_mentees: 3
programs/koss.yaml:12:5 capacity:  is not a setting here.
    How many a mentor takes stands with the mentor in people.yaml, beside programs/: most_mentees: 3""",
    ),
    Case(
        "what a program and a person say, in a pairing",
        PROGRAM + "    language: de\n    preset: koss\n",
        """\
programs/koss.yaml:9:5  language:  is not a setting here.
    It is a setting of the program, above pairings:, or of a person, in people.yaml beside programs/.
programs/koss.yaml:10:5 preset:  is not a setting here.
    It is a setting of the program: write it above pairings:.""",
    ),
    Case(
        "what a pairing says, in a program",
        PROGRAM + "state: paused\nmentor: Ana Rao\n",
        """\
programs/koss.yaml:9:1  state:  is not a setting here.
    It is a setting of a pairing: write it in an entry of pairings:.
programs/koss.yaml:10:1 mentor:  is not a setting here.
    It is a setting of a pairing: write it in an entry of pairings:.""",
    ),
    Case(
        "what a mentor says, in a program",
        PROGRAM + "most_mentees: 3\nmax_mentees: 3\n",
        """\
programs/koss.yaml:9:1  most_mentees:  is not a setting here.
    How many a mentor takes stands with the mentor in people.yaml, beside programs/: most_mentees: 3
programs/koss.yaml:10:1 max_mentees:  is not a setting here.
    How many a mentor takes stands with the mentor in people.yaml, beside programs/: most_mentees: 3""",
    ),
    Case(
        "an address without its brackets",
        HEAD
        + "pairings:\n  - mentor: Ana Rao <ana@example.org>\n    mentee: Ben Das ben@example.org\n",
        """\
programs/koss.yaml:8:13 mentee: Ben Das ben@example.org  has no < > around the address.
    Write Ben Das <ben@example.org>.""",
    ),
    Case(
        "people.yaml among the programs",
        {
            "koss.yaml": HEAD + "pairings:\n  - {mentor: ana, mentee: Ben Das <ben@example.org>}\n",
            "programs/people.yaml": "ana: {name: Ana Rao, address: ana@example.org}\n",
        },
        """\
programs/people.yaml people.yaml belongs one folder up.
    Move it beside programs/.""",
    ),
    Case(
        "a cadence mistyped",
        PROGRAM + "cadence: wekly\n",
        """\
programs/koss.yaml:9:10 cadence: wekly  is not a cadence.
    Did you mean weekly?""",
    ),
    Case(
        "no cadence at all",
        PROGRAM + "cadence: purple\n",
        """\
programs/koss.yaml:9:10 cadence: purple  is not a cadence.
    Allowed: weekly, biweekly, every N weeks, monthly, quarterly, or N sessions in M weeks. For example: cadence: biweekly""",
    ),
    Case(
        "no space after the colon, and the rest is checked",
        PROGRAM
        + """\
cadence:weekly
ends: 1
""",
        """\
programs/koss.yaml:9:1  cadence:  has no space after its colon.
    Put a space after the colon.
programs/koss.yaml:10:7 ends: 1  is not a date as YYYY-MM-DD.
    Allowed: a date as YYYY-MM-DD. For example: ends: 2027-06-30""",
    ),
    Case(
        "two tabs",
        """\
name: x
	contact: y
	mailbox: z
""",
        """\
programs/koss.yaml:2:1 This line starts with a tab; use two spaces.
programs/koss.yaml:3:1 This line starts with a tab; use two spaces.""",
    ),
    Case(
        "a date that may be two",
        PROGRAM + "ends: 03/04/2027\n",
        """\
programs/koss.yaml:9:7 ends: 03/04/2027  is not a date as YYYY-MM-DD.
    Write 2027-04-03 (3 April) or 2027-03-04 (4 March).""",
    ),
    Case(
        "a date that does not exist",
        PROGRAM + "ends: 2027-02-30\n",
        """\
programs/koss.yaml:9:7 ends: 2027-02-30  does not exist: February 2027 has 28 days.
    Did you mean 2027-02-28?""",
    ),
    Case(
        "a date without its zeros",
        PROGRAM + "ends: 2027-6-3\n",
        """\
programs/koss.yaml:9:7 ends: 2027-6-3  is not a date as YYYY-MM-DD.
    Write 2027-06-03.""",
    ),
    Case(
        "a date in words, and a month 13",
        PROGRAM
        + """\
ends: next year
starts: 2027-13-01
""",
        """\
programs/koss.yaml:9:7  ends: next year  is not a date as YYYY-MM-DD.
    Allowed: a date as YYYY-MM-DD. For example: ends: 2027-06-30
programs/koss.yaml:10:9 starts: 2027-13-01  does not exist: there is no month 13.
    Allowed: a date as YYYY-MM-DD. For example: starts: 2026-09-07""",
    ),
    Case(
        "an end before the start",
        PROGRAM
        + """\
starts: 2027-01-01
ends: 2026-01-01
""",
        """\
programs/koss.yaml:10:7 ends: 2026-01-01  does not go with starts: 2027-01-01 (line 9): it would be over before it begins.
    Change one of the two.""",
    ),
    Case(
        "a pairing's end before the program's start",
        PROGRAM
        + """\
    ends: 2025-01-01
starts: 2026-01-01
""",
        """\
programs/koss.yaml:9:11 ends: 2025-01-01  does not go with starts: 2026-01-01 (line 10): it would be over before it begins.
    Change one of the two.""",
    ),
    Case(
        "an address at gmial.com",
        PROGRAM
        + """\
  - mentor: Chi Lin <chi@gmial.com>
    mentee: Ben Das
""",
        """\
programs/koss.yaml:9:13 mentor: Chi Lin <chi@gmial.com>  ends in gmial.com.
    Did you mean gmail.com? If it is right, add ok: true""",
    ),
    Case(
        "an address at gmail.con",
        PROGRAM.replace("koss@example.org", "koss@gmail.con"),
        """\
programs/koss.yaml:3:10 mailbox: koss@gmail.con  ends in gmail.con.
    Did you mean gmail.com? If it is right, add ok: true""",
    ),
    Case(
        "the same pairing twice",
        PROGRAM
        + """\
  - mentor: Ana Rao
    mentee: Ben Das
""",
        """\
programs/koss.yaml:9:13 mentor: Ana Rao  and Ben Das are a pairing already, in line 7.
    Keep one of the two.""",
    ),
    Case(
        "one name with two addresses",
        PROGRAM
        + """\
  - mentor: Ana Rao <ana@other.org>
    mentee: Chi Lin <chi@example.org>
""",
        """\
programs/koss.yaml:9:13 mentor: Ana Rao <ana@other.org>  has another address in line 7: ana@example.org.
    Write one address for one person; two people of one name need an id each in people.yaml.""",
    ),
    Case(
        "quiet all day",
        PROGRAM + "quiet_hours: 00:00-24:00\n",
        """\
programs/koss.yaml:9:14 quiet_hours: 00:00-24:00  is the whole day, so no letter could ever be sent.
    Allowed: two times with a hyphen, leaving at least 4 hours of the day. For example: quiet_hours: 21:00-07:00""",
    ),
    Case(
        "quiet from when?",
        PROGRAM + "quiet_hours: 21:00\n",
        """\
programs/koss.yaml:9:14 quiet_hours: 21:00  is not two times with a hyphen.
    Allowed: two times with a hyphen, leaving at least 4 hours of the day. For example: quiet_hours: 21:00-07:00""",
    ),
    Case(
        "quiet hours in half days",
        PROGRAM + "quiet_hours: 9pm-7am\n",
        """\
programs/koss.yaml:9:14 quiet_hours: 9pm-7am  is not a time from 00:00 to 23:59.
    Allowed: two times with a hyphen, leaving at least 4 hours of the day. For example: quiet_hours: 21:00-07:00""",
    ),
    Case(
        "quiet nearly all day",
        PROGRAM + "quiet_hours: 06:00-04:00\n",
        """\
programs/koss.yaml:9:14 quiet_hours: 06:00-04:00  leaves less than 4 hours of the day.
    Allowed: two times with a hyphen, leaving at least 4 hours of the day. For example: quiet_hours: 21:00-07:00""",
    ),
    Case(
        "numbers out of bounds, in words, with units",
        PROGRAM
        + """\
offers: 9
rounds: three
notice_hours: 24h
length_minutes: 1e9
""",
        """\
programs/koss.yaml:9:9   offers: 9  is outside 1 to 5 times.
    Allowed: a whole number of times from 1 to 5. For example: offers: 3
programs/koss.yaml:10:9  rounds: three  is not a whole number.
    Allowed: a whole number of rounds from 1 to 9. For example: rounds: 3
programs/koss.yaml:11:15 notice_hours: 24h  is not a whole number.
    Write 24 alone.
programs/koss.yaml:12:17 length_minutes: 1e9  is not a whole number.
    Allowed: a whole number of minutes from 10 to 240, or two with a comma that alternate. For example: length_minutes: 30, 60""",
    ),
    Case(
        "lists of days",
        PROGRAM
        + """\
setup_nudge_days: 5, 2
reconnect_days: [0, x]
""",
        """\
programs/koss.yaml:9:19  setup_nudge_days: 5, 2  does not rise from number to number.
    Allowed: rising numbers of days from 1 to 60, with commas. For example: setup_nudge_days: 2, 5
programs/koss.yaml:10:17 reconnect_days: 0, x  is not a whole number.
    Allowed: rising numbers of days from 0 to 90, with commas. For example: reconnect_days: 0, 1, 3, 7, 14""",
    ),
    Case(
        "times and choices",
        PROGRAM
        + """\
prep_mentor_at: 9am
prep_mentee_at: 25:00
first_run: later
verify: tokens
prep_mentee_days: 8
""",
        """\
programs/koss.yaml:9:17  prep_mentor_at: 9am  is not a time from 00:00 to 23:59.
    Write 09:00.
programs/koss.yaml:10:17 prep_mentee_at: 25:00  is not a time of day.
    Allowed: a time from 00:00 to 23:59. For example: prep_mentee_at: 18:00
programs/koss.yaml:11:12 first_run: later  is not known.
    Allowed: hold or send. For example: first_run: hold
programs/koss.yaml:12:9  verify: tokens  is not known.
    Did you mean token?
programs/koss.yaml:13:19 prep_mentee_days: 8  is outside 0 to 7 days.
    Allowed: a whole number of days from 0 to 7. For example: prep_mentee_days: 2""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_mistake_is_told_with_its_place(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors
