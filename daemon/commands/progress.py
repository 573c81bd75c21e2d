"""A bar on stderr for what takes longer than somebody likes to wait, when somebody is looking.

Not part of what a command prints: a pipe, a file and a cron job see nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

OnProgress = Callable[[float], None]
"""Told which share of the work is done, from 0 to 1."""


@contextmanager
def bar(words: str) -> Iterator[OnProgress]:
    """A bar that is gone when the work is; it only swings until a share is told."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as shown:
        task = shown.add_task(words, total=None)
        yield lambda done: shown.update(task, completed=done, total=1.0)
