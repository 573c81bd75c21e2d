"""Clearing: once a day what lies in a mailbox for longer than `mailbox_keep` says is deleted there for good.

Not which mails need nobody any more: that was marked when they were heard (daemon/arriving.py; docs/adr/0011).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from daemon.decide.keys import short
from daemon.domain.people import Address
from daemon.errors import ConnectorError, Permanent
from daemon.mail.threads import is_answer_address
from daemon.ports import CLEARED_MOST, Lying, Ports, Store
from daemon.roster import Roster
from daemon.troubles import Troubles

log = logging.getLogger("oneonone")

EVERY = timedelta(days=1)


def clear(
    ports: Ports, roster: Roster, troubles: Troubles, mailbox: Address, now: datetime, *, anew: bool
) -> None:
    """After a good reading. Of what a first reading has told (`anew`) nothing goes for a day: the store may be new,
    and the mailbox all that somebody has."""
    kept_for, store, source = roster.mailbox_keep(mailbox), ports.store, f"mail/{mailbox}"
    if anew:
        store.keep_value(f"cleared/{source}", now.isoformat())
    if kept_for is None:
        troubles.over(f"clear/{mailbox}")
        return
    last = store.value(f"cleared/{source}")
    if last and abs(now - datetime.fromisoformat(last)) < EVERY:
        return
    before = now - kept_for
    names = store.dealt_with(source, before, CLEARED_MOST)
    open_keys = frozenset(entry.effect.key for entry in store.queue())
    more = False
    try:
        done = ports.mail[mailbox].clear(
            names, before, lambda lying: may_go(lying, mailbox, open_keys, store)
        )
    except ConnectorError as why:
        troubles.note(f"clear/{mailbox}", str(why), now, refused=isinstance(why, Permanent))
        log.warning("event=not-cleared mailbox=%s why=%s", short(mailbox), type(why).__name__)
    else:
        store.cleared(source, done.gone)
        troubles.over(f"clear/{mailbox}")
        more = done.more or (len(names) == CLEARED_MOST and bool(done.gone))
    if not more:
        store.keep_value(f"cleared/{source}", now.isoformat())


def may_go(lying: Lying, mailbox: Address, open_keys: frozenset[str], store: Store) -> bool:
    """Whether a mail that is old enough is of no use any more: a letter of ours, or in the Trash what somebody wrote to
    an address that only our letters name. Whatever else a person keeps or throws away is theirs."""
    if lying.key and lying.senders == (mailbox.lower(),):
        return is_over(lying.key, open_keys, store)
    return lying.in_trash and any(is_answer_address(to, mailbox) for to in lying.to)


def is_over(key: str, open_keys: frozenset[str], store: Store) -> bool:
    """Whether a letter of ours is needed no more as the proof that it went. Calendar mails carry the key of their change
    with more behind it. What this store has never asked for is another's, and is left alone."""
    parts = key.split("/")
    heads = ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return open_keys.isdisjoint(heads) and any(map(store.was_asked, heads))
