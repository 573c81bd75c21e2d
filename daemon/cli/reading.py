"""The command about mails that came in: `read`.

Not the reading: daemon/mail/reading, and daemon/commands/reading_mail.py for the facts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.app import LOOK, app, exit_with, where_of, wire_of

if TYPE_CHECKING:
    from daemon.commands.folders import Folders
    from daemon.commands.wire import Wire


@app.command()
def read(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="Mails, mboxes, Maildirs; - is a pipe.", show_default=False
        ),
    ],
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            envvar="ONEONONE_CONFIG",
            metavar="DIR",
            show_default=False,
            help="Folder with programs/*.yaml: then it is told whose mail it is.",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            envvar="ONEONONE_DATA",
            metavar="DIR",
            show_default=False,
            help="Folder of the state; else data/ inside --config.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a mail, one a line.")
    ] = False,
) -> None:
    """How an incoming mail is understood; nothing is done.

    Its kind, what was written without quote and signature, the commands in words, the calendar part, the
    bounce. Exit 1 when a file could not be opened; a mail that cannot be read is told as such.

    \b
      run.py read reply.eml
      run.py read --config mine mine/data/mail/koss@example.org
      run.py read --json - < reply.eml | jq .commands
    """  # fmt: skip
    from daemon.commands.log import no_log

    no_log()
    known = config is not None or data is not None
    where = where_of(context, config, data) if known else None
    exit_with(LOOK if _told(wire_of(context), where, files, as_json) else 0)


def _told(wire: Wire, where: Folders | None, files: list[str], as_json: bool) -> bool:
    """Print each mail; whether a file is missing."""
    from daemon.commands.looking import screen
    from daemon.commands.mail_files import mails
    from daemon.commands.mail_page import show_mail
    from daemon.commands.reading_mail import reader

    out, missing = screen(), False
    with reader(wire, where) as one:
        for found in mails(files):
            if found.missing:
                missing = True
                print(f"{found.file}: {found.missing}", file=sys.stderr)
            elif as_json:
                print(json.dumps(one.facts(found), ensure_ascii=False, default=str), flush=True)
            else:
                show_mail(out, one.facts(found))
    return missing
