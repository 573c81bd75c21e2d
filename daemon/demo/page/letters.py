"""Letters as the page shows them: the HTML part for the phone frame, the text part to fold under it.

Not rendering: the bytes are those that lay in a mailbox.

A letter stands in the page itself, not in an iframe: without a script a frame cannot grow with its letter, and
what is in it is neither printed whole nor found nor linked to. Three things keep it in its place all the same,
also where an admin's own layout made it: markup and styles come through an allow-list, the stylesheet contains
it (`contain: content`), and the page's own policy lets nothing be loaded or run.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import nh3
from markupsafe import Markup

from daemon.demo.happening import Happening
from daemon.demo.record import Record, Shown
from daemon.mail.times import city

TAGS = frozenset(
    [
        *("div", "p", "span", "br", "hr", "blockquote", "pre", "code", "h1", "h2", "h3"),
        *("a", "b", "strong", "i", "em", "u", "ol", "ul", "li"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    ]
)
STYLES = frozenset(
    [
        *(
            "margin",
            "margin-bottom",
            "margin-top",
            "padding",
            "padding-top",
            "border-left",
            "border-top",
        ),
        *("max-width", "min-width", "display", "text-align", "text-indent", "unicode-bidi"),
        *("font-family", "font-size", "font-weight", "line-height", "overflow-wrap", "word-wrap"),
    ]
)
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_NO_ANCHOR = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter on the page. `words` counts what there is to read, quotes and foot included."""

    anchor: str
    touchpoint: str
    key: str
    address: str
    reader: str
    sender: str
    when: str
    subject: str
    first_line: str
    html: Markup
    text: str
    words: int
    at: datetime

    @property
    def regular(self) -> bool:
        """Whether it is the contact's letter of every Monday, which asks nothing."""
        return "/monday/" in self.key


def mails(record: Record) -> dict[Happening, Mail]:
    """Every letter by the happening that sent it, in the order in which they were sent."""
    found: dict[Happening, Mail] = {}
    taken: set[str] = set()
    for shown in record.letters:
        if shown.happening is None:
            continue
        anchor = anchor_of(shown.letter.key)
        while anchor in taken:
            anchor += "-again"
        taken.add(anchor)
        found[shown.happening] = _mail(anchor, shown, shown.happening, record)
    return found


def anchor_of(key: str) -> str:
    """The name by which a letter is linked to: from its key, so that it stays when the story around it changes."""
    return f"letter-{_NO_ANCHOR.sub('-', key.lower()).strip('-')}"


def _mail(anchor: str, shown: Shown, happening: Happening, record: Record) -> Mail:
    message = email.message_from_bytes(shown.raw, policy=email.policy.default)
    text = _part(message, "plain").strip()
    return Mail(
        anchor=anchor,
        touchpoint=shown.letter.touchpoint,
        key=shown.letter.key,
        address=shown.letter.to,
        reader=record.names.get(shown.letter.to, shown.letter.to),
        sender=str(message["from"]).partition(" <")[0].strip('"'),
        when=when_words(happening.at, happening.zone),
        subject=str(message["subject"]),
        first_line=text.splitlines()[0],
        html=contained(_part(message, "html")),
        text=text,
        words=len(text.split()),
        at=happening.at,
    )


def contained(html: str) -> Markup:
    """The body of a letter without anything that could reach out of its frame."""
    body = _BODY.search(html)
    clean = nh3.clean(
        body.group(1).strip() if body else html,
        tags=set(TAGS),
        clean_content_tags={"script", "style"},
        attributes={"*": {"style", "dir", "lang"}, "a": {"href"}},
        filter_style_properties=set(STYLES),
        url_schemes={"https", "http", "mailto"},
        link_rel="noreferrer",
    )
    return Markup(clean)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def when_words(at: datetime, zone: str) -> str:
    """`Sat 17 Oct 07:00 Kolkata`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %H:%M} {city(zone)}"
