"""Mistakes about people: who they are, where they are written to, when they are awake.

Not of rosters in spreadsheets, which have mistakes of their own.
"""

from __future__ import annotations

from tests.settings.folders import PROGRAM
from tests.settings.forty.mistake import Mistake

MISTAKES = [
    Mistake(
        "a name with two addresses",
        PROGRAM
        + """\
  - mentor: Ana Rao <ana.rao@example.org>
    mentee: Chi Lin <chi@example.org>
""",
        """\
programs/koss.yaml:9:13 mentor: Ana Rao <ana.rao@example.org>  has another address in line 7: ana@example.org.
    Write one address for one person; two people of one name need an id each in people.yaml.""",
    ),
    Mistake(
        "two names with one address",
        PROGRAM
        + """\
  - mentor: Anna Rao <ana@example.org>
    mentee: Chi Lin <chi@example.org>
""",
        """\
programs/koss.yaml:9:13 mentor: Anna Rao <ana@example.org>  has the address of Ana Rao (line 7).
    Write one name for one person; two people need two addresses.""",
    ),
    Mistake(
        "the same pairing twice",
        PROGRAM + "  - {mentor: Ana Rao, mentee: Ben Das}\n",
        """\
programs/koss.yaml:9:14 mentor: Ana Rao  and Ben Das are a pairing already, in line 7.
    Keep one of the two.""",
    ),
    Mistake(
        "one person on both sides",
        PROGRAM.replace("Ben Das <ben@example.org>", "Ana Rao"),
        """\
programs/koss.yaml:8:13 mentee: Ana Rao  is the mentor of this pairing as well.
    A pairing is two people.""",
    ),
    Mistake(
        "gmial.com",
        PROGRAM.replace("ben@example.org", "ben@gmial.com"),
        """\
programs/koss.yaml:8:13 mentee: Ben Das <ben@gmial.com>  ends in gmial.com.
    Did you mean gmail.com? If it is right, add ok: true""",
    ),
    Mistake(
        "no address",
        PROGRAM.replace(" <ben@example.org>", ""),
        """\
programs/koss.yaml:8:13 mentee: Ben Das  has no address and is not known yet.
    Write: Ben Das <address>""",
    ),
    Mistake(
        "an address cut short",
        PROGRAM.replace("ben@example.org", "ben@example"),
        """\
programs/koss.yaml:8:13 mentee: Ben Das <ben@example>  is not an e-mail address.
    An address looks like name@example.org.""",
    ),
    Mistake(
        "a family name first",
        PROGRAM.replace("Ben Das", "Das, Ben"),
        """\
programs/koss.yaml:8:13 mentee: Das, Ben <ben@example.org>  has a comma in the name.
    Write Ben Das: letters call people by the first word.""",
    ),
    Mistake(
        "HELP that would go to the mailbox",
        PROGRAM.replace("maya@", "koss@"),
        """\
programs/koss.yaml:2:10 contact: Maya <koss@example.org>  is the program's mailbox, which several people may read.
    Write a person's own address: HELP goes there, and to nobody else.""",
    ),
    Mistake(
        "a mentor who is the mailbox",
        PROGRAM.replace("ana@", "koss@"),
        """\
programs/koss.yaml:7:13 mentor: Ana Rao  has the address of the mailbox in programs/koss.yaml.
    Letters to it would come back to the program: write the person's own address.""",
    ),
    Mistake(
        "hours that end before they begin",
        {
            "koss.yaml": PROGRAM,
            "people.yaml": "ana: {name: Ana Rao, address: ana@example.org, hours: Mon-Fri 18:00-09:00}\n",
        },
        """\
people.yaml:1:55 hours: Mon-Fri 18:00-09:00  ends before it begins.
    Hours over midnight are two entries: Fri 22:00-24:00 and Sat 00:00-02:00.""",
    ),
    Mistake(
        "two people who are never up at the same time",
        {
            "koss.yaml": PROGRAM.replace("at: Tue 15:00\n", ""),
            "people.yaml": "ana: {name: Ana Rao, address: ana@example.org, zone: America/Los_Angeles}\n",
        },
        """\
programs/koss.yaml:6:13 mentor: Ana Rao  and Ben Das have no time in common in any week for length_minutes: 30 (the default): Mon-Fri 09:00-18:00 in Los Angeles (the default); every day 08:00-21:00 in Kolkata (the default).
    Write longer hours for one of them in people.yaml, or a shorter length_minutes.""",
    ),
    Mistake(
        "an hour at which one of the two sleeps",
        {
            "koss.yaml": PROGRAM,
            "people.yaml": "ben: {name: Ben Das, address: ben@example.org, zone: America/Toronto}\n",
        },
        """\
programs/koss.yaml:5:5 Warning: at: Tue 15:00 (Ana Rao and Ben Das)  is Tue 04:30 in Toronto on 6 January 2026, outside the hours of Ben Das: every day 08:00-21:00.
    Choose another time, or write the hours that are meant in people.yaml.""",
    ),
    Mistake(
        "one pairing in two programs",
        {"cohort.yaml": PROGRAM, "koss.yaml": PROGRAM},
        """\
programs/koss.yaml:7:13 mentor: Ana Rao  and Ben Das get the key ana-rao-ben-das, which belongs to the pairing in programs/cohort.yaml:7.
    Give one of the two a key of its own, for example id: ana-rao-ben-das-2""",
    ),
]
