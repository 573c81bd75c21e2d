"""A copy of the folders that a daemon reads, for a look ahead: what is changed there is changed nowhere else.

Not a backup: what was sent, and the mailboxes of people, are left out.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from connectors.local.files import folder_name
from daemon.domain.people import Address
from daemon.errors import NotNow


def copy_folders(data: Path, mailboxes: Iterable[Address], to: Path) -> None:
    """Calendars with what was passed on between them, and what came into the mailboxes. NotNow when
    something cannot be read."""
    sources = [Path("calendars"), *(Path("mail") / folder_name(box) for box in mailboxes)]
    for source in sources:
        if (data / source).is_dir():
            _copy(data / source, to / source)


def _copy(source: Path, to: Path) -> None:
    # Sent proves what has gone; nothing is sent from a copy, so that the proof is not needed.
    leave_out = shutil.ignore_patterns(".Sent", "tmp", "lock", "*.writing", "*.copying")
    try:
        shutil.copytree(
            source, to, ignore=leave_out, copy_function=_copy_file, ignore_dangling_symlinks=True
        )
    except (OSError, shutil.Error) as why:
        raise NotNow(f"{source} cannot be read as a whole just now: {_first(why)}") from why


def _copy_file(source: str, to: str) -> None:
    """What somebody has just moved away is there no more, as for any reader."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, to)


def _first(why: OSError | shutil.Error) -> str:
    """What went wrong with the first of the files."""
    if isinstance(why, shutil.Error) and why.args and why.args[0]:
        return str(why.args[0][0][2])
    return str(why.strerror or why)
