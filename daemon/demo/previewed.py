"""A program of one's own, played ahead: its files and templates, anybody's deeds, and index.html at the end.

Not the story that came along: see daemon/demo/__init__.py. Nothing of a real state is read, and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from daemon.demo.anybody import Anybody
from daemon.demo.page import write_page
from daemon.demo.record import Figures
from daemon.demo.stage import Stage
from daemon.domain.program import Config
from daemon.mail.render import Templates
from daemon.simulate.outside import Outside

PAGE = "index.html"
EARLY = time(6)


def monday_after(now: datetime) -> datetime:
    """The coming Monday morning: whole weeks are easier to read."""
    day = now.astimezone(UTC).date()
    return datetime.combine(day + timedelta(days=7 - day.weekday()), EARLY, UTC)


def play(
    config: Config,
    outside: Outside,
    templates: Templates,
    *,
    weeks: int,
    out: Path,
    yaml: str,
    on_progress: Callable[[float], None],
) -> Figures:
    """So many weeks of the program from the outside's present on, and the page about them in `out`."""
    start = outside.clock.now()
    end = start + timedelta(weeks=weeks)
    stage = Stage(config, outside, templates, yaml, Anybody(config, outside), power_cut=())
    for happening in stage.run(end):
        stage.record.happenings.append(happening)
        on_progress((happening.at - start) / (end - start))
    stage.close()
    figures = stage.record.figures(weeks, end)
    write_page(out / PAGE, stage.record, figures, start, own=True)
    return figures
