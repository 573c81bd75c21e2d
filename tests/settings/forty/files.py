"""Mistakes of the file itself: not text, not YAML, not there.

Not what stands in it.
"""

from __future__ import annotations

from tests.settings.folders import HEAD, PROGRAM
from tests.settings.forty.mistake import Mistake

MISTAKES = [
    Mistake(
        "a tab",
        PROGRAM.replace("    mentee", "\tmentee"),
        """\
programs/koss.yaml:8:1 This line starts with a tab; use two spaces.""",
    ),
    Mistake(
        "no space after the colon",
        PROGRAM + "cadence:weekly\n",
        """\
programs/koss.yaml:9:1 cadence:  has no space after its colon.
    Put a space after the colon.""",
    ),
    Mistake(
        "a setting twice (trap_79)",
        PROGRAM + "name: Other\n",
        """\
programs/koss.yaml:9:1 name:  is here twice, first in line 1.
    Keep one of the two.""",
    ),
    Mistake(
        "an alias bomb",
        "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n",
        """\
programs/koss.yaml:1:4 A value starts with & (a YAML anchor), and anchors are not allowed.
    Leave the & word out, or put the value in quotes if it really starts with &.
programs/koss.yaml:2:4 A value starts with & (a YAML anchor), and anchors are not allowed.
    Leave the & word out, or put the value in quotes if it really starts with &.
programs/koss.yaml:2:8 A value starts with * (a YAML alias), and aliases are not allowed.
    Write the value out, or put it in quotes if it really starts with *.""",
    ),
    Mistake(
        "brackets without end",
        "[" * 3000,
        """\
programs/koss.yaml:1:21 Lists and settings are nested more than 20 deep here.
    A program needs three levels; look for brackets that are not closed.""",
    ),
    Mistake(
        "half saved: the last line is cut off",
        PROGRAM.removesuffix("example.org>\n"),
        """\
programs/koss.yaml:8:13 mentee: Ben Das <ben@  is not an e-mail address.
    An address looks like name@example.org.""",
    ),
    Mistake(
        "half saved: a quotation mark is open",
        HEAD + 'pairings:\n  - mentor: "Ana Rao <ana@exam',
        """\
programs/koss.yaml:7:13 A quotation mark is opened here and never closed.
    Close it, or leave both out.""",
    ),
    Mistake(
        "half saved: the power went, and the rest is zeros",
        PROGRAM + "\0" * 400,
        """\
programs/koss.yaml:9:1 From here on there are zeros instead of text, as after a power cut.
    Write it anew from here on, or put the file back from a backup.""",
    ),
    Mistake(
        "a line out of line",
        PROGRAM + " cadence: weekly\n",
        """\
programs/koss.yaml:9:2 This line does not line up with the lines above it.
    Lines that belong together start in the same column; entries of a list start with '- '.""",
    ),
    Mistake(
        "a colon inside a value",
        PROGRAM + "link: room: 4\n",
        """\
programs/koss.yaml:9:11 A colon is not expected here.
    Start this line in the same column as its neighbours; put a value that holds ': ' in quotes.""",
    ),
    Mistake(
        "two programs in one file",
        PROGRAM + "---\n" + PROGRAM,
        """\
programs/koss.yaml:9:1 A second document starts here (---).
    One file is one program: put the second one into a file of its own.""",
    ),
    Mistake(
        "nothing in it",
        "",
        """\
programs/koss.yaml This file is empty.
    The ten lines that a program needs stand in the README. Or remove it.""",
    ),
    Mistake(
        "latin-1",
        {"koss.yaml": PROGRAM.replace("Rao", "Räo").encode("latin-1")},
        """\
programs/koss.yaml:7:18 This file is not in UTF-8, so this letter cannot be read.
    Save it again with the encoding UTF-8.""",
    ),
    Mistake(
        "UTF-16",
        {"koss.yaml": PROGRAM.encode("utf-16")},
        """\
programs/koss.yaml This file is in UTF-16, which some editors call "Unicode", and not in UTF-8.
    Save it again with the encoding UTF-8.""",
    ),
    Mistake(
        "5 MB",
        "#" * 5_000_000,
        """\
programs/koss.yaml This file is larger than 1 MB.
    A pairing takes a few lines, so this is hardly the file that was meant.""",
    ),
    Mistake(
        "a folder instead of a file",
        {"koss.yaml": PROGRAM, "people.yaml": None},
        """\
people.yaml This is a folder, not a file.
    Rename or remove it.""",
    ),
    Mistake(
        "a file that may not be read",
        PROGRAM,
        """\
programs/koss.yaml This file cannot be read: Permission denied.
    Give whoever runs this command the right to read it.""",
        closed="programs/koss.yaml",
    ),
    Mistake(
        "no program at all",
        {"people.yaml": "ana: {name: Ana Rao, address: ana@example.org}\n"},
        """\
programs There is no program in mine/programs.
    Name the folder that holds yours with --config DIR, or let run.py init DIR write the first one.""",
    ),
]
