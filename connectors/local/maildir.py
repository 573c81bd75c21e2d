"""MailConnector over Maildirs: `mail/<address>/{new,cur,tmp}`, readable by mutt and every other.

Not a mail server: a letter to anybody is a file in a folder with that person's address.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses
from pathlib import Path
from threading import RLock

from connectors.local.arrivals import Arrivals
from connectors.local.files import folder_name, sync_folder, translated, write_synced
from daemon.domain.effect import Receipt
from daemon.domain.observation import Unknown
from daemon.domain.people import Address
from daemon.ports import Batch, Cleared, Clock, Cursor, Lying, NotSent, OutgoingLetter

_HEADERS_MAX = 65_536
_SEEN = ":2,S"
_TO = ("to", "cc", "delivered-to", "x-original-to")


def maildir(root: Path, address: Address) -> Path:
    """The Maildir of an address, made where it is absent."""
    folder = root / folder_name(address)
    make(folder)
    return folder


def make(folder: Path) -> None:
    """The three folders of a Maildir."""
    if not (folder / "tmp").is_dir():
        for part in ("new", "cur", "tmp"):
            (folder / part).mkdir(parents=True, exist_ok=True)


def without_plus(address: Address) -> Address:
    """`koss+token@x.org` → `koss@x.org`."""
    local, at, domain = address.lower().partition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def names_in(folder: Path) -> dict[str, Path]:
    """Every mail of a Maildir by its unique part, which outlives a client's move from new to cur."""
    found: dict[str, Path] = {}
    for part in ("new", "cur"):
        with os.scandir(folder / part) as entries:
            for entry in entries:
                if entry.name[0] != ".":
                    found[entry.name.partition(":")[0]] = folder / part / entry.name
    return found


def hand_over(fresh: Path, folder: Path, name: str) -> None:
    """Move a written file into `new` of a Maildir; it lies there wholly or not at all."""
    fresh.replace(folder / "new" / name)
    sync_folder(folder / "new")


def _second_name(path: Path, other: Path) -> None:
    """The same bytes under another name as well, wholly or not at all."""
    try:
        os.link(path, other)
    except OSError:  # a file system without hard links
        copy = other.with_name(f"{other.name}.copying")
        write_synced(copy, path.read_bytes())
        seen = path.stat()
        os.utime(copy, ns=(seen.st_mtime_ns, seen.st_mtime_ns))
        copy.replace(other)


class LocalMail:
    """The program's mailbox and everybody else's, below `folder/mail`.

    What was sent lies in the mailbox's `.Sent`, which is also the proof that it was.
    """

    def __init__(self, folder: Path, mailbox: Address, clock: Clock) -> None:
        self._root = folder / "mail"
        self._clock = clock
        self._lock = RLock()
        self._last_ns = 0
        with translated():
            self._home = maildir(self._root, mailbox)
            self._sent = self._home / ".Sent"
            make(self._sent)
        self._arrivals = Arrivals(self._home, mailbox, clock)
        self._in_sent: set[str] | None = None

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """See MailConnector. The letter, then a copy for Sent, then it is moved away; a retry goes on
        from there. The copy without the letter proves that it went, whatever the reader did with it."""
        name = _name(key)
        with self._lock, translated():
            copy, leaving = self._in_hand(name)
            if name in self._known():
                return Receipt(repeated=True, message_id=letter.message_id)
            folder = maildir(self._root, self._owner(letter.to))
            repeated = _has_left(copy, leaving)
            if not copy.exists():
                write_synced(leaving, letter.raw)
                at = self._next_ns()
                os.utime(leaving, ns=(at, at))
                _second_name(leaving, copy)
            if not repeated:
                hand_over(leaving, folder, name)
            copy.replace(self._sent / "cur" / (name + _SEEN))
            sync_folder(self._sent / "cur")
            self._known().add(name)
            return Receipt(repeated=repeated, message_id=letter.message_id)

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """See MailConnector. By file name, then by what the headers of Sent say."""
        name = _name(letter.key)
        with self._lock, translated():
            found = name in self._known() or _has_left(*self._in_hand(name))
            if found or self._in_headers(letter):
                return Receipt(repeated=True, message_id=letter.message_id)
            return NotSent()

    def arrivals(self, since: Cursor | None) -> Batch:
        """See MailConnector."""
        with self._lock, translated():
            return self._arrivals.read(since)

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """See MailConnector. The Trash is the Maildir++ folder of that name, where a mail program has made one."""
        with self._lock, translated():
            here, wanted = names_in(self._home), set(names)
            for name in wanted & here.keys():
                here.pop(name).unlink(missing_ok=True)
            found = [(path, False) for path in (*here.values(), *names_in(self._sent).values())]
            trash = self._home / ".Trash"
            if all((trash / part).is_dir() for part in ("new", "cur")):
                found += [(path, True) for path in names_in(trash).values()]
            for path, in_trash in found:
                if _is_older(path, before):
                    lying = _lying(path, in_trash=in_trash)
                    if (lying.key or in_trash) and may_go(lying):
                        path.unlink(missing_ok=True)
            self._in_sent = None
            return Cleared(tuple(names))

    def _owner(self, address: Address) -> Address:
        exact = address.lower()
        return exact if (self._root / folder_name(exact)).is_dir() else without_plus(exact)

    def _known(self) -> set[str]:
        if self._in_sent is None:
            self._in_sent = set(names_in(self._sent))
        return self._in_sent

    def _in_hand(self, name: str) -> tuple[Path, Path]:
        """Where the copy for Sent and the letter itself lie while it is being sent."""
        copy = self._sent / "tmp" / name
        return copy, copy.with_name(f"{name}.leaving")

    def _next_ns(self) -> int:
        """The present, but never the same twice, so that clients list letters in their order."""
        now = int(self._clock.now().timestamp() * 1_000_000) * 1_000
        close = 0 <= self._last_ns - now < 1_000_000_000
        self._last_ns = self._last_ns + 1_000 if close else now
        return self._last_ns

    def _in_headers(self, letter: OutgoingLetter) -> bool:
        for path in names_in(self._sent).values():
            for name, value in _headers(path):
                given = " ".join(str(value).split())
                if (name, given) in (
                    ("message-id", letter.message_id),
                    ("x-oneonone-key", letter.key),
                ):
                    return True
        return False


def _has_left(copy: Path, leaving: Path) -> bool:
    return copy.exists() and not leaving.exists()


def _name(key: str) -> str:
    """The same key, the same file: that makes sending idempotent."""
    return f"K{hashlib.sha256(key.encode()).hexdigest()[:40]}.oneonone"


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    except FileNotFoundError:
        return False


def _lying(path: Path, *, in_trash: bool) -> Lying:
    told: dict[str, list[str]] = {}
    for name, value in _headers(path):
        told.setdefault(name, []).append(str(value))
    senders, to = (
        tuple(address.lower() for _, address in getaddresses(told_in))
        for told_in in (told.get("from", []), [each for name in _TO for each in told.get(name, [])])
    )
    return Lying(in_trash, senders, to, " ".join(told.get("x-oneonone-key", [""])[0].split()))


def _headers(path: Path) -> Iterator[tuple[str, object]]:
    try:
        with path.open("rb") as file:
            head = file.read(_HEADERS_MAX)
    except (FileNotFoundError, IsADirectoryError):
        return
    for name, value in BytesHeaderParser(policy=compat32).parsebytes(head).items():
        yield name.lower(), value
