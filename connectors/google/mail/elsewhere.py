"""A mailbox that sends through Gmail and is read in another one, to which Gmail forwards what comes in.

So its owner allows sending alone (gmail.send), and Google shows us no mail at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from daemon.domain.effect import Receipt
from daemon.domain.observation import Unknown
from daemon.ports import Batch, Cleared, Cursor, Lying, MailConnector, NotSent, OutgoingLetter


class ReadElsewhere:
    """`sending` is told nothing of what it has sent, so after an answer that was lost nobody knows whether a letter went:
    it is held for a person."""

    def __init__(self, sending: MailConnector, reading: MailConnector) -> None:
        self._sending, self._reading = sending, reading

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """See MailConnector."""
        return self._sending.send(letter, key=key)

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """See MailConnector."""
        return self._sending.sent(letter)

    def arrivals(self, since: Cursor | None) -> Batch:
        """See MailConnector."""
        return self._reading.arrivals(since)

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """See MailConnector. What lies in Sent at Gmail stays there."""
        return self._reading.clear(names, before, may_go)
