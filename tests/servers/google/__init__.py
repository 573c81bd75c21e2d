"""Google as far as the daemon asks it: Calendar v3, Gmail v1 and their tokens, on loopback, with people before their browsers.

Not Google: what PROVIDERS.md knows of recorded answers is kept, and every body is measured by the schema that Google ships
with its client, so that it cannot drift into fantasy. It imports nothing of the daemon.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import RLock, Thread

from tests.servers.google import gmail
from tests.servers.google.asked import Asked
from tests.servers.google.browser import Browser
from tests.servers.google.calendars import Calendar, Told
from tests.servers.google.channels import Channels
from tests.servers.google.door import Server
from tests.servers.google.events import Events
from tests.servers.google.faults import Fault, Faults
from tests.servers.google.gmail import Gmail, Mailbox
from tests.servers.google.grants import Grants
from tests.servers.google.listing import busy, instances, listed
from tests.servers.google.quotas import Quotas
from tests.servers.google.refused import Refused, not_found
from tests.servers.google.schema import Json

SCOPES = (
    "https://www.googleapis.com/auth/calendar.events.owned",
    "https://www.googleapis.com/auth/calendar.freebusy",
)
__all__ = ["SCOPES", "Browser", "Fault", "Google", "Told"]


class Google:
    """Used as a context. `now` is its clock, which only a test moves."""

    def __init__(self, now: datetime = datetime(2026, 11, 30, 9, tzinfo=UTC)) -> None:
        self.now = now
        self.lock = RLock()
        self.events = Events(lambda: self.now)
        self.grants = Grants(lambda: self.now)
        self.gmail = Gmail(lambda: self.now)
        self.quotas = Quotas()
        self.channels = Channels()
        self.faults = Faults()
        self.expired: dict[str, tuple[int, str]] = {}
        self.calls: list[tuple[str, str, int]] = []
        """Who asked for what, and with which status it was answered."""
        self.problems: list[str] = []
        """Where a request or an answer was not as the schema has it."""
        self.validated = 0
        self.sent: list[bytes] = []
        """Every body that crossed the wire towards a client."""

    def __enter__(self) -> Google:
        self._server = Server(self)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()  # fmt: skip
        return self

    def __exit__(self, *why: object) -> None:
        self.faults.go_on()
        self._server.shutdown()
        self._server.server_close()

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
        do = _METHODS.get(asked.method.id)
        if do is None:
            raise Refused(501, "notImplemented", f"{asked.method.id} is not played here")
        whose = asked.path.get("calendarId") or asked.path.get("userId") or account
        if whose not in ("primary", "me", account):
            raise not_found()
        if asked.by_service and body.get("attendees"):
            raise Refused(
                403, "forbiddenForServiceAccounts",
                "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.", domain="calendar",
            )  # fmt: skip
        return do(self, asked, account, body)


def _query(asked: Asked) -> dict[str, str]:
    return {name: values[0] for name, values in asked.query.items()}


def _insert(google: Google, asked: Asked, account: str, body: Json) -> Json:
    return google.events.insert(account, body, _query(asked))


def _get(google: Google, asked: Asked, account: str, _: Json) -> Json:
    event = google.events.calendars[account].found(asked.path["eventId"])
    if event is None:
        raise not_found()
    pending = event.get("conferenceData", {}).get("createRequest", {}).get("status", {})
    if pending.get("statusCode") == "pending":
        pending["statusCode"] = "success"
    return event


def _list(google: Google, asked: Asked, account: str, _: Json) -> Json:
    return listed(google.events.calendars[account], asked.query, google.expired)


def _instances(google: Google, asked: Asked, account: str, _: Json) -> Json:
    calendar = google.events.calendars[account]
    master = calendar.events.get(asked.path["eventId"])
    if master is None or "recurrence" not in master:
        raise not_found()
    return instances(calendar, master, asked.query)


def _change(google: Google, asked: Asked, account: str, body: Json) -> Json:
    return google.events.change(
        account, asked.path["eventId"], body, _query(asked), if_match=asked.headers.get("If-Match", ""),
        whole=asked.method.id.endswith("update"),
    )  # fmt: skip


def _delete(google: Google, asked: Asked, account: str, _: Json) -> Json:
    if_match = asked.headers.get("If-Match", "")
    google.events.delete(account, asked.path["eventId"], _query(asked), if_match=if_match)
    return {}


def _busy(google: Google, _: Asked, account: str, body: Json) -> Json:
    return busy(google.events.calendars, account, body)


def _watch(google: Google, _: Asked, account: str, body: Json) -> Json:
    return google.channels.watch(google.events.calendars[account], body, google.now)


def _stop(google: Google, _: Asked, account: str, body: Json) -> Json:
    google.channels.stop(account, body)
    return {}


def _mail(google: Google, asked: Asked, account: str, _: Json) -> Json:
    _, mail = google.gmail.of(account, asked.path["id"])
    query = _query(asked)
    return gmail.shown(mail, query.get("format", "full"), asked.query.get("metadataHeaders", ()))


def _thread(google: Google, asked: Asked, account: str, _: Json) -> Json:
    form, headers = _query(asked).get("format", "full"), asked.query.get("metadataHeaders", ())
    mails = [m for m in google.gmail.boxes[account].mails.values() if m.thread == asked.path["id"]]
    if not mails:
        raise not_found()
    return {"id": asked.path["id"], "messages": [gmail.shown(m, form, headers) for m in mails]}


def _relabel(google: Google, asked: Asked, account: str, body: Json) -> Json:
    add, remove = body.get("addLabelIds", ()), body.get("removeLabelIds", ())
    if asked.method.id.endswith("trash"):
        add, remove = ("TRASH",), ("INBOX",)
    return google.gmail.label(account, asked.path["id"], add, remove)


def _remove(google: Google, asked: Asked, account: str, _: Json) -> Json:
    google.gmail.delete(account, asked.path["id"])
    return {}


_METHODS: dict[str, Callable[[Google, Asked, str, Json], Json]] = {
    "calendar.events.insert": _insert,
    "calendar.events.get": _get,
    "calendar.events.list": _list,
    "calendar.events.instances": _instances,
    "calendar.events.patch": _change,
    "calendar.events.update": _change,
    "calendar.events.delete": _delete,
    "calendar.events.watch": _watch,
    "calendar.channels.stop": _stop,
    "calendar.freebusy.query": _busy,
    "gmail.users.messages.send": lambda google, _, account, body: google.gmail.send(account, body),
    "gmail.users.messages.list": lambda google, asked, account, _: google.gmail.found(
        account, asked.query
    ),
    "gmail.users.messages.get": _mail,
    "gmail.users.messages.modify": _relabel,
    "gmail.users.messages.trash": _relabel,
    "gmail.users.messages.delete": _remove,
    "gmail.users.threads.get": _thread,
    "gmail.users.history.list": lambda google, asked, account, _: google.gmail.history(
        account, asked.query
    ),
    "gmail.users.labels.list": lambda *_: gmail.labels(),
    "gmail.users.getProfile": lambda google, _, account, __: google.gmail.profile(account),
}
