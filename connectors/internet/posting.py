"""Posting: one invitation to one person, from the mailbox of their program, and never twice.

Not what is said in it: daemon/ical decides that, and makes the mail.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from icalendar import Calendar

from daemon.domain.effect import GuestAnswer, Receipt
from daemon.domain.invitation import GuestSaid
from daemon.domain.meeting import Place
from daemon.domain.observation import Unknown
from daemon.domain.people import Address
from daemon.errors import AccessLost, Permanent, ReaderRefused, Temporary
from daemon.ical.editing import fill_in_answers
from daemon.ical.mailing import Envelope, mail_of
from daemon.ical.scheduling import Message, declined_counter, refreshed, reply_through
from daemon.ports import MailConnector, NotSent, OutgoingLetter

SHUT = timedelta(minutes=15)
"""How long a mailbox that refuses us is left alone."""


class Tally:
    """How many such mails each mailbox has sent: they count like letters (`letters_a_day`)."""

    def __init__(self) -> None:
        self._sent: Counter[Address] = Counter()

    def count(self, mailbox: Address) -> None:
        """One more."""
        self._sent[mailbox] += 1

    def taken(self) -> dict[Address, int]:
        """Those since the last call."""
        sent, self._sent = self._sent, Counter()
        return dict(sent)


@dataclass(frozen=True, slots=True)
class Post:
    """From where the invitations of one pairing go. `reply_address` is where a guest's program answers to: it has to
    carry a token of theirs, or no answer of theirs is ever believed. `tally` is told of each that has gone."""

    mail: MailConnector
    mailbox: Address
    name: str
    reply_address: Callable[[Address], Address]
    message_id: Callable[[str], str]
    tally: Tally = field(default_factory=Tally)


def post_message(post: Post, message: Message, key: str, at: datetime, *, again: bool) -> None:
    """One mail to one person, never twice: after an attempt whose end nobody knows it is looked for first (TRAPS 47)."""
    message = reply_through(message, post.reply_address(message.recipient), post.name)
    name = post.message_id(key)
    raw = mail_of(message, Envelope(post.mailbox, post.name, key, name, at))
    letter = OutgoingLetter(key, name, post.mailbox, message.recipient, raw)
    try:
        fate = post.mail.sent(letter) if again else NotSent()
        if isinstance(fate, Unknown):
            raise Temporary("an invitation may have been sent already, and the mailbox cannot tell")
        if isinstance(fate, NotSent):
            post.mail.send(letter, key=key)
            post.tally.count(post.mailbox)
    except AccessLost as why:
        # it is the mailbox of the program that is shut, and no account of the mentor's
        raise Temporary(str(why), SHUT, whole=True) from why


def post_all(
    post: Post, told: list[Message], key: str, at: datetime, *, again: bool
) -> tuple[Address, ...]:
    """Who has got it. One guest whose server takes it later, or not at all, keeps no other from hearing: for the first it
    is tried again, and the others are found in Sent then; the second a letter tells, which comes back as well."""
    taken: list[Address] = []
    later: Temporary | None = None
    never: Permanent | None = None
    for message in told:
        try:
            post_message(post, message, f"{key}/{short(message.recipient)}", at, again=again)
        except Temporary as why:
            if why.whole:
                raise
            later = why
        except ReaderRefused:
            continue
        except Permanent as why:
            never = why
        else:
            taken.append(message.recipient)
    if later:
        raise later
    if never and not taken:
        raise never
    return tuple(taken)


def post_answer(
    post: Post, event: Calendar, place: Place, guest: Address, method: GuestAnswer, key: str,
    begun: tuple[datetime, bool], organizer: Address, said: tuple[GuestSaid, ...],
) -> Receipt:  # fmt: skip
    """What a guest's program has asked, answered by a mail (RFC 5546 3.2.6, 3.2.8); the event stays as it is. `begun`: when,
    and whether that was tried before."""
    at, again = begun
    fill_in_answers(event, place.uid, said)
    message = (
        refreshed(event, guest, organizer, at)
        if method == "REQUEST"
        else declined_counter(event, place.recurrence, guest, organizer, at)
    )
    if message is None:
        return Receipt(place=place, repeated=True)
    try:
        post_message(post, message, f"{key}/{short(guest)}", at, again=again)
    except ReaderRefused:
        return Receipt(place=place)
    return Receipt(place=place, told=(guest,), repeated=again)


def short(address: Address) -> str:
    """A short name for a key."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:8]
