"""Arriving: what came into a mailbox is heard, each mail once, and recorded with the mailbox's cursor.

Not when a mailbox is read (daemon/observe.py) and not what a mail says (daemon/hearing.py).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from daemon.careful import with_care
from daemon.domain.observation import MailArrived, Observation, Passed, ReplySeen, SetAside
from daemon.domain.people import Address
from daemon.domain.world import Lane
from daemon.ports import DealtWith, Ports, Store
from daemon.roster import Roster
from daemon.sources import Source

log = logging.getLogger("oneonone")


@dataclass(slots=True)
class Arrived:
    """What one reading has brought. `dealt_with`: the mails that need nobody any more, so that they may be deleted one
    day (daemon/clearing.py): understood, heard before, or passed on purpose. None that nobody has read, none at which a
    person has to look, and none that has nothing to do with us."""

    seen: list[tuple[Lane, Observation]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    dealt_with: list[DealtWith] = field(default_factory=list)


def read_mailbox(
    ports: Ports, roster: Roster, mailbox: Address, source: Source, now: datetime
) -> Sequence[object]:
    """One reading of a mailbox, recorded; what was seen. What the connector raises goes on to the caller."""
    batch, store = ports.mail[mailbox].arrivals(source.cursor), ports.store
    mails = [each for each in batch.observations if isinstance(each, MailArrived)]
    found = _arrived(mails, roster, mailbox, store, now)
    changed = batch.cursor != source.cursor or batch.set_aside != source.set_aside
    if found.seen or found.dealt_with or changed:
        store.record(
            found.seen, now=now, source=f"mail/{mailbox}", cursor=batch.cursor,
            set_aside=batch.set_aside if batch.set_aside != source.set_aside else None,
            heard=sorted(found.names), dealt_with=found.dealt_with,
        )  # fmt: skip
        source.cursor = batch.cursor or source.cursor
        source.set_aside = batch.set_aside
    return found.seen


def _arrived(
    mails: list[MailArrived], roster: Roster, mailbox: Address, store: Store, now: datetime
) -> Arrived:
    """What was said in these mails, each of them once, however often it comes."""
    arrived = Arrived()
    if not mails:
        return arrived
    # A third of all that a start would load: it comes with the first mail.
    from daemon.hearing import heard, heard_before

    told = with_care(mails, mailbox, store, lambda mail: heard(mail, roster, store, now))
    for mail, found in zip(mails, told, strict=True):
        if isinstance(found, SetAside):
            _set_aside(found, store, now)
        elif found and not _is_unread(found):
            arrived.dealt_with.append(DealtWith(mail.id, mail.at))
        if isinstance(found, tuple):
            _once(found, heard_before(found[1]), arrived, store)
    return arrived


def _is_unread(found: tuple[Lane, Observation] | Passed) -> bool:
    """Of a mail out of the blue, which may be anybody's, only a call for help is read, and nothing is kept: the one in
    the mailbox is all there is."""
    return isinstance(found, tuple) and isinstance(found[1], ReplySeen) and found[1].trust == "none"


def _once(found: tuple[Lane, Observation], name: str, arrived: Arrived, store: Store) -> None:
    if name and (name in arrived.names or store.was_heard(name)):
        log.info("event=mail-passed kind=heard-before")
        return
    arrived.names |= {name} - {""}
    arrived.seen.append(found)


def _set_aside(found: SetAside, store: Store, now: datetime) -> None:
    """A mail that only a person can look at stays named in `status` until it is released."""
    store.record([], now=now, source=f"aside/{found.name}", set_aside=[found])
    log.warning("event=set-aside source=%s", found.source)
