"""Which folders a command works on: configuration, data, templates (DESIGN section 8).

Not their content: daemon/settings reads the files, the store keeps the data.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from daemon.errors import UserError


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are. `templates`: the first folder wins. `options`: what a command that is printed for
    copying needs to find the same folders; `in_letters` the same for whoever copies it somewhere else, days later: it
    names them whole. `rehearsal`: `data` is that of a rehearsal."""

    config: Path
    data: Path
    templates: tuple[Path, ...]
    options: str = ""
    in_letters: str = ""
    rehearsal: bool = False

    def template(self, path: str) -> str:
        """How a file of a template is named to people: by the folder it lies in, not by where that is."""
        inside = [folder for folder in self.templates if Path(path).is_relative_to(folder)]
        return f"templates/{Path(path).relative_to(inside[0])}" if inside else f"templates/{path}"


def folders(config: Path | None, data: Path | None, shipped: Path) -> Folders:
    """--config, else ./config, else the shipped one; --data, else data/ inside it, ./data for the shipped."""
    own = shipped / "config"
    given = (("--config", config), ("--data", data))
    options = _options(given)
    if config is None:
        here = Path("config")
        config = here if here.is_dir() else own
    elif config.is_file():
        raise UserError(f"--config {config} is a file: name the folder in which programs/ lies")
    elif not config.is_dir():
        raise UserError(f"--config {config}: there is no such folder")
    shipped_one = config.resolve() == own.resolve()
    named = data or (Path("data") if shipped_one else None)
    if data is None:
        data = Path("data") if shipped_one else config / "data"
    elif data.exists() and not data.is_dir():
        raise UserError(f"--data {data} is not a folder")
    mine = config / "templates"
    templates = (*((mine,) if mine.is_dir() else ()), shipped / "templates")
    wherever = (("--config", None if shipped_one else config), ("--data", named))
    return Folders(config, data, templates, options, _options(wherever, whole=True))


def _options(given: Iterable[tuple[str, Path | None]], *, whole: bool = False) -> str:
    shown = ((name, path.resolve() if whole else path) for name, path in given if path)
    return "".join(f" {name} {shlex.quote(str(path))}" for name, path in shown)


def write(path: Path, text: str) -> None:
    """Write a file, in a folder that is made where it is missing; UserError where that is not possible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as why:
        raise UserError(f"{path} cannot be written: {why.strerror or why}") from why
