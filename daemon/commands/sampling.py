"""`preview TOUCHPOINT --to ADDRESS`: one sample letter, sent through the program's own mailbox.

Not a letter of the program: it is in no state and no ledger, and what is replied to it is set aside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from daemon.commands.folders import Folders
from daemon.commands.previewing import Shown, preview
from daemon.commands.wire import Wire
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.people import Address
from daemon.domain.value import replace as of
from daemon.errors import ConnectorError, NotNow, UserError
from daemon.mail.letters import post
from daemon.settings import load_or_raise
from daemon.settings.addresses import address_of, domain_meant
from daemon.settings.kinds import Wrong

LANE = "sample"


@dataclass(frozen=True, slots=True)
class Sent:
    """One sample that is on its way. `folder` is where it lies, where mail is folders."""

    touchpoint: str
    variant: str
    reader: str
    to: Address
    mailbox: Address
    message_id: str
    folder: Path | None

    @property
    def slip(self) -> str:
        """A doubt about the address, empty where there is none."""
        meant = domain_meant(self.to.rpartition("@")[2])
        return f"\nDid you mean {self.to.partition('@')[0]}@{meant}?" if meant else ""

    def facts(self) -> dict[str, Any]:
        """The same for --json."""
        return {
            "touchpoint": self.touchpoint, "variant": self.variant, "written_for": self.reader,
            "from": self.mailbox, "to": self.to, "message_id": self.message_id,
            "folder": str(self.folder) if self.folder else None,
        }  # fmt: skip

    def words(self) -> str:
        """The same for a terminal."""
        lies = f"Mail is folders here: it lies in {self.folder}\n" if self.folder else ""
        return (
            f"Sent {self.touchpoint} ({self.variant}), as {self.reader} would read it, "
            f"from {self.mailbox} to {self.to}.\n"
            f"{lies}"
            f"It is a sample: its subject says so, no 1:1 is touched, and a reply to it does nothing."
            f"{self.slip}"
        )


def send_sample(
    wire: Wire, where: Folders, touchpoint: str, pairing: str, variant: str, to: str
) -> Sent:
    """The letter in the way that is named, else in the first, to that address alone."""
    try:
        address = address_of(to)
    except Wrong as wrong:
        raise UserError(f"--to {to}  {wrong.text} {wrong.advice}".rstrip()) from wrong
    shown = preview(where, touchpoint, pairing, variant)[0]
    now = wire.clock().now()
    mailbox = shown.program.mailbox
    letter = post(
        _effect(touchpoint, shown, now),
        replace(shown.letter, subject=f"Sample: {shown.letter.subject}"),
        program=shown.program, reader=of(shown.person, id=LANE, address=address), lane=LANE,
        thread=(), secret=b"a sample needs none", now=now,
    )  # fmt: skip
    config = load_or_raise(where.config).config
    try:
        wire.mailbox(config, where.data, mailbox).send(letter, key=letter.key)
    except ConnectorError as why:
        raise NotNow(f"It could not be sent: {why}") from why
    folder = None if config.mail_account(mailbox) else where.data / "mail" / address / "new"
    name = shown.person.name
    return Sent(touchpoint, shown.variant, name, address, mailbox, letter.message_id, folder)


def _effect(touchpoint: str, shown: Shown, now: datetime) -> Effect:
    """What a letter is made of. Its key has the present in it: a sample asked for twice comes twice."""
    return Effect(
        stem=f"{touchpoint}/{LANE}/{now:%Y%m%dT%H%M%S%f}/{LANE}", generation=1, basis="", port="mail",
        account=shown.program.mailbox, change=SendLetter(touchpoint, LANE), opens=now, closes=now,
        reason="a sample was asked for",
    )  # fmt: skip
