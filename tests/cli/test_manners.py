"""The manners of every command: pipes, terminals, colours, JSON, errors, a reader that goes, Ctrl-C.

Not what the commands do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from daemon.cli.document import commands
from tests.cli.place import ROOT, Place, environment
from tests.cli.terminal import COLOUR, COLUMNS, terminal

HOLD = "first-run/koss"
CALLS: dict[str, tuple[str, ...]] = {
    "init": ("init", "new"),
    "check": ("check", "--config", "mine"),
    "preview": ("preview", "proposal", "--config", "mine"),
    "plan": ("plan", "--config", "mine"),
    "apply": ("apply", "--config", "mine"),
    "once": ("once", "--config", "mine"),
    "status": ("status", "--config", "mine"),
    "report": ("report", "--config", "mine"),
    "why": ("why", "ana-rao-ben-das", "--config", "mine"),
    "held": ("held", "--config", "mine"),
    "doctor": ("doctor", "--config", "mine"),
    "read": ("read", "reply.eml", "--config", "mine"),
    "reply": ("reply", "ana-rao-ben-das", "Ana", "YES", "--config", "mine"),
    "release": ("release", HOLD, "--config", "mine"),
    "backup": ("backup", "new.db", "--config", "mine"),
    "restore": ("restore", "old.db", "--config", "mine"),
    "simulate": ("simulate", "--weeks", "1", "--pairings", "2", "--faults", "none"),
    "demo": ("demo", "--fast", "--weeks", "3"),
    "completion": ("completion", "bash"),
}
"""One good call of every command but `start`, which prints nothing but its log, and `connect`, which needs a server
and a password: test_connect.py."""
LETTER = """\
From: <koss@example.org>
To: <ana@example.org>
Reply-To: <koss+k35s2lbd6s4e2wpw23p7nr72hy@example.org>
Message-ID: <1@example.org>
X-Oneonone-Key: welcome-mentor-connected/pairing/ana-rao-ben-das/invited/ana-rao/1
X-Oneonone-Touchpoint: welcome-mentor-connected

Is that right?
"""
WITHOUT_JSON = {"start", "demo", "completion"}
WITHOUT_FOLDER = {"init", "demo", "completion"}
AS_IT_IS = {"completion", "preview", "why"}
"""What they print is for a shell, a letter's own lines, or keys to be copied: never cut."""
EACH = sorted(CALLS)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program whose first letters wait, and a backup of it."""
    folder = tmp_path_factory.mktemp("manners")
    place = Place(folder / "mine")
    place.write()
    place.run("once")
    place.run("backup", str(folder / "old.db"))
    inbox = place.data / "mail" / "ana@example.org" / "new"
    inbox.mkdir(parents=True)
    (inbox / "1.letter").write_bytes(LETTER.replace("\n", "\r\n").encode())
    (folder / "reply.eml").write_text("From: ana@example.org\nMessage-ID: <1@x.org>\n\nYES\n")
    return folder


@pytest.fixture
def folder(begun: Path, tmp_path: Path) -> Path:
    """A copy to work in."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return tmp_path


def command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "run.py"), *words]


def run(folder: Path, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words), cwd=folder, text=True, check=False, env=environment(), timeout=120,
        **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more),  # type: ignore[call-overload]
    )  # fmt: skip


def too_wide(lines: list[str]) -> list[str]:
    """Lines beyond 80 columns; a command that may be copied is never cut."""
    return [line for line in lines if len(line) > COLUMNS and "run.py" not in line]


def test_every_command_is_asked_for_its_manners() -> None:
    assert CALLS.keys() | {"start", "connect"} == commands().keys()


@pytest.mark.parametrize("name", EACH)
def test_a_pipe_gets_plain_text_and_stderr_nothing(name: str, folder: Path) -> None:
    done = run(folder, *CALLS[name])
    assert done.returncode in (0, 1)
    assert done.stdout.strip()
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("name", EACH)
def test_a_terminal_of_80_columns_is_wide_enough_and_no_color_is_minded(
    name: str, folder: Path
) -> None:
    place = environment() | {"NO_COLOR": "1"}
    words = CALLS[name] if name != "init" else (*CALLS[name], "--json")  # else it asks
    with terminal(["env", "-C", str(folder), *command(*words)], place) as shown:
        assert shown.end() in (0, 1)
        assert not COLOUR.search(shown.shown)
    assert name in AS_IT_IS or too_wide(shown.lines()) == []


@pytest.mark.parametrize("name", sorted(CALLS.keys() - WITHOUT_JSON))
def test_json_is_one_object_and_nothing_else(name: str, folder: Path) -> None:
    done = run(folder, *CALLS[name], "--json")
    assert isinstance(json.loads(done.stdout), dict)
    assert done.stderr == ""


@pytest.mark.parametrize("name", sorted(WITHOUT_JSON))
def test_without_facts_there_is_no_json(name: str) -> None:
    assert all("--json" not in param.opts for param in commands()[name].params)


@pytest.mark.parametrize("name", EACH)
def test_a_reader_that_goes_ends_it_without_a_word(name: str, folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(folder, *CALLS[name], stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_wrong_option_is_told_on_stderr_and_exits_2(name: str, folder: Path) -> None:
    done = run(folder, name, "--nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--nonsense" in done.stderr
    assert f"Try 'run.py {name} --help'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", sorted(commands().keys() - WITHOUT_FOLDER - {"connect"}))
def test_a_folder_that_is_not_there_is_one_line_and_debug_shows_where(
    name: str, folder: Path
) -> None:
    words = [each for each in CALLS.get(name, (name,)) if each not in ("--config", "mine")]
    done = run(folder, *words, "--config", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--config nowhere: there is no such folder\n"
    assert "Traceback" in run(folder, *words, "--config", "nowhere", "--debug").stderr


INTERRUPTED: dict[str, tuple[tuple[str, ...], str]] = {
    "a question": (("init", "new"), "What do people call the program?"),
    "a bar": (("simulate", "--weeks", "520"), "seed"),
    "a story": (("demo",), "Ana"),
}


@pytest.mark.parametrize("what", sorted(INTERRUPTED))
def test_ctrl_c_ends_it_with_130_and_one_line(what: str, folder: Path) -> None:
    words, sign = INTERRUPTED[what]
    with terminal(["env", "-C", str(folder), *command(*words)], environment()) as shown:
        shown.until(sign)
        assert shown.interrupts() == 130
        assert shown.lines()[-1] == "Stopped."
        assert "Traceback" not in shown.shown


@pytest.mark.parametrize("name", ["simulate", "check", "backup", "restore"])
def test_what_takes_long_shows_a_bar_on_a_terminal_only(name: str, folder: Path) -> None:
    with terminal(["env", "-C", str(folder), *command(*CALLS[name])], environment()) as shown:
        assert shown.end() in (0, 1)
        assert "━" in shown.shown
        assert all("━" not in line for line in shown.lines()[-2:])  # gone when it is done
    assert "━" not in run(folder, *CALLS[name]).stderr
