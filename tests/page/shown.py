"""A page as a browser would take it apart, and the mailboxes beside it, read without any code of ours.

Not a test. html5lib is strict here: markup that a browser would have to mend is an error.
"""

from __future__ import annotations

import email
import email.policy
import subprocess
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

ROOT = Path(__file__).resolve().parent.parent.parent
MAILBOX = "koss@example.org"


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """One command, in a folder of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *words],
        cwd=cwd, capture_output=True, text=True, check=False, timeout=180, env={"PATH": ""},
    )  # fmt: skip


def words_in(element: Element) -> str:
    """What a reader sees of an element, in one line."""
    return " ".join("".join(element.itertext()).split())


@dataclass(frozen=True)
class Page:
    """index.html in its folder."""

    out: Path

    @cached_property
    def text(self) -> str:
        """Its source."""
        return (self.out / "index.html").read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> Element:
        """Its elements; an exception where the markup is not valid."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree: Element = parser.parse(self.text)
        return tree

    @cached_property
    def ids(self) -> dict[str, Element]:
        """Every anchor."""
        return {each.attrib["id"]: each for each in self.tree.iter() if "id" in each.attrib}

    @cached_property
    def letters(self) -> list[Element]:
        """Every letter, where it has its anchor."""
        return [each for each in self.tree.iter() if "data-touchpoint" in each.attrib]

    def of_class(self, name: str, inside: Element | None = None) -> list[Element]:
        """The elements of a class, in their order."""
        inside = self.tree if inside is None else inside
        return [e for e in inside.iter() if name in e.attrib.get("class", "").split()]

    @cached_property
    def mailboxes(self) -> dict[str, list[EmailMessage]]:
        """Address → the mails in that mailbox, oldest first."""
        found: dict[str, list[EmailMessage]] = {}
        for folder in sorted((self.out / "mail").iterdir()):
            paths = sorted((folder / "new").iterdir(), key=lambda path: path.stat().st_mtime_ns)
            paths += sorted(path for path in (folder / "cur").iterdir() if folder.name == MAILBOX)
            found[folder.name] = [read(path) for path in paths]
        return found

    @property
    def sent(self) -> list[tuple[str, EmailMessage]]:
        """Every letter in the mailbox of a person."""
        return [
            (address, mail)
            for address, mails in self.mailboxes.items()
            if address != MAILBOX
            for mail in mails
        ]


def read(path: Path) -> EmailMessage:
    """A mail as the standard library reads it."""
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """One of its parts."""
    part = mail.get_body((kind,))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")
