"""Events that one of a pair made by hand: to which lanes they are told, as long as they are nobody's but theirs.

Not what they could be for the two: that is decided in daemon/decide/adopting.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen, Observation
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.domain.world import Lane, PairingState
from daemon.ports import Store
from daemon.roster import Roster

Told = list[tuple[Lane, Observation]]


def strangers(
    store: Store, roster: Roster, address: Address, fact: EventSeen, now: datetime
) -> Told:
    """An event that we did not put, with a mentee of this mentor as a guest (RULES 5, row 8), or that had one when
    its lane was told of it."""
    guests = {guest.address for guest in fact.guests}
    known = hand_made(store, roster, address).get(fact.place.uid, ())
    return [
        (lane, replace(fact, at=now))
        for lane, line in roster.lines.items()
        if line.mentor.address == address and (line.mentee.address in guests or lane in known)
    ]


def hand_made(store: Store, roster: Roster, address: Address) -> dict[str, list[Lane]]:
    """The events of that calendar that somebody made by hand and a lane knows of: uid → lanes."""
    found: dict[str, list[Lane]] = {}
    for lane, line in roster.lines.items():
        if line.mentor.address == address:
            state = store.world(lane).state
            for hand in state.hand_made if isinstance(state, PairingState) else ():
                found.setdefault(hand.place.uid, []).append(lane)
    return found


def hand_made_gone(
    store: Store, roster: Roster, address: Address, uids: Iterable[str], now: datetime
) -> Told:
    """Some of them are there no more."""
    gone = list(uids)
    known = hand_made(store, roster, address) if gone else {}
    return [
        (lane, EventGone(Place(address, uid), now)) for uid in gone for lane in known.get(uid, ())
    ]
