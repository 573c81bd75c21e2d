"""One run of the simulator from its first hour to its report.

Not the hours themselves: engine.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Protocol

from daemon.domain.program import Config
from daemon.domain.value import replace
from daemon.mail.render import Templates
from daemon.simulate.cast import cast
from daemon.simulate.engine import START, Simulation
from daemon.simulate.outside import Outside
from daemon.simulate.report import Report, report


class MakeOutside(Protocol):
    """How an outside world is made: run.py hands in one of connectors/outside.py."""

    def __call__(self, config: Config, start: datetime, seed: int, level: str) -> Outside: ...


def simulate(
    config: Config,
    make_outside: MakeOutside,
    *,
    pairings: int,
    weeks: int,
    seed: int,
    faults: str,
    templates: Templates,
    on_progress: Callable[[float], None] = lambda _: None,
    on_violation: Callable[[str, str], None] = lambda _, __: None,
) -> Report:
    """One run of the programs in `config` with invented people; the same seed gives the same digest."""
    programs = tuple(replace(p, first_run="send") for p in config.programs)
    played = cast(replace(config, programs=programs), pairings, Random(seed ^ 0xCA57)).config
    outside = make_outside(played, START, seed, faults)
    run = Simulation(played, outside, templates, seed, weeks, faults, on_progress, on_violation)
    run.run()
    return report(run)
