"""Microsoft 365 as far as the daemon asks it: calendars and mail by Graph, and the sign-in behind it, over TLS on loopback.

Not Microsoft: what PROVIDERS.md and the issues that are cited here tell is kept, and every body that crosses is held against
Microsoft's own models. It imports nothing of the daemon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock

from tests.servers.faults import Faults
from tests.servers.graph.door import Server, authority_in
from tests.servers.graph.faults import Fault
from tests.servers.graph.mailbox import Mailbox, Meetings, Told
from tests.servers.graph.outlook import Outlook
from tests.servers.graph.sign_in import APP, APP_SECRET, TENANT, SignIn
from tests.servers.graph.subscriptions import Subscriptions
from tests.servers.listening import Listening

__all__ = ["APP", "APP_SECRET", "TENANT", "Fault", "Graph", "Outlook", "Told", "authority_in"]


class Graph(Listening):
    """Used as a context. `now` is its clock, which only a test moves."""

    def __init__(self, now: datetime = datetime(2026, 11, 30, 9, tzinfo=UTC)) -> None:
        self.now = now
        self.lock = RLock()
        self.boxes: dict[str, Mailbox] = {}
        self.meetings = Meetings(self.boxes)
        self.faults: Faults[Fault] = Faults()
        self.sign_in = SignIn(self)
        self.subscriptions = Subscriptions(self)
        self.shut: set[str] = set()
        """Whose token is not taken, until it is again."""
        self.scoped: set[str] = set()
        """Mailboxes that the app itself may use (RBAC for Applications)."""
        self.hides_busy: set[str] = set()
        self.plus = True
        """Whether plus-addresses arrive."""
        self.may_send = True
        self.own_ids = False
        """Whether a letter gets another Message-ID than it was written with."""
        self.makes_rooms = True
        """Whether its people may have online meetings."""
        self.calls: list[tuple[str, str]] = []
        """Who asked for what."""
        self.problems: list[str] = []
        """Where a body was not as Microsoft's model has it."""
        self.judged = 0
        self._under_way: Counter[str] = Counter()
        self.most_at_once = 0
        """Requests of one mailbox that were answered at the same time."""
        self.sent: list[bytes] = []
        """Every body that crossed the wire towards a client."""

    def listens(self) -> Server:
        """See Listening."""
        return Server(self)

    def url_at(self, place: str) -> str:
        """Over TLS."""
        return f"https://{place}"

    @contextmanager
    def under_way(self, account: str) -> Iterator[None]:
        """One request of somebody."""
        with self.lock:
            self._under_way[account] += 1
            self.most_at_once = max(self.most_at_once, self._under_way[account] if account else 0)
        try:
            yield
        finally:
            with self.lock:
                self._under_way[account] -= 1

    def account(self, address: str) -> Mailbox:
        """Somebody with a mailbox."""
        box = self.boxes[address] = Mailbox(address)
        return box

    def outlook(self, address: str) -> Outlook:
        """That person before their calendar."""
        return Outlook(self, self.boxes[address])

    @property
    def counted(self) -> list[tuple[str, int]]:
        """How many requests there were, and bodies held against Microsoft's models."""
        return [("graph requests", len(self.calls)), ("graph bodies", self.judged)]

    @property
    def mails(self) -> list[Told]:
        """What the server itself told people."""
        return self.meetings.told
