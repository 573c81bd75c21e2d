"""Folders and files as disks really hold them: missing, unreadable, damaged, huge.

Not the text inside: that is test_wrong_yaml.py.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, write
from tests.settings.powerless import powerless


def told(folder: Path) -> str:
    return report(load(folder).problems).replace(str(folder), "DIR")


NO_PROGRAM = (
    "programs There is no program in DIR/programs.\n"
    "    Name the folder that holds yours with --config DIR, or let run.py init DIR write the first "
    "one."
)


def test_no_folder_no_program(tmp_path: Path) -> None:
    assert told(tmp_path) == NO_PROGRAM
    (tmp_path / "programs").mkdir()
    assert told(tmp_path) == NO_PROGRAM
    (tmp_path / "programs" / ".koss.yaml.swp").write_text("x")
    (tmp_path / "programs" / ".#koss.yaml").write_text("x")
    (tmp_path / "programs" / "koss.yaml~").write_text("x")
    assert told(tmp_path) == NO_PROGRAM
    assert load(tmp_path / "nowhere").errors


def test_programs_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "programs").write_text("x")
    assert told(tmp_path) == NO_PROGRAM


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b"#" * 1_000_001,
            "programs/koss.yaml This file is larger than 1 MB.\n"
            "    A pairing takes a few lines, so this is hardly the file that was meant.",
        ),
        (
            PROGRAM.replace("Ana", "Zoë").encode("latin-1"),
            "programs/koss.yaml:7:15 This file is not in UTF-8, so this letter cannot be read.\n"
            "    Save it again with the encoding UTF-8.",
        ),
        (
            PROGRAM.encode("utf-16"),
            'programs/koss.yaml This file is in UTF-16, which some editors call "Unicode", and not in '
            "UTF-8.\n"
            "    Save it again with the encoding UTF-8.",
        ),
        (
            (PROGRAM + "link: a\0b\n").encode(),
            "programs/koss.yaml:9:8 From here on there are zeros instead of text, as after a power "
            "cut.\n"
            "    Write it anew from here on, or put the file back from a backup.",
        ),
        (
            b"[" * 3000,  # trap_79
            "programs/koss.yaml:1:21 Lists and settings are nested more than 20 deep here.\n"
            "    A program needs three levels; look for brackets that are not closed.",
        ),
        (
            b"a: &a [x]\n"
            + b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in b"abc"),
            "programs/koss.yaml:1:4 A value starts with & (a YAML anchor), and anchors are not "
            "allowed.\n"
            "    Leave the & word out, or put the value in quotes if it really starts with &.\n"
            "programs/koss.yaml:2:4 A value starts with & (a YAML anchor), and anchors are not "
            "allowed.\n"
            "    Leave the & word out, or put the value in quotes if it really starts with &.\n"
            "programs/koss.yaml:2:8 A value starts with * (a YAML alias), and aliases are not "
            "allowed.\n"
            "    Write the value out, or put it in quotes if it really starts with *.",
        ),
    ],
    ids=["huge", "latin-1", "utf-16", "nul", "trap_79 deep", "trap_79 bomb"],
)
def test_contents_that_are_no_text_of_ours(tmp_path: Path, content: bytes, expected: str) -> None:
    assert told(write(tmp_path, content)) == expected


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    write(tmp_path, b"\xef\xbb\xbf" + PROGRAM.replace("\n", "\r\n").encode())
    assert load(tmp_path).problems == ()
    write(tmp_path, b"\xef\xbb\xbf" + (PROGRAM + "ends: 1\n").replace("\n", "\r\n").encode())
    assert told(tmp_path).startswith("programs/koss.yaml:9:7 ends: 1  is not a date")


def test_columns_count_letters_not_bytes(tmp_path: Path) -> None:
    text = PROGRAM.replace(
        "    mentee: Ben Das <ben@example.org>", "    {mentee: Bén 😀, at: noon}"
    )
    write(tmp_path, text.replace("  - mentor: Ana Rao <ana@example.org>", "  -"))
    assert "programs/koss.yaml:8:25 at: noon  is not a weekday and a time." in told(tmp_path)


def test_things_that_are_no_files(tmp_path: Path) -> None:
    write(tmp_path, {"ok.yaml": PROGRAM})
    (tmp_path / "programs" / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "programs" / "pipe.yaml")
    (tmp_path / "programs" / "link.yaml").symlink_to("nowhere")
    (tmp_path / "people.yaml").mkdir()
    assert told(tmp_path) == (
        "people.yaml          This is a folder, not a file.\n"
        "    Rename or remove it.\n"
        "programs/folder.yaml This is a folder, not a file.\n"
        "    Rename or remove it.\n"
        "programs/link.yaml   This file cannot be read: No such file or directory.\n"
        "    Put the file back, or remove its name.\n"
        "programs/pipe.yaml   This is not an ordinary file.\n"
        "    Put a text file here."
    )
    assert len(load(tmp_path).config.lines) == 1


@contextmanager
def closed() -> Iterator[Path]:
    """A folder that everybody may enter, with a file that nobody may read, and no power over it."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        write(place, PROGRAM)
        (place / "programs").chmod(0o755)
        (place / "programs" / "koss.yaml").chmod(0)
        with powerless():
            yield place


def test_a_file_without_permission() -> None:
    with closed() as place:
        said = told(place)
    assert said == (
        "programs/koss.yaml This file cannot be read: Permission denied.\n"
        "    Give whoever runs this command the right to read it."
    )


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "programs").mkdir()
    name = os.fsdecode(b"k\xff.yaml")
    (tmp_path / "programs" / name).write_text("")
    assert told(tmp_path) == (
        "programs/k\\xff.yaml This file is empty.\n"
        "    The ten lines that a program needs stand in the README. Or remove it."
    )


def test_hours_are_few(tmp_path: Path) -> None:
    hours = ", ".join(f"every day {hour:02}:00-{hour:02}:30" for hour in range(9, 16))
    people = f"ana: {{name: Ana Rao, address: ana@example.org, hours: [{hours}]}}\n"
    write(tmp_path, {"koss.yaml": PROGRAM, "people.yaml": people})
    assert told(tmp_path) == (
        "people.yaml:1:55 hours:  has more than 42 stretches a week.\n"
        "    Write few long ones: short absences are seen on the calendar."
    )


def test_empty_optional_files_are_fine(tmp_path: Path) -> None:
    write(tmp_path, {"koss.yaml": PROGRAM, "people.yaml": "# nobody\n", "oneonone.yaml": ""})
    assert load(tmp_path).problems == ()
