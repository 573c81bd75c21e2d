"""Commands for accounts on the internet: `connect` and `doctor`.

Not what they find: daemon/commands/connecting.py.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from daemon.cli.app import LOOK, app, exit_with, print_json, where_of, wire_of
from daemon.commands.options import AsJson, ConfigDir, DataDir

if TYPE_CHECKING:
    from daemon.commands.folders import Folders
    from daemon.commands.wire import Wire

PASSWORD = "ONEONONE_PASSWORD"
CLIENT_SECRET = "ONEONONE_CLIENT_SECRET"


@app.command()
def connect(
    context: typer.Context,
    email: Annotated[
        str, typer.Argument(metavar="EMAIL", help="Whose account, as the files name it.")
    ],
    here: Annotated[
        bool, typer.Option("--here", help="In this terminal, though there is a page for it.")
    ] = False,
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Connect an account on the internet: its password is asked for, tried, and kept encrypted.

    A mailbox gets one mail to itself, which is removed again; a calendar is only looked at. Where something
    bars the way it says what and what to do, keeps nothing, and exits 1. A running daemon needs no restart.
    Without a terminal the password is the first line of the input, or ONEONONE_PASSWORD. With `sign_in:`, or
    at Google or Microsoft 365, its owner signs in in a browser instead, and it says where; ONEONONE_CLIENT_SECRET is
    what the issuer gave for this program, if anything. Where `web:` names a page, its owner connects a calendar
    at one of the two there, alone: the link is printed, and works while the daemon runs. Of
    `google_service_account:` the input is the file with its key; of `microsoft_application:` EMAIL is the id of the
    program, and the input its secret.

    \b
      run.py connect koss@example.org --config mine
      run.py connect ana@example.org --config mine < password.txt
    """
    from daemon.commands.connecting import (
        account_of,
        acts_for_people,
        connect,
        connected_words,
        facts_of,
        link_for,
        not_connected,
        words_of,
    )

    where = where_of(context, config, data)
    wire, client_secret = wire_of(context), os.environ.get(CLIENT_SECRET, "")
    if acts_for_people(where, email):
        _delegate(wire, where, email, as_json)
        return
    files, account = account_of(where, email)
    if not here and (link := link_for(wire, where, files, account, client_secret)):
        print_json({"link": link}) if as_json else print(_on_the_page(account.address, link))
        return
    if account.signs_in:
        secret = wire.sign_in(files, account, client_secret, _tell, _asked)
    else:
        secret = _password(account.address)
    probes = connect(wire, where, files, account, secret)
    print_json(facts_of(probes)) if as_json else print(words_of(probes))
    said = connected_words(account, probes)
    if not said:
        raise not_connected(account)
    if not as_json:
        print(said)


@app.command()
def doctor(
    context: typer.Context,
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Look at every account on the internet: way, TLS, login, what its server can do, its clock.

    Each mailbox gets one mail to itself, which is removed again. Exit 1 when something is worth a look.

    \b
      run.py doctor --config mine
      run.py doctor --config mine --json | jq .state
    """
    from daemon.commands.connecting import doctor, facts_of, words_of, worst

    probes = doctor(wire_of(context), where_of(context, config, data))
    if as_json:
        print_json(facts_of(probes))
    else:
        print(words_of(probes) or "No account is on the internet: everything is files here.")
    exit_with(LOOK if worst(probes) != "good" else 0)


def _delegate(wire: Wire, where: Folders, address: str, as_json: bool) -> None:
    from daemon.commands.connecting import delegate, facts_of, not_connected, words_of
    from daemon.domain.account import Account

    probes = delegate(wire, where, address, _key_of(address))
    print_json(facts_of(probes)) if as_json else print(words_of(probes))
    if probes and not any(each.usable for each in probes):
        raise not_connected(Account(address))
    if not as_json:
        print(f"{address} is connected, and acts for whoever has not connected their own calendar.")


def _on_the_page(address: str, link: str) -> str:
    return (
        f"{link}\n"
        f"Give this link to whoever owns {address}, and to nobody else: there they connect it alone.\n"
        "It works while the daemon runs. In this terminal instead: --here"
    )


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _asked(line: str) -> str:
    print(line, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _key_of(address: str) -> str:
    """All that is piped in, which is a file."""
    if sys.stdin.isatty():
        _tell(f"Give the JSON file with the key of {address}: run.py connect {address} < key.json")
    return sys.stdin.read()


def _password(address: str) -> str:
    """From the environment, the terminal, or the first line of what is piped in."""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    return getpass(f"Password (or app password) of {address}: ")
