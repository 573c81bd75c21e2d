"""What a performance begins with: an empty folder of our own, and one program to play.

Not the performance: the stage knows neither folders nor files.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from daemon.domain.program import Config
from daemon.domain.value import replace
from daemon.errors import UserError
from daemon.settings.problem import nearest

MARK = ".oneonone-demo"
OURS = {
    MARK, "config", "calendars", "mail", "locked-out", "bin", "index.html",
    "oneonone.db", "oneonone.db-wal", "oneonone.db-shm",
}  # fmt: skip


def chosen(config: Config, program: str | None) -> Config:
    """The first program, or the named one. Nothing waits for an admin when it is played, acted people read their own
    letters though it may be a rehearsal for real ones, and every mail stays in its folder, to be read."""
    names = [each.id for each in config.programs]
    if not names or (program is not None and program not in names):
        near = nearest(program or "", names)
        hint = f"Did you mean {near}?" if near else f"There is: {', '.join(names) or 'none'}"
        raise UserError(f"--program {program}: no program is called that. {hint}")
    played = [each for each in config.programs if each.id == (program or names[0])]
    lines = tuple(line for line in config.lines if line.program == played[0].id)
    as_played = (
        replace(each, first_run="send", letters_to="", mailbox_keep_days=0) for each in played
    )
    return Config(tuple(as_played), lines)


def clear(out: Path) -> None:
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
        (out / MARK).write_text(
            "Made by `run.py demo` or `run.py preview --all`, which may empty this folder.\n"
        )
    except OSError as error:
        raise UserError(f"--out {out} cannot be used: {error.strerror}") from error
