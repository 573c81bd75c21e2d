"""Two people with mailboxes at Gmail: hands over them, and what goes wrong on the wire.

Not a suite: test_gmail.py runs those. The hands go past the connector, into the simulator.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from connectors.google import Access, Client, GmailMailbox, Granted
from connectors.google.pace import Pace
from connectors.mails import LOOK_BACK
from daemon.domain.people import Address
from tests.conformance.test_local import StandingClock
from tests.servers.google import Fault, Google

KOSS, BEN = "koss@program.example", "ben@mentees.example"
ALL_OF_MAIL = ("https://mail.google.com/",)
SENDING = ("https://www.googleapis.com/auth/gmail.send",)


def mailbox_at(
    google: Google,
    token: str,
    *,
    silent_seconds: float = 5.0,
    pace: Pace | None = None,
    **more: Any,
) -> GmailMailbox:
    """The program's mailbox there. What is accepted is found at once."""
    client = Client(
        google.grants.client_id, google.grants.client_secret, f"{google.url}/token", google.url, silent_seconds
    )  # fmt: skip
    access = Access(KOSS, lambda: Granted(client, token), StandingClock(), pace)
    given: dict[str, Any] = {"visible_after": timedelta(), "look_back": LOOK_BACK, "bytes_max": 2_000_000}  # fmt: skip
    return GmailMailbox(access, **(given | more))


class GmailOffice:
    """The mailboxes, looked into from behind."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def deliver(self, to: str, raw: bytes, at: datetime) -> bool:
        """See Office."""
        self._google.gmail.deliver(to, raw, at)
        return bool(self.owner(to))

    def mails(self, address: str, label: str = "INBOX") -> list[bytes]:
        """See Office."""
        box = self._google.gmail.boxes[self.owner(address)]
        return [mail.raw for mail in box.mails.values() if label in mail.labels]

    def owner(self, address: str) -> Address:
        """See Office."""
        local, _, domain = address.lower().rpartition("@")
        known = f"{local.partition('+')[0]}@{domain}"
        return known if known in self._google.gmail.boxes else ""


_MAILS = "gmail.users.messages"
_AT: dict[str, str] = {
    "send": f"{_MAILS}.send", "sent": f"{_MAILS}.list", "arrivals": f"{_MAILS}.get", "clear": f"{_MAILS}.batchDelete",
}  # fmt: skip


def fault_of(call: str, kind: str) -> Fault | None:
    """A kind of fault, at the request of that call in which it matters."""
    at = _AT[call]
    match kind:
        case "refused" | "reset":
            return Fault("drop", at)
        case "timeout":
            return Fault("hang", at)
        case "timeout-after":
            return Fault("hang-after", at)
        case "503-after":
            return Fault("say-after", at)
        case "429":
            return Fault("say", at, 429, "rateLimitExceeded", retry_after=600)
        case "500":
            return Fault("say", at, 500, "backendError")
        case "part":
            return Fault("spoil", at, spoils=lambda answer: {})
        case "garbage":
            return Fault("spoil", at, spoils=lambda answer: {**answer, "raw": 7})
        case "unknown":
            return Fault("say", at, 403, "forbidden")
    return None
