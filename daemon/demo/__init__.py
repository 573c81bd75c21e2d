"""The demo: weeks of a program on local calendars and mail, with acted people and a fast clock.

Not a mock: the tick, the store, the calendars and the mailboxes are the real ones.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from daemon.demo.page import write_page
from daemon.demo.script import START
from daemon.demo.stage import Stage
from daemon.demo.timeline import Timeline, week_of
from daemon.domain.program import Config
from daemon.domain.value import replace
from daemon.errors import UserError
from daemon.heartbeat import pace
from daemon.mail.render import Templates
from daemon.settings import load_or_raise
from daemon.simulate.outside import Outside

MARK = ".oneonone-demo"
OURS = {
    MARK, "calendars", "mail", "locked-out", "bin", "index.html",
    "oneonone.db", "oneonone.db-wal", "oneonone.db-shm",
}  # fmt: skip
LINE_SECONDS = 0.22


def demo(
    shipped: Path,
    make_outside: Callable[[Config, Path], Outside],
    *,
    program: str | None,
    weeks: int,
    out: Path,
    fast: bool,
) -> None:
    """Play the story into `out`."""
    config = _config(shipped / "config", program)
    _clear(out)
    file = shipped / "config" / "programs" / f"{config.programs[0].id}.yaml"
    yaml = file.read_text(encoding="utf-8")
    stage = Stage(config, make_outside(config, out), Templates([shipped / "templates"]), yaml)
    timeline = Timeline()
    end = START + timedelta(weeks=weeks)
    week = 0
    for happening in stage.run(end):
        stage.record.happenings.append(happening)
        if week_of(happening.at, START) != week:
            week = week_of(happening.at, START)
            timeline.week(week)
        timeline.show(happening)
        if not fast:
            pace(LINE_SECONDS)
    figures = stage.record.figures(weeks, end)
    write_page(out / "index.html", stage.record, figures, START)
    timeline.end(figures, _commands(out, config))


def _config(folder: Path, program: str | None) -> Config:
    """The shipped program, or the named one of them; nothing waits for an admin here."""
    config = load_or_raise(folder).config
    names = [each.id for each in config.programs]
    if program is not None and program not in names:
        near = difflib.get_close_matches(program, names, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There is: {', '.join(names)}"
        raise UserError(f"--program {program}: no program is called that. {hint}")
    chosen = [each for each in config.programs if each.id == (program or names[0])]
    lines = tuple(line for line in config.lines if line.program == chosen[0].id)
    return Config(tuple(replace(each, first_run="send") for each in chosen), lines)


def _clear(out: Path) -> None:
    """An empty folder of our own; UserError when it holds anything that is not ours."""
    try:
        if out.exists() or out.is_symlink():
            if not out.is_dir():
                raise UserError(f"--out {out} is no folder: give another one")
            found = {each.name for each in out.iterdir()}
            foreign = sorted(found - OURS) or (sorted(found) if found and MARK not in found else [])
            if foreign:
                raise UserError(
                    f"--out {out} holds {foreign[0]}, which is not from a demo: nothing was touched. "
                    f"Give another folder with --out"
                )
            for name in found - {MARK}:
                path = out / name
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        out.mkdir(parents=True, exist_ok=True)
        (out / MARK).write_text("Made by `run.py demo`, which may empty this folder.\n")
    except OSError as error:
        raise UserError(f"--out {out} cannot be used: {error.strerror}") from error


def _commands(out: Path, config: Config) -> list[str]:
    return [
        f"run.py why {config.lines[0].pairing} --data {out}   the reasons, from the ledger",
        f"open {out / 'index.html'}   every letter, as its reader sees it",
        "run.py check --config mine   then put your own ten lines there (README)",
    ]
