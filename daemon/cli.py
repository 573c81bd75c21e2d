"""The command line: options, help and exit codes of every command.

Not what the commands do: each hands over to daemon/commands, imported only when it runs.

Exit codes: 0 done; 1 done with something to look at, or not possible now; 2 wrong call or configuration,
nothing changed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from daemon.commands.options import AsJson, ConfigDir, DataDir, Faults, Level, LogLevel
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
    Your files:   run.py check --config mine
    One beat:     run.py once --config mine
    Let it go:    run.py held --config mine, then run.py release NAME --config mine
    For good:     run.py start --config mine
    """


def _wire(context: typer.Context) -> Wire:
    wire: Wire = context.obj
    return wire


def _where(context: typer.Context, config: Path | None, data: Path | None) -> Folders:
    from daemon.commands.folders import folders

    return folders(config, data, _wire(context).shipped)


def _print_json(facts: Any) -> None:
    print(json.dumps(facts, ensure_ascii=False, indent=2, default=str))


def _exit(code: int) -> None:
    if code:
        raise typer.Exit(code)


@app.command()
def check(context: typer.Context, config: ConfigDir = None, as_json: AsJson = False) -> None:
    """Validate configuration and templates; change nothing.

    Every mistake in every file at once, with file:line:column and what to write instead. Every template is
    rendered with made-up people. Exit 2 when something must be mended.

    \b
      run.py check --config mine
      run.py check --config mine --json | jq .problems
    """
    from daemon.commands.checking import check, check_facts, check_words

    loaded, problems = check(_wire(context), _where(context, config, None))
    out, wrong = check_words(loaded, problems)
    if as_json:
        _print_json(check_facts(loaded, problems))
    else:
        print(out, end="\n" if out else "")
    if wrong:
        print(wrong, file=sys.stderr)
    _exit(2 if wrong else 0)


@app.command()
def start(
    context: typer.Context,
    config: ConfigDir = None,
    data: DataDir = None,
    every: Annotated[
        float,
        typer.Option("--every", metavar="SECONDS", min=0.1, help="Rhythm when nothing is due."),
    ] = 20.0,
    log_level: LogLevel = Level.INFO,
) -> None:
    """The daemon; stop it with SIGTERM or Ctrl-C.

    It finishes the change in hand and exits 0. SIGHUP reads the files again; bad ones are reported, and the
    last good ones stay in force. One line per event on stderr. One daemon per data folder.

    \b
      run.py start --config mine
      run.py start --config mine --every 5 --log-level debug
      kill -HUP PID          read the files again
    """
    from daemon.commands.log import log_to_stderr
    from daemon.commands.running import start

    log_to_stderr(log_level.value)
    start(_wire(context), _where(context, config, data), every)


@app.command()
def once(
    context: typer.Context,
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
    log_level: LogLevel = Level.WARNING,
) -> None:
    """One beat, then exit; fit for cron.

    Sees what changed, decides, and does what is due now. Exit 1 when something waits for a person.

    \b
      run.py once --config mine
      */5 * * * *  run.py once --config mine      in a crontab
    """
    from daemon.commands.asking import status_facts
    from daemon.commands.log import log_to_stderr
    from daemon.commands.running import once

    log_to_stderr(log_level.value)
    where = _where(context, config, data)
    once(_wire(context), where)
    facts, _ = status_facts(_wire(context), where)
    if as_json:
        _print_json(facts)
    else:
        waits = ", ".join(name.replace("_", " ") for name in facts["look"])
        print(
            f"One beat. To look at: {waits}. Next: run.py status"
            if waits
            else "One beat. All done."
        )
    _exit(LOOK if facts["look"] else 0)


@app.command()
def status(
    context: typer.Context, config: ConfigDir = None, data: DataDir = None, as_json: AsJson = False
) -> None:
    """What stands, what is due, what needs you; counts, never notes.

    Works beside a running daemon. Exit 1 when something needs you.

    \b
      run.py status --config mine
      run.py status --config mine --json | jq .on_hold
    """
    from daemon.commands.asking import status_facts

    facts, zone = status_facts(_wire(context), _where(context, config, data))
    if as_json:
        _print_json(facts)
    else:
        from daemon.commands.looking import show_status

        show_status(facts, zone)
    _exit(LOOK if facts["look"] else 0)


@app.command()
def why(
    context: typer.Context,
    word: Annotated[str, typer.Argument(metavar="KEY|PAIRING", show_default=False)],
    config: ConfigDir = None,
    data: DataDir = None,
    last: Annotated[int, typer.Option("--last", metavar="N", min=1, help="So many lines.")] = 200,
    as_json: AsJson = False,
) -> None:
    """The recorded reasons of one key or one pairing.

    A key may be cut short: all keys that begin like it are told. A letter's Message-ID works as well.

    \b
      run.py why ana-rao-ben-das --config mine
      run.py why proposal/pairing/ana-rao-ben-das --config mine
    """
    from daemon.commands.asking import why_facts, why_words

    where = _where(context, config, data)
    story, zone = why_facts(_wire(context), where, word, last)
    if as_json:
        _print_json({"asked": word, "entries": [why_words(each) for each in story]})
    else:
        from daemon.commands.looking import show_story

        show_story(story, zone)


@app.command()
def held(
    context: typer.Context, config: ConfigDir = None, data: DataDir = None, as_json: AsJson = False
) -> None:
    """What waits for you, and the command that lets it go.

    \b
      run.py held --config mine
    """
    from daemon.commands.asking import held_facts

    facts, zone = held_facts(_wire(context), _where(context, config, data))
    if as_json:
        _print_json(facts)
    else:
        from daemon.commands.looking import show_held

        show_held(facts["effects"], facts["holds"], zone)


@app.command()
def release(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME|KEY", show_default=False)],
    config: ConfigDir = None,
    data: DataDir = None,
) -> None:
    """Let go of what is on hold, by the name that `held` shows.

    A running daemon takes it up with its next beat; without one it is done now. What is outdated meanwhile
    is not sent.

    \b
      run.py release first-run/koss --config mine
    """
    from daemon.commands.log import log_to_stderr
    from daemon.commands.running import release

    log_to_stderr("warning")
    count, asked = release(_wire(context), _where(context, config, data), name)
    how = "The running daemon was asked to release" if asked else "Released"
    print(f"{how} {count} of {name}.")


@app.command()
def simulate(
    context: typer.Context,
    pairings: Annotated[int, typer.Option("--pairings", metavar="N", min=1)] = 25,
    weeks: Annotated[int, typer.Option("--weeks", metavar="N", min=1)] = 52,
    seed: Annotated[int, typer.Option("--seed", metavar="S")] = 1,
    faults: Annotated[Faults, typer.Option("--faults")] = Faults.HEAVY,
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
        _wire(context), _where(context, config, None),
        pairings=pairings, weeks=weeks, seed=seed, faults=faults.value,
    )  # fmt: skip
    if as_json:
        _print_json(report.facts)
    else:
        from daemon.commands.looking import screen

        for table in report.tables():
            screen().print(table)
    _exit(LOOK if report.violations else 0)


@app.command()
def demo(
    context: typer.Context,
    program: Annotated[
        str | None, typer.Option("--program", metavar="P", help="One program of --config.")
    ] = None,
    weeks: Annotated[int, typer.Option("--weeks", metavar="N", min=3, max=26)] = 6,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Calendars, mail and index.html.")
    ] = Path("demo-out"),
    fast: Annotated[bool, typer.Option("--fast", help="Do not wait for a reader.")] = False,
) -> None:
    """The whole machine with acted people and a fast clock.

    Six weeks pass by in a minute: real calendars and mailboxes in a folder, people who cancel, forget and
    answer oddly, and the reason for everything that happens. No account, no network.

    \b
      run.py demo
      run.py demo --fast --out somewhere
    """
    from daemon.commands.log import no_log
    from daemon.demo import demo
    from daemon.demo.script import START

    no_log()
    wire = _wire(context)
    demo(
        wire.shipped, lambda config, folder: wire.acted_folder(config, START, folder),
        program=program, weeks=weeks, out=out, fast=fast,
    )  # fmt: skip


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
    store = _wire(context).beside(_where(context, config, data).data, read_only=True)
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
    wire, where = _wire(context), _where(context, config, data)
    with wire.own(where.data, "run.py restore"):
        kept = wire.restore(file, where.data)
    print(f"Restored from {file}." + (f" What was there is kept as {kept}." if kept else ""))
    more = where.options
    print(
        f"Everything it still wanted to do is on hold. Next: run.py once{more}; run.py held{more}"
    )
