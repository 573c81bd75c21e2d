"""Who has told the guests of a change that was made, as its receipt says it: the server, or we by mail.

Not the change (calendar.py) and not the mails (guest_mails.py). Where there are no mails, nobody but the server tells.
"""

from __future__ import annotations

from icalendar import Calendar

from connectors.internet.caldav.guest_mails import GuestMails, guests_in
from connectors.internet.caldav.telling_guests import told_by_server
from daemon.domain.effect import Receipt
from daemon.domain.value import replace


def by_mail(
    mails: GuestMails | None, receipt: Receipt, key: str, after: Calendar | None
) -> Receipt:
    """Where the server tells nobody, the guests get a mail; what was told before a crash is not told again."""
    place = receipt.place
    assert place is not None
    if mails is None:
        return receipt
    if mails.is_begun(place.calendar, key):
        return replace(receipt, told=mails.tell(place, key, after))
    return replace(receipt, told=guests_in(after, place))


def by_server(
    mails: GuestMails | None,
    receipt: Receipt,
    key: str,
    change: tuple[Calendar | None, Calendar],
    *,
    again: bool = False,
) -> Receipt:
    """A server that invites has written down whom it told. Whom it cannot reach we mail. `change`: before and after."""
    place, (before, after) = receipt.place, change
    assert place is not None
    if mails is not None:
        mails.tell_unreached(place, key, before, after, again=again)
    return replace(receipt, told=told_by_server(after, place))


def by_server_again(
    mails: GuestMails | None, receipt: Receipt, key: str, after: Calendar | None
) -> Receipt:
    """The same of a change that was made before, or of an event that is off now."""
    place = receipt.place
    assert place is not None
    if after is not None:
        return by_server(mails, receipt, key, (None, after), again=True)
    if mails is not None:
        mails.tell_unreached_of_end(place, key)
    return receipt
