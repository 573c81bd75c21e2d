"""Commands about the state as a whole: `backup` and `restore`.

Not calendars and mail: those are files of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daemon.cli.app import app, where_of, wire_of
from daemon.commands.options import ConfigDir, DataDir


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    config: ConfigDir = None,
    data: DataDir = None,
) -> None:
    """A consistent copy of the state, while the daemon runs.

    Calendars and mail are files of their own, and the vault is saved apart: copy those as you copy files.

    \b
      run.py backup monday.db --config mine
    """
    store = wire_of(context).beside(where_of(context, config, data).data, read_only=True)
    try:
        store.backup(file)
    finally:
        store.close()
    print(f"The state is in {file}. Way back: run.py restore {file}")


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    config: ConfigDir = None,
    data: DataDir = None,
) -> None:
    """Put a backup in place; everything then waits for `release`.

    Stop the daemon first. The present state is kept beside the new one.

    \b
      run.py restore monday.db --config mine
    """
    wire, where = wire_of(context), where_of(context, config, data)
    with wire.own(where.data, "run.py restore"):
        kept = wire.restore(file, where.data)
    print(f"Restored from {file}." + (f" What was there is kept as {kept}." if kept else ""))
    more = where.options
    print(
        f"Everything it still wanted to do is on hold. Next: run.py once{more}; run.py held{more}"
    )
