"""The command `report`: the measures of each program, on the screen, for machines, or as a page of a wiki.

Not their formulas: docs/measures.md.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from daemon.cli.app import app, print_json, where_of, wire_of
from daemon.commands.options import AsJson, ConfigDir, DataDir
from daemon.errors import UserError

WEEKS = 4


@app.command()
def report(
    context: typer.Context,
    weeks: Annotated[
        int | None,
        typer.Option(
            "--weeks",
            metavar="N",
            min=1,
            max=52,
            help=f"The last N weeks; {WEEKS} unless said.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="From that day on, a year back at most.",
            show_default=False,
        ),
    ] = None,
    program: Annotated[
        str, typer.Option("--program", metavar="ID", help="That program alone.", show_default=False)
    ] = "",
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="One page with front matter, for a wiki.")
    ] = False,
) -> None:
    """The measures of each program: time to repair first, then what took place. Counts and shares, never a name or a word of anybody.

    Shares of fewer than five are not shown. What each measure means, and its formula: docs/measures.md. Works beside a running daemon.

    \b
      run.py report --config mine
      run.py report --weeks 13 --config mine --json
      run.py report --config mine --markdown > report.md
    """  # fmt: skip
    from daemon.commands.reporting import pages, reported, show_report

    if weeks is not None and since is not None:
        raise UserError("say --weeks or --since, not both")
    if as_json and markdown:
        raise UserError("say --json or --markdown, not both")
    day = since.date() if since else None
    where = where_of(context, config, data)
    found = reported(wire_of(context), where, day, weeks or WEEKS, program)
    if markdown and len(found) > 1:
        ids = " or ".join(str(each.facts["program"]) for each in found)
        raise UserError(f"one page is about one program: add --program {ids}")
    if as_json:
        print_json({"programs": [each.facts for each in found]})
    elif markdown:
        print(next(pages(found)), end="")
    else:
        show_report(found)
