"""Commands that beat, and those that look at what a daemon does or waits for.

Not the beat: daemon/tick.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.app import LOOK, app, exit_with, print_json, where_of, wire_of
from daemon.commands.options import AsJson, ConfigDir, DataDir, Level, LogLevel

if TYPE_CHECKING:
    from daemon.domain.program import Config
    from daemon.machine import Daemon
    from daemon.ports import Push


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
    wire, where = wire_of(context), where_of(context, config, data)

    def pages(config: Config, daemon: Daemon) -> Push | None:
        if not config.web.address or where.rehearsal:
            return None
        from daemon.web.connecting import Connecting
        from daemon.web.door import Door

        return Door(Connecting(wire, where, config, daemon.roster.secret), daemon.ports.push)

    start(wire, where, every, pages)


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
      run.py once --config mine --json | jq .look
      */5 * * * *  run.py once --config mine      in a crontab
    """
    from daemon.commands.asking import status_facts
    from daemon.commands.log import log_to_stderr
    from daemon.commands.running import once

    log_to_stderr(log_level.value)
    where = where_of(context, config, data)
    once(wire_of(context), where)
    facts, zone = status_facts(wire_of(context), where)
    if as_json:
        print_json(facts)
    else:
        from daemon.commands.looking import REHEARSED, beat_words

        if facts["rehearsal"]:
            print(REHEARSED)
        print(beat_words(facts, zone))
    exit_with(LOOK if facts["look"] else 0)


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

    facts, zone = status_facts(wire_of(context), where_of(context, config, data))
    if as_json:
        print_json(facts)
    else:
        from daemon.commands.looking import show_status

        show_status(facts, zone)
    exit_with(LOOK if facts["look"] else 0)


@app.command()
def why(
    context: typer.Context,
    word: Annotated[
        str, typer.Argument(metavar="WHAT", help="What is asked about.", show_default=False)
    ],
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on", metavar="DATE", formats=["%Y-%m-%d"], help="Only that day.", show_default=False
        ),
    ] = None,
    config: ConfigDir = None,
    data: DataDir = None,
    last: Annotated[int, typer.Option("--last", metavar="N", min=1, help="So many lines.")] = 200,
    as_json: AsJson = False,
) -> None:
    """Why a letter was sent, why a 1:1 moved, why somebody got nothing.

    WHAT is a pairing; a person by first name, address or key, for all letters to them and what keeps others back; a letter's Message-ID or
    subject; or a key, which may be cut short.

    \b
      run.py why ana-rao-ben-das --config mine
      run.py why Ben --on 2027-01-05 --config mine
      run.py why "Ana & Ben: our 1:1s" --on 2027-01-05 --config mine
      run.py why welcome-mentor-connected/pairing/ana-rao-ben-das --config mine
    """
    from daemon.commands.asking import why_explained, why_facts

    where = where_of(context, config, data)
    found = why_explained(wire_of(context), where, word, last, on.date() if on else None)
    if as_json:
        print_json(why_facts(word, found, where.options))
    else:
        from daemon.commands.looking import show_why

        show_why(found, where.options)


@app.command()
def held(
    context: typer.Context, config: ConfigDir = None, data: DataDir = None, as_json: AsJson = False
) -> None:
    """What waits for you, and the command that lets it go.

    \b
      run.py held --config mine
      run.py held --config mine --json | jq .holds
    """
    from daemon.commands.asking import held_facts

    facts, zone = held_facts(wire_of(context), where_of(context, config, data))
    if as_json:
        print_json(facts)
    else:
        from daemon.commands.looking import REHEARSED, show_held

        if facts["rehearsal"]:
            print(REHEARSED)
        show_held(facts["effects"], facts["holds"], zone)


@app.command()
def release(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|KEY", help="A name of `held`, or one key.", show_default=False
        ),
    ],
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Let go of what is on hold, by the name that `held` shows.

    A running daemon takes it up with its next beat; without one it is done now. What is outdated meanwhile
    is not sent.

    \b
      run.py release first-run/our-1-1s --config mine
    """
    from daemon.commands.log import log_to_stderr
    from daemon.commands.running import release

    log_to_stderr("warning")
    count, asked = release(wire_of(context), where_of(context, config, data), name)
    if as_json:
        print_json({"name": name, "count": count, "by_running_daemon": asked})
        return
    how = "The running daemon was asked to release" if asked else "Released"
    print(f"{how} {count} of {name}.")
