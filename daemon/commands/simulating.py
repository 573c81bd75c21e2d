"""`simulate`: the simulator with a progress bar, when somebody is looking.

Not the simulator: see daemon/simulate.
"""

from __future__ import annotations

from daemon.commands.folders import Folders
from daemon.commands.progress import bar
from daemon.commands.wire import Wire
from daemon.domain.value import replace
from daemon.mail.render import Templates
from daemon.settings import load_or_raise
from daemon.simulate.report import Report
from daemon.simulate.whole_run import simulate


def simulated(
    wire: Wire, where: Folders, *, pairings: int, weeks: int, seed: int, faults: str
) -> Report:
    """One run with the programs of the configuration."""
    read = load_or_raise(where.config).config
    config = replace(read, programs=tuple(replace(each, letters_to="") for each in read.programs))
    with bar(f"seed {seed}") as on_progress:
        return simulate(
            config, wire.acted_memory, pairings=pairings, weeks=weeks, seed=seed, faults=faults,
            templates=Templates(list(where.templates)), on_progress=on_progress,
        )  # fmt: skip
