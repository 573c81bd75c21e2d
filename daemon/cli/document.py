"""docs/commands.md, written from the help of every command, so that none is undocumented.

Not the help: that stands in the commands, and how a terminal shows it is typer's part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from typer.main import get_command

from daemon.cli.app import app

HEAD = """\
# Commands

<!-- Made by `python -m daemon.cli > docs/commands.md`; a test fails when it is out of date. -->

What every command does, with examples that work; `--help` prints the same. What a command prints is on stdout, errors and
progress are on stderr, and `--debug` with any command shows the traceback of an error. Tables fit a terminal of 80 columns,
a pipe gets plain text, and `NO_COLOR` is minded.

Exit code 0: done. 1: done, with something to look at, or not possible now. 2: wrong call or configuration, nothing changed.
130: stopped by Ctrl-C. 141: nobody reads the output any more, as behind `| head`.
"""


def commands() -> Mapping[str, Any]:
    """Every command by its name, as typer has made it of its function."""
    every: Mapping[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    return every


def examples(command: Any) -> list[str]:
    """The lines of its help that show how it is called."""
    return [line.strip() for line in command.help.partition("\b\n")[2].splitlines() if line.strip()]


def document() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *(_command(name, each) for name, each in commands().items())])


def _command(name: str, command: Any) -> str:
    words = command.help.partition("\b\n")[0].strip()
    arguments = "".join(f" {each.metavar}" for each in command.params if _is_argument(each))
    shown = "\n".join(examples(command))
    rows = "\n".join(_rows(command))
    return f"## run.py {name}{arguments}\n\n{words}\n\n```text\n{shown}\n```\n\n{rows}\n"


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _rows(command: Any) -> Iterator[str]:
    yield from ("| option | meaning | default |", "|--|--|--|")
    for param in command.params:
        takes = "" if _is_argument(param) or param.is_flag else f" {param.metavar}"
        name = param.metavar if _is_argument(param) else f"{param.opts[0]}{takes}"
        yield f"| `{_cell(name)}` | {_cell(param.help)} | {_default(param)} |"


def _default(param: Any) -> str:
    if _is_argument(param):
        return "**needed**"
    if param.is_flag or param.default in (None, ""):
        return f"`{param.envvar}`" if param.envvar else "–"
    return f"`{param.default}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
