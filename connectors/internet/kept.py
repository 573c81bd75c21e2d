"""Events as their guests were told them by mail: our own copy of each, one file an event.

Not a calendar: nobody else reads or writes here. What is being mailed just now is noted beside it, so that after a
crash the same mails are looked for before any of them is sent again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from icalendar import Calendar

from daemon.domain.people import Address
from daemon.errors import NotNow, Temporary
from daemon.ical.parsing import Unreadable, parse

FOLDER = "invitations"
"""Of those that are on no calendar at all."""
REMEMBERED_FOR = timedelta(days=30)
"""So long it is known that a guest was answered: an answer is tried for a day, or until the 1:1 begins."""
CHANGE, ANSWER = "mails", "answer"
"""What is being mailed: a change of an event, which is over when the event is kept, or an answer that changes none."""


@contextmanager
def translated() -> Iterator[None]:
    """What the file system and our own files say, in the words of daemon/errors.py."""
    try:
        yield
    except (OSError, Unreadable) as error:
        raise Temporary(f"the invitations cannot be read or written: {error}") from error


def named(text: str) -> str:
    """A name for a file, whatever the text is."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def copy_invitations(data: Path, to: Path) -> None:
    """The events of all accounts, for a look ahead. NotNow when something cannot be read."""
    try:
        if (data / FOLDER).is_dir():
            shutil.copytree(data / FOLDER, to / FOLDER)
    except (OSError, shutil.Error) as why:
        raise NotNow(f"the invitations cannot be read as a whole just now: {why}") from why


class Kept:
    """The events of all accounts below `folder`."""

    def __init__(self, folder: Path, name: str = FOLDER) -> None:
        self._folder = folder / name

    def events(self, account: Address) -> dict[str, bytes]:
        """uid → text, in the order of their names."""
        folder = self._folder / named(account)
        texts = [path.read_bytes() for path in sorted(folder.glob("*.ics"))]
        return {_uid(parse(text)): text for text in texts}

    def event(self, account: Address, uid: str) -> bytes | None:
        """The text of one event, None where it never was."""
        path = self._path(account, uid)
        return path.read_bytes() if path.exists() else None

    def keep(self, account: Address, uid: str, text: bytes) -> None:
        """Put an event in the place of what was there, whole or not at all."""
        put_whole(self._path(account, uid), text)

    def begun(
        self, account: Address, key: str, now: datetime, what: str = CHANGE
    ) -> tuple[datetime, bool]:
        """When the mails of the change (or answer) with this key were begun, and whether that was before this call."""
        path = self._folder / named(account) / f"{named(key)}.{what}"
        if path.exists():
            return datetime.fromisoformat(path.read_text(encoding="ascii")), True
        put_whole(path, now.isoformat().encode("ascii"))
        return now, False

    def done(self, account: Address, key: str) -> None:
        """All of them are accepted, and the event is kept."""
        (self._folder / named(account) / f"{named(key)}.{CHANGE}").unlink(missing_ok=True)

    def forget(self, account: Address, *, before: datetime) -> None:
        """Answers that were begun before that moment are not asked about any more."""
        for note in (self._folder / named(account)).glob(f"*.{ANSWER}"):
            if datetime.fromisoformat(note.read_text(encoding="ascii")) < before:
                note.unlink(missing_ok=True)

    def let_go(self, account: Address, uid: str) -> None:
        """It stands no more, and all of them know."""
        self._path(account, uid).unlink(missing_ok=True)

    def owe(self, account: Address, uid: str) -> None:
        """Remember that its guests may have something to hear."""
        put_whole(self._path(account, uid).with_suffix(".owed"), uid.encode())

    def owed(self, account: Address) -> list[str]:
        """The uids of which that was said, until it is paid."""
        folder = self._folder / named(account)
        return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.owed"))]

    def paid(self, account: Address, uid: str) -> None:
        """They have heard."""
        self._path(account, uid).with_suffix(".owed").unlink(missing_ok=True)

    def _path(self, account: Address, uid: str) -> Path:
        return self._folder / named(account) / f"{named(uid)}.ics"


def _uid(calendar: Calendar) -> str:
    return str(calendar.walk("VEVENT")[0]["UID"])


def put_whole(path: Path, raw: bytes) -> None:
    """A file in the place of what was there, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.writing")
    with fresh.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
