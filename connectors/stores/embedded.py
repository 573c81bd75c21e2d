"""The embedded store: `ports.Store` on one SQLite file, what is observed and decided.

Not the file (rows.py, schema.py), the claims (claims.py) or the small tables (shelf.py) it is made of.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tinydb.table import Document

from connectors.stores import outbox
from connectors.stores.ageing import Ageing
from connectors.stores.backup import in_memory
from connectors.stores.instants import micros
from connectors.stores.rows import LaneDB, Probe, Rows
from connectors.stores.schema import open_file, prepare
from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.observation import EventSeen, Observation, ReplySeen, SetAside
from daemon.domain.record import (
    STATE_ROWS,
    document,
    observation_of,
    state_documents,
    state_of,
    value_of,
)
from daemon.domain.world import Lane, LaneRecord, Plan, State
from daemon.ports import COUNTED, Cursor, DealtWith, Rendered

_LANES = """SELECT lane FROM rows WHERE name IN ('inbox', 'state') AND wake_at<=?
GROUP BY lane ORDER BY MIN(since), lane"""
_STATES_RECALLED = 200
_STATE = 1
"""The number of the one document in each table of the state."""


class EmbeddedStore(Ageing):
    """Everything in one file, one fsync a transaction. The contract of each method is daemon/ports."""

    def __init__(
        self, connection: sqlite3.Connection, *, path: str = "", probe: Probe | None = None
    ) -> None:
        """A store on an open connection, which is rolled back first: only what was committed counts.

        The connection has to be in autocommit mode (`isolation_level=None`). `probe` is called with the
        name of each statement of a transaction before it runs, and with "committed" at the end.
        """
        assert connection.isolation_level is None, "the store alone begins transactions"
        super().__init__(Rows(connection, path, probe))
        # Decoding a state costs more than a decision. Only bytes that are still in the file are believed.
        self._states: dict[Lane, tuple[tuple[bytes, ...], State | None]] = {}
        prepare(connection, path)

    @staticmethod
    def open(path: Path, *, read_only: bool = False, probe: Probe | None = None) -> EmbeddedStore:
        """The store in the file at `path`; `read_only` works beside a running owner.

        UserError when it cannot be opened, StoreDamaged when it cannot be trusted.
        """
        connection = open_file(path, read_only=read_only)
        return EmbeddedStore(connection, path=str(path), probe=probe)

    @staticmethod
    def copied(path: Path) -> EmbeddedStore:
        """A throw-away copy in memory of the store at `path`, an empty one where there is none.

        Nothing is written beside the file, and no owner is kept waiting.
        """
        return EmbeddedStore(in_memory(path))

    def record(
        self,
        seen: Iterable[tuple[Lane, Observation]],
        *,
        now: datetime,
        source: str = "",
        cursor: Cursor | None = None,
        set_aside: Iterable[SetAside] | None = None,
        heard: Iterable[str] = (),
        dealt_with: Iterable[DealtWith] = (),
    ) -> None:
        """Put observations into inboxes together with the source's new cursor."""
        seen = list(seen)
        with self._rows.change():
            self._put_in(seen, now)
            for _, each in seen:
                if isinstance(each, EventSeen):
                    self._is_shown(each.place)
            if cursor is not None:
                self._keep_cursor(source, cursor)
            if set_aside is not None:
                self._keep_set_aside(source, set_aside)
            self._keep_heard(heard, now)
            self._keep_dealt_with(source, dealt_with)

    def lanes(self, now: datetime) -> list[Lane]:
        """Lanes with something unread, or whose wake-up has come; longest waiting first."""
        return [lane for (lane,) in self._rows.read(_LANES, (micros(now),))]

    def world(self, lane: Lane) -> LaneRecord:
        """State, inbox and outbox of one lane."""
        with self._rows.lock:
            db = self._rows.lane(lane)
            unread = db.documents("inbox")
            return LaneRecord(
                lane=lane,
                state=self._state(lane, db),
                inbox=tuple(observation_of(each["seen"]) for each in unread),
                outbox=tuple(outbox.queued(each) for each in db.documents("outbox")),
                read=tuple(each.doc_id for each in unread),
                pending=tuple(value_of(ReplySeen, each) for each in db.documents("pending")),
            )

    def commit(self, record: LaneRecord, plan: Plan, rendered: Rendered, *, now: datetime) -> None:
        """Replace the state, drop what was read, withdraw, skip, add, remember, tell the ledger."""
        assert plan.lane == record.lane, f"a plan for {plan.lane} on the record of {record.lane}"
        with self._rows.change():
            db = self._rows.lane(plan.lane)
            self._replace_state(db, plan)
            if record.read:
                db.table("inbox").remove(doc_ids=record.read)
            if plan.pending is not None:
                db.held.empty("pending")
                db.append("pending", map(document, plan.pending))
            if plan.withdraw or plan.skip:
                self._take_out(db, plan, now)
            if plan.effects:
                db.append("outbox", self._new_entries(plan, rendered, now))
            self._bind(plan.lane, plan.commitments)
            for note in plan.keep:
                self._keep_note(plan.lane, note)
            for author, at in plan.taken_back:
                self._drop_note(plan.lane, author, at)
            if plan.forget_words:
                self._drop_words(plan.lane)
            for thread in plan.forget_threads:
                self._drop_thread(thread)
            for place in plan.adopted:
                self._expect(plan.lane, place.calendar, place.uid, shown=True)
            for reason in plan.reasons:
                self._note_down(now, plan.lane, reason.key, "decided", reason.text)
            for each in plan.counted:
                self._note_down(now, plan.lane, each.key, COUNTED, each.text)
            self._put_in(plan.forward, now)
        self._recall(plan.lane, _bodies(db), plan.state)

    def _state(self, lane: Lane, db: LaneDB) -> State | None:
        bodies = _bodies(db)
        known = self._states.get(lane)
        if known is not None and known[0] == bodies:
            return known[1]
        parts = [each for name in STATE_ROWS for each in db.documents(name)]
        state = state_of(parts) if parts else None
        self._recall(lane, bodies, state)
        return state

    def _recall(self, lane: Lane, bodies: tuple[bytes, ...], state: State | None) -> None:
        self._states.pop(lane, None)
        self._states[lane] = (bodies, state)
        if len(self._states) > _STATES_RECALLED:
            del self._states[next(iter(self._states))]

    def _replace_state(self, db: LaneDB, plan: Plan) -> None:
        parts = {} if plan.state is None else state_documents(plan.state)
        for name in STATE_ROWS:
            db.held.empty(name)
            if part := parts.get(name):
                db.table(name).insert(Document(part, _STATE))
        wake_at = None if plan.wake_at is None else micros(plan.wake_at)
        row = db.held.rows["state"]
        row.wake_at = row.since = wake_at

    def _take_out(self, db: LaneDB, plan: Plan, now: datetime) -> None:
        """Withdraw and skip what nobody has claimed; a claimed effect ends by its own receipt."""
        queued = {entry["key"]: entry for entry in db.table("outbox")}
        for what, ends in (("withdrawn", plan.withdraw), ("skipped", plan.skip)):
            for key, why in ends:
                entry = queued.get(key)
                if entry is None:
                    self._note_down(now, plan.lane, key, what, why)
                elif entry["standing"] == "claimed":
                    text = f"not {what}, it is being carried out: {why}"
                    self._note_down(now, plan.lane, key, "claimed", text)
                else:
                    self._drop(plan.lane, entry, now, what, why)

    def _new_entries(
        self, plan: Plan, rendered: Rendered, now: datetime
    ) -> Iterator[dict[str, Any]]:
        for effect in plan.effects:
            hold, letter = rendered.holds.get(effect.key), rendered.letters.get(effect.key)
            is_letter = isinstance(effect.change, SendLetter | TellAdmin)
            assert letter or hold or not is_letter, f"{effect.key} has neither letter nor hold"
            if not self._is_new_key(effect.key):
                self._note_down(now, plan.lane, effect.key, "refused", "key known")
                continue
            if letter is not None:
                self._keep_letter(plan.lane, effect, letter)
            self._expect_at(plan.lane, effect.change, now)
            entry = outbox.new_entry(effect, hold, now, rendered.not_before.get(effect.key))
            self._note_down(now, plan.lane, effect.key, entry["standing"], effect.reason)
            yield entry


def _bodies(db: LaneDB) -> tuple[bytes, ...]:
    return tuple(db.held.rows[name].body for name in STATE_ROWS)
