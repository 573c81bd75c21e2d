"""The embedded store: the conformance suite on a file and in memory, and what only a file can do.

Not crashes: see test_store_crash.py. Not the owner lock: see test_owner_lock.py.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from tinydb import TinyDB

from connectors.stores.embedded import EmbeddedStore
from connectors.stores.restore import restore
from daemon.errors import StoreDamaged, UserError
from daemon.ports import Hold
from tests.conformance.store_words import (
    BEN,
    CEM,
    at,
    claim,
    claimed_key,
    decide,
    done,
    gone,
    letter,
    move,
    standings,
    state,
    taken,
    told,
)
from tests.conformance.stores import StoreConformance


class TestFile(StoreConformance):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[EmbeddedStore]:
        with closing(EmbeddedStore.open(tmp_path / "store.db")) as store:
            yield store


class TestMemory(StoreConformance):
    @pytest.fixture
    def store(self) -> Iterator[EmbeddedStore]:
        with closing(EmbeddedStore(memory())) as store:
            yield store


def memory() -> sqlite3.Connection:
    """A database as the simulator gives it."""
    return sqlite3.connect(":memory:", isolation_level=None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def test_everything_is_there_when_the_file_is_opened_again(path: Path) -> None:
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"), state=state(), wake_at=at("10:00"))
        store.record([(CEM, gone("x"))], now=at("09:00"), source="ana", cursor="c1")
    with closing(EmbeddedStore.open(path)) as store:
        assert store.world(BEN).state == state()
        assert store.world(CEM).inbox == (gone("x"),)
        assert (store.cursor("ana"), standings(store)) == ("c1", {"a/0": "due"})


def test_a_document_is_a_tinydb_document_and_a_lane_is_three_rows(path: Path) -> None:
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"), state=state())
        store.record([(BEN, gone("x"))], now=at("09:00"))
    with closing(sqlite3.connect(path)) as file:
        names = file.execute("SELECT lane, name FROM rows ORDER BY rowid").fetchall()
    assert sorted(names) == [(BEN, "inbox"), (BEN, "outbox"), (BEN, "state")]
    with closing(EmbeddedStore.open(path)) as store:
        assert isinstance(store._rows.lane(BEN), TinyDB)


def test_only_rows_that_changed_are_written() -> None:
    passed: list[str] = []
    store = EmbeddedStore(memory(), probe=passed.append)
    decide(store, letter("a"), state=state(), wake_at=at("10:00"))
    passed.clear()
    decide(store, wake_at=at("10:00"))
    assert passed == ["begin", "commit", "committed"]
    decide(store, wake_at=at("11:00"))
    assert passed[3:] == ["begin", "row state", "commit", "committed"]


def test_the_file_can_be_read_by_its_owner_alone(path: Path) -> None:
    """trap_82"""
    EmbeddedStore.open(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_reading_beside_an_owner_who_goes_on_working(path: Path) -> None:
    with (
        closing(EmbeddedStore.open(path)) as owner,
        closing(EmbeddedStore.open(path, read_only=True)) as reader,
    ):
        decide(owner, letter("a"))
        assert standings(reader) == {"a/0": "due"}
        with pytest.raises(UserError, match="may not be written to"):
            reader.keep_value("a", "b")
        done(owner, taken(owner))
        assert standings(reader) == {}


def test_a_request_handed_in_beside_the_owner(path: Path) -> None:
    with closing(EmbeddedStore.open(path)) as owner:
        with closing(EmbeddedStore.open(path)) as command:
            command.ask("release", "guard/1", now=at("09:00"))
        assert [each[1:] for each in owner.asked()] == [("release", "guard/1")]


def test_threads_share_one_store(path: Path) -> None:
    with closing(EmbeddedStore.open(path)) as store:

        def observe(name: str) -> None:
            for number in range(25):
                store.record([(BEN, gone(f"{name}{number}"))], now=at("09:00"))

        threads = [Thread(target=observe, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.world(BEN).inbox) == 100


def test_no_store_yet(path: Path) -> None:
    with pytest.raises(UserError, match="no store at"):
        EmbeddedStore.open(path, read_only=True)
    assert not path.exists()


@pytest.mark.parametrize("spoil", ["text", "cut", "middle"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_file_is_refused_with_the_way_back(
    path: Path, spoil: str, read_only: bool
) -> None:
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, *(letter(f"n{n}") for n in range(60)), state=state())
    whole = path.read_bytes()
    half = len(whole) // 2
    spoilt = {
        "text": b"this is not a database, " * 400,
        "cut": whole[:half],
        "middle": whole[:4096] + b"\xa5" * (len(whole) - 8192) + whole[-4096:],
    }[spoil]
    path.write_bytes(spoilt)
    with pytest.raises(StoreDamaged, match=r"run\.py restore BACKUP"):
        EmbeddedStore.open(path, read_only=read_only)
    assert path.read_bytes() == spoilt


def test_a_file_of_a_newer_version_is_refused(path: Path) -> None:
    """trap_90"""
    EmbeddedStore.open(path).close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version=99")
    with pytest.raises(UserError, match="newer oneonone") as error:
        EmbeddedStore.open(path)
    assert not isinstance(error.value, StoreDamaged)


def test_a_full_disk_loses_nothing(path: Path) -> None:
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"), state=state())
        connection = store._rows.connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")
        many = tuple(letter(f"n{n}") for n in range(200))
        with pytest.raises(UserError, match="the disk is full: make room"):
            decide(store, *many)
        assert standings(store) == {"a/0": "due"}
        connection.execute("PRAGMA max_page_count=100000")
        decide(store, *many)
        assert len(standings(store)) == 201


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be made"):
        EmbeddedStore.open(tmp_path / "nowhere" / "store.db")


def test_a_new_owner_frees_the_claims_of_the_dead_one(path: Path) -> None:
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"), move("m"))
        taken(store), taken(store)
    with closing(EmbeddedStore.open(path)) as store:
        assert claim(store, "09:01") is None
        assert store.free_claims() == 2
        decide(store, withdraw=(("a/0", "nobody knows whether it was sent"),))
        again = [taken(store, "09:01"), taken(store, "09:01")]
        assert sorted((each.effect.key, each.attempts) for each in again) == [
            ("a/0", 1),
            ("m/0", 1),
        ]


def test_what_a_dead_owner_had_in_hand_comes_before_the_backlog(path: Path) -> None:
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("in-hand"), now=at("09:00"))
        decide(store, letter("backlog"), lane="pairing/ana-cem", now=at("09:01"))
        assert taken(store).effect.key == "in-hand/0"
    with closing(EmbeddedStore.open(path)) as store:
        store.free_claims()
        assert [taken(store, "09:02").effect.key for _ in range(2)] == ["in-hand/0", "backlog/0"]


def test_a_dead_simulated_owner_leaves_what_was_committed() -> None:
    connection = memory()
    store = EmbeddedStore(connection)
    decide(store, letter("a"))
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM rows")
    assert standings(EmbeddedStore(connection)) == {"a/0": "due"}


def test_a_backup_is_a_whole_store_taken_while_others_work(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"), state=state())
        store.backup(copy)
        decide(store, letter("b"))
    assert sorted(os.listdir(tmp_path)) == ["copy.db", "store.db"]
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(EmbeddedStore.open(copy, read_only=True)) as store:
        assert (standings(store), store.world(BEN).state) == ({"a/0": "due"}, state())


def test_a_copy_in_memory_leaves_the_file_alone(path: Path, tmp_path: Path) -> None:
    with closing(EmbeddedStore.copied(path)) as copy:
        assert copy.lane_names() == []
    assert os.listdir(tmp_path) == []
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"), state=state())
        with closing(EmbeddedStore.copied(path)) as copy:  # of the log beside it, too
            done(copy, taken(copy))
            assert standings(copy) == {}
        assert standings(store) == {"a/0": "due"}
    before = path.read_bytes()
    with closing(EmbeddedStore.copied(path)) as copy:
        assert (standings(copy), copy.world(BEN).state) == ({"a/0": "due"}, state())
        copy.keep_value("a", "b")
    assert os.listdir(tmp_path) == ["store.db"]
    assert path.read_bytes() == before


def test_trap_88_after_a_restore_everything_waits(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(EmbeddedStore.open(path)) as store:
        guard = Hold("guard/1", "many")
        decide(store, letter("a"), move("m"), letter("g"), holds={"g/0": guard})
        taken(store)
        store.backup(copy)
        store.release("guard/1", now=at("09:00"))
    kept = restore(copy, path, now=at("12:30", day=9))
    assert kept == tmp_path / "store.db.before-restore-20261109T123000"
    with closing(EmbeddedStore.open(path)) as store:
        holds = {each.effect.key: each.hold for each in store.queue(on_hold=True)}
        assert holds == {
            "a/0": "restore/2026-11-09",
            "m/0": "restore/2026-11-09",
            "g/0": "guard/1",
        }
        assert store.value("restored") == "2026-11-09T12:30:00+00:00"
        assert (claim(store), store.wake_at()) == (None, None)
        assert told(store, "a/0")[-1][0] == "on hold"
        assert store.release("restore/2026-11-09", now=at("13:00", day=9)) == 2
        assert claimed_key(store) in ("a/0", "m/0")
    with closing(EmbeddedStore.open(kept, read_only=True)) as old:
        assert standings(old)["g/0"] == "due"


def test_a_restore_over_a_damaged_store_keeps_it(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"))
        store.backup(copy)
    path.write_bytes(b"garbage " * 1000)
    path.with_name("store.db-wal").write_bytes(b"old log")
    kept = restore(copy, path, now=at("12:30"))
    assert kept is not None
    assert kept.read_bytes() == b"garbage " * 1000
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"old log"
    with closing(EmbeddedStore.open(path)) as store:
        assert standings(store) == {"a/0": "on hold"}


@pytest.mark.parametrize("content", [None, b"", b"garbage " * 1000])
def test_a_restore_from_what_is_no_backup_changes_nothing(
    path: Path, tmp_path: Path, content: bytes | None
) -> None:
    copy = tmp_path / "copy.db"
    if content is not None:
        copy.write_bytes(content)
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"))
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"copy\.db"):
        restore(copy, path, now=at("12:30"))
    assert path.read_bytes() == before
    assert set(os.listdir(tmp_path)) <= {"store.db", "copy.db", "copy.db-wal", "copy.db-shm"}


def test_a_restore_into_an_empty_folder(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(EmbeddedStore.open(path)) as store:
        decide(store, letter("a"))
        store.backup(copy)
    new = tmp_path / "elsewhere" / "store.db"
    assert restore(copy, new, now=at("12:30")) is None
    assert os.listdir(new.parent) == ["store.db"]


def test_an_idle_beat_asks_an_index_and_reads_no_document() -> None:
    """The growth that PEERS asks for, without a clock: nothing an idle beat asks reads a row."""
    connection = memory()
    store = EmbeddedStore(connection)
    decide(store, state=state(), wake_at=at("10:00"))
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    assert (store.lanes(at("09:00")), claim(store), store.wake_at()) == ([], None, at("10:00"))
    connection.set_trace_callback(None)
    assert len(asked) == 3
    for sql in asked:
        steps = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        tables = [step for step in steps if " rows" in step]  # the rest is SQLite's own scratch
        assert tables and all("SEARCH rows USING COVERING INDEX rows_wake" in t for t in tables)
