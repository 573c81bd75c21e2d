"""`completion`: the script that lets a shell complete commands and options.

Not the completing: typer answers the shell, before any command is looked at.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from daemon.cli.app import COMPLETE_VARIABLE, INSTALLED, app


class Shell(StrEnum):
    """The shells that are served."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@app.command()
def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Let your shell complete commands and options.

    Prints a script for the installed command `oneonone` (pip install .); nothing is changed.

    \b
      run.py completion bash >> ~/.bashrc
      run.py completion fish > ~/.config/fish/completions/oneonone.fish
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    print(
        get_completion_script(
            prog_name=INSTALLED, complete_var=COMPLETE_VARIABLE, shell=shell.value
        )
    )
