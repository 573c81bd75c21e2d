"""Mails heard one by one, so that none of them stops or slows the daemon (TRAPS 72; docs/adr/0007).

Not the reading of a mail (daemon/mail/reading, whose sizes are limited there) and not what follows from it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from daemon.computing import OUR_MISTAKE, READING_SECONDS_MAX, TOO_SLOW, TookTooLong, at_most
from daemon.domain.observation import MailArrived, Observation, Passed, SetAside
from daemon.domain.people import Address
from daemon.domain.world import Lane
from daemon.ports import Store

log = logging.getLogger("oneonone")

HARMLESS_BYTES = 8_000
"""Shorter mails need no alarm, which costs a millisecond: nothing that reads them is worse than quadratic, and the
worst 30 KB ever found took two seconds."""
TRIES = 3

DEADLY = "the daemon died three times while it read this, so it was left unread"
QUARANTINED = (TOO_SLOW, DEADLY, OUR_MISTAKE)
"""Why a mail is set aside that no person need be guilty of. A calendar can be too slow as well."""

Heard: TypeAlias = tuple[Lane, Observation] | SetAside | Passed | None


class Marks:
    """Which mails are being read, written down before they are: what a dead process leaves of itself.

    A first try is one mark for all of them, because each costs a commit. Only after a death every mail has
    its own, so that the one that kills is known by its name.
    """

    def __init__(self, store: Store, mailbox: Address) -> None:
        self._store, self._name = store, f"reading/{mailbox}"
        left = store.value(self._name)
        self._tries: dict[str, int] = json.loads(left) if left else {}
        self.careful = bool(self._tries)
        self._keep({**self._tries, "": 1})

    def begin(self, mail: str) -> bool:
        """Whether to try that one (again)."""
        if not self.careful:
            return True
        tried = self._tries.get(mail, 1)
        if tried < TRIES:
            self._tries[mail] = tried + 1
            self._keep(self._tries)
        return tried < TRIES

    def over(self, mail: str) -> None:
        """That one did not kill."""
        self._tries.pop(mail, None)

    def end(self) -> None:
        """All were read."""
        self._keep({})

    def _keep(self, tries: dict[str, int]) -> None:
        self._store.keep_value(self._name, json.dumps(tries) if tries else "")


def with_care(
    mails: Iterable[MailArrived],
    mailbox: Address,
    store: Store,
    hear: Callable[[MailArrived], Heard],
) -> Iterator[Heard]:
    """What is heard of each mail. One that kills the process is tried three times, then left unread."""
    marks: Marks | None = None
    for mail in mails:
        marks = marks or Marks(store, mailbox)
        if not marks.begin(mail.id):
            log.error("event=mail-quarantined why=deadly")
            yield SetAside("mail", mail.id, DEADLY)
            continue
        yield _one(mail, hear)
        marks.over(mail.id)
    if marks:
        marks.end()


def _one(mail: MailArrived, hear: Callable[[MailArrived], Heard]) -> Heard:
    try:
        if len(mail.raw) <= HARMLESS_BYTES:
            return hear(mail)
        from daemon.mail.reading.options import read_tables  # as in daemon/arriving.py

        read_tables()
        with at_most(READING_SECONDS_MAX):
            return hear(mail)
    except TookTooLong:
        log.error("event=mail-quarantined why=too-slow")
        return SetAside("mail", mail.id, TOO_SLOW)
    except Exception as why:
        log.error("event=mail-quarantined why=%s", type(why).__name__)
        return SetAside("mail", mail.id, OUR_MISTAKE)


def quarantined(store: Store) -> list[SetAside]:
    """The mails that were left unread for the sake of all others."""
    aside = (each for each in store.set_aside() if each.source == "mail")
    return [each for each in aside if each.why in QUARANTINED]
