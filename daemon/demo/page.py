"""index.html of a demo: every letter as its reader sees it, with the reason, day by day; no script.

Not a report on a real program: no command shows the body of a real letter.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from daemon.demo.happening import Happening
from daemon.demo.record import Figures, Record, Shown
from daemon.mail.times import city

WORDS_A_MINUTE = 230
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)

# The first happening that fits is the moment; words as the list at the top has them.
_MOMENTS: tuple[tuple[str, str, str], ...] = (
    ("series", "series", "Both said yes: a series on a real calendar"),
    ("note", "kept", "A note written at night is kept"),
    ("copy", "copy", "… and copied to the partner in the morning"),
    ("private", "kept a line for", "A private line stays with its writer"),
    ("quoted", "prep-mentor quotes", "The next prep quotes the note"),
    ("done", "done Ben:", "“DONE a” closes a to-do"),
    ("gone", "deletes", "A 1:1 is deleted on a Friday night"),
    ("offered", "proposal", "Three times, at the end of the mentee's night"),
    ("moved", "moved", "“2” is read, and the 1:1 stands again"),
    ("left-out", "lapsed", "An offer that nobody answers is left out kindly"),
    ("unclear", "unclear", "An unclear reply is asked about once"),
    ("clocks", "clocks", "The clocks change, the 1:1 stays"),
    ("by-hand", "drags", "A 1:1 is dragged to another time by hand"),
    ("power", "POWER gone", "The power is cut for two days"),
    ("stale", "skipped its time", "… and what had become stale is not sent"),
    ("lost", "reconnect", "A calendar is lost: its owner hears of it, nobody else"),
    ("back", "can be read again", "… and is back"),
)


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter on the page."""

    anchor: str
    touchpoint: str
    reader: str
    subject: str
    first_line: str
    html: Markup
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A happening on the page; `anchor` is set where it is one of the moments."""

    at: str
    when: str
    tone: str
    word: str
    text: str
    why: str
    anchor: str = ""
    mail: Mail | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the list at the top."""

    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What one person had to read."""

    name: str
    letters: int
    words: int
    minutes: int


def write_page(path: Path, record: Record, figures: Figures, start: datetime) -> None:
    """One file beside the calendars and the mail."""
    anchors = _anchors(record.happenings)
    mails = {
        shown.happening: _mail(number, shown, record)
        for number, shown in enumerate(record.letters, 1)
    }
    rows = [_row(each, anchors.get(number, ""), mails.get(each)) for number, each in
            enumerate(record.happenings)]  # fmt: skip
    weeks: list[list[Row]] = [[] for _ in range(figures.weeks)]
    for happening, row in zip(record.happenings, rows, strict=True):
        weeks[min((happening.at - start).days // 7, figures.weeks - 1)].append(row)
    room = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = room.from_string(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
    zones = [p.zone for line in record.config.lines for p in (line.mentor, line.mentee)]
    told = {anchor: words for anchor, _, words in _MOMENTS}
    text = template.render(
        program=record.config.programs[0], figures=figures, pairs=record.config.lines,
        cities=list(dict.fromkeys(city(zone) for zone in zones)), weeks=weeks,
        moments=[Moment(anchor, told[anchor]) for _, anchor in sorted(anchors.items())],
        readers=_readers(record.letters, record),
        left_out=[row for row in rows if row.tone == "not"],
    )  # fmt: skip
    path.write_text(text, encoding="utf-8")


def _anchors(happenings: Sequence[Happening]) -> dict[int, str]:
    """The number of a happening → the moment it is."""
    found: dict[int, str] = {}
    for anchor, words, _ in _MOMENTS:
        for number, each in enumerate(happenings):
            said = f"{each.word} {each.text} {each.why}"
            if number not in found and all(word in said for word in words.split()):
                found[number] = anchor
                break
    return found


def _row(happening: Happening, anchor: str, mail: Mail | None) -> Row:
    local = happening.at.astimezone(ZoneInfo(happening.zone))
    shown = f"{local:%a} {local.day} {local:%b %H:%M} {city(happening.zone)}"
    return Row(
        happening.at.isoformat(), shown, happening.tone, happening.word, happening.text,
        happening.why, anchor, mail,
    )  # fmt: skip


def _mail(number: int, shown: Shown, record: Record) -> Mail:
    message = email.message_from_bytes(shown.raw, policy=email.policy.default)
    text, html = _part(message, "plain"), _part(message, "html")
    body = _BODY.search(html)
    return Mail(
        anchor=f"letter-{number}",
        touchpoint=shown.letter.touchpoint,
        reader=record.names.get(shown.letter.to, shown.letter.to),
        subject=str(message["subject"]),
        first_line=text.strip().splitlines()[0],
        html=Markup(body.group(1) if body else ""),  # our own template: its values are escaped
        text=text.strip(),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _readers(letters: Iterable[Shown], record: Record) -> list[Reader]:
    words: dict[str, list[int]] = {}
    for shown in letters:
        name = record.names.get(shown.letter.to, "?")
        words.setdefault(name, []).append(len(shown.letter.text.split()))
    return [
        Reader(name, len(each), sum(each), max(1, round(sum(each) / WORDS_A_MINUTE)))
        for name, each in sorted(words.items())
    ]
