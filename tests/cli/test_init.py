"""`init`: the first program file, in a script and on a terminal.

Not what may stand in the file: tests/settings.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from daemon.commands.beginning import EXAMPLES, begin
from daemon.errors import UserError
from daemon.settings import load_or_raise
from daemon.settings.preset_files import preset_values
from daemon.settings.presets import PRESETS
from tests.cli.place import ROOT, environment

COMMAND = [sys.executable, str(ROOT / "run.py")]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], capture_output=True, text=True, check=False, env=environment(),
        stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip


def test_in_a_script_what_nobody_said_is_an_example_and_check_is_content(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    done = run("init", str(mine), "--name", "KOSS 1:1s")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Wrote {mine}/programs/koss-1-1s.yaml.",
        "Beside it, to change as you like: people.yaml, questions/koss.yaml.",
        "Examples to replace: contact, mailbox, timezone, mentor, mentee.",
        f"Next: run.py check --config {mine}",
    ]
    assert run("check", "--config", str(mine)).stdout == (
        "OK. 1 pairing, 2 people, weekly 30 min. Nothing has been sent. "
        f"Next: run.py plan --config {mine}\n"
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_of_each_preset_all_that_it_says_stands_there_and_can_be_changed(
    preset: str, tmp_path: Path
) -> None:
    path = begin(tmp_path / "mine", {"preset": preset})
    written = load_or_raise(tmp_path / "mine").config
    assert preset_values(preset).keys() <= set(
        re.findall(r"(?m)^# ([a-z_]+):", path.read_text(encoding="utf-8"))
    )
    whole = path.read_text(encoding="utf-8").partition("# --- What preset")
    lines = [line.removeprefix("# ") for line in whole[2].splitlines()[2:]]
    path.write_text(
        whole[0].replace(f"preset: {preset}\n", "") + "\n".join(lines), encoding="utf-8"
    )
    assert load_or_raise(tmp_path / "mine").config == written, "taking every # away says the same"


def test_a_folder_with_anything_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    done = run("init", str(tmp_path / "mine"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"{tmp_path}/mine holds something already. Name a folder that does not exist yet.\n"
    )
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["notes.txt"]


WRONG = {
    "timezone": ("IST", "Write the city: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem."),
    "mailbox": ("koss", "An address looks like name@example.org."),
    "preset": ("kos", "koss"),
    "mentee": ("Ben Das", "Write: Ben Das <address>"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_word_is_explained_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    text, advice = WRONG[name]
    with pytest.raises(UserError) as raised:
        begin(tmp_path / "mine", {name: text})
    assert advice in str(raised.value)
    assert str(raised.value).endswith("\nNothing has been written.")
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    "name", ["1:1s: ours", "No", "#1 of 1:1s", "Ana's \"1:1s\"", "2027", "- ours", "Zwiegespräche", "null"]
)  # fmt: skip
def test_a_name_stands_in_the_file_as_it_was_said(name: str, tmp_path: Path) -> None:
    begin(tmp_path / "mine", {"name": name})
    assert [program.name for program in load_or_raise(tmp_path / "mine").config.programs] == [name]


def on_a_terminal(answers: list[str], *words: str) -> str:
    """What a person sees who gives these answers, one line each."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment()
    )
    os.close(theirs)
    os.write(ours, "".join(f"{each}\n" for each in answers).encode())
    seen = b""
    try:
        while piece := os.read(ours, 4096):
            seen += piece
    except OSError:  # how Linux says that the other end was closed
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0, seen.decode()
    return seen.decode().replace("\r\n", "\n")


def test_on_a_terminal_it_asks_and_a_wrong_answer_is_asked_for_once_more(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    answers = ["", "Zoe Ngo <zoe@example.org>", "IST", "Asia/Kolkata", "Ana", "", ""]
    seen = on_a_terminal(answers, "init", str(mine), "--mailbox", "koss@example.org")
    assert "IST  is used in India, Ireland and Israel. Write the city: Asia/Kolkata" in seen
    assert "Ana  has no address. Write Ana <address>." in seen
    assert f"Wrote {mine}/programs/our-1-1s.yaml.\n" in seen
    program = load_or_raise(mine).config.programs[0]
    assert (program.name, program.contact_name) == (EXAMPLES["name"], "Zoe Ngo")
    assert (program.mailbox, program.timezone) == ("koss@example.org", "Asia/Kolkata")


def test_on_a_terminal_a_city_is_taken_as_its_zone_and_that_is_said(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    seen = on_a_terminal(["", "", "", "Berlin", "", ""], "init", str(mine))
    assert "Berlin: taken as Europe/Berlin.\n" in seen
    assert load_or_raise(mine).config.programs[0].timezone == "Europe/Berlin"


def test_a_file_is_named_with_the_letters_that_stand_for_umlauts(tmp_path: Path) -> None:
    assert begin(tmp_path / "mine", {"name": "Führungskräfte"}).name == "fuehrungskraefte.yaml"
