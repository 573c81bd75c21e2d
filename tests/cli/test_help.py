"""The help of every command: complete, with examples that work, and the same as docs/commands.md. README's commands, too.

Not what the commands do.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from daemon.cli.document import commands, document, examples
from tests.cli.place import ROOT, environment

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
    (folder / "monday.db").rename(folder / "kept.db")
    shutil.rmtree(folder / "bin")
    shutil.rmtree(folder / ".config")
    return folder


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_works_as_it_stands(name: str, line: str, begun: Path, tmp_path: Path) -> None:
    if name != "init":
        shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
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
    shell, said = Shell(tmp_path), []
    for row in block.splitlines():
        line = row.partition("#")[0].strip().replace(".venv/bin/python run.py", "run.py")
        assert line.startswith("run.py")
        done = shell.runs(line.replace("KEY", "first-run/our-1-1s"))
        assert "Traceback" not in done.stderr
        said.append((line.split()[1], done.returncode))
    assert said == [
        ("init", 0), ("check", 0), ("preview", 0), ("plan", 1), ("once", 1), ("held", 0),
        ("release", 0), ("start", 0),
    ]  # fmt: skip
    assert list((tmp_path / "mine" / "data" / "mail" / "ana@example.org" / "new").iterdir())


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
