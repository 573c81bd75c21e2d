"""Ten thousand mails that come at once: who writes them, and of what kind they are.

Not what becomes of them: run.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.fuzz.material import material
from tests.fuzz.mutators import mutated

AUTOMATIC, BOUNCES, FORGED = 0.20, 0.10, 0.05
"""Shares of all. Half of the rest are replies and notes, a quarter lists, a quarter garbage."""
WORDS = (
    "Thanks!", "See you then.", "I have read chapter three and liked it.", "private: I am tired", "??",
    "Let us talk about the interview.", "to do: send Ana the draft", "https://example.org/a worth reading",
    "Danke, bis dann!", "ok", "👍", "Which one do you mean?",
)  # fmt: skip
COMMANDS = ("LEAVE", "NONE", "2", "SKIP", "PAUSE", "UNDO", "MOVE", "weekly", "ZONE Toronto", "yes")
CLAIMS = ("Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: auto_reply", "Return-Path: <>")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is written as: `talk` have a reply address (sender, reply address), `away` too, but only their machines
    write; `forged` are addresses of the program in whose name others write; `quiet` nobody touches."""

    mailbox: str
    talk: tuple[tuple[str, str], ...]
    away: tuple[tuple[str, str], ...]
    forged: tuple[str, ...]
    quiet: tuple[str, ...]


def storm(cast: Cast, count: int, seed: int) -> list[bytes]:
    """The mails in an order of chance."""
    chance = Random(seed)
    rest = count - int(count * AUTOMATIC) - int(count * BOUNCES) - int(count * FORGED)
    kinds: list[tuple[Callable[[Cast, Random, int], bytes], int]] = [
        (_automatic, int(count * AUTOMATIC)),
        (_bounce, int(count * BOUNCES)),
        (_forged, int(count * FORGED)),
        (_reply, rest - 2 * (rest // 4)),
        (_list, rest // 4),
        (_garbage, rest // 4),
    ]
    mails = [made(cast, chance, number) for made, many in kinds for number in range(many)]
    chance.shuffle(mails)
    return mails


def _mail(sender: str, to: str, subject: str, name: str, text: str, *more: str) -> bytes:
    heads = (
        f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Message-ID: <{name}@storm.example.org>",
        "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", *more,
    )  # fmt: skip
    return "\r\n".join([*heads, "", text, ""]).encode()


def _automatic(cast: Cast, chance: Random, number: int) -> bytes:
    sender, to = chance.choice(cast.away)
    text = "I am out of the office from 12 October 2026 to 20 October 2026."
    return _mail(sender, to, "Automatic reply: Re: our 1:1s", f"away{number}", text, chance.choice(CLAIMS))  # fmt: skip


def _bounce(cast: Cast, chance: Random, number: int) -> bytes:
    """Of letters that nobody here sent, about people whom nothing may befall."""
    who, status = chance.choice((*cast.quiet, *cast.forged)), chance.choice(("5.1.1", "4.2.2"))
    report = (
        f"--x\r\nContent-Type: text/plain\r\n\r\nYour mail to {who} was not delivered.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {who}\r\nAction: failed\r\nStatus: {status}\r\n"
        f"--x\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <nobody{number}@example.org>\r\nTo: {who}\r\n\r\nx\r\n--x--"
    )
    head = _mail("MAILER-DAEMON@mx.example.org", cast.mailbox, "Undelivered Mail Returned to Sender", f"bounce{number}", report, "Return-Path: <>")  # fmt: skip
    kind = b"multipart/report; report-type=delivery-status; boundary=x"
    return head.replace(b"text/plain; charset=utf-8", kind, 1)


def _forged(cast: Cast, chance: Random, number: int) -> bytes:
    """In somebody's name, without the reply address, or with one that was guessed or is somebody else's."""
    local, _, domain = cast.mailbox.partition("@")
    guessed = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(26))
    to = chance.choice((cast.mailbox, f"{local}+{guessed}@{domain}", chance.choice(cast.talk)[1]))
    sender = chance.choice(cast.forged)
    words = chance.choice(COMMANDS)
    return _mail(f'"{sender}" <{sender}>', to, "Re: our 1:1s", f"forged{number}", words, "In-Reply-To: <guessed@example.org>")  # fmt: skip


def _reply(cast: Cast, chance: Random, number: int) -> bytes:
    sender, to = chance.choice(cast.talk)
    return _mail(sender, to, "Re: our 1:1s", f"reply{number}", chance.choice(WORDS))


def _list(cast: Cast, chance: Random, number: int) -> bytes:
    head = chance.choice(("List-Id: <news.example.org>", "Precedence: bulk"))
    return _mail("news@example.org", cast.mailbox, "News", f"list{number}", "2", head)


def _garbage(cast: Cast, chance: Random, number: int) -> bytes:
    """Mutated mails, without the giants that only time is lost with."""
    raw = mutated(chance.randrange(1_000_000), 5 * number + 1, material())[1]
    return raw[:20_000]


def batches(mails: list[bytes], minutes: int) -> Iterator[list[bytes]]:
    """What comes in each minute."""
    each = -(-len(mails) // minutes)
    for at in range(0, len(mails), each):
        yield mails[at : at + each]
