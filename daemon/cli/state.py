"""Commands about the state as a whole: `backup` and `restore`.

Not calendars and mail: those are files of their own.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from daemon.cli.app import app, print_json, where_of, wire_of
from daemon.commands.options import AsJson, ConfigDir, DataDir


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A new file; nothing is replaced.", show_default=False),
    ],
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """A consistent copy of the state, while the daemon runs.

    Calendars and mail are files of their own, and the vault is saved apart: copy those as you copy files.

    \b
      run.py backup monday.db --config mine
      run.py backup "$(date +%F).db" --config mine --json
    """
    from daemon.commands.progress import bar

    where = where_of(context, config, data)
    store = wire_of(context).beside(where.data, read_only=True)
    try:
        with bar("copying the state"):
            store.backup(file)
    finally:
        store.close()
    if as_json:
        print_json({"file": file, "bytes": file.stat().st_size})
        return
    print(
        f"The state is in {file}. Way back: run.py restore {shlex.quote(str(file))}{where.options}"
    )


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What `backup` wrote.", show_default=False)
    ],
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup in place; everything then waits for `release`.

    Stop the daemon first. The present state is kept beside the new one.

    \b
      run.py restore monday.db --config mine
      run.py restore monday.db --config mine --json
    """
    from daemon.commands.progress import bar

    wire, where = wire_of(context), where_of(context, config, data)
    with wire.own(where.data, "run.py restore"), bar("checking and copying the backup"):
        kept = wire.restore(file, where.data)
    if as_json:
        print_json({"file": file, "kept": kept})
        return
    print(f"Restored from {file}.")
    if kept:
        print(f"What was there is kept as {kept}")
    more = where.options
    print(
        f"Everything it still wanted to do is on hold. Next: run.py once{more}; run.py held{more}"
    )
