"""The store beside its peers: one durable update of a pairing, and an idle beat over ten thousand of them.

Not a test: figures are printed and nothing about time is asserted; that all sides end with the same is.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import msgspec
import schedule
from rich.console import Console
from rich.table import Table
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage

from connectors.stores.embedded import EmbeddedStore
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.people import Line, Person
from daemon.domain.record import state_documents
from daemon.domain.world import Mark, PairingState, Plan, State
from daemon.ports import Rendered

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
ROUNDS = 7
JSON_PAIRINGS_MAX = 10_000


@dataclass(frozen=True)
class Side:
    """One way to do the work: `update` replaces a pairing's state, `stored` reads it back."""

    name: str
    update: Callable[[int, PairingState], None]
    stored: Callable[[int], Any]
    per_round: int = 40


@dataclass(frozen=True)
class Measured:
    """The median time of one piece of work, done one way."""

    work: str
    side: str
    milliseconds: float


def state(pairing: int, version: int) -> PairingState:
    """What a pairing of a few weeks remembers, 1.5 KB as a document; versions differ."""
    ana = Person("ana", "Ana Rao", f"ana{pairing}@example.org", "Europe/Berlin")
    ben = Person("ben", "Ben Ray", f"ben{pairing}@example.org", "America/Vancouver")
    starts = [NOW + timedelta(weeks=week) for week in range(2)]
    return PairingState(
        line=Line(f"p{pairing}", "koss", ana, ben, "Europe/Berlin"),
        standing="active",
        since=NOW,
        meetings=tuple(
            Meeting(Origin(f"{start:%Y-%m-%d}T10:00", "Europe/Berlin"), start, start)
            for start in starts
        ),
        marks={"prep-mentee/1": Mark(version, "b" * 16, "live", NOW)},
    )


def lane(pairing: int) -> str:
    """The lane of a pairing by its number."""
    return f"pairing/p{pairing}"


# --- the sides of a durable update

FILL = "INSERT INTO rows(lane, name, serial, wake_at, since, body) VALUES (?, 'state', 0, ?, ?, ?)"


def filled(pairings: int) -> Iterator[tuple[str, int, int, bytes]]:
    """Rows of our store, one microsecond between their wake-ups, put in beside it to save minutes."""
    wake = int(LATER.timestamp()) * 1_000_000
    for n in range(pairings):
        yield lane(n), wake + n, wake + n, msgspec.json.encode({"1": document(n)})


@contextmanager
def ours(folder: Path, pairings: int) -> Iterator[Side]:
    """Read the lane and commit a new state with a new wake-up, as a beat does."""
    path = folder / "ours.db"
    with closing(EmbeddedStore.open(path)) as store:
        store.commit(store.world("x"), Plan("x", None), Rendered(), now=NOW)
    with closing(sqlite3.connect(path)) as file:
        file.executemany(FILL, filled(pairings))
        file.commit()
    with closing(EmbeddedStore.open(path)) as store:

        def update(pairing: int, new: PairingState) -> None:
            record = store.world(lane(pairing))
            wake_at = LATER + timedelta(minutes=new.marks["prep-mentee/1"].generation)
            plan = Plan(record.lane, new, wake_at=wake_at)
            store.commit(record, plan, Rendered(), now=NOW)

        def stored(pairing: int) -> Any:
            found = store.world(lane(pairing)).state
            return found and plain(found)

        yield Side("ours: world + commit", update, stored)


@contextmanager
def tinydb_json(folder: Path, pairings: int) -> Iterator[Side]:
    """TinyDB as it comes."""
    path = folder / "tinydb.json"
    tables = {"state": {str(n): document(n) for n in range(pairings)}}
    path.write_text(json.dumps(tables))
    with TinyDB(str(path)) as db:
        table = db.table("state")

        def update(pairing: int, new: PairingState) -> None:
            table.update(plain(new), doc_ids=[pairing])

        def stored(pairing: int) -> Any:
            found = table.get(doc_id=pairing)
            assert isinstance(found, dict)
            return dict(found)

        yield Side("TinyDB JSONStorage", update, stored, per_round=1)


@contextmanager
def raw_sqlite(folder: Path, pairings: int) -> Iterator[Side]:
    """The same file format and durability without TinyDB, inbox, outbox or reading back."""
    with closing(sqlite3.connect(folder / "raw.db", isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE state(lane TEXT PRIMARY KEY, body BLOB)")
        file.execute("BEGIN")
        rows = ((lane(n), msgspec.json.encode(document(n))) for n in range(pairings))
        file.executemany("INSERT INTO state VALUES (?,?)", rows)
        file.execute("COMMIT")
        file.execute("PRAGMA synchronous=FULL")

        def update(pairing: int, new: PairingState) -> None:
            body = msgspec.json.encode(state_documents(new))
            file.execute("UPDATE state SET body=? WHERE lane=?", (body, lane(pairing)))

        def stored(pairing: int) -> Any:
            sql = "SELECT body FROM state WHERE lane=?"
            return msgspec.json.decode(file.execute(sql, (lane(pairing),)).fetchone()[0])

        yield Side("SQLite WAL FULL, one UPDATE", update, stored)


@contextmanager
def append_only(folder: Path, pairings: int) -> Iterator[Side]:
    """The bound: the document at the end of a file, on disk."""
    path = folder / "log"
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    last: dict[int, int] = {}

    def update(pairing: int, new: PairingState) -> None:
        last[pairing] = os.fstat(file).st_size
        os.write(file, msgspec.json.encode(state_documents(new)) + b"\n")
        os.fdatasync(file)

    def stored(pairing: int) -> Any:
        with path.open("rb") as log:
            log.seek(last[pairing])
            return msgspec.json.decode(log.readline())

    yield Side("append + fdatasync (bound)", update, stored)
    os.close(file)


def document(pairing: int) -> Any:
    """A pairing's first state as a document."""
    return plain(state(pairing, 0))


def plain(state: State) -> Any:
    """A state's document in dictionaries, as it is read from a file."""
    return msgspec.json.decode(msgspec.json.encode(state_documents(state)))


def durable_update(pairings: int) -> list[Measured]:
    """One pairing's state replaced so that it survives a power cut, among that many pairings."""
    kinds = [ours, raw_sqlite, append_only]
    if pairings <= JSON_PAIRINGS_MAX:
        kinds.append(tinydb_json)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        sides = [stack.enter_context(kind(Path(folder), pairings)) for kind in kinds]
        times: dict[str, list[float]] = {side.name: [] for side in sides}
        chance = Random(pairings)
        for number in range(ROUNDS):
            some = [chance.randrange(pairings) for _ in range(max(s.per_round for s in sides))]
            for side in sides:
                new = [(n, state(n, number + 1)) for n in some[: side.per_round]]
                started = perf_counter()
                for pairing, value in new:
                    side.update(pairing, value)
                times[side.name].append((perf_counter() - started) / len(new))
            assert len({digest(side.stored(some[0])) for side in sides}) == 1, "not the same result"
    work = f"durable update, {pairings:,} pairings"
    return [Measured(work, name, 1000 * median(each)) for name, each in times.items()]


def digest(value: Any) -> str:
    """Equal for equal documents, whatever the order of their fields."""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


# --- an idle beat

Due = Callable[[datetime], list[str]]


@contextmanager
def our_beat(pairings: int) -> Iterator[Due]:
    """`lanes`, `claim` and `wake_at`: everything an idle beat asks the store."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(EmbeddedStore.open(Path(folder) / "store.db")) as store,
    ):
        store.record([], now=NOW)
        with closing(sqlite3.connect(Path(folder) / "store.db")) as file:
            file.executemany(FILL, filled(pairings))
            file.commit()

        def due(now: datetime) -> list[str]:
            lanes = store.lanes(now)
            assert store.claim(now, timedelta(minutes=5), frozenset()) is None
            assert store.wake_at() == LATER
            return lanes

        yield due


@contextmanager
def a_job_each(pairings: int) -> Iterator[Due]:
    """`schedule` with one job a pairing. It reads the clock itself, so due jobs are dated back."""
    scheduler, ran = schedule.Scheduler(), list[str]()
    for number in range(pairings):
        scheduler.every(52).weeks.do(ran.append, lane(number))

    def due(now: datetime) -> list[str]:
        ran.clear()
        if now >= LATER:
            for number in range(_due_at(now)):
                scheduler.jobs[number].next_run = datetime(2000, 1, 1 + number)  # noqa: DTZ001
        scheduler.run_pending()
        return list(ran)

    yield due


@contextmanager
def tinydb_scan(pairings: int) -> Iterator[Due]:
    """TinyDB in memory, asked for what is due."""
    db = TinyDB(storage=MemoryStorage)
    wake = LATER.timestamp()
    db.insert_multiple({"lane": lane(n), "wake_at": wake + n / 1e6} for n in range(pairings))

    def due(now: datetime) -> list[str]:
        db.table("_default").clear_cache()
        return [each["lane"] for each in db.search(where("wake_at") <= now.timestamp())]

    yield due


def _due_at(now: datetime) -> int:
    """How many pairings are due: one each microsecond from LATER on."""
    return max(0, (now - LATER) // timedelta(microseconds=1) + 1)


def idle_beat(pairings: int = 10_000) -> list[Measured]:
    """A beat with nothing due; three due ones are found alike by all sides afterwards."""
    kinds = {
        "ours: lanes + claim + wake_at": (our_beat, 200),
        "schedule, a job each": (a_job_each, 3),
        "TinyDB in memory, scan": (tinydb_scan, 3),
    }
    times: dict[str, list[float]] = {name: [] for name in kinds}
    with ExitStack() as stack:
        sides = {name: (stack.enter_context(k(pairings)), n) for name, (k, n) in kinds.items()}
        for _ in range(ROUNDS):
            for name, (due, often) in sides.items():
                started = perf_counter()
                found = [due(NOW) for _ in range(often)]
                times[name].append((perf_counter() - started) / often)
                assert not any(found)
        three = LATER + timedelta(microseconds=2)
        answers = [due(three) for due, _ in sides.values()]
        assert answers == [[lane(0), lane(1), lane(2)]] * len(sides), "not the same result"
    work = f"idle beat, {pairings:,} pairings"
    return [Measured(work, name, 1000 * median(each)) for name, each in times.items()]


def main(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    """Print both tables; the last column is how many times longer than ours."""
    rows = [row for size in sizes for row in durable_update(size)] + idle_beat()
    table = Table("work", "side", "ms", "÷ ours")
    for row in rows:
        base = next(each for each in rows if each.work == row.work and "ours" in each.side)
        ratio = row.milliseconds / base.milliseconds
        table.add_row(row.work, row.side, f"{row.milliseconds:.4f}", f"{ratio:,.2f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
