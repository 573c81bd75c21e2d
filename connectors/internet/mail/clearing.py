"""Clearing a mailbox over IMAP: the mails of these names, and what else may go, are deleted for good.

Not a judgement of what may go (daemon/clearing.py). No other mail is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from connectors.internet.mail.mailbox import INBOX, Mailbox
from connectors.mails import HEADERS, KEY, lying
from daemon.domain.people import Address
from daemon.ports import CLEARED_MOST, Cleared, Lying

LOOKED_AT_ONCE = 500
MayGo = Callable[[Lying], bool]
Search = Sequence[object]


def clear(
    mailbox: Mailbox, address: Address, names: Sequence[str], before: datetime, may_go: MayGo
) -> Cleared:
    """See MailConnector. Raises Declined where only that is impossible."""
    mailbox.must_delete()
    gone = _dealt_with(mailbox, names)
    with_key: Search = ("HEADER", KEY, "")  # an empty string: any such header (RFC 9051 6.4.4)
    with_plus: Search = ("TO", f"{address.partition('@')[0]}+")
    trash = mailbox.trash_folder()
    found = [
        _rid(mailbox, folder, [with_key, *([with_plus] if folder == trash else [])], before, may_go)
        for folder in dict.fromkeys((INBOX, mailbox.sent_folder(), trash or INBOX))
    ]
    return Cleared(gone, any(found))


def _dealt_with(mailbox: Mailbox, names: Sequence[str]) -> tuple[str, ...]:
    """The names that are not in the inbox any more. Those of another UIDVALIDITY mean nothing (RFC 9051 2.3.1.1)."""
    validity = mailbox.open(INBOX)
    uids = {int(uid): name for name in names for uid in [_uid(name, validity)] if uid}
    there = mailbox.there(list(uids))
    if there:
        mailbox.delete(INBOX, validity, there)
        mailbox.open(INBOX)
        there = mailbox.there(there)
    left = {uids[uid] for uid in there}
    return tuple(name for name in names if name not in left)


def _uid(name: str, validity: int) -> str:
    known, _, uid = name.partition(".")
    return uid if known == str(validity) and uid.isdigit() else ""


def _rid(
    mailbox: Mailbox, folder: str, searches: Sequence[Search], before: datetime, may_go: MayGo
) -> bool:
    """Delete what may go of what these searches find and lies in the folder since before that moment; whether there
    may be more."""
    validity, in_trash = mailbox.open(folder), folder == mailbox.trash_folder()
    # BEFORE looks at the date alone, in the server's zone
    day = (before + timedelta(days=1)).date()
    found = sorted({uid for each in searches for uid in mailbox.older(day, each)})
    old: list[int] = []
    for start in range(0, len(found), LOOKED_AT_ONCE):
        heads = mailbox.heads(found[start : start + LOOKED_AT_ONCE], HEADERS)
        for uid, (at, head) in heads.items():
            if at < before and may_go(lying(head, in_trash=in_trash)):
                old.append(uid)
        if len(old) >= CLEARED_MOST:
            break
    if not old:
        return False
    mailbox.delete(folder, validity, old[:CLEARED_MOST])
    mailbox.open(
        folder
    )  # a server that deletes nothing, and says that it does, is not asked again at once
    return len(old) >= CLEARED_MOST and not mailbox.there(old[:1])
