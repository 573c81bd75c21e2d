"""Clearing a mailbox at Gmail: the mails of these names, and what else may go, are deleted for good.

Not a judgement of what may go (daemon/clearing.py). No other mail is touched. Gmail searches by no header of ours, so heads
are looked at, each once while the daemon runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from connectors.google.mail.requests import INBOX, SENT, TRASH, Requests
from connectors.mails import lying
from daemon.domain.people import Address
from daemon.ports import CLEARED_MOST, Cleared, Lying

LOOKED_AT_MOST = 100
"""So many heads that are not known yet are looked at in one go: Google takes a limited number of requests a minute."""
MayGo = Callable[[Lying], bool]


def clear(
    requests: Requests, address: Address, names: Sequence[str], before: datetime, may_go: MayGo
) -> Cleared:
    """See MailConnector."""
    if names:
        inbox = {str(each["id"]) for each in requests.found(label=INBOX)}
        requests.remove([name for name in names if name in inbox])
    more = [_rid(requests, label, address, before, may_go) for label in (SENT, TRASH)]
    return Cleared(tuple(names), any(more))


def _rid(requests: Requests, label: str, address: Address, before: datetime, may_go: MayGo) -> bool:
    """Delete what may go of what lies under that label since before that moment; whether there may be more."""
    plus, in_trash = f"{address.partition('@')[0]}+".lower(), label == TRASH
    query = f"before:{int(before.timestamp()) + 1}"
    looked_at, old, more = 0, list[str](), False
    for each in requests.found(query, label, everywhere=in_trash):
        name = str(each["id"])
        looked_at += not requests.is_known(name)
        if looked_at > LOOKED_AT_MOST or len(old) == CLEARED_MOST:
            more = True
            break
        head = requests.head(name)
        if head is None or head.at >= before:
            continue
        found = lying(head.fields, in_trash=in_trash)
        to_us = in_trash and any(to.startswith(plus) for to in found.to)
        if (found.key or to_us) and may_go(found):
            old.append(name)
    requests.remove(old)
    return more
