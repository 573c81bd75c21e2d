"""One message to one guest → the bytes of a mail that every calendar program reads (RFC 6047).

Not what it says to whom (daemon/ical/scheduling.py) and not the sending. The tree is the one that does not break in
Outlook, Gmail or Thunderbird (trap_56): mixed(alternative(plain, html, calendar; method=…), attachment).
"""

from __future__ import annotations

import base64
import hashlib
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from html import escape

from icalendar import Event
from msgspec import Struct

from daemon.domain.people import Address
from daemon.ical.parsing import events
from daemon.ical.reading import length_of, moment_of, zone_of
from daemon.ical.recurrence import rule_of
from daemon.ical.scheduling import Message
from daemon.ical.writing import text_of
from daemon.mail.headers import key_header, mailbox_header, sendable, text_header, text_part
from daemon.mail.parts import clean

SUBJECT_CHARACTERS_MAX = 150
_WORDS = {"REQUEST": "Invitation", "CANCEL": "Cancelled", "DECLINECOUNTER": "Stays as it is"}


class Envelope(Struct, frozen=True):
    """From where and under which names a mail goes. The same envelope and message give the same bytes."""

    mailbox: Address
    name: str
    key: str
    message_id: str
    now: datetime


def mail_of(message: Message, envelope: Envelope) -> bytes:
    """The mail. It is no automatic answer, whatever sends it: with Auto-Submitted some servers throw an invitation
    away (trap_95)."""
    subject, words = _subject(message), _words(message)
    name = hashlib.sha256(envelope.key.encode("utf-8", "replace")).hexdigest()[:32]
    mixed, alternative = f"mixed-{name}", f"part-{name}"
    text = text_of(message.calendar)
    lines = [
        f"From: {mailbox_header(envelope.name, sendable(envelope.mailbox))}",
        f"To: {mailbox_header(message.recipient_name, sendable(message.recipient))}",
        f"Reply-To: <{sendable(message.sender)}>",
        f"Subject: {text_header(clean(subject)[:SUBJECT_CHARACTERS_MAX])}",
        f"Date: {format_datetime(envelope.now)}",
        f"Message-ID: {envelope.message_id}",
        f"X-Oneonone-Key: {key_header(envelope.key)}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{mixed}"',
        "",
        f"--{mixed}",
        f'Content-Type: multipart/alternative; boundary="{alternative}"',
        "",
        f"--{alternative}",
        *text_part("plain", "\n".join([subject, "", *words]) + "\n"),
        f"--{alternative}",
        *text_part("html", _html(subject, words)),
        f"--{alternative}",
        f'Content-Type: text/calendar; charset="utf-8"; method={message.method}',
        "Content-Transfer-Encoding: base64",
        "",
        *_base64(text),
        "",
        f"--{alternative}--",
        "",
        f"--{mixed}",
        'Content-Type: application/ics; name="invite.ics"',
        'Content-Disposition: attachment; filename="invite.ics"',
        "Content-Transfer-Encoding: base64",
        "",
        *_base64(text),
        "",
        f"--{mixed}--",
        "",
    ]
    return "\r\n".join(lines).encode("utf-8")


def _base64(raw: bytes) -> list[str]:
    encoded = base64.b64encode(raw).decode("ascii")
    return [encoded[at : at + 76] for at in range(0, len(encoded), 76)]


def _subject(message: Message) -> str:
    first = events(message.calendar)[0]
    return f"{_WORDS[message.method]}: {first.get('SUMMARY', '')}, {_when(first)}"


def _words(message: Message) -> list[str]:
    """For whoever reads mails without a calendar program."""
    first = events(message.calendar)[0]
    said = (
        str(first.get("SUMMARY", "")),
        _when(first),
        _how_often(first),
        str(first.get("LOCATION", "")),
    )
    return [clean(line) for line in said if line]


def _how_often(event: Event) -> str:
    rule = rule_of(event) if event.get("RRULE") is not None else None
    if rule is None:
        return ""
    count, unit = (rule.step.weeks, "week") if rule.step.weeks else (rule.step.months, "month")
    often = f"every {unit}" if count == 1 else f"every {count} {unit}s"
    return f"{often} until {rule.until.isoformat()}" if rule.until else often


def _when(event: Event) -> str:
    """`Tue 1 Dec 2026, 10:00–10:30 Europe/Berlin`."""
    if event.get("DTSTART") is None:
        return ""
    start: date | datetime = moment_of(event)
    day = f"{start:%a} {start.day} {start:%b %Y}"
    if not isinstance(start, datetime):
        return day
    end = start + length_of(event) if length_of(event) else start + timedelta()
    return f"{day}, {start:%H:%M}–{end:%H:%M} {zone_of(event) or ''}".rstrip()


def _html(subject: str, words: list[str]) -> str:
    shown = "".join(f"<p>{escape(clean(line))}</p>\n" for line in (subject, *words))
    return f'<!doctype html>\n<html lang="en"><body>\n{shown}</body></html>\n'
