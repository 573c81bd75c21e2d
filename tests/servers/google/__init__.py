"""Google as far as the daemon asks it: Calendar v3, Gmail v1 and their tokens, on loopback, with people before their browsers.

Not Google: what PROVIDERS.md knows of recorded answers is kept, and every body is measured by the schema that Google ships
with its client, so that it cannot drift into fantasy. It imports nothing of the daemon.
"""

from __future__ import annotations

from datetime import UTC, datetime
from threading import RLock

from tests.servers.faults import Faults
from tests.servers.google.asked import Asked
from tests.servers.google.browser import Browser
from tests.servers.google.calendars import Calendar, Told
from tests.servers.google.channels import Channels
from tests.servers.google.door import Server
from tests.servers.google.events import Events
from tests.servers.google.faults import Fault
from tests.servers.google.gmail import Gmail, Mailbox
from tests.servers.google.grants import Grants
from tests.servers.google.methods import METHODS
from tests.servers.google.quotas import Quotas
from tests.servers.google.refused import Refused, bad, not_found
from tests.servers.google.schema import Json
from tests.servers.listening import Listening

SCOPES = (
    "https://www.googleapis.com/auth/calendar.events.owned",
    "https://www.googleapis.com/auth/calendar.freebusy",
)
__all__ = ["SCOPES", "Browser", "Fault", "Google", "Told"]


class Google(Listening):
    """Used as a context. `now` is its clock, which only a test moves."""

    def __init__(self, now: datetime = datetime(2026, 11, 30, 9, tzinfo=UTC)) -> None:
        self.now = now
        self.lock = RLock()
        self.events = Events(lambda: self.now)
        self.grants = Grants(lambda: self.now)
        self.gmail = Gmail(lambda: self.now)
        self.quotas = Quotas()
        self.channels = Channels()
        self.faults: Faults[Fault] = Faults()
        self.expired: dict[str, tuple[int, str]] = {}
        self.calls: list[tuple[str, str, int]] = []
        """Who asked for what, and with which status it was answered."""
        self.problems: list[str] = []
        """Where a request or an answer was not as the schema has it."""
        self.validated = 0
        self.sent: list[bytes] = []
        """Every body that crossed the wire towards a client."""

    def listens(self) -> Server:
        """See Listening."""
        return Server(self)

    def account(
        self, address: str, *, zone: str = "Europe/Berlin", scopes: tuple[str, ...] = SCOPES
    ) -> str:
        """Somebody with a primary calendar and a mailbox; a refresh token, as after consent."""
        self.events.calendars[address] = Calendar(address, zone)
        self.gmail.boxes[address] = Mailbox(address)
        return self.grants.granted(address, scopes)

    def browser(self, address: str) -> Browser:
        """That person before their calendar."""
        return Browser(self.events, address)

    def share_busy(self, owner: str, reader: str) -> None:
        """Somebody shows another account when they are busy, and no more."""
        self.events.calendars[owner].readers.add(reader)

    @property
    def mails(self) -> list[Told]:
        """What Google itself told people."""
        return self.events.mails

    def expire(self, address: str, why: str = "fullSyncRequired") -> None:
        """No sync token of that account that was given so far is good any more."""
        calendar = self.events.calendars[address]
        self.expired[address] = (calendar.number, why)
        calendar.number += 1

    def notify(self) -> int:
        """Post to those who watch a calendar that has changed; how many posts that were."""
        return self.channels.notify(self.events.calendars, self.now)

    def inject(self, fault: Fault) -> None:
        """Do this harm."""
        self.faults.inject(fault)

    def carry_out(self, asked: Asked, account: str, body: Json) -> Json:
        """One request of an account that may ask for it. Raises Refused."""
        do = METHODS.get(asked.method.id)
        if do is None:
            raise Refused(501, "notImplemented", f"{asked.method.id} is not played here")
        whose = asked.path.get("calendarId") or asked.path.get("userId") or account
        if whose not in ("primary", "me", account):
            raise not_found()
        if asked.by_service and body.get("conferenceData", {}).get("createRequest"):
            raise bad("Invalid conference type value.")  # google-api-nodejs-client#3052
        if asked.by_service and body.get("attendees"):
            raise Refused(
                403, "forbiddenForServiceAccounts",
                "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.", domain="calendar",
            )  # fmt: skip
        return do(self, asked, account, body)
