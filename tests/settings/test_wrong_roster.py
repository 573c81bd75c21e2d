"""People, pairings and accounts that do not add up: literal files, literal answer.

Not single values: those stand in test_wrong_values.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import HEAD, PROGRAM, Case, write

CASES = [
    Case(
        "help_to is the mailbox",
        PROGRAM + "help_to: KOSS <koss@example.org>\n",
        """\
programs/koss.yaml:9:10 help_to: KOSS <koss@example.org>  is the program's mailbox, which several people may read.
    Write a person's own address: HELP goes there, and to nobody else.""",
    ),
    Case(
        "nobody's name for help",
        PROGRAM + "help_to: eva@example.org\n",
        """\
programs/koss.yaml:9:10 help_to: eva@example.org  has no name, and letters name a human being.
    Write Name <eva@example.org>.""",
    ),
    Case(
        "a contact without a name",
        PROGRAM.replace("Maya <maya@example.org>", "maya@example.org"),
        """\
programs/koss.yaml:2:10 contact: maya@example.org  has no name, and letters name a human being.
    Write Name <maya@example.org>.""",
    ),
    Case(
        "a contact without an address",
        PROGRAM.replace("Maya <maya@example.org>", "Maya"),
        """\
programs/koss.yaml:2:10 contact: Maya  has no address.
    Write Maya <address>.""",
    ),
    Case(
        "everything missing",
        """\
pairings:
  - mentor: Ana Rao <ana@example.org>
    mentee: Ben Das <ben@example.org>
""",
        """\
programs/koss.yaml:1:1 contact:  is missing.
    Add a line like contact: Maya <maya@example.org>
programs/koss.yaml:1:1 mailbox:  is missing.
    Add a line like mailbox: koss@example.org
programs/koss.yaml:1:1 name:  is missing.
    Add a line like name: KOSS 1:1s
programs/koss.yaml:1:1 timezone:  is missing.
    Add a line like timezone: Asia/Kolkata""",
    ),
    Case(
        "an empty file",
        "",
        """\
programs/koss.yaml This file is empty.
    The ten lines that a program needs stand in the README. Or remove it.""",
    ),
    Case(
        "a list instead of settings",
        "- a\n",
        """\
programs/koss.yaml:1:1 This file holds no settings (name: value).
    The ten lines that a program needs stand in the README.""",
    ),
    Case(
        "an empty value",
        PROGRAM.replace("name: KOSS 1:1s", "name:"),
        """\
programs/koss.yaml:1:6 name:  is empty.
    For example: name: KOSS 1:1s""",
    ),
    Case(
        "words that are none",
        PROGRAM
        + """\
organizer: programm
preset: kos
""",
        """\
programs/koss.yaml:9:12 organizer: programm  is not an e-mail address.
    An address looks like name@example.org.
programs/koss.yaml:10:9 preset: kos  is not known.
    Did you mean koss?""",
    ),
    Case(
        "accounts",
        PROGRAM
        + """\
accounts:
  ana@example.org: {calendar: icloud, password: hunter2}
  bob: {calendar: local}
  eva@example.org: local
""",
        """\
programs/koss.yaml:10:31 calendar: icloud  is not known.
    Allowed: auto, local, internet, google, exchange, microsoft or none. For example: calendar: auto
programs/koss.yaml:10:39 password: (not shown)  A password does not belong in this file, and I have not kept it.
    Delete the line, make a new password (this one may be in a backup or in git), then: run.py connect ana@example.org
programs/koss.yaml:11:3  bob:  is not an e-mail address.
    An address looks like name@example.org.
programs/koss.yaml:12:20 eva@example.org:  is not a block of settings.
    For example: ana@example.org: {calendar: local}""",
    ),
    Case(
        "a state and a key",
        PROGRAM
        + """\
    state: pausing
    id: Ana&Ben
""",
        """\
programs/koss.yaml:9:12 state: pausing  is not known.
    Did you mean paused?
programs/koss.yaml:10:9 id: Ana&Ben  is not 1 to 40 small letters, digits and hyphens.
    Allowed: 1 to 40 small letters, digits and hyphens. For example: id: ana-rao-ben-das""",
    ),
    Case(
        "a name alone, an address alone",
        HEAD
        + """\
pairings:
  - mentor: Ana Rao
    mentee: ben@example.org
""",
        """\
programs/koss.yaml:7:13 mentor: Ana Rao  has no address and is not known yet.
    Write: Ana Rao <address>
programs/koss.yaml:8:13 mentee: ben@example.org  has no name and is not known yet.
    Write: Name <ben@example.org>""",
    ),
    Case(
        "broken addresses",
        HEAD
        + """\
pairings:
  - mentor: Ana Rao <ana@>
    mentee: Ben Das <ben@example.org
""",
        """\
programs/koss.yaml:7:13 mentor: Ana Rao <ana@>  is not an e-mail address.
    An address looks like name@example.org.
programs/koss.yaml:8:13 mentee: Ben Das <ben@example.org  is not an e-mail address.
    An address looks like name@example.org.""",
    ),
    Case(
        "entries that are no pairings",
        HEAD
        + """\
pairings:
  - Ana Rao and Ben Das
  - mentor: Ana Rao <ana@example.org>
""",
        """\
programs/koss.yaml:7:5 A pairing has at least mentor: and mentee:.
    Write - mentor: … and mentee: …
programs/koss.yaml:8:5 mentee:  is missing.
    Add a line like mentee: Ben Das <ben@example.org>""",
    ),
    Case(
        "pairings that are no list",
        HEAD + "pairings: none\n",
        """\
programs/koss.yaml:6:11 pairings:  is not a list.
    Begin each pairing with a hyphen: - mentor: …""",
    ),
    Case(
        "two files of one program id",
        {"koss.yaml": PROGRAM, "koss.yml": HEAD + "pairings: []\n"},
        """\
programs/koss.yml:1:1 id: koss  is the id of programs/koss.yaml already.
    Rename one of the two files, or give one an id: of its own.""",
    ),
    Case(
        "one pairing key in two programs",
        {"a.yaml": PROGRAM, "b.yaml": PROGRAM},
        """\
programs/b.yaml:7:13 mentor: Ana Rao  and Ben Das get the key ana-rao-ben-das, which belongs to the pairing in programs/a.yaml:7.
    Give one of the two a key of its own, for example id: ana-rao-ben-das-2""",
    ),
    Case(
        "somebody of another program's file",
        {
            "a.yaml": PROGRAM,
            "b.yaml": HEAD
            + """\
pairings:
  - mentor: Ana Rao
    mentee: Bob Das <bob@example.org>
""",
        },
        """\
programs/b.yaml:7:13 mentor: Ana Rao  has no address in this file.
    Write: Ana Rao <ana@example.org>""",
    ),
    Case(
        "people.yaml",
        {
            "koss.yaml": HEAD
            + """\
pairings:
  - {mentor: ana, mentee: Wei}
""",
            "people.yaml": """\
ana: {name: Ana Rao, address: ana@example.org, zone: IST, hours: Mon-Fri 18:00-09:00}
Wei: {name: Wei, address: w@example.org}
w1: {name: Wei, address: w1@example.org}
w2: {name: Wei, address: w2@example.org}
w3: {name: Wu, address: w1@example.org}
password: hunter2
bob: hi
""",
        },
        """\
people.yaml:1:54        zone: IST  is used in India, Ireland and Israel.
    Write the city: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem.
people.yaml:1:66        hours: Mon-Fri 18:00-09:00  ends before it begins.
    Hours over midnight are two entries: Fri 22:00-24:00 and Sat 00:00-02:00.
people.yaml:2:1         Wei:  is not 1 to 40 small letters, digits and hyphens.
    Write wei before the colon.
people.yaml:5:25        address: w1@example.org  has the address of Wei (line 3).
    If these are two people, give each an id and an address of their own in people.yaml.
people.yaml:6:1         password: (not shown)  A password does not belong in this file, and I have not kept it.
    Delete the line, make a new password (this one may be in a backup or in git), then: run.py connect ADDRESS
people.yaml:7:1         bob:  needs at least a name and an address.
    For example: ana-rao: {name: Ana Rao, address: ana@example.org, zone: Europe/Berlin}
programs/koss.yaml:7:27 mentee: Wei  is the name of 2 people.
    Write the id instead: w1 or w2.""",
    ),
    Case(
        "oneonone.yaml",
        {
            "koss.yaml": PROGRAM,
            "oneonone.yaml": """\
password: x
web: http://1on1.example.org
web_listen: "80"
""",
        },
        """\
oneonone.yaml:1:1 password: (not shown)  A password does not belong in this file, and I have not kept it.
    Delete the line, make a new password (this one may be in a backup or in git), then: run.py connect ADDRESS
oneonone.yaml:2:6 web: http://1on1.example.org  is not encrypted.
    Write https://1on1.example.org""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_mistake_is_told_with_its_place(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors
