"""A rendering and its envelope to the bytes of one letter to exactly one person.

Not the words (render.py) and not the sending (a mail connector). The same key and `now` give the same
bytes, so a retry is the same letter (DESIGN 3, invariant 6).

The headers are written by headers.py and not by `email.policy`, which takes most of the time a letter needs (PEERS, row
"letter").
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime

from daemon.domain.effect import Change, Effect, SendLetter
from daemon.domain.people import Address, Person
from daemon.domain.program import Program
from daemon.domain.world import Lane
from daemon.mail import threads
from daemon.mail.headers import key_header, mailbox_header, sendable, text_header, text_part
from daemon.mail.parts import clean
from daemon.mail.reading.own_letter import marks_of
from daemon.mail.render import Rendering
from daemon.mail.source import LetterFailed
from daemon.ports import OutgoingLetter

SUBJECT_CHARACTERS_MAX = 150
LINE_BYTES_MAX = 998  # RFC 5322 2.1.1

# Letters of a regular kind, which people may want fewer of (LETTERS 2, row "headers").
_REGULAR = frozenset({"prep-mentee", "prep-mentor", "notes", "group-prep"})
FEWER_LETTERS = "reminders off"
"""The subject of the mail that List-Unsubscribe asks for: fewer letters, never leaving (trap_53)."""


def post(
    effect: Effect,
    rendering: Rendering,
    *,
    program: Program,
    reader: Person,
    lane: Lane,
    thread: tuple[str, ...],
    secret: bytes,
    now: datetime,
    reply_address: Address = "",
) -> OutgoingLetter:
    """The letter of this effect. `thread`: Message-IDs of earlier letters to this person in this lane.
    `reply_address`: where answers go, if not to the program."""
    mailbox = sendable(program.mailbox)
    domain = mailbox.rpartition("@")[2]
    change = effect.change
    answered = change.answers if isinstance(change, SendLetter) else ""
    touchpoint = change.touchpoint if isinstance(change, SendLetter) else "admin"
    own_id = threads.message_id(effect.key, secret, domain)
    root = threads.root_id(lane, reader.id, secret, domain)
    token = threads.reply_token(secret, reader.id, lane)
    reply_address = sendable(reply_address) if reply_address else threads.reply_to(mailbox, token)
    subject = f"Re: {rendering.subject}" if thread or answered else rendering.subject
    chain = threads.references(root, thread, answered)
    head = [
        f"From: {mailbox_header(program.name, mailbox)}",
        f"To: {mailbox_header(reader.name, sendable(reader.address))}",
        f"Reply-To: <{reply_address}>",
        f"Subject: {text_header(clean(subject)[:SUBJECT_CHARACTERS_MAX])}",
        f"Date: {format_datetime(now)}",
        f"Message-ID: {own_id}",
        *_threading(chain, root),
        *_index_headers(
            change, rendering.subject, thread, (secret, lane, reader.id), effect.key, now
        ),
        f"Auto-Submitted: {'auto-replied' if answered else 'auto-generated'}",
        "X-Auto-Response-Suppress: DR, RN, NRN",
        f"X-Oneonone-Key: {key_header(effect.key)}",
        f"X-Oneonone-Touchpoint: {key_header(touchpoint)}",
    ]
    if touchpoint in _REGULAR:
        asked = FEWER_LETTERS.replace(" ", "%20")
        head.append(f"List-Unsubscribe: <mailto:{reply_address}?subject={asked}>")
    raw = _assembled(head, rendering, effect.key)
    returned_to = threads.bounce_address(mailbox, own_id)
    return OutgoingLetter(
        effect.key,
        own_id,
        mailbox,
        reader.address,
        raw,
        lane,
        returned_to,
        marks_of(rendering.text),
    )


def _threading(chain: tuple[str, ...], root: str) -> list[str]:
    """References, and In-Reply-To unless this is the first letter. Ids are never folded inside."""
    lines = ["References: " + "\r\n ".join(chain)]
    return lines if chain[-1] == root else [f"In-Reply-To: {chain[-1]}", *lines]


def _index_headers(
    change: Change, subject: str, thread: tuple[str, ...], of: tuple[bytes, Lane, str], key: str, now: datetime
) -> list[str]:  # fmt: skip
    """What Outlook needs to keep a thread together (trap_49); folded between its base64 characters, where every
    reader takes white space out again."""
    sent = change if isinstance(change, SendLetter) else None
    answers = sent.answers if sent else ""
    index = threads.thread_index(
        *of, key=key, first=not (thread or answers), answered=sent.index if sent else "", now=now
    )
    folded = "\r\n ".join(index[at : at + 60] for at in range(0, len(index), 60))
    return [
        f"Thread-Topic: {text_header(clean(subject)[:SUBJECT_CHARACTERS_MAX])}",
        f"Thread-Index: {folded}",
    ]


def _assembled(head: list[str], rendering: Rendering, key: str) -> bytes:
    boundary = "part-" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
    lines = [
        *head,
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        "",
        f"--{boundary}",
        *text_part("plain", rendering.text),
        f"--{boundary}",
        *text_part("html", rendering.html),
        f"--{boundary}--",
        "",
    ]
    raw = "\r\n".join(lines).encode("utf-8")
    longest = max(map(len, raw.split(b"\r\n")))
    if longest > LINE_BYTES_MAX:
        raise LetterFailed(f"a line of {longest} bytes: servers take at most {LINE_BYTES_MAX}")
    return raw
