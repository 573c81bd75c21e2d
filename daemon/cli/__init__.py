"""The command line: options, help and exit codes of every command.

Not what the commands do: each hands over to daemon/commands, imported only when it runs.

Exit codes: 0 done; 1 done with something to look at, or not possible now; 2 wrong call or configuration,
nothing changed.
"""

from daemon.cli import accounts, ahead, files, reading, reporting, running, state, terminal, trying
from daemon.cli.app import main

__all__ = [
    "accounts",
    "ahead",
    "files",
    "main",
    "reading",
    "reporting",
    "running",
    "state",
    "terminal",
    "trying",
]
