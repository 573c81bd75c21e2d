"""`apply`: an admin takes over the files as they are, whatever follows from them.

Not the taking over: whoever owns the store reads the files again (accepting.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from daemon.accepted import READ, elsewhere, in_force, name_of, waiting
from daemon.brakes import CHANGED_FILES
from daemon.commands.folders import Folders
from daemon.commands.rehearsing import refuse_change
from daemon.commands.running import ask
from daemon.commands.wire import Wire
from daemon.errors import UserError
from daemon.settings import load_or_raise


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of it: there was `nothing` to apply, the running daemon was `asked`, or it is `done`."""

    outcome: Literal["nothing", "asked", "done"]
    options: str

    def facts(self) -> dict[str, str]:
        """For --json."""
        return {"applied": self.outcome}

    def words(self) -> str:
        """For people."""
        further = f"Next: run.py status{self.options}"
        return {
            "nothing": "The files count already: there is nothing to apply.",
            "asked": f"The running daemon was asked to apply the files. {further}",
            "done": f"Applied: the files count from now on. {further}",
        }[self.outcome]


def apply(wire: Wire, where: Folders) -> Applied:
    """What was done. UserError when the files are bad or not those that the daemon reads; then nothing has changed."""
    config = load_or_raise(where.config).config
    refuse_change(where, config)
    store = wire.beside(where.data, read_only=True)
    try:
        if refused := elsewhere(store, where.config, where.data):
            raise UserError(refused)
        held = [e for e in store.queue(on_hold=True) if e.hold.startswith(CHANGED_FILES)]
        back = in_force(store) == config and not held  # put back, where others wait
        if back and waiting(store) is None:
            return Applied("nothing", where.options)
    finally:
        store.close()
    word = READ if back else "release"
    asked = ask(wire, where, name_of(config), "run.py apply --yes", word)
    return Applied("asked" if asked else "done", where.options)
