"""Files that other programs read and write at the same time: whole or not at all.

Not a store: what lies here belongs to the people, and any of them may change it at any moment.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from daemon.errors import Permanent, Temporary, VersionConflict

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def translated() -> Iterator[None]:
    """What the file system says, in the words of daemon/errors.py. No OSError gets past here."""
    try:
        yield
    except OSError as error:
        where = error.filename or "the data folder"
        if error.errno in _FULL:
            raise Temporary(f"the disk is full: cannot write {where}") from error
        if error.errno in _CLOSED:
            raise Temporary(f"no permission to write or read {where}") from error
        raise Temporary(f"{where}: {error.strerror or error}") from error


def folder_name(address: str) -> str:
    """An address as the name of a folder. Permanent when it is none."""
    unfit = not address or address.startswith(".") or len(address.encode()) > 200
    if unfit or any(sign in address for sign in "/\\\0\n"):
        raise Permanent(f"{address[:80]!r} cannot be the name of a folder")
    return address


def digest(raw: bytes) -> str:
    """A name for exactly these bytes."""
    return hashlib.sha256(raw).hexdigest()[:20]


def read(path: Path) -> bytes | None:
    """The bytes of a file, None when it is not there."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def sync_folder(path: Path) -> None:
    """Make what was renamed or linked in a folder survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_synced(path: Path, raw: bytes) -> None:
    """Write a new file through to the disk; visible to others while it grows."""
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, raw: bytes, before: bytes | None) -> None:
    """Put `raw` in the place of `before` (None: no file). VersionConflict when it is no longer that.

    The look just before the rename leaves another program microseconds instead of a whole beat; no
    file system call can close that gap for programs that take no lock.
    """
    fresh = path.with_name(f".{path.name}.writing")
    write_synced(fresh, raw)
    if read(path) != before:
        fresh.unlink()
        raise VersionConflict(f"{path.name} was changed by somebody else just now")
    fresh.replace(path)
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Delete a file; already gone is gone."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One of our own processes at a time; freed by the kernel when the process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file system tells of a file without reading it."""

    inode: int
    size: int
    changed_ns: int


def stamps(folder: Path, suffix: str) -> dict[str, Stamp]:
    """The files of a folder by name, in order; hidden ones and other suffixes left out."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(suffix) and entry.name[0] != ".":
                try:
                    seen = entry.stat()
                except FileNotFoundError:
                    continue
                found.append((entry.name, Stamp(seen.st_ino, seen.st_size, seen.st_mtime_ns)))
    return dict(sorted(found))
