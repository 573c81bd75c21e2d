"""The bytes of a mail to what is in it: kind, ids, addresses, words.

Not who wrote it (daemon/hearing.py) and not what it means (meaning.py). `read` never raises, whatever
the bytes are: one malformed mail must not stop a mailbox (trap_72).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from daemon.mail.letters import FEWER_LETTERS
from daemon.mail.reading.autoreply import days_away, sent_on
from daemon.mail.reading.bounces import Bounce, returned
from daemon.mail.reading.calendar_part import CALENDAR_BYTES_MAX, CalendarPart, calendar_of
from daemon.mail.reading.kinds import Kind, kind_of
from daemon.mail.reading.markup import words_of_html
from daemon.mail.reading.mime import BROKEN, Part, Unreadable, characters, only_head, parsed, tidy
from daemon.mail.reading.winmail import TYPES, words_of_winmail
from daemon.mail.threads import INDEX_CHARACTERS_MAX, ids_in

NAME_CHARACTERS_MAX = 200
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail as it was understood. `authors` are all that From names, none where it names a group; `reply_to` those to
    whom an answer shall go.
    `to_addresses` are all addresses it says it was meant for, with those a delivering server noted. `bounces`: the
    addresses that a report or complaint speaks of; `away`: the first and last day that an automatic answer names;
    `calendar_text`: the iCalendar text of a calendar mail, in UTF-8;
    `authentication`: the Authentication-Results as they stand, the topmost first; `index`: its Thread-Index; `writer`: what From says of a name, which proves
    nothing; `sealed`: it has no words but in a part that cannot be opened, a winmail.dat or an encrypted one. The words of an automatic
    answer are in none of these."""

    kind: Kind
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    from_address: str = ""
    authors: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    to_addresses: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    bounces: tuple[Bounce, ...] = ()
    calendar: CalendarPart | None = None
    calendar_text: bytes = b""
    away: tuple[date, date] | None = None
    authentication: tuple[str, ...] = ()
    index: str = ""
    writer: str = ""
    sealed: bool = False

    @property
    def bounce(self) -> Bounce | None:
        """What the report says of the first address that it names."""
        return self.bounces[0] if self.bounces else None


def read(raw: bytes) -> Incoming:
    """What is in a mail."""
    try:
        return _understood(parsed(raw))
    except (Unreadable, *BROKEN):
        return _only_headers(raw)


def _only_headers(raw: bytes) -> Incoming:
    """What can still be told of a mail whose body cannot be read."""
    try:
        return _envelope(only_head(raw))
    except BROKEN:
        return Incoming("unreadable")


def _understood(mail: Part) -> Incoming:
    envelope = _envelope(mail)
    text = _words(mail) or _words_in_winmail(mail)
    calendar = calendar_of(mail)
    kind = kind_of(mail, text, envelope.subject, calendar)
    if not text and envelope.subject.casefold() == FEWER_LETTERS:
        text = FEWER_LETTERS  # the mail that our List-Unsubscribe asks a client to write
    if kind == "human" and not (envelope.message_id or envelope.from_address or text):
        return envelope
    found = replace(envelope, kind=kind, text=text, sealed=not text and _is_sealed(mail))
    if kind == "calendar" and calendar:
        said = characters(calendar[1].bytes()[:CALENDAR_BYTES_MAX], "utf-8")
        return replace(found, calendar=calendar[0], calendar_text=said.encode())
    if kind in ("bounce", "complaint"):
        return replace(found, bounces=returned(mail, envelope.subject))
    if kind == "auto-reply":
        away = days_away(text, envelope.subject, sent_on(mail))
        return replace(found, text="", away=away)
    return found


def _envelope(mail: Part) -> Incoming:
    ids = ids_in(mail.header("Message-ID"))
    answered = ids_in(mail.header("In-Reply-To"))
    senders = mail.addresses("From") or mail.addresses("Sender")
    return Incoming(
        kind="unreadable",
        message_id=ids[0] if ids else "",
        in_reply_to=answered[0] if answered else "",
        references=ids_in(" ".join(mail.headers("References"))),
        from_address=senders[0] if senders else "",
        authors=mail.authors(),
        reply_to=mail.addresses("Reply-To"),
        to_addresses=mail.addresses("To", "Cc", "Delivered-To", "X-Original-To"),
        subject=mail.words("Subject"),
        authentication=tuple(mail.headers("Authentication-Results")),
        writer=mail.words("From").partition("@")[0][:NAME_CHARACTERS_MAX],
        index="".join(mail.header("Thread-Index").split())[:INDEX_CHARACTERS_MAX],
    )


def _words(mail: Part) -> str:
    """The plain text parts; where they say nothing, the words of the HTML (trap_71)."""
    plain: list[str] = []
    html: list[str] = []
    for part in mail.walk(into_mails=False):
        if part.attached or part.type not in ("text/plain", "text/html"):
            continue
        (plain if part.type == "text/plain" else html).append(part.text())
    text = tidy("\n".join(plain))
    return text or (tidy(words_of_html(html[0])) if html else "")


def _words_in_winmail(mail: Part) -> str:
    """What Outlook has put into its own kind of part, where it says nothing elsewhere (trap_71)."""
    told = (
        words_of_winmail(part.bytes()) for part in mail.walk(into_mails=False) if _is_winmail(part)
    )
    return next((tidy(words) for words in told if words.strip()), "")


def _is_winmail(part: Part) -> bool:
    named = f"{part.header('Content-Disposition')} {part.header('Content-Type')}".lower()
    return part.type in TYPES or "winmail.dat" in named


def _is_sealed(mail: Part) -> bool:
    return any(_is_winmail(part) or part.type in _ENCRYPTED for part in mail.walk(into_mails=False))
