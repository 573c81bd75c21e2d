"""Files beside a program that it names: its roster, and the text that both agree to.

Not which names may be written (file_kinds.py), and not what is in the files: sheet.py, agreements.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from daemon.settings.fields import Value
from daemon.settings.problem import Findings, nearest, shown


def is_there(
    setting: str,
    said: Value,
    folder: Path,
    endings: tuple[str, ...],
    findings: Findings,
    is_another: Callable[[str], bool] = lambda _: False,
) -> bool:
    """Whether the file that a program names is in that folder. If not, that is a problem, and which one was probably meant, but
    none that `is_another` kind of file."""
    if (folder / said.value).exists():
        return True
    names = [each for each in names_beside(folder, endings) if not is_another(each)]
    meant = nearest(said.value, names)
    findings.error(
        said.at,
        f"{setting}: {shown(said.value)}  is not in the folder programs.",
        f"Did you mean {shown(meant)}?" if meant else "Put the file there, or write another name.",
    )
    return False


def names_beside(folder: Path, endings: tuple[str, ...]) -> list[str]:
    """The names of all files there that end so, hidden ones left out."""
    try:
        found = [each.name for each in folder.iterdir() if not each.name.startswith(".")]
    except OSError:
        return []
    return sorted(name for name in found if name.lower().endswith(endings))
