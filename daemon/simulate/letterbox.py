"""Letters as acted people see them, and the mails their clients make of an answer.

Not daemon/mail: people read bytes with the standard library only, so that a mistake in our own reading
cannot hide one in our own writing.
"""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

_LANGUAGE = re.compile(rb'<html lang=(?:3D)?"([\w-]+)"')
_ORIGIN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\[[^\]]+\]")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail client knows of a letter. `body` is all of its parts, decoded as far as people see it."""

    key: str
    touchpoint: str
    message_id: str
    reply_to: str
    mailbox: str
    to: str
    subject: str
    in_reply_to: str
    references: tuple[str, ...]
    text: str
    body: bytes
    at: datetime

    @property
    def origin(self) -> str:
        """The origin named in the key, empty when it names none."""
        found = _ORIGIN.search(self.key)
        return found.group() if found else ""

    @property
    def language(self) -> str:
        """The language that its HTML part names, for screen readers."""
        found = _LANGUAGE.search(self.body)
        return found.group(1).decode() if found else ""

    @property
    def stem(self) -> str:
        """The key without its generation."""
        return self.key.rpartition("/")[0]


def fields_of(raw: bytes) -> dict[str, str]:
    """The header of a mail: lower-case name → unfolded value (RFC 5322 2.2.3)."""
    head = raw.partition(b"\r\n\r\n")[0]
    fields: dict[str, str] = {}
    for line in re.sub(rb"\r\n[ \t]", b" ", head).decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        fields[name.lower()] = value.strip()
    return fields


def letter(raw: bytes, to: str, at: datetime) -> Letter:
    """Read a letter of the daemon as it arrived in a mailbox."""
    fields, body = fields_of(raw), raw.partition(b"\r\n\r\n")[2]
    part = body.split(b"\r\n\r\n", 1)[-1]
    text = quopri.decodestring(part.split(b"\r\n--", 1)[0]).decode("utf-8", "replace")
    mailbox = re.sub(r".*<([^>]*)>.*", r"\1", fields.get("from", ""))
    return Letter(
        fields.get("x-oneonone-key", ""), fields.get("x-oneonone-touchpoint", ""),
        fields.get("message-id", ""), fields.get("reply-to", "").strip("<>"), mailbox, to,
        fields.get("subject", ""), fields.get("in-reply-to", ""),
        tuple(fields.get("references", "").split()), text.replace("\r\n", "\n"),
        body.replace(b"=\r\n", b""), at,
    )  # fmt: skip


def reply_mail(
    letter: Letter,
    sender: str,
    to: str,
    text: str,
    name: str,
    at: datetime,
    *,
    automatic: bool,
    cites: bool,
    body: tuple[str, str] | None = None,
) -> tuple[bytes, str]:
    """An answer as a mail client writes it, quoted letter below; answers (bytes, its Message-ID).

    `body` is another form of it, with its type (forms.py). `cites` False is a client that forgets In-Reply-To (TRAPS 74); `automatic` an out-of-office robot.
    """
    own_id = f"<{name}@mail.people.example>"
    written, kind = body or (_usual(text, letter, at), "text/plain")
    head = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: Re: {letter.subject.removeprefix('Re: ')}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: {own_id}",
        "MIME-Version: 1.0",
        f"Content-Type: {kind}; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if cites:
        head += [f"In-Reply-To: {letter.message_id}", f"References: {letter.message_id}"]
    if automatic:
        head.append("Auto-Submitted: auto-replied")
    raw = ("\n".join(head) + "\n\n" + written).replace("\n", "\r\n")
    return raw.encode("utf-8", "replace"), own_id


def _usual(text: str, letter: Letter, at: datetime) -> str:
    """The answer, and the quoted letter below."""
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines()[:12])
    wrote = f"On {at:%a, %d %b %Y at %H:%M}, KOSS <{letter.mailbox}> wrote:"
    return f"{text}\n\n{wrote}\n{quoted}\n" if quoted else f"{text}\n"
