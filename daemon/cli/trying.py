"""Commands that play: `simulate` and `demo`, with made-up people on a clock of their own.

Not a real calendar and not a real mail.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daemon.cli.app import LOOK, app, exit_with, print_json, where_of, wire_of
from daemon.commands.options import AsJson, ConfigDir, Faults


@app.command()
def simulate(
    context: typer.Context,
    pairings: Annotated[int, typer.Option("--pairings", metavar="N", min=1, help="So many.")] = 25,
    weeks: Annotated[
        int, typer.Option("--weeks", metavar="N", min=1, help="How long it lasts.")
    ] = 52,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="What chance follows from.")] = 1,
    faults: Annotated[
        Faults, typer.Option("--faults", metavar="|".join(Faults), help="How hostile the world is.")
    ] = Faults.HEAVY,
    config: ConfigDir = None,
    as_json: AsJson = False,
) -> None:
    """A made-up program-year with faults and crashes, checked step by step.

    The programs of --config with invented people on a clock that jumps. One seed, one result, on every
    machine. Exit 1 when a checker found anything.

    \b
      run.py simulate --pairings 25 --weeks 52 --seed 7 --faults heavy
      run.py simulate --weeks 8 --faults none --json
    """
    from daemon.commands.log import no_log
    from daemon.commands.simulating import simulated

    no_log()
    report = simulated(
        wire_of(context), where_of(context, config, None),
        pairings=pairings, weeks=weeks, seed=seed, faults=faults.value,
    )  # fmt: skip
    if as_json:
        print_json(report.facts)
    else:
        from daemon.commands.looking import screen

        for table in report.tables():
            screen().print(table)
    exit_with(LOOK if report.violations else 0)


@app.command()
def demo(
    context: typer.Context,
    program: Annotated[
        str | None, typer.Option("--program", metavar="P", help="Another program of config/demo.")
    ] = None,
    weeks: Annotated[
        int, typer.Option("--weeks", metavar="N", min=3, max=26, help="The story takes twelve.")
    ] = 12,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Calendars, mail and index.html.")
    ] = Path("demo-out"),
    fast: Annotated[bool, typer.Option("--fast", help="Do not wait for a reader.")] = False,
) -> None:
    """The whole machine with acted people and a fast clock.

    Twelve weeks pass by in a minute: real calendars and mailboxes in a folder, people who cancel, forget and
    answer oddly, and the reason for everything that happens. No account, no network.

    \b
      run.py demo
      run.py demo --fast --out somewhere
    """
    from daemon.commands.log import no_log
    from daemon.demo import demo
    from daemon.demo.script import START

    no_log()
    wire = wire_of(context)
    demo(
        wire.shipped, lambda config, folder: wire.acted_folder(config, START, folder),
        program=program, weeks=weeks, out=out, fast=fast,
    )  # fmt: skip
