"""`read`: how an incoming mail is understood, nothing done (DESIGN 8).

Not the layout: daemon/commands/mail_page.py. Whatever a mail is made of, it is told and the next one is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from msgspec import to_builtins

from daemon.accepted import in_force
from daemon.commands.folders import Folders
from daemon.commands.mail_files import Found
from daemon.commands.wire import Wire
from daemon.computing import OUR_MISTAKE, READING_SECONDS_MAX, TOO_SLOW, TookTooLong, at_most
from daemon.decide.choosing import letter_asked, shows_times
from daemon.domain.invitation import AnswerSeen, CounterSeen, RefreshSeen
from daemon.domain.observation import MailArrived, Passed, ReplySeen, Said, SetAside, Trust
from daemon.domain.people import Line, Role, other
from daemon.domain.world import Lane
from daemon.hearing import heard, words_of
from daemon.mail.reading.in_words import in_words
from daemon.mail.reading.incoming import Incoming, read
from daemon.mail.reading.meaning import understand
from daemon.mail.reading.mime import MAIL_BYTES_MAX
from daemon.mail.reading.options import read_tables
from daemon.mail.reading.pieces import spoken_words
from daemon.mail.reading.replytext import Written
from daemon.ports import Store
from daemon.roster import REPLY_TOKENS, Roster
from daemon.settings import load

NOBODY_KNOWN = "whose mail it is was not looked up: name the folder with --config"


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of the program, if anything is."""

    now: datetime
    roster: Roster | None = None
    store: Store | None = None
    unknown: str = NOBODY_KNOWN

    def facts(self, found: Found) -> dict[str, Any]:
        """One mail as one object, the keys always the same."""
        try:
            read_tables()
            with at_most(READING_SECONDS_MAX):
                return self._facts(found)
        except TookTooLong:
            return _unread(found, TOO_SLOW)
        except Exception as why:
            return _unread(found, f"{OUR_MISTAKE} ({type(why).__name__})")

    def _facts(self, found: Found) -> dict[str, Any]:
        incoming = read(found.raw)
        lane, seen, unknown = self._whose(found, incoming)
        reply = seen if isinstance(seen, ReplySeen) else None
        line = self.roster.lines.get(lane) if self.roster else None
        program = self.roster.programs.get(line.program) if self.roster and line else None
        role = line.role_of(reply.person) if line and reply else None
        words = words_of(
            incoming, self.store, program, line.person(role) if line and role else None
        )
        said = self._said(incoming, words, line, role, reply)
        bounce = incoming.bounce
        return {
            "file": _printable(found.file),
            "kind": incoming.kind,
            "text": words.text,
            "quoted": words.quoted,
            "signature": words.signature,
            "commands": [_command(each) for each in said],
            "calendar": to_builtins(asdict(incoming.calendar)) if incoming.calendar else None,
            "bounce": {
                "address": bounce.address, "hard": bounce.hard, "suppress": bounce.suppress,
                "reason": bounce.reason,
            } if bounce else None,
            "person": getattr(seen, "person", None),
            "trust": _trust(seen),
            "problems": [*_problems(found, incoming), *([unknown] if unknown else [])],
        }  # fmt: skip

    def _whose(self, found: Found, incoming: Incoming) -> tuple[Lane, object, str]:
        """The lane and what is seen in it; or why nobody is known."""
        if self.roster is None or self.store is None:
            return "", None, self.unknown
        mail = MailArrived(found.file, found.raw, self.now)
        told = heard(mail, self.roster, self.store, self.now)
        if isinstance(told, SetAside):
            return "", None, f"it would be set aside: {told.why}"
        if told is None or isinstance(told, Passed):
            return "", None, "it is of nobody in this program" if incoming.kind == "human" else ""
        return told[0], told[1], ""

    def _said(
        self, incoming: Incoming, words: Written, line: Line | None, role: Role | None,
        reply: ReplySeen | None,
    ) -> tuple[Said, ...]:  # fmt: skip
        """The commands: as that person says them; of a stranger as a mentee would, in the language of the mail."""
        if reply is not None and reply.said:
            return reply.said
        if incoming.kind != "human":
            return ()
        writer = line.person(role) if line and role else None
        partner = line.person(other(role)).first if line and role else ""
        own = writer.name if writer else ""
        today = self.now.date()
        language = writer.language if writer else spoken_words(words.text, "en").code
        return understand(
            words.text, partner, role or "mentee", own_name=own, today=today, language=language,
            of_times=bool(reply and shows_times(reply.answers)),
            letter=letter_asked(reply.answers) if reply else "",
        ).said  # fmt: skip


def _trust(seen: object) -> Trust | None:
    """How far it is proved who wrote it; an answer to an invitation is heard only if it is."""
    if isinstance(seen, AnswerSeen | CounterSeen | RefreshSeen):
        return "verified"
    return seen.trust if isinstance(seen, ReplySeen) else None


def _command(said: Said) -> dict[str, Any]:
    days = [day.isoformat() for day in said.days] if said.days else None
    return {
        "word": said.word, "numbers": list(said.numbers), "letters": list(said.letters),
        "days": days, "text": said.text, "reading": in_words(said),
    }  # fmt: skip


def _printable(name: str) -> str:
    """A file may be named in bytes that are no characters."""
    return name.encode("utf-8", "replace").decode()


def _problems(found: Found, incoming: Incoming) -> Iterator[str]:
    if not found.raw.strip():
        yield "there is nothing in it"
    elif incoming.kind == "unreadable":
        yield "it cannot be read: no mail, parts in parts in parts, or headers beyond repair"
    if len(found.raw) > MAIL_BYTES_MAX:
        yield "it is large: what is no text was left out, and the end may be missing"
    if incoming.sealed:
        yield "its words are in a part that cannot be opened: a winmail.dat of Outlook, or an encrypted one"
    if incoming.kind == "human" and not incoming.message_id:
        yield "it has no Message-ID"
    if incoming.kind == "human" and not incoming.from_address:
        yield "it has no sender"


def _unread(found: Found, why: str) -> dict[str, Any]:
    empty = dict.fromkeys(("text", "quoted", "signature"), "")
    nothing = dict.fromkeys(("calendar", "bounce", "person", "trust"))
    return {
        "file": _printable(found.file), "kind": "unreadable", **empty, "commands": [], **nothing, "problems": [why],
    }  # fmt: skip


@contextmanager
def reader(wire: Wire, where: Folders | None) -> Iterator[Reader]:
    """A reader that knows the people of these folders, on a copy of the state; or nobody."""
    now = wire.clock().now()
    if where is None:
        yield Reader(now)
        return
    loaded = load(where.config)
    with wire.copied(loaded.config, where.data, wire.clock()) as ports:
        config = in_force(ports.store) or loaded.config
        roster = Roster.of(config, ports.vault.secret(REPLY_TOKENS))
        unknown = "" if config.lines else "whose mail it is cannot be told: run.py check"
        yield Reader(now, roster if config.lines else None, ports.store, unknown)
