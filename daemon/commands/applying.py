"""`apply`: an admin takes over the files as they are, whatever follows from them.

Not the taking over: whoever owns the store reads the files again (accepting.py).
"""

from __future__ import annotations

from daemon.accepted import in_force, name_of
from daemon.brakes import CHANGED_FILES
from daemon.commands.folders import Folders
from daemon.commands.running import ask
from daemon.commands.wire import Wire
from daemon.settings import load_or_raise


def apply(wire: Wire, where: Folders) -> str:
    """What was done, in words. UserError when the files are bad; then nothing has changed."""
    config = load_or_raise(where.config).config
    store = wire.beside(where.data, read_only=True)
    try:
        held = [e for e in store.queue(on_hold=True) if e.hold.startswith(CHANGED_FILES)]
        if in_force(store) == config and not held:
            return "The files count already: there is nothing to apply."
    finally:
        store.close()
    if ask(wire, where, name_of(config), "run.py apply --yes"):
        return (
            f"The running daemon was asked to apply the files. Next: run.py status{where.options}"
        )
    return f"Applied: the files count from now on. Next: run.py status{where.options}"
