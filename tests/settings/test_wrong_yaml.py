"""Files that are not the YAML we read: literal text, literal answer (trap 79).

Not settings: what the names mean does not matter here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, Case, write

CASES = [
    Case(
        "a colon in a value",
        PROGRAM + "link: see: there\n",
        """\
programs/koss.yaml:9:10 A colon is not expected here.
    Start this line in the same column as its neighbours; put a value that holds ': ' in quotes.""",
    ),
    Case(
        "a quotation mark not closed",
        PROGRAM + 'link: "open\n',
        """\
programs/koss.yaml:9:7 A quotation mark is opened here and never closed.
    Close it, or leave both out.""",
    ),
    Case(
        "a value that begins with @",
        PROGRAM + "link: @home\n",
        """\
programs/koss.yaml:9:7 A value cannot start with this character.
    Put the value in quotes: "…".""",
    ),
    Case(
        "a bracket not closed",
        PROGRAM + "link: [a, b\n",
        """\
programs/koss.yaml:9:7 A bracket is opened here and never closed, or a comma is missing behind it.
    Close it, or put the value in quotes if it really starts with a bracket.""",
    ),
    Case(
        "a line without a colon",
        PROGRAM + "hello\n",
        """\
programs/koss.yaml:9:1 This line has no colon.
    Write name: value, with a space after the colon.""",
    ),
    Case(
        "the first line indented",
        """\
 name: x
contact: y
""",
        """\
programs/koss.yaml:2:1 This line does not line up with the lines above it.
    Lines that belong together start in the same column, the outermost in the first.""",
    ),
    Case(
        "an alias (trap_79)",
        PROGRAM + "link: *home\n",
        """\
programs/koss.yaml:9:7 A value starts with * (a YAML alias), and aliases are not allowed.
    Write the value out, or put it in quotes if it really starts with *.""",
    ),
    Case(
        "an anchor of YAML (trap_79)",
        PROGRAM + "link: &home x\n",
        """\
programs/koss.yaml:9:7 A value starts with & (a YAML anchor), and anchors are not allowed.
    Leave the & word out, or put the value in quotes if it really starts with &.""",
    ),
    Case(
        "a tag (trap_79)",
        PROGRAM + "link: !!python/object:os.system x\n",
        """\
programs/koss.yaml:9:7 A value starts with ! (a YAML tag), and tags are not allowed.
    Leave the ! word out, or put the value in quotes if it really starts with !.""",
    ),
    Case(
        "a name that is a list",
        PROGRAM
        + """\
? [a, b]
: c
""",
        """\
programs/koss.yaml:9:3 A name must be one plain word.
    Write name: value.""",
    ),
    Case(
        "a line break in a name, which would end a mail header",
        PROGRAM.replace("name: KOSS 1:1s", 'name: "KOSS\\nBcc: x"'),
        """\
programs/koss.yaml:1:7 name: KOSS?Bcc: x  holds a line break or an invisible character.
    Allowed: one line of at most 60 characters. For example: name: KOSS 1:1s""",
    ),
    Case(
        "secrets where no secret belongs",
        PROGRAM.replace("koss@example.org", "koss@example.org:password=hunter2")
        + """\
cadence: "abcd efgh ijkl mnop"
api_key: hunter2
""",
        """\
programs/koss.yaml:3:10 mailbox: (not shown)  is not an e-mail address.
    An address looks like name@example.org.
programs/koss.yaml:9:10 cadence: (not shown)  is not a cadence.
    Allowed: weekly, biweekly, every N weeks, monthly, quarterly, or N sessions in M weeks. For example: cadence: biweekly
programs/koss.yaml:10:1 api_key: (not shown)  A secret does not belong in this file, and I have not kept it.
    Delete the line, make a new secret (this one may be in a backup or in git), then: run.py connect ADDRESS""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_mistake_is_told_with_its_place(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors
