"""A rehearsal (`letters_to:`) and its state: a data folder of its own, in which only files are calendars.

Not its letters: those are changed in daemon/mail/rehearsal.py.

Ending a rehearsal is deleting one line: the real state was never touched, so nothing of it was sent, lost or
used up, and the program starts for real from its own beginning.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from daemon.commands.folders import Folders
from daemon.commands.wire import Wire
from daemon.domain.people import Person
from daemon.domain.program import Config
from daemon.domain.value import replace as changed
from daemon.errors import NotNow, UserError
from daemon.noted import OTHER_KIND
from daemon.ports import Store
from daemon.settings import load

FOLDER = "rehearsal"
KIND = "kind"
"""The named value that says what a state is of, so that a backup of one kind never goes on as the other."""
REAL = "real"
LOCAL = "local"
STATE = "oneonone.db"


def folders_in_use(wire: Wire, where: Folders) -> Folders:
    """The same folders, with the data of the rehearsal where there is one: what runs now counts, else what the
    files ask for, else (no file can be read) what there is."""
    running = _running(wire, where.data)
    asked = _asked(where.config) if running is None else running
    if asked is None:
        asked = (where.data / FOLDER).is_dir() and not (where.data / STATE).exists()
    return replace(where, data=where.data / FOLDER, rehearsal=True) if asked else where


def _asked(config: Path) -> bool | None:
    """Whether the files ask for a rehearsal, None where none can be read. Most never name it, and to read ten
    thousand pairings once more takes a second."""
    try:
        texts = [file.read_bytes() for file in (config / "programs").glob("*.y*ml")]
    except OSError:
        texts = []
    if texts and not any(b"letters_to" in text or b"\0" in text for text in texts):
        return False
    return load(config).rehearsal


def _running(wire: Wire, data: Path) -> bool | None:
    """Whether a rehearsal runs on that folder, or the real thing; None for neither."""
    if wire.owner(data):
        return False
    return True if wire.owner(data / FOLDER) else None


def refuse_change(where: Folders, config: Config) -> None:
    """A running daemon has its state open: it does not become a rehearsal, or stop being one."""
    if config.rehearsal != where.rehearsal:
        word = "added" if config.rehearsal else "taken away"
        raise UserError(f"{OTHER_KIND} was {word}. Stop the daemon and start it anew: a rehearsal has a state of its own")  # fmt: skip


def same_kind(store: Store, where: Folders) -> None:
    """A state goes on as what it began as; NotNow where a backup or a folder of the other kind was put here."""
    kind = FOLDER if where.rehearsal else REAL
    known = store.value(KIND)
    if known not in (None, kind):
        reached = "nobody but one address" if known == FOLDER else "people"
        raise NotNow(
            f"{where.data} is the state of {_said(known)}, whose letters reached {reached}; the files ask for "
            f"{_said(kind)}. Restore a backup of that, or name another folder with --data"
        )
    store.keep_value(KIND, kind)


def _said(kind: str | None) -> str:
    return "a rehearsal" if kind == FOLDER else "a program that is real"


def on_files(config: Config) -> Config:
    """The configuration as a rehearsal runs it: whatever account somebody has, the calendar is a folder."""
    if not config.rehearsal:
        return config

    def local(person: Person) -> Person:
        return changed(person, calendar=LOCAL)

    lines = (
        changed(
            each,
            mentor=local(each.mentor),
            mentee=local(each.mentee),
            members=tuple(local(member) for member in each.members),
        )
        for each in config.lines
    )
    return changed(config, lines=tuple(lines), auto=())
