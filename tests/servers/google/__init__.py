"""Google as far as the daemon asks it: Calendar v3 and its tokens, on loopback, with people before their browsers.

Not Google: what PROVIDERS.md knows of recorded answers is kept, and every body is measured by the schema that Google ships
with its client, so that it cannot drift into fantasy. It imports nothing of the daemon.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import RLock, Thread

from tests.servers.google.browser import Browser
from tests.servers.google.calendars import Calendar, Told
from tests.servers.google.door import Asked, Server
from tests.servers.google.events import Events
from tests.servers.google.faults import Fault, Faults
from tests.servers.google.grants import Grants
from tests.servers.google.listing import busy, instances, listed
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
        self.faults = Faults()
        self.expired: dict[str, str] = {}
        """By account, why its sync tokens are good no more."""
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
        """Somebody with a primary calendar; a refresh token, as after consent."""
        self.events.calendars[address] = Calendar(address, zone)
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

    def inject(self, fault: Fault) -> None:
        """Do this harm."""
        self.faults.inject(fault)

    def carry_out(self, asked: Asked, account: str, body: Json) -> Json:
        """One request of an account that may ask for it. Raises Refused."""
        do = _METHODS.get(asked.method.id)
        if do is None:
            raise Refused(501, "notImplemented", f"{asked.method.id} is not played here")
        calendar = asked.path.get("calendarId", account)
        if calendar not in ("primary", account):
            raise not_found()
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


_METHODS: dict[str, Callable[[Google, Asked, str, Json], Json]] = {
    "calendar.events.insert": _insert,
    "calendar.events.get": _get,
    "calendar.events.list": _list,
    "calendar.events.instances": _instances,
    "calendar.events.patch": _change,
    "calendar.events.update": _change,
    "calendar.events.delete": _delete,
    "calendar.freebusy.query": _busy,
}
