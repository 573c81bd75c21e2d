"""Commands that look ahead: `plan` and `apply`.

Not what they find: daemon/commands/planning.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from daemon.cli.app import LOOK, app, exit_with, print_json, where_of, wire_of
from daemon.commands.options import AsJson, ConfigDir, DataDir

Days = Annotated[int, typer.Option("--days", metavar="N", min=1, max=90, help="So far ahead.")]


@app.command()
def plan(
    context: typer.Context,
    days: Days = 1,
    pairing: Annotated[
        str,
        typer.Option("--pairing", metavar="ID", help="One of them, in full.", show_default=False),
    ] = "",
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """What the next beats would do, with the reasons; nothing is done.

    The daemon runs ahead on a copy of everything. When the files say something else than those that count so
    far, it begins with what that changes: + happens because of it, - no more, · anyway. Other files over the same
    state: --config new --data mine/data. Works beside a running daemon. Exit 1 when something would wait for you.

    \b
      run.py plan --config mine
      run.py plan --config mine --days 7 --pairing ana-rao-ben-das
      run.py plan --config new --data mine/data
    """
    facts = _planned(context, days, pairing, config, data, as_json)
    exit_with(LOOK if facts["look"] else 0)


def _planned(
    context: typer.Context, days: int, pairing: str, config: Path | None, data: Path | None,
    as_json: bool,
) -> dict[str, Any]:  # fmt: skip
    from daemon.commands.looking_ahead import planned_with_bar, show_plan
    from daemon.commands.planning import plan_facts

    where = where_of(context, config, data)
    planned = planned_with_bar(wire_of(context), where, days)
    facts = plan_facts(planned, where.options, pairing)
    if as_json:
        print_json(facts)
    else:
        zone = planned.config.programs[0].timezone
        show_plan(facts, zone, where.options, unfold=bool(pairing))
    return facts


@app.command()
def apply(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Let it happen.")] = False,
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Take over changed files, also where that moves or mails many.

    Such a change waits: until it is applied the files of before count. Without --yes it is only shown, as by
    `plan`. A running daemon takes it up with its next beat; without one it is done now.

    \b
      run.py apply --config mine
      run.py apply --yes --config mine
    """
    from daemon.commands.applying import apply as let_go
    from daemon.commands.log import log_to_stderr

    log_to_stderr("warning")
    if not yes:
        _planned(context, 1, "", config, data, as_json)
        if not as_json:
            print("\nTo take the files over as they are: the same with --yes.")
        return
    done = let_go(wire_of(context), where_of(context, config, data))
    if as_json:
        print_json(done.facts())
    else:
        print(done.words())
