"""The acting half of the embedded store: claims and how they end, holds, and when to wake.

Not the deciding half (embedded.py), and not the rules of order, which are pure (outbox.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from tinydb.table import Document

from connectors.stores import outbox
from connectors.stores.instants import instant, micros
from connectors.stores.rows import LaneDB, Rows
from connectors.stores.shelf import Shelf
from daemon.domain.effect import Effect
from daemon.domain.observation import Observation, Refused, Settled
from daemon.domain.people import Address
from daemon.domain.record import document, value_of
from daemon.domain.world import Lane
from daemon.ports import Claim, Hold, OutgoingLetter, QueueEntry

# Both arms are read in the order of the index, so SQLite merges them without sorting a backlog.
_DUE = """SELECT lane, since FROM rows WHERE name='outbox' AND wake_at=0
UNION ALL SELECT lane, wake_at AS since FROM rows WHERE name='outbox' AND wake_at>0 AND wake_at<=?
ORDER BY since"""
# The arms are stepped through one after another, so that the search ends at the first row that counts.
_WAKES = """SELECT * FROM (SELECT name, lane, wake_at, since FROM rows
WHERE name='inbox' AND wake_at IS NOT NULL ORDER BY wake_at, since LIMIT 1)
UNION ALL SELECT * FROM (SELECT name, lane, wake_at, since FROM rows
WHERE name='state' AND wake_at IS NOT NULL ORDER BY wake_at, since LIMIT 1)
UNION ALL SELECT * FROM (SELECT name, lane, wake_at, since FROM rows
WHERE name='outbox' AND wake_at IS NOT NULL ORDER BY wake_at, since)"""
_QUEUES = "SELECT lane FROM rows WHERE name='outbox' AND length(body)>2 ORDER BY lane"

_Choice = Callable[[Lane, Document], bool]


class Claims(Shelf):
    """Outboxes as they are worked off; the contract of each public method is daemon/ports."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        # What a claim passed over because its account is blocked, with the instant at which something
        # else of that lane comes up. Until either changes it is not looked at again and wakes nobody.
        self._blocked: frozenset[Address] = frozenset()
        self._passed: dict[Lane, int | None] = {}
        rows.before_flush = self._look_again

    def claim(self, now: datetime, lease: timedelta, blocked: frozenset[Address]) -> Claim | None:
        """The next effect to carry out; what has become too late is refused on the way."""
        at = micros(now)
        with self._rows.lock:
            if blocked != self._blocked:
                self._blocked, self._passed = blocked, {}
            if next(self._candidates(at), None) is None:
                return None  # an idle beat opens no transaction
            with self._rows.change():
                for lane in self._candidates(at):
                    claim = self._claim_in(lane, now, lease)
                    if claim is not None:
                        return claim
        return None

    def settle(
        self, claim: Claim, seen: Observation, *, now: datetime, message_id: str = ""
    ) -> bool:
        """The effect is over: out of the outbox, into ledger and inbox."""
        assert isinstance(seen, Settled | Refused), "an effect ends as Settled or Refused"
        assert seen.key == claim.effect.key, f"{seen.key} ends {claim.effect.key}"
        with self._rows.change():
            entry = self._still_ours(claim)
            if entry is None:
                return False
            if message_id:
                self._remember_real(claim.effect.key, message_id)
            if isinstance(seen, Settled):
                self._expect_until_its_end(claim.lane, claim.effect.change, now)
                what, why = "settled", "had been done before" if seen.receipt.repeated else ""
            else:
                what, why = "refused", f"{seen.how}: {seen.why}"
            self._drop(claim.lane, entry, now, what, why)
            self._put_in([(claim.lane, seen)], now, quiet=claim.effect.quiet and what == "settled")
            return True

    def defer(self, claim: Claim, until: datetime, why: str, *, now: datetime) -> bool:
        """Due again, not before `until`."""
        return self._give_back(claim, outbox.due(micros(until), why), now, "deferred", why)

    def hold(self, claim: Claim, hold: Hold, *, now: datetime) -> bool:
        """On hold until `release`."""
        return self._give_back(claim, outbox.on_hold(hold), now, "on hold", hold.why)

    def release(
        self,
        name: str,
        *,
        now: datetime,
        letters: Mapping[str, OutgoingLetter] | None = None,
        not_before: Mapping[str, datetime] | None = None,
    ) -> int:
        """Make the effects of that hold name or key due again; a letter without bytes needs some."""
        given, later = letters or {}, not_before or {}

        def can_go(lane: Lane, entry: Document) -> bool:
            key = entry["key"]
            if not _is_held_under(name, entry):
                return False
            if entry["effect"]["port"] != "mail" or self._outgoing(key) is not None:
                return True
            if key in given:
                self._keep_letter(lane, value_of(Effect, entry["effect"]), given[key])
            return key in given

        with self._rows.change():
            found = self._change_all(can_go, outbox.due())
            for lane, key in found:
                if key in later:
                    self._put_off(lane, key, later[key])
                self._note_down(now, lane, key, "released", name)
        return len(found)

    def put_off(self, later: Mapping[str, datetime], why: str, *, now: datetime) -> int:
        """Not before an instant, without an attempt."""
        count = 0
        with self._rows.change():
            for lane, entry in list(self._everything_queued()):
                if entry["standing"] == "due" and entry["key"] in later:
                    change = outbox.due(micros(later[entry["key"]]), why)
                    self._rows.lane(lane).table("outbox").update(change, doc_ids=[entry.doc_id])
                    self._note_down(now, lane, entry["key"], "deferred", why)
                    count += 1
        return count

    def _put_off(self, lane: Lane, key: str, until: datetime) -> None:
        table = self._rows.lane(lane).table("outbox")
        numbers = [entry.doc_id for entry in table if entry["key"] == key]
        table.update(outbox.due(micros(until)), doc_ids=numbers)

    def rename_hold(self, name: str, hold: Hold, *, now: datetime) -> int:
        """Give effects on hold another name and reason."""

        def is_meant(lane: Lane, entry: Document) -> bool:
            return _is_held_under(name, entry)

        return self._change_told(is_meant, outbox.on_hold(hold), now, "on hold", hold.why)

    def wake_at(self) -> datetime | None:
        """The earliest instant at which `lanes` or `claim` may answer something."""
        with self._rows.lock:
            found = [gate for gate in self._passed.values() if gate is not None]
            for name, lane, gate, since in self._rows.each(_WAKES):
                if name != "outbox":
                    found.append(gate or since)
                elif lane not in self._passed:
                    found.append(gate or since)
                    break
        return instant(min(found)) if found else None

    def queue(self, *, on_hold: bool | None = None) -> list[QueueEntry]:
        """Effects in the outbox, oldest first."""
        found = [
            (entry["at"], lane, entry.doc_id, outbox.shown(lane, entry))
            for lane, entry in self._everything_queued()
            if on_hold is None or on_hold == (entry["standing"] == "on hold")
        ]
        return [shown for *_, shown in sorted(found, key=lambda each: each[:3])]

    def free_claims(self) -> int:
        """End the leases of a dead owner at once; the caller holds the owner lock, which proves it.

        They stay claimed: nobody knows whether they were carried out, so no plan may withdraw them
        and the next claim counts the dead one as an attempt. They keep their place in the queue: after
        crash upon crash what may be half done must not wait behind a whole backlog.
        """
        ended = {"lease": outbox.AT_ONCE}

        def is_claimed(lane: Lane, entry: Document) -> bool:
            return bool(entry["standing"] == "claimed")

        with self._rows.change():
            return len(self._change_all(is_claimed, ended))

    def hold_all(self, hold: Hold, *, now: datetime) -> int:
        """Put everything that is not on hold yet on hold (after a restore, trap 88)."""

        def can_act(lane: Lane, entry: Document) -> bool:
            return bool(entry["standing"] != "on hold")

        return self._change_told(can_act, outbox.on_hold(hold), now, "on hold", hold.why)

    # --- inside

    def _look_again(self, touched: Mapping[Lane, LaneDB]) -> None:
        for lane, db in touched.items():
            if db.held.changed:
                self._passed.pop(lane, None)

    def _put_in(
        self, seen: Iterable[tuple[Lane, Observation]], now: datetime, *, quiet: bool = False
    ) -> None:
        at = micros(now)
        by_lane: dict[Lane, list[dict[str, Any]]] = {}
        for lane, each in seen:
            entry = {"at": at, "seen": document(each), "quiet": quiet}
            by_lane.setdefault(lane, []).append(entry)
        for lane, entries in by_lane.items():
            self._rows.lane(lane).append("inbox", entries)

    def _candidates(self, at: int) -> Iterator[Lane]:
        for lane, _ in self._rows.each(_DUE, (at,)):
            if lane in self._passed:
                again = self._passed[lane]
                if again is None or again > at:
                    continue
            yield lane

    def _claim_in(self, lane: Lane, now: datetime, lease: timedelta) -> Claim | None:
        db = self._rows.lane(lane)
        entry, again = outbox.ready(db.table("outbox").all(), micros(now), self._blocked)
        if entry is None:
            self._passed[lane] = again
            return None
        if outbox.is_late(entry, now):
            self._refuse_late(lane, entry, now)
            return None
        attempts, token = entry["attempts"], db.number("outbox")
        change = outbox.claimed(token, attempts + 1, now, lease)
        db.table("outbox").update(change, doc_ids=[entry.doc_id])
        effect = value_of(Effect, entry["effect"])
        return Claim(lane, effect, self._outgoing(effect.key), attempts, token)

    def _refuse_late(self, lane: Lane, entry: Document, now: datetime) -> None:
        why = "its not-after has passed"
        if entry["attempts"]:
            why += f", after {entry['attempts']} attempts whose outcome is unknown"
        self._drop(lane, entry, now, "skipped", why)
        self._put_in([(lane, Refused(entry["key"], "late", why, now))], now)

    def _still_ours(self, claim: Claim) -> Document | None:
        for entry in self._rows.lane(claim.lane).table("outbox"):
            if entry["key"] == claim.effect.key:
                ours = entry["standing"] == "claimed" and entry["token"] == claim.token
                return entry if ours else None
        return None

    def _give_back(
        self, claim: Claim, change: Mapping[str, Any], now: datetime, what: str, why: str
    ) -> bool:
        with self._rows.change():
            entry = self._still_ours(claim)
            if entry is None:
                return False
            self._rows.lane(claim.lane).table("outbox").update(change, doc_ids=[entry.doc_id])
            self._note_down(now, claim.lane, claim.effect.key, what, why)
            return True

    def _drop(self, lane: Lane, entry: Document, now: datetime, what: str, why: str) -> None:
        """Take an entry out of the outbox; the ledger keeps what became of it."""
        self._rows.lane(lane).table("outbox").remove(doc_ids=[entry.doc_id])
        if entry["effect"]["port"] == "mail":
            self._drop_letter(entry["key"], never_left=not entry["attempts"])
        self._note_down(now, lane, entry["key"], what, why)

    def _everything_queued(self) -> Iterator[tuple[Lane, Document]]:
        with self._rows.lock:
            lanes = self._rows.read(_QUEUES)
            for (lane,) in lanes:
                for entry in self._rows.lane(lane).table("outbox"):
                    yield lane, entry

    def _change_told(
        self, is_meant: _Choice, change: Mapping[str, Any], now: datetime, what: str, why: str
    ) -> int:
        with self._rows.change():
            found = self._change_all(is_meant, change)
            for lane, key in found:
                self._note_down(now, lane, key, what, why)
        return len(found)

    def _change_all(self, is_meant: _Choice, change: Mapping[str, Any]) -> list[tuple[Lane, str]]:
        found = [
            (lane, entry) for lane, entry in self._everything_queued() if is_meant(lane, entry)
        ]
        for lane, entry in found:
            self._rows.lane(lane).table("outbox").update(change, doc_ids=[entry.doc_id])
        return [(lane, entry["key"]) for lane, entry in found]


def _is_held_under(name: str, entry: Document) -> bool:
    return entry["standing"] == "on hold" and name in (entry["hold"], entry["key"])
