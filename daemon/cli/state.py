"""Commands about the state as a whole, `backup` and `restore`; and `reply`, which puts a mail into it.

Not the secrets: the vault is saved apart.
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
    """A consistent copy of the state in one file, while the daemon runs.

    Calendars, mail and invitations that are files in the data folder are in it. The vault is saved apart: copy it as
    you copy files.

    \b
      run.py backup monday.db --config mine
      run.py backup "$(date +%F).db" --config mine --json
    """
    from daemon.commands.progress import bar

    where = where_of(context, config, data)
    with bar("copying the state"):
        files = wire_of(context).backup(where.data, file)
    if as_json:
        print_json({"file": file, "bytes": file.stat().st_size, "files": files})
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

    Stop the daemon first. The present state is kept beside the new one. Of calendars, mail and invitations what is
    missing is put back; what is there stays as it is.

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


@app.command()
def reply(
    context: typer.Context,
    pairing: Annotated[
        str, typer.Argument(metavar="PAIRING", help="As `status` names it.", show_default=False)
    ],
    person: Annotated[
        str,
        typer.Argument(
            metavar="PERSON", help="Who answers: a first name will do.", show_default=False
        ),
    ],
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="What the reply says.", show_default=False)
    ],
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Answer somebody's newest letter, where mail is folders: to try a program, or to rehearse it.

    The same as replying in a mail program that reads the folder. The next beat reads it.

    \b
      run.py reply ana-rao-ben-das Ana YES --config mine
      run.py reply ana-rao-ben-das Ben 2 --config mine
    """
    from daemon.commands.replying import reply

    done = reply(wire_of(context), where_of(context, config, data), pairing, person, text)
    if as_json:
        print_json(done.facts())
    else:
        print(done.words())
