"""What the store keeps beside the lanes' documents: ledger, letters, places, cursors and small values.

Not the queue: claims, commits and wake-ups are in embedded.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from connectors.stores.backup import copy_out
from connectors.stores.instants import instant, micros
from connectors.stores.mails import Mails
from daemon.domain.effect import (
    CancelMeeting,
    Change,
    Effect,
    EndSeries,
    PutMeeting,
    PutSeries,
    SendLetter,
)
from daemon.domain.meeting import Place
from daemon.domain.observation import SetAside
from daemon.domain.people import Address
from daemon.domain.thread import Note
from daemon.domain.world import Commitment, Lane
from daemon.ports import Cursor, LedgerEntry, OutgoingLetter, SentLetter

THREAD_MESSAGES_MAX = 10
_Bound = dict[Lane, tuple[Commitment, ...]]
_REMEMBER = """INSERT OR IGNORE INTO messages(message_id, lane, key, person, marks, seq) VALUES (?,?,?,?,?,
(SELECT COALESCE(MAX(seq), 0) + 1 FROM messages WHERE lane=? AND person=?))"""
_REMEMBER_BESIDE = """INSERT OR IGNORE INTO messages(message_id, lane, key, person, marks, seq)
SELECT ?, lane, key, person, marks, seq FROM messages WHERE key=? ORDER BY rowid LIMIT 1"""
_FORGET_MARKS = """UPDATE messages SET marks=x'' WHERE lane=? AND person=? AND marks<>x'' AND seq<=
(SELECT MAX(seq) - ? FROM messages WHERE lane=? AND person=?)"""
# A mail that never left must not be cited, so what still has its bytes here is not part of a thread yet.
_THREAD = """SELECT message_id FROM messages WHERE lane=? AND person=?
AND key NOT IN (SELECT key FROM letters)
ORDER BY seq DESC, rowid DESC LIMIT ?"""
_LEDGER = """SELECT at, lane, key, what, why FROM ledger
WHERE (?='' OR lane=?) AND (?='' OR (key>=? AND key<?)) ORDER BY rowid DESC LIMIT ?"""


PEOPLE_KNOWN = 2000


class Shelf(Mails):
    """The plain part of `Store`; each public method is a look-up or one small transaction."""

    # --- public look-ups and small changes; their contract is daemon/ports

    def cursor(self, source: str) -> Cursor | None:
        """The cursor last recorded for that source."""
        found = self._rows.read("SELECT cursor FROM cursors WHERE source=?", (source,))
        return found[0][0] if found else None

    def drop_cursor(self, source: str) -> None:
        """Forget a cursor."""
        with self._rows.change():
            self._rows.write("cursor", "DELETE FROM cursors WHERE source=?", (source,))

    def commitments(self, people: Iterable[str]) -> dict[str, tuple[Commitment, ...]]:
        """What these people are bound to, over all lanes."""
        return {
            person: tuple(each for bound in self._bound(person).values() for each in bound)
            for person in people
        }

    def thread(self, lane: Lane, person: str) -> tuple[str, ...]:
        """Message-IDs of the letters that went to that person, oldest first; a real one follows ours."""
        found = self._rows.read(_THREAD, (lane, person, THREAD_MESSAGES_MAX))
        return tuple(message_id for (message_id,) in reversed(found))

    def letter(self, message_id: str) -> SentLetter | None:
        """The letter of ours with that Message-ID."""
        found = self._rows.read(
            "SELECT lane, key, person, marks FROM messages WHERE message_id=?", (message_id,)
        )
        return SentLetter(*found[0]) if found else None

    def places(self, calendar: Address) -> dict[str, Lane]:
        """uid → lane of every event we asked to be put there and have not ended."""
        return dict(self._rows.read("SELECT uid, lane FROM places WHERE calendar=?", (calendar,)))

    def unshown(self, calendar: Address) -> frozenset[str]:
        """Of these, the uids that no listing of that calendar has shown yet."""
        sql = "SELECT uid FROM places WHERE calendar=? AND shown=0"
        return frozenset(uid for (uid,) in self._rows.read(sql, (calendar,)))

    def lane_names(self) -> list[Lane]:
        """All lanes, sorted."""
        found = self._rows.read("SELECT DISTINCT lane FROM rows ORDER BY lane")
        return [lane for (lane,) in found]

    def ledger(self, *, lane: Lane = "", key: str = "", last: int = 200) -> list[LedgerEntry]:
        """The newest entries of a lane, or of all keys that start with `key`; oldest first."""
        values = (lane, lane, key, key, f"{key}\U0010ffff", last)
        found = self._rows.read(_LEDGER, values)
        return [LedgerEntry(instant(at), *rest) for at, *rest in reversed(found)]

    def notes(self, lane: Lane) -> list[Note]:
        """Every note kept for the pair, oldest first."""
        found = self._rows.read("SELECT body FROM notes WHERE lane=? ORDER BY rowid", (lane,))
        return [msgspec.json.decode(body, type=Note) for (body,) in found]

    def set_aside(self) -> list[SetAside]:
        """What could not be read."""
        found = self._rows.read("SELECT source, name, why FROM set_aside")
        return [SetAside(*each) for each in found]

    def ask(self, word: str, key: str, *, now: datetime) -> None:
        """Hand in an admin request."""
        with self._rows.change():
            sql = "INSERT INTO asked(word, key, at) VALUES (?,?,?)"
            self._rows.write("asked", sql, (word, key, micros(now)))

    def asked(self) -> list[tuple[int, str, str]]:
        """Open admin requests as (number, word, key), oldest first."""
        return self._rows.read("SELECT number, word, key FROM asked ORDER BY number")

    def answered(self, number: int) -> None:
        """Take an admin request off the list."""
        with self._rows.change():
            self._rows.write("asked", "DELETE FROM asked WHERE number=?", (number,))

    def was_asked(self, key: str) -> bool:
        """Whether an effect of that key was ever in the outbox."""
        return bool(self._rows.read("SELECT 1 FROM keys WHERE key=?", (key,)))

    def value(self, name: str) -> str | None:
        """A small named value."""
        found = self._rows.read("SELECT value FROM vals WHERE name=?", (name,))
        return found[0][0] if found else None

    def values(self, prefix: str) -> dict[str, str]:
        """The small named values whose names begin with that."""
        sql = "SELECT name, value FROM vals WHERE name>=? AND name<?"
        return dict(self._rows.read(sql, (prefix, prefix + chr(sys.maxunicode))))

    def keep_value(self, name: str, value: str) -> None:
        """Remember a small named value."""
        with self._rows.change():
            sql = "INSERT OR REPLACE INTO vals(name, value) VALUES (?,?)"
            self._rows.write("value", sql, (name, value))

    def backup(self, to: Path) -> None:
        """Write a consistent copy to a new file while others work."""
        copy_out(self._rows, to)

    def close(self) -> None:
        """Let go of the file."""
        with self._rows.lock:
            self._rows.connection.close()

    # --- parts of a larger transaction

    def _note_down(self, now: datetime, lane: Lane, key: str, what: str, why: str) -> None:
        sql = "INSERT INTO ledger(at, lane, key, what, why) VALUES (?,?,?,?,?)"
        self._rows.write(f"ledger {what}", sql, (micros(now), lane, key, what, why))

    def _keep_cursor(self, source: str, cursor: Cursor) -> None:
        sql = "INSERT OR REPLACE INTO cursors(source, cursor) VALUES (?,?)"
        self._rows.write("cursor", sql, (source, cursor))

    def _keep_set_aside(self, seen_by: str, found: Iterable[SetAside]) -> None:
        self._rows.write("set aside", "DELETE FROM set_aside WHERE seen_by=?", (seen_by,))
        for each in found:
            sql = "INSERT OR REPLACE INTO set_aside(seen_by, source, name, why) VALUES (?,?,?,?)"
            self._rows.write("set aside", sql, (seen_by, each.source, each.name, each.why))

    def _keep_note(self, lane: Lane, note: Note) -> None:
        sql = "INSERT INTO notes(lane, body) VALUES (?,?)"
        self._rows.write("note", sql, (lane, msgspec.json.encode(note)))

    def _bound(self, person: str) -> _Bound:
        self._rows.look()
        known = self._rows.facts.get(person)
        if known is None:
            found = self._rows.read("SELECT body FROM commitments WHERE person=?", (person,))
            known = msgspec.json.decode(found[0][0], type=_Bound) if found else {}
            if len(self._rows.facts) < PEOPLE_KNOWN:
                self._rows.facts[person] = known
        return known

    def _bind(self, lane: Lane, people: Mapping[str, tuple[Commitment, ...]]) -> None:
        for person, new in people.items():
            bound = dict(self._bound(person))
            if bound.get(lane, ()) == tuple(new):
                continue
            bound.pop(lane, None)
            if new:
                bound[lane] = tuple(new)
            sql = "INSERT OR REPLACE INTO commitments(person, body) VALUES (?,?)"
            body = msgspec.json.encode(dict(sorted(bound.items())))
            self._rows.write("commitments", sql, (person, body))
            if person in self._rows.facts:
                self._rows.facts[person] = bound

    def _is_new_key(self, key: str) -> bool:
        return self._rows.write("key", "INSERT OR IGNORE INTO keys(key) VALUES (?)", (key,)) == 1

    def _keep_letter(self, lane: Lane, effect: Effect, letter: OutgoingLetter) -> None:
        assert letter.key == effect.key, f"the letter {letter.key} is not that of {effect.key}"
        sql = (
            "INSERT INTO letters(key, message_id, sender, recipient, raw, returned_to)"
            " VALUES (?,?,?,?,?,?)"
        )
        named = (letter.key, letter.message_id, letter.sender, letter.to)
        values = (*named, letter.raw, letter.returned_to)
        self._rows.write("letter", sql, values)
        person = effect.change.person if isinstance(effect.change, SendLetter) else ""
        thread = letter.thread or lane
        of = (thread, person)
        about = (letter.message_id, thread, effect.key, person, letter.marks, *of)
        self._rows.write("message", _REMEMBER, about)
        self._rows.write("message", _FORGET_MARKS, (*of, THREAD_MESSAGES_MAX, *of))

    def _drop_note(self, lane: Lane, author: str, at: datetime) -> None:
        for number, body in self._rows.read("SELECT rowid, body FROM notes WHERE lane=?", (lane,)):
            note = msgspec.json.decode(body, type=Note)
            if (note.author, note.at, note.by) == (author, at, ""):
                self._rows.write("note", "DELETE FROM notes WHERE rowid=?", (number,))

    def _outgoing(self, key: str) -> OutgoingLetter | None:
        sql = "SELECT message_id, sender, recipient, raw, returned_to FROM letters WHERE key=?"
        found = self._rows.read(sql, (key,))
        if not found:
            return None
        own_id, sender, to, raw, returned_to = found[0]
        return OutgoingLetter(key, own_id, sender, to, raw, returned_to=returned_to)

    def _drop_letter(self, key: str, *, never_left: bool) -> None:
        """Delete the bytes; a Message-ID that may have left us is kept, for replies that cite it."""
        self._rows.write("letter", "DELETE FROM letters WHERE key=?", (key,))
        if never_left:
            self._rows.write("message", "DELETE FROM messages WHERE key=?", (key,))

    def _remember_real(self, key: str, message_id: str) -> None:
        self._rows.write("message", _REMEMBER_BESIDE, (message_id, key))

    def _expect_at(self, lane: Lane, change: Change, now: datetime) -> None:
        """What is put, and a series whose end is put off: it had been over, and has meetings again."""
        match change:
            case PutSeries() | PutMeeting():
                self._expect(lane, change.calendar, change.uid)
            case EndSeries() if not _is_over(change, now):
                self._expect(lane, change.calendar, change.uid)

    def _expect(self, lane: Lane, calendar: Address, uid: str, *, shown: bool = False) -> None:
        sql = (
            "INSERT INTO places(calendar, uid, lane, shown) VALUES (?,?,?,?)"
            " ON CONFLICT(calendar, uid) DO UPDATE SET lane=excluded.lane"
        )
        self._rows.write("place", sql, (calendar, uid, lane, int(shown)))

    def _is_shown(self, place: Place) -> None:
        sql = "UPDATE places SET shown=1 WHERE calendar=? AND uid=? AND shown=0"
        self._rows.write("place", sql, (place.calendar, place.uid))

    def _expect_until_its_end(self, lane: Lane, change: Change, now: datetime) -> None:
        """A series that ends on a day to come still has meetings to be watched until then, even if it had
        ended before."""
        match change:
            case EndSeries(calendar=calendar, uid=uid):
                if not _is_over(change, now):
                    self._expect(lane, calendar, uid)
                    return
            case CancelMeeting(place=place) if place.recurrence == "":
                calendar, uid = place.calendar, place.uid
            case _:
                return
        sql = "DELETE FROM places WHERE calendar=? AND uid=?"
        self._rows.write("place", sql, (calendar, uid))


def _is_over(end: EndSeries, now: datetime) -> bool:
    return end.rule.until is not None and end.rule.until < now.date()
