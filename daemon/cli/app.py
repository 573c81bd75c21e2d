"""The application that all commands belong to, and what they share.

Not a command: those are in the files beside this one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from daemon.errors import UserError

if TYPE_CHECKING:
    from daemon.commands.folders import Folders
    from daemon.commands.wire import Wire

LOOK = 1


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
        app(given, obj=wire, prog_name="run.py")
    except UserError as wrong:
        if debug:
            raise
        print(wrong, file=sys.stderr)
        sys.exit(wrong.exit_code)


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

    return folders(config, data, wire_of(context).shipped)


def print_json(facts: Any) -> None:
    """One object on stdout, for --json."""
    print(json.dumps(facts, ensure_ascii=False, indent=2, default=str))


def exit_with(code: int) -> None:
    """End the command; 0 goes on to its end."""
    if code:
        raise typer.Exit(code)
