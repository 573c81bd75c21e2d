"""`reply`: an answer to somebody's last letter, put into the program's mailbox where mail is folders.

Not how it is understood: the next beat reads it like any other mail.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daemon.accepted import in_force
from daemon.commands.folders import Folders
from daemon.commands.wire import Wire
from daemon.decide.keys import lane_of_pairing
from daemon.domain.people import Line, Person
from daemon.errors import NotNow, UserError
from daemon.ledger import lines_of, reader_of
from daemon.settings.problem import nearest
from daemon.simulate.letterbox import Letter, letter, reply_mail


@dataclass(frozen=True, slots=True)
class Replied:
    """Which letter was answered, by whom, and what happens next."""

    touchpoint: str
    first: str
    file: Path
    running: bool
    options: str

    def facts(self) -> dict[str, str | bool]:
        """The same for --json."""
        return {
            "answered": self.touchpoint, "by": self.first, "file": str(self.file),
            "by_running_daemon": self.running,
        }  # fmt: skip

    def words(self) -> str:
        """For people."""
        then = "The running daemon reads it with its next beat."
        if not self.running:
            then = f"Next: run.py once{self.options}"
        return f"{self.first} has answered {self.touchpoint}. {then}"


def reply(wire: Wire, where: Folders, pairing: str, who: str, text: str) -> Replied:
    """Answer the newest letter of that pairing to that person. In a rehearsal whoever gets all letters answers."""
    store = wire.beside(where.data, read_only=True)
    try:
        lines, config = {each.pairing: each for each in lines_of(store).values()}, in_force(store)
    finally:
        store.close()
    if pairing not in lines:
        near = nearest(pairing, lines)
        raise UserError(
            f"there is no pairing {pairing!r}. "
            + (f"Did you mean {near}?" if near else f"There are: {', '.join(sorted(lines)[:10])}")
        )
    line = lines[pairing]
    person = _person(line, who)
    program = config.program(line.program) if config else None
    if config is None or program is None:
        raise NotNow(f"the program {line.program} is not in the files")
    sender = program.letters_to or person.address
    if config.mail_account(program.mailbox):
        raise NotNow(
            f"{program.mailbox} is on the internet: reply to the letter in a mail program, from {sender}"
        )
    now = wire.clock().now()
    asked = _last(where.data / "mail" / sender, pairing, person, sender, now)
    if asked is None:
        raise NotNow(f"{person.first} has no letter of {pairing} yet. See: run.py status{where.options}")  # fmt: skip
    file = _write(where.data / "mail" / program.mailbox, asked, f"{person.name} <{sender}>", text, now)  # fmt: skip
    running = wire.owner(where.data) is not None
    return Replied(asked.touchpoint, person.first, file, running, where.options)


def _person(line: Line, who: str) -> Person:
    """One of its people, by key, name or address; the two by role as well."""
    for person in line.people:
        role = line.role_of(person.id) or "member"
        known = (role, person.id, person.first, person.name, person.address)
        if who.casefold() in {each.casefold() for each in known}:
            return person
    raise UserError(
        f"{who!r} is nobody in {line.pairing}: say "
        f"{' or '.join(each.first for each in line.people)}"
    )


def _last(folder: Path, pairing: str, person: Person, to: str, now: datetime) -> Letter | None:
    """The newest letter in that mailbox which the person reads in that pairing."""
    found = [letter(path.read_bytes(), to, now) for path in _mails(folder)]
    inside = f"/{lane_of_pairing(pairing)}/"
    mine = [each for each in found if inside in each.key and reader_of(each.key) == person.id]
    return mine[-1] if mine else None


def _mails(folder: Path) -> Iterator[Path]:
    """Read or not, oldest first."""
    paths = [path for part in ("cur", "new") for path in (folder / part).glob("*")]
    yield from sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name))


def _write(folder: Path, asked: Letter, sender: str, text: str, now: datetime) -> Path:
    """As a mail program delivers: whole, then seen."""
    told = f"{asked.message_id} {now.isoformat()} {text}"
    name = hashlib.sha256(told.encode()).hexdigest()[:16]
    raw, _ = reply_mail(
        asked, sender, asked.reply_to, text, name, now, automatic=False, cites=True
    )  # fmt: skip
    for part in ("tmp", "new", "cur"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    beside, file = folder / "tmp" / name, folder / "new" / name
    beside.write_bytes(raw)
    beside.replace(file)
    return file
