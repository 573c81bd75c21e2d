"""Commands about the files people write: `check`.

Not what they find: daemon/commands and daemon/settings.
"""

from __future__ import annotations

import sys

import typer

from daemon.cli.app import app, exit_with, print_json, where_of, wire_of
from daemon.commands.options import AsJson, ConfigDir


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

    loaded, problems = check(wire_of(context), where_of(context, config, None))
    out, wrong = check_words(loaded, problems)
    if as_json:
        print_json(check_facts(loaded, problems))
    else:
        print(out, end="\n" if out else "")
    if wrong:
        print(wrong, file=sys.stderr)
    exit_with(2 if wrong else 0)
