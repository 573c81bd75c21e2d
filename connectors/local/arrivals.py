"""What came into a Maildir since a cursor: a list of ids with numbers, as an IMAP server keeps UIDs.

Not the mails themselves: they stay where people and their programs put them.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from connectors.local.files import Stamp, read, replace
from daemon.domain.observation import MailArrived, SetAside
from daemon.domain.people import Address
from daemon.errors import CursorExpired
from daemon.ports import Batch, Clock, Cursor

BYTES_MAX = 50_000_000


class Arrivals:
    """The mails of one mailbox, numbered as they are first seen.

    The list lies beside the mails, one `number id` a line, and is written before anything is told; a
    number is never given twice. A cursor is the list's birth and the last number told, so it stays small
    whatever the mailbox holds, and an old one (after a restore) is still good.
    """

    def __init__(self, home: Path, mailbox: Address, clock: Clock) -> None:
        self._home = home
        self._mailbox = mailbox
        self._clock = clock
        self._path = home / "oneonone-arrivals"
        self._stamp: Stamp | None = None
        self._numbers: dict[str, int] = {}
        self._birth = ""

    def read(self, since: Cursor | None) -> Batch:
        """All mails with a number beyond the cursor, in the order of their numbers.

        What cannot be read gets no number: it is named each time, and told once it can be read.
        """
        self._load()
        after = 0 if since is None else self._number(since)
        aside: list[SetAside] = []
        mails: dict[str, tuple[bytes, datetime]] = {}
        fresh: list[str] = []
        for at_ns, unique, path in self._beyond(after):
            raw = _raw(path)
            if isinstance(raw, bytes):
                mails[unique] = raw, datetime.fromtimestamp(at_ns // 1_000 / 1_000_000, UTC)
                fresh += [] if unique in self._numbers else [unique]
            elif raw:
                aside.append(SetAside(f"mail/{self._mailbox}", unique, raw))
        self._append(fresh)
        told = sorted(mails, key=self._numbers.__getitem__)
        return Batch(
            observations=tuple(MailArrived(unique, *mails[unique]) for unique in told),
            cursor=f"{self._birth} {max(self._numbers.values(), default=0)}",
            complete=True,
            set_aside=tuple(aside),
        )

    def _beyond(self, after: int) -> list[tuple[int, str, Path]]:
        """What has no number yet, or one beyond the cursor; oldest file first."""
        found: dict[str, tuple[int, str, Path]] = {}
        for part in ("new", "cur"):
            with os.scandir(self._home / part) as entries:
                for entry in entries:
                    # the unique part outlives a mail client's move from new to cur
                    unique = entry.name.partition(":")[0]
                    known = self._numbers.get(unique)
                    if entry.name[0] != "." and (known is None or known > after):
                        found[unique] = (_arrived_ns(entry), unique, Path(entry.path))
        return sorted(found.values())

    def _load(self) -> None:
        try:
            seen = self._path.stat()
            stamp = Stamp(seen.st_ino, seen.st_size, seen.st_mtime_ns)
        except FileNotFoundError:
            birth = self._clock.now().strftime("%Y%m%dT%H%M%S")
            replace(self._path, f"{birth}\n".encode(), None)
            self._stamp = None
        else:
            if stamp == self._stamp:
                return
            self._stamp = stamp
        lines = (read(self._path) or b"").decode("utf-8", "replace").split("\n")
        self._birth, self._numbers = lines[0].strip(), {}
        # a last line without an end was being written when power failed, and was never told
        for line in lines[1:-1]:
            number, _, unique = line.partition(" ")
            if number.isdigit() and unique:
                self._numbers[unique] = int(number)

    def _append(self, fresh: list[str]) -> None:
        if not fresh:
            return
        last = max(self._numbers.values(), default=0)
        numbers = {unique: last + 1 + n for n, unique in enumerate(fresh)}
        text = "".join(f"{number} {unique}\n" for unique, number in numbers.items())
        with self._path.open("r+b") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                text = text if file.read(1) == b"\n" else f"\n{text}"
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        self._numbers |= numbers
        self._stamp = None

    def _number(self, since: Cursor) -> int:
        birth, _, number = since.rpartition(" ")
        if birth != self._birth or not number.isdigit():
            raise CursorExpired("this cursor is not one of this mailbox")
        return int(number)


def _raw(path: Path) -> bytes | str:
    """The mail, or why it cannot be read; empty when a client has just moved it elsewhere."""
    try:
        if path.stat().st_size > BYTES_MAX:
            return f"larger than {BYTES_MAX} bytes"
        return path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return error.strerror or "cannot be read"


def _arrived_ns(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
