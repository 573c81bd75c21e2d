"""The application that all commands belong to, and what they share.

Not a command: those are in the files beside this one.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from daemon.errors import UserError

if TYPE_CHECKING:
    from daemon.commands.folders import Folders
    from daemon.commands.wire import Wire

LOOK = 1
STOPPED = 130
"""Ctrl-C, as shells count it: 128 and SIGINT."""
NOBODY_READS = 141
"""A pipe that its reader has closed, as `head` does: 128 and SIGPIPE."""
INSTALLED = "oneonone"
"""The name of the command that pip installs: a shell can only complete what is a command to it."""
COMPLETE_VARIABLE = "_ONEONONE_COMPLETE"

app = typer.Typer(
    name="run.py", rich_markup_mode=None, no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, context_settings={"help_option_names": ["--help", "-h"]},
)  # fmt: skip


def main(wire: Wire, arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code. --debug shows the traceback of an error, anywhere."""
    given = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in given
    given = [each for each in given if each != "--debug"]
    try:
        code = _code(wire, given)
        sys.stdout.flush()
    except UserError as wrong:
        if debug:
            raise
        print(wrong, file=sys.stderr)
        code = wrong.exit_code
    except BrokenPipeError:
        code = NOBODY_READS
    except OSError as wrong:  # a disk that is full, a file that may not be read
        if debug:
            raise
        print(f"{wrong.filename or 'This machine'}: {wrong.strerror or wrong}", file=sys.stderr)
        code = LOOK
    if code == STOPPED:
        after = "\n" if sys.stderr.isatty() else ""  # the terminal has written ^C
        print(f"{after}Stopped.", file=sys.stderr)
    if code == NOBODY_READS:  # else Python complains when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _code(wire: Wire, given: list[str]) -> int:
    """The exit code of a command. typer ends every one with SystemExit."""
    if COMPLETE_VARIABLE in os.environ:  # a shell asks
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
    try:
        app(given, obj=wire, prog_name="run.py", complete_var=COMPLETE_VARIABLE)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            return NOBODY_READS
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@app.callback()
def everything(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error (with any command).")
    ] = False,
) -> None:
    """oneonone keeps one-on-one mentoring meetings happening.

    \b
    See it:       run.py demo
    Begin:        run.py init mine
    Your files:   run.py check --config mine
    Its letters:  run.py preview --all --config mine
    Look ahead:   run.py plan --config mine
    One beat:     run.py once --config mine
    Let it go:    run.py held --config mine, then run.py release NAME --config mine
    For good:     run.py start --config mine
    """


def wire_of(context: typer.Context) -> Wire:
    """What run.py wired."""
    wire: Wire = context.obj
    return wire


def where_of(context: typer.Context, config: Path | None, data: Path | None) -> Folders:
    """The folders that a command works on."""
    from daemon.commands.folders import folders
    from daemon.commands.rehearsing import folders_in_use

    wire = wire_of(context)
    return folders_in_use(wire, folders(config, data, wire.shipped))


def print_json(facts: Any) -> None:
    """One object on stdout, for --json."""
    print(json.dumps(facts, ensure_ascii=False, indent=2, default=str))


def exit_with(code: int) -> None:
    """End the command; 0 goes on to its end."""
    if code:
        raise typer.Exit(code)
