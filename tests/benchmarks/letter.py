"""Row "letter" of the benchmarks: render, inline and MIME of one proposal, beside a common recipe.

Not a test: it prints medians of the same run. The peer renders the same sources with jinja2, makes HTML with
markdown-it-py, inlines with premailer and writes an EmailMessage; both sides must give equal text parts.
"""

from __future__ import annotations

import hashlib
import platform
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markdown_it import MarkdownIt
from premailer import Premailer

from daemon.domain.effect import Effect, SendLetter
from daemon.mail import times, wording
from daemon.mail.fixtures import BEN, FIXTURES, PROGRAM
from daemon.mail.letters import post
from daemon.mail.render import Templates
from daemon.mail.times import Reading

SHIPPED = Path(__file__).resolve().parents[2] / "templates"
ROUNDS, LETTERS = 9, 100
NOW = datetime(2026, 11, 28, 7, tzinfo=UTC)
CONTEXT = FIXTURES["proposal"][0].context()


def ours(templates: Templates) -> Callable[[int], bytes]:
    """One letter by the daemon's own path; the number makes each letter another one."""

    def write(number: int) -> bytes:
        context = {**CONTEXT, "start": (NOW + timedelta(hours=number)).isoformat()}
        change = SendLetter("proposal", BEN.id, answers="<in@example.org>")
        stem = f"proposal/pairing/ana-ben/{number}/ben-das"
        effect = Effect(stem, 1, "b", "mail", PROGRAM.mailbox, change, NOW, NOW, "due")
        return post(
            effect,
            templates.render("proposal", "en", context),
            program=PROGRAM,
            reader=BEN,
            lane="pairing/ana-ben",
            thread=("<first@example.org>",),
            secret=b"secret",
            now=NOW,
        ).raw

    return write


def peer() -> Callable[[int], bytes]:
    """The common recipe: the template is compiled once here too, so only the work per letter counts."""
    reading = Reading(BEN.zone, CONTEXT["partner"].zone)
    room = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    for worded in (times.when, times.day, times.weekday, times.short_date, wording.numbers):
        room.filters[worded.__name__] = _read_by(worded, reading)
    room.filters["link"] = str
    sources = [(SHIPPED / "en" / name).read_text("utf-8") for name in ("proposal.md", "_foot.md")]
    template = room.from_string("\n".join(source.split("---\n", 2)[2] for source in sources))
    layout = (SHIPPED / "en" / "_layout.html").read_text("utf-8")
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})

    def write(number: int) -> bytes:
        start = (NOW + timedelta(hours=number)).isoformat()
        text = template.render({**CONTEXT, "reads": "time", "start": start}).strip()
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        html = layout.replace("<!-- body -->", markdown.render(text))
        mail = EmailMessage()
        mail["From"] = Address(PROGRAM.name, addr_spec=PROGRAM.mailbox)
        mail["To"] = Address(BEN.name, addr_spec=BEN.address)
        mail["Subject"] = "Re: Ana & Ben: our 1:1s"
        mail["Date"] = NOW
        mail["Message-ID"] = f"<{number}@example.org>"
        mail["In-Reply-To"] = "<in@example.org>"
        mail["References"] = "<root@example.org> <first@example.org> <in@example.org>"
        mail["Auto-Submitted"] = "auto-replied"
        mail.set_content(text.replace("**", "") + "\n")
        mail.add_alternative(Premailer(html, cssutils_logging_level=50).transform(), subtype="html")
        return mail.as_bytes(policy=policy.SMTP)

    return write


def _read_by(worded: Callable[[Any, Reading], str], reading: Reading) -> Callable[[Any], str]:
    return lambda value: worded(value, reading)


def text_of(raw: bytes) -> list[str]:
    """The decoded text part, as the lines that say something."""
    mail: Any = message_from_bytes(raw, policy=policy.default)
    lines = mail.get_body(("plain",)).get_content().splitlines()
    return [line.rstrip() for line in lines if line.strip()]


def agreed(mine: Callable[[int], bytes], theirs: Callable[[int], bytes]) -> list[list[str]]:
    """What both sides say in letters of all hours of a day; AssertionError when they differ."""
    said = [[text_of(write(number)) for number in range(24)] for write in (mine, theirs)]
    assert said[0] == said[1], "the two sides do not say the same"
    return said[0]


def milliseconds(write: Callable[[int], bytes]) -> float:
    """The mean of one round of letters."""
    begun = time.perf_counter()
    for number in range(LETTERS):
        write(number)
    return (time.perf_counter() - begun) / LETTERS * 1000


def main() -> None:
    """Both sides in turn, medians, and the hash of what both say."""
    begun = time.perf_counter()
    our_path = ours(Templates([SHIPPED]))
    our_path(0)
    cold = (time.perf_counter() - begun) * 1000
    their_path = peer()
    said = agreed(our_path, their_path)
    digest = hashlib.sha256(repr(said).encode()).hexdigest()[:12]
    rounds = [(milliseconds(our_path), milliseconds(their_path)) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(side) for side in zip(*rounds, strict=True))
    print(f"Python {platform.python_version()}, {ROUNDS} rounds of {LETTERS} letters, medians")
    print(f"{'daemon.mail: render + inline + MIME':48}{mine:8.3f} ms")
    print(f"{'jinja2 + markdown-it + premailer + EmailMessage':48}{theirs:8.3f} ms")
    print(f"{'ratio':48}{theirs / mine:8.1f} x   (text parts equal, sha256 {digest})")
    print(f"{'the first letter, templates compiled with it':48}{cold:8.1f} ms")


if __name__ == "__main__":
    main()
