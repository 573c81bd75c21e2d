"""Short ways to say effects, plans and what a store shows, for the stories about stores.

Not a store and not a story.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import (
    CancelMeeting,
    Change,
    Effect,
    EndSeries,
    MoveMeeting,
    PutMeeting,
    PutSeries,
    Receipt,
    SendLetter,
)
from daemon.domain.meeting import Meeting, Origin, Place, Slot
from daemon.domain.observation import EventGone, Observation, Settled
from daemon.domain.people import Line, Person
from daemon.domain.value import replace
from daemon.domain.world import Lane, PairingState, Plan
from daemon.ports import Claim, Hold, OutgoingLetter, Rendered, Store

BEN: Lane = "pairing/ana-ben"
CEM: Lane = "pairing/ana-cem"
ANA_AT = "ana@example.org"
CEM_AT = "cem@example.org"
BOX = "koss@example.org"
LEASE = timedelta(minutes=5)
NOBODY: frozenset[str] = frozenset()
ORIGIN = Origin("2026-11-03T10:00", "Europe/Berlin")
NEXT = Origin("2026-11-10T10:00", "Europe/Berlin")
RULE = SeriesRule("2026-11-03T10:00", "Europe/Berlin", 30)


def at(clock: str, day: int = 2) -> datetime:
    """A UTC time of November 2026; the 2nd is a Monday. Seconds and fractions are welcome."""
    return datetime.fromisoformat(f"2026-11-{day:02d}T{clock}").replace(tzinfo=UTC)


def effect(
    stem: str, change: Change, *, origin: Origin | None = None, account: str = "", closes: str = "",
    quiet: bool = False,
) -> Effect:  # fmt: skip
    """An effect with everything that stories rarely care about."""
    is_mail = isinstance(change, SendLetter)
    return Effect(
        stem=stem,
        generation=0,
        basis="b1",
        port="mail" if is_mail else "calendar",
        account=account or (BOX if is_mail else ANA_AT),
        change=change,
        opens=at("00:00"),
        closes=at(closes) if closes else at("00:00", day=20),
        reason=f"because of {stem}",
        origin=origin,
        quiet=quiet,
    )


def letter(stem: str, *, person: str = "ben", **words: Any) -> Effect:
    """A letter to Ben."""
    return effect(stem, SendLetter("prep-mentee", person, {"name": "Ben", "n": 3}), **words)


def move(stem: str, *, origin: Origin | None = ORIGIN, **words: Any) -> Effect:
    """A move of one meeting on Ana's calendar."""
    place = Place(ANA_AT, "series-1", origin.wall if origin else "")
    to = Slot(at("13:00", day=4), at("13:30", day=4))
    return effect(stem, MoveMeeting(place, to, "v7"), origin=origin, **words)


def put_series(uid: str) -> Effect:
    """A new series on Ana's calendar."""
    change = PutSeries(ANA_AT, uid, RULE, "1:1 Ana and Ben", ("ben@example.org",))
    return effect(f"series/{uid}", change)


def end_series(uid: str, until: date | None = date(2026, 11, 1)) -> Effect:
    """The end of a series on Ana's calendar."""
    change = EndSeries(ANA_AT, uid, replace(RULE, until=until), "1:1 Ana and Ben", ())
    return effect(f"series/{uid}/end", change)


def put_meeting(uid: str) -> Effect:
    """A one-off on Ana's calendar."""
    slot = Slot(at("13:00", day=4), at("13:30", day=4))
    change = PutMeeting(ANA_AT, uid, slot, "Europe/Berlin", "1:1 Ana and Ben", ())
    return effect(f"put/{uid}", change)


def cancel(uid: str, recurrence: str = "") -> Effect:
    """A one-off, or one occurrence, taken off Ana's calendar."""
    return effect(f"cancel/{uid}/{recurrence}", CancelMeeting(Place(ANA_AT, uid, recurrence)))


def bytes_of(letter: Effect) -> OutgoingLetter:
    """The rendered letter. Its bytes are no text: a store must keep them as they are."""
    raw = b"Message-ID: <" + letter.key.encode() + b"@x>\r\n\r\n\x00\xff caf\xe9\r\n"
    return OutgoingLetter(
        letter.key, f"<{letter.key}@x>", BOX, "ben@example.org", raw, returned_to=f"b-x+{BOX}"
    )


def marked(letter: Effect) -> OutgoingLetter:
    """The same with what it is known by in a reply, which goes no further than the store."""
    return replace(bytes_of(letter), marks=b"marks of " + letter.key.encode())


def gone(uid: str) -> Observation:
    """An observation that is easy to tell from another."""
    return EventGone(Place(ANA_AT, uid), at("08:00"))


def state(standing: Any = "active", pairing: str = "ana-ben") -> PairingState:
    """What a lane remembers: a line and a meeting over the end of summer time."""
    ana = Person("ana", "Ana Rao", ANA_AT, "Europe/Berlin")
    ben = Person("ben", "Ben Müller", "ben@example.org", "America/Vancouver")
    line = Line(pairing, "koss", ana, ben, "Europe/Berlin")
    meeting = Meeting(ORIGIN, at("09:00", day=3), at("09:30", day=3))
    return PairingState(line, standing, at("08:00"), meetings=(meeting,))


def decide(
    store: Store,
    *effects: Effect,
    lane: Lane = BEN,
    now: datetime | None = None,
    holds: dict[str, Hold] | None = None,
    **plan: Any,
) -> None:
    """Read a lane and commit a plan on it, with bytes for every letter."""
    record = store.world(lane)
    letters = {each.key: marked(each) for each in effects if each.port == "mail"}
    plan.setdefault("state", record.state)
    store.commit(
        record,
        Plan(lane=lane, effects=effects, **plan),
        Rendered(letters, holds or {}),
        now=now or at("09:00"),
    )


def claim(store: Store, now: str = "09:00", blocked: frozenset[str] = NOBODY) -> Claim | None:
    """The next claim at that time of Monday, for five minutes."""
    return store.claim(at(now), LEASE, blocked)


def taken(store: Store, now: str = "09:00", blocked: frozenset[str] = NOBODY) -> Claim:
    """The next claim, which has to be there."""
    found = claim(store, now, blocked)
    assert found is not None
    return found


def claimed_key(store: Store, now: str = "09:00", blocked: frozenset[str] = NOBODY) -> str:
    """The key of the next claim, empty when there is none."""
    found = claim(store, now, blocked)
    return found.effect.key if found else ""


def done(store: Store, claim: Claim, now: str = "09:01", **words: Any) -> bool:
    """Settle a claim as carried out."""
    seen = Settled(claim.effect.key, Receipt(version="v8"), at(now))
    return store.settle(claim, seen, now=at(now), **words)


def standings(store: Store) -> dict[str, str]:
    """Key → standing of everything queued, oldest first."""
    return {each.effect.key: each.standing for each in store.queue()}


def told(store: Store, key: str) -> list[tuple[str, str]]:
    """What the ledger says about a key, oldest first."""
    return [(entry.what, entry.why) for entry in store.ledger(key=key)]
