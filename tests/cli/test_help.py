"""The help of every command: complete, with examples that work, and the same as docs/commands.md. README's commands, too.

Not what the commands do.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.clock import SystemClock
from daemon.cli.document import commands, document, examples
from tests.cli.acted import Village
from tests.cli.place import ROOT, environment, quiet_far_from

SHORTER = {"demo": "--fast --weeks 3", "simulate": "--weeks 1 --pairings 2"}
"""What is said once more with less, so that nobody waits for a year of a program."""
EXAMPLES = [
    (name, line)
    for name, command in commands().items()
    for line in examples(command)
    if line.startswith("run.py")
]


def test_the_page_is_what_the_help_says() -> None:
    page = ROOT / "docs" / "commands.md"
    assert page.read_text(encoding="utf-8") == document(), (
        "run: python -m daemon.cli > docs/commands.md"
    )


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_help_says_what_it_is_and_what_every_option_is_and_shows_how(name: str) -> None:
    command = commands()[name]
    assert [each.name for each in command.params if not each.help] == []
    shown = examples(command)
    assert any(line.startswith(f"run.py {name}") for line in shown)
    assert all(len(line) <= 74 for line in shown)
    for line in shown:
        assert set(re.findall(r" (--[a-z-]+)", line)) <= {
            option for each in command.params for option in each.opts
        }


class Shell:
    """A shell in a folder of its own, for which `run.py` is a command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        (folder / ".config" / "fish" / "completions").mkdir(parents=True)
        script = folder / "bin" / "run.py"
        script.write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT / "run.py"} "$@"\n')
        script.chmod(0o755)
        if not shutil.which("jq"):
            (folder / "bin" / "jq").write_text("#!/bin/sh\ncat\n")
            (folder / "bin" / "jq").chmod(0o755)
        kept = environment()
        self.environment = kept | {"PATH": f"{folder / 'bin'}:{kept['PATH']}", "HOME": str(folder)}

    def wakes_nobody(self, config: str) -> None:
        """Quiet hours far from now, so that letters are due whenever the test runs."""
        (program,) = (self.folder / config / "programs").glob("*.yaml")
        hours = quiet_far_from(SystemClock().now().astimezone(ZoneInfo("Europe/Berlin")))
        text = program.read_text(encoding="utf-8")
        program.write_text(
            text.replace(
                "timezone: Europe/Berlin\n", f"timezone: Europe/Berlin\nquiet_hours: {hours}\n"
            ),
            encoding="utf-8",
        )

    def runs(self, line: str) -> subprocess.CompletedProcess[str]:
        """One line; `start` is stopped when it has started."""
        begun = subprocess.Popen(
            ["sh", "-c", f"exec {line}" if line.startswith("run.py start") else line],
            cwd=self.folder, env=self.environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert begun.stderr is not None
        try:
            if line.startswith("run.py start"):
                assert "event=" in begun.stderr.readline()
                begun.send_signal(signal.SIGTERM)
            out, err = begun.communicate(timeout=120)
        finally:
            begun.kill()
        return subprocess.CompletedProcess(line, begun.returncode, out, err)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an admin has after the first hour: a program whose letters wait, and a backup."""
    folder = tmp_path_factory.mktemp("examples")
    shell = Shell(folder)
    for line in (
        "run.py init mine", "run.py init new", "run.py once --config mine", "run.py backup monday.db --config mine",
    ):  # fmt: skip
        assert shell.runs(line).returncode in (0, 1)
        if line == "run.py init mine":
            shell.wakes_nobody("mine")
    (folder / "monday.db").rename(folder / "kept.db")
    shutil.rmtree(folder / "bin")
    shutil.rmtree(folder / ".config")
    return folder


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_works_as_it_stands(name: str, line: str, begun: Path, tmp_path: Path) -> None:
    if name != "init":
        shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    if name == "connect":  # nobody listens there, and it says so
        (tmp_path / "password.txt").write_text("a password\n")
        (tmp_path / "mine" / "oneonone.yaml").write_text(
            "accounts:\n  koss@example.org: {mail: internet, imap: '127.0.0.1:1', smtp: '127.0.0.1:1'}\n"
            "  ana@example.org: {mail: internet, imap: '127.0.0.1:1', smtp: '127.0.0.1:1'}\n"
        )
    if name == "restore":
        (tmp_path / "kept.db").rename(tmp_path / "monday.db")
    done = Shell(tmp_path).runs(f"{line} {SHORTER.get(name, '')}".strip())
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert "there is no" not in done.stderr


def test_what_readme_runs_for_real_works_line_by_line(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [
        each for each in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if "run.py init" in each
    ]
    on_path, *rows = block.splitlines()
    assert on_path.startswith('export PATH="$PWD:$PATH" ')  # of which the shell here has its own
    shell, said = Shell(tmp_path), []
    for row in rows:
        line = row.partition("#")[0].strip()
        assert line.startswith("run.py")
        done = shell.runs(line.replace("KEY", "first-run/our-1-1s"))
        assert "Traceback" not in done.stderr
        said.append((line.split()[1], done.returncode))
        if line == "run.py init mine":
            shell.wakes_nobody("mine")
    assert said == [
        ("init", 0), ("check", 0), ("preview", 0), ("plan", 1), ("once", 1), ("held", 0),
        ("release", 0), ("reply", 0), ("start", 0),
    ]  # fmt: skip
    assert list((tmp_path / "mine" / "data" / "mail" / "ana@example.org" / "new").iterdir())


def test_what_readme_does_by_hand_cancels_one_1_1_and_another_time_is_offered(
    tmp_path: Path,
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [
        each for each in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if "EXDATE" in each
    ]
    made = Village(tmp_path / "mine", 1, datetime(2026, 12, 28, 9, tzinfo=UTC))
    made.all_running()
    where, which, out = block.replace("ana@", "ada@").splitlines()
    (file,) = (made.data / "calendars" / "ada@example.org").glob("*.ics")
    shell = Shell(tmp_path)
    shown = shell.runs(f"{where}\n{which}").stdout
    assert shown.split() == [
        "SUMMARY:1:1", "Ada", "&", "Abe", "DTSTART;TZID=Europe/Berlin:20270105T100000",
    ]  # fmt: skip
    assert shell.runs(f"{where}\n{out.replace('FILE.ics', file.name)}").returncode == 0
    for minutes in (1, 5):
        made.passes(minutes=minutes)
        made.run("once")
    facts = made.facts("why", "ada-ash-abe-elm")["facts"]
    assert [each for each in facts if "for the 1:1 of Tue 12 Jan 2027 is being chosen" in each]


COMPLETED = {
    "complete_bash": {"COMP_WORDS": "oneonone sta", "COMP_CWORD": "1"},
    "complete_zsh": {"_TYPER_COMPLETE_ARGS": "oneonone sta"},
    "complete_fish": {
        "_TYPER_COMPLETE_ARGS": "oneonone sta", "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    },
}  # fmt: skip


@pytest.mark.parametrize("shell", sorted(COMPLETED))
def test_a_shell_is_told_what_can_follow(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py")], capture_output=True, text=True, check=False,
        env=environment() | {"_ONEONONE_COMPLETE": shell} | COMPLETED[shell],
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "start" in done.stdout and "status" in done.stdout and "check" not in done.stdout


@pytest.mark.parametrize("shell", sorted(COMPLETED))
def test_a_shell_is_told_the_names_of_letters(shell: str) -> None:
    given = {
        name: value.replace("sta", "preview admin-l").replace("1", "2")
        for name, value in COMPLETED[shell].items()
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py")], capture_output=True, text=True, check=False,
        env=environment() | {"_ONEONONE_COMPLETE": shell} | given,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "admin-launch" in done.stdout and "proposal" not in done.stdout
