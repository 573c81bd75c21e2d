"""Exchange on premises as far as the daemon asks it: calendars by Exchange Web Services over SOAP, on loopback.

Not Exchange: what PROVIDERS.md has measured is kept, and every item that a client sends is measured by the order of its
schema. It imports nothing of the daemon.
"""

from __future__ import annotations

from datetime import UTC, datetime
from threading import RLock

from tests.servers.exchange.door import Server
from tests.servers.exchange.faults import Fault
from tests.servers.exchange.items import Item, Mailbox
from tests.servers.exchange.meetings import Meetings, Told
from tests.servers.exchange.outlook import Outlook
from tests.servers.exchange.soap import text_of
from tests.servers.faults import Faults
from tests.servers.listening import Listening

__all__ = ["Exchange", "Fault", "Outlook", "Told"]


class Exchange(Listening):
    """Used as a context. `now` is its clock, which only a test moves."""

    def __init__(self, now: datetime = datetime(2026, 11, 30, 9, tzinfo=UTC)) -> None:
        self.now = now
        self.lock = RLock()
        self.boxes: dict[str, Mailbox] = {}
        self.meetings = Meetings(self.boxes, lambda: self.now)
        """`processes` of it: whether answers of guests are put into the event, or stay in the inbox."""
        self.faults: Faults[Fault] = Faults()
        self.tokens: dict[str, str] = {}
        """Whose each token is, where somebody signs in with one."""
        self.ntlm = ""
        """A file of names and passwords, where the server takes NTLM and nothing else."""
        self.shut: set[str] = set()
        """Accounts whose password is not taken, until they are open again."""
        self.calls: list[tuple[str, str]] = []
        """Who asked for what."""
        self.problems: list[str] = []
        """Where a request was not as the schema has it."""
        self.plus = True
        """Whether plus-addresses arrive, which an Exchange on premises has switched off as it comes."""
        self.may_send = True
        """Whether mails go out, or everybody has sent too much."""
        self.judged = 0
        self.sent: list[bytes] = []
        """Every body that crossed the wire towards a client."""

    def listens(self) -> Server:
        """See Listening."""
        return Server(self)

    def url_at(self, place: str) -> str:
        """Of its Web Services."""
        return f"http://{place}/EWS/Exchange.asmx"

    def account(
        self, address: str, password: str = "secret", *, zone: str = "W. Europe Standard Time"
    ) -> Mailbox:
        """Somebody with a mailbox."""
        box = self.boxes[address] = Mailbox(address, password, zone)
        return box

    def outlook(self, address: str) -> Outlook:
        """That person before their calendar."""
        return Outlook(self, self.boxes[address])

    @property
    def counted(self) -> list[tuple[str, int]]:
        """How many operations were asked for, and items measured by their schema."""
        return [("operations", len(self.calls)), ("items", self.judged)]

    @property
    def mails(self) -> list[Told]:
        """What the server itself told people."""
        return self.meetings.told

    def answered(self, box: Mailbox, item: Item, said: str, at: datetime | None = None) -> None:
        """Somebody has said yes, no or perhaps to a meeting, or to one time of it."""
        if at is None:
            item.answer = said
        elif said == "Decline":
            item.deleted.add(at)
            item.moved.pop(at, None)
        box.note("update", item)
        self.meetings.answer(box.address, item.organizer, text_of(item.parts["UID"]), said, at)
