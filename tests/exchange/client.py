"""The real exchangelib before the simulator, as an account of somebody there.

Not the connector of the daemon.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from exchangelib import (
    DELEGATE,
    Account,
    Attendee,
    CalendarItem,
    Configuration,
    Credentials,
    EWSDateTime,
    EWSTimeZone,
    ExtendedProperty,
    FailFast,
    Mailbox,
    Version,
)
from exchangelib.items import SEND_TO_ALL_AND_SAVE_COPY
from exchangelib.properties import OccurrenceItemId
from exchangelib.protocol import RetryPolicy
from exchangelib.recurrence import EndDatePattern, Recurrence, WeeklyPattern
from exchangelib.version import EXCHANGE_2019

from tests.servers.exchange import Exchange

ANA, BEN = "ana@company.example", "ben@company.example"
BERLIN = "Europe/Berlin"


class Tag(ExtendedProperty):  # type: ignore[misc]
    """An extended property of a client's own."""

    property_set_id = "6f1c3f2e-1b7a-4c39-9f55-6f6e656f6e65"
    property_name = "tested"
    property_type = "String"


CalendarItem.register("tested", Tag)


def account(
    exchange: Exchange, address: str = ANA, password: str = "secret", zone: str = BERLIN,
    policy: RetryPolicy | None = None, connections: int = 1,
) -> Account:  # fmt: skip
    """With a password of its own each: exchangelib keeps one protocol for each pair of server and credentials, and the first
    policy wins (PROVIDERS 5)."""
    configuration = Configuration(
        service_endpoint=exchange.url, credentials=Credentials(address, password), auth_type="basic",
        version=Version(build=EXCHANGE_2019), retry_policy=policy or FailFast(), max_connections=connections,
    )  # fmt: skip
    return Account(
        address, config=configuration, autodiscover=False, access_type=DELEGATE, default_timezone=EWSTimeZone(zone)
    )  # fmt: skip


def at(account: Account, text: str) -> EWSDateTime:
    """A time on the clock of that account."""
    return EWSDateTime.fromisoformat(text).replace(tzinfo=account.default_timezone)


def meeting(account: Account, start: str, end: str, *, until: str = "", tag: str = "k/1", **more: Any) -> CalendarItem:  # fmt: skip
    """A meeting with Ben, every week on that day until a date; once, where there is none."""
    recurrence = None
    if until:
        begins = at(account, start)
        days = [begins.strftime("%A")]
        recurrence = Recurrence(
            pattern=WeeklyPattern(interval=1, weekdays=days, first_day_of_week="Monday"),
            boundary=EndDatePattern(start=begins.date(), end=date.fromisoformat(until)),
        )
    item = CalendarItem(
        account=account, folder=account.calendar, subject="1:1", start=at(account, start), end=at(account, end),
        required_attendees=[Attendee(mailbox=Mailbox(email_address=BEN), response_type="Unknown")],
        recurrence=recurrence, tested=tag, **more,
    )  # fmt: skip
    item.save(send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
    return item


def again(account: Account, item: CalendarItem) -> CalendarItem:
    """What is there now."""
    (found,) = account.fetch(ids=[item])
    assert not isinstance(found, Exception), found
    return found


def one_of(account: Account, item: CalendarItem, index: int) -> CalendarItem:
    """One time of a series, counted from one."""
    named = OccurrenceItemId(id=item.id, changekey=again(account, item).changekey, instance_index=index)  # fmt: skip
    (found,) = account.fetch(ids=[named])
    assert not isinstance(found, Exception), found
    return found


def starts(account: Account, begin: str, end: str) -> list[str]:
    """When something is in that window, on the clock of the account."""
    view = account.calendar.view(start=at(account, begin), end=at(account, end)).only("start", "type")  # fmt: skip
    return [f"{each.start.astimezone(account.default_timezone):%d %b %H:%M} {each.type}" for each in view]  # fmt: skip
