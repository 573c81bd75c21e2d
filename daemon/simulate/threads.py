"""Threads as a mail client builds them: which letters hang together, and where an answer to them goes.

Not daemon/mail/threads.py: ids and addresses are taken as they arrive, and nothing is derived here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header, make_header

from daemon.ports import Store
from daemon.simulate.letterbox import Letter, fields_of

OWN = (
    "week-card",
    "kindly",
    "lighter",
    "still-good",
    "check",
    "assess",
    "exit",
    "follow-up",
    "handover",
)
CALENDAR = ("reconnect", "series-gone", "guest-gone", "declined-all")
"""Letters outside the thread of a pairing (LETTERS 4): the reader's own, and about the reader's calendar."""
IN_CONFIDENCE = ("help-got", "change-got", "private-hold")
"""Letters between a person and whoever helps."""
ANSWERS = ("ack", "unclear", "first-note", "my-notes", "links")
_ID = re.compile(r"<[^<>\s]+>")


@dataclass(slots=True)
class Thread:
    """What one person has of one thread: its name is (address, which)."""

    name: tuple[str, str]
    root: str
    reply_to: str
    subject: str
    ids: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Threads:
    """Everybody's mailbox, sorted into threads. `letter` tells what is wrong with a letter."""

    known: dict[tuple[str, str], Thread] = field(default_factory=dict)
    owner: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Whose an id or a reply address is: the one thread in which it may be seen."""
    cited: dict[str, tuple[str, tuple[str, str]]] = field(default_factory=dict)
    """Ids that nobody has seen yet, with the letter that cites them and its thread."""

    def letter(self, letter: Letter) -> Iterator[str]:
        """A letter became visible; answers each rule that it breaks, in words."""
        name = self._of_the_answered(letter) or (letter.to, _which(letter))
        root = letter.references[0] if letter.references else ""
        subject = _bare(letter.subject)
        thread = self.known.get(name)
        if thread is None:
            thread = self.known[name] = Thread(name, root, letter.reply_to, subject)
        if not root or root != thread.root:
            yield "does not begin with the root of its thread"
        if letter.reply_to != thread.reply_to and letter.touchpoint != "advisor":
            yield "wants its answer somewhere else than the letters before it"
        if subject != thread.subject:
            yield "has another subject than the letters before it"
        for what in (root, letter.reply_to):
            if self.owner.setdefault(what, name) != name:
                yield "has a root or a reply address that somebody else has"
        yield from self._cites(letter, thread)
        _, cited_in = self.cited.pop(letter.message_id, ("", name))
        if self.owner.setdefault(letter.message_id, name) != name or cited_in != name:
            yield "has an id that belongs into somebody else's thread"
        thread.ids.add(letter.message_id)

    def _of_the_answered(self, letter: Letter) -> tuple[str, str] | None:
        """What answers a mail goes where that mail was written."""
        answers = letter.touchpoint in ANSWERS and letter.in_reply_to
        return self.owner.get(letter.in_reply_to) if answers else None

    def _cites(self, letter: Letter, thread: Thread) -> Iterator[str]:
        """In-Reply-To and References: mails which this very person has in this very thread."""
        named = (*letter.references[1:], *_ID.findall(letter.in_reply_to))
        for one in dict.fromkeys(named):
            if one in thread.ids:
                continue
            if self.owner.get(one, thread.name) != thread.name:
                yield f"cites a mail of somebody else's thread: {one}"
            else:
                self.cited.setdefault(one, (letter.key, thread.name))
        if letter.in_reply_to and letter.references[-1:] != (letter.in_reply_to,):
            yield "answers another mail than the last of its references"

    def never_seen(self, store: Store) -> Iterator[str]:
        """At the end: an id that nobody got is that of a letter whose fate is unknown, or an invention."""
        for one, (key, (_, which)) in self.cited.items():
            letter = store.letter(one)
            if letter is None or (which.startswith("pairing/") and letter.lane != which):
                yield f"{key} cites a mail that never was: {one}"

    def mail(self, to: str, raw: bytes) -> None:
        """Somebody wrote: into the thread of that reply address, or of the letter that is cited."""
        fields = fields_of(raw)
        name = self.owner.get(to) or self.owner.get(fields.get("in-reply-to", ""))
        thread = self.known.get(name) if name else None
        if thread is not None and _local(thread.name[0]) in fields.get("from", ""):
            own_id = fields.get("message-id", "")
            thread.ids.add(own_id)
            self.owner.setdefault(own_id, thread.name)


def _which(letter: Letter) -> str:
    """The thread to which a letter belongs: a pairing's by the lane that its key names, another by the
    program whose mailbox it comes from."""
    if letter.touchpoint in OWN:
        return f"own/{letter.mailbox}"
    if letter.touchpoint in CALENDAR:
        return f"calendar/{letter.mailbox}"
    if letter.touchpoint in IN_CONFIDENCE:
        return f"help/{letter.mailbox}"
    if letter.touchpoint == "help-case":  # with each who writes one, of whichever 1:1s
        return f"case/{letter.reply_to}/{letter.mailbox}"
    if letter.touchpoint == "advisor":  # whose reply address names the very letter
        return f"advisor/{letter.key.split('/')[-2]}"
    if letter.touchpoint == "admin":
        return f"contact/{letter.mailbox}"
    return "/".join(letter.key.split("/")[1:3])


def _bare(subject: str) -> str:
    """As a mail program shows it (RFC 2047), without its "Re:"."""
    return str(make_header(decode_header(subject))).removeprefix("Re: ")


def _local(address: str) -> str:
    """`ben@`, of whichever of their addresses somebody writes from."""
    return f"{address.partition('@')[0]}@"
