"""A store after crashes: between any two statements of any change, and by kill -9 of a real process.

Not power loss: SQLite's synchronous=FULL answers for that, and no test here pulls a plug.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tinydb import TinyDB

from connectors.stores.embedded import EmbeddedStore
from daemon.domain.observation import SetAside
from daemon.ports import DealtWith, Hold
from tests.conformance.store_child import act, commit, observe, step_of
from tests.conformance.store_words import (
    BEN,
    at,
    cancel,
    claim,
    decide,
    done,
    gone,
    letter,
    put_meeting,
    standings,
    taken,
)

ROOT = Path(__file__).parents[2]
HOLD = Hold("guard/1", "many")
Act = Callable[[EmbeddedStore], object]


class Crash(BaseException):
    """The process ends here."""


def prepared(connection: sqlite3.Connection) -> None:
    """A store in which every change has something to change."""
    store = EmbeddedStore(connection)
    for step in (1, 2, 3):
        observe(store, step)
        commit(store, step)
    observe(store, 4)
    decide(store, letter("held"), letter("stale", closes="08:00"), holds={"held/0": HOLD})
    decide(store, cancel("m1"), put_meeting("m1"), lane="pairing/one-off", now=at("07:00"))
    store.ask("release", "guard/1", now=at("09:00"))
    known = [DealtWith("7.1", at("08:00")), DealtWith("7.2", at("08:00"))]
    store.record([], now=at("09:00"), source="mail", dealt_with=known)


def _settle(store: EmbeddedStore) -> None:
    done(store, taken(store), message_id="<real@relay>")


def _late(store: EmbeddedStore) -> None:
    store.release("held/0", now=at("09:00"))
    while claim(store):
        pass


CHANGES: dict[str, Act] = {
    "record": lambda store: store.record(
        [(BEN, gone("x")), ("pairing/new", gone("y"))],
        now=at("09:00"),
        source="ana",
        cursor="9",
        set_aside=[SetAside("ana", "a.ics", "garbage"), SetAside("ana", "b.ics", "garbage")],
        heard=["m1", "m2"],
        dealt_with=[DealtWith("7.3", at("09:00")), DealtWith("7.4", at("09:00"))],
    ),
    "cleared": lambda store: store.cleared("mail", ["7.1", "7.2"]),
    "drop_cursor": lambda store: store.drop_cursor("ana"),
    "commit": lambda store: commit(store, 4),
    "claim": taken,
    "settle": _settle,
    "defer": lambda store: store.defer(taken(store), at("10:00"), "busy", now=at("09:00")),
    "hold": lambda store: store.hold(taken(store), HOLD, now=at("09:00")),
    "claim what is late": _late,
    "release": lambda store: store.release("guard/1", now=at("09:00")),
    "rename_hold": lambda store: store.rename_hold("guard/1", Hold("b", "c"), now=at("09:00")),
    "ask": lambda store: store.ask("release", "x", now=at("09:00")),
    "answered": lambda store: store.answered(1),
    "keep_value": lambda store: store.keep_value("a", "b"),
    "hold_all": lambda store: store.hold_all(HOLD, now=at("09:00")),
}


def in_file(connection: sqlite3.Connection) -> list[str]:
    """Every row of every table."""
    return list(connection.iterdump())


def run(change: Act, crash_before: int | None) -> tuple[list[str], list[list[str]], list[str]]:
    """The statements passed, the file after each transaction, and the file in the end."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        prepared(connection)
        passed: list[str] = []
        committed = [in_file(connection)]

        def probe(name: str) -> None:
            if len(passed) == crash_before:
                raise Crash(name)
            passed.append(name)
            if name == "committed":
                committed.append(in_file(connection))

        store = EmbeddedStore(connection, probe=probe)
        if crash_before is None:
            change(store)
        else:
            with pytest.raises(Crash):
                change(store)
            assert standings(store) == standings(EmbeddedStore(connection))
        return passed, committed, in_file(connection)


@pytest.mark.parametrize("name", CHANGES)
def test_a_crash_between_any_two_statements_leaves_before_or_after(name: str) -> None:
    """trap_41: state, inbox, outbox, letters and cursors agree at every point."""
    change = CHANGES[name]
    passed, whole, end = run(change, None)
    assert passed[0] == "begin" and passed[-1] == "committed" and end == whole[-1]
    assert len(whole) > 1 and whole[0] != whole[-1], "the change changes something"
    for point in range(len(passed)):
        before, _, after_crash = run(change, point)
        finished = passed[:point].count("commit")
        assert after_crash == whole[finished], f"crash before {passed[point]} ({point})"
        assert before == passed[:point]


def test_a_commit_touches_every_kind_of_row() -> None:
    passed, _, _ = run(CHANGES["commit"], None)
    assert {name.partition(" ")[0] for name in passed} == {
        "begin",
        "row",
        "key",
        "letter",
        "message",
        "place",
        "commitments",
        "note",
        "ledger",
        "commit",
        "committed",
    }


def child(*words: object) -> subprocess.Popen[str]:
    """The process that will be killed."""
    command = [sys.executable, "-m", "tests.conformance.store_child", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def agree(path: Path) -> int:
    """The last step of a store in which everything has to tell the same story."""
    with closing(EmbeddedStore.open(path)) as store:
        step = step_of(store)
        unread = [each.place.uid for each in store.world(BEN).inbox if hasattr(each, "place")]
        cursor = int(store.cursor("ana") or 0)
        assert (cursor, unread) in [(step, []), (step + 1, [str(step + 1)])]
        assert len(store.notes(BEN)) == step
        assert len(store.world("pairing/ana-cem").inbox) == step
        assert [each.why for each in store.ledger(lane=BEN, last=10**6) if not each.key] == [
            f"step {n}" for n in range(1, step + 1)
        ]
        if step:
            (bound,) = store.commitments(["ana"])["ana"]
            assert bound.name == str(step)
        queued = {each.effect.key for each in store.queue() if each.effect.port == "mail"}
        bytes_kept = {key for (key,) in store._rows.read("SELECT key FROM letters")}
        assert bytes_kept == queued
        ends = [
            each.key for each in store.ledger(key="step/", last=10**6) if each.what == "settled"
        ]
        assert len(ends) == len(set(ends)) and not queued & set(ends)
        assert queued | set(ends) == {f"step/{n}/0" for n in range(1, step + 1)}
        return step


def test_twenty_kills_of_a_process_at_work(tmp_path: Path) -> None:
    path, chance, reached = tmp_path / "store.db", random.Random(20), 0
    for _ in range(20):
        worker = child("work", path)
        assert worker.stdout is not None
        said = 0
        for _ in range(chance.randint(1, 25)):
            said = int(worker.stdout.readline())
        worker.kill()
        worker.wait()
        rest = worker.stdout.read().split()
        said = int(rest[-1]) if rest else said
        reached, before = agree(path), reached
        assert reached >= said > before, "a step that was reported is there"
    assert reached >= 20


def before_the_commit(store: EmbeddedStore) -> None:
    """A step done and acted on, and the fact that the next one answers."""
    observe(store, 1)
    commit(store, 1)
    act(store)
    observe(store, 2)


def test_a_kill_before_every_statement_of_a_commit(tmp_path: Path) -> None:
    """trap_41, with a process that really dies and a file that is really read again."""
    passed: list[str] = []
    in_memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(EmbeddedStore(in_memory, probe=passed.append)) as store:
        before_the_commit(store)
        passed.clear()
        commit(store, 2)
    path = tmp_path / "store.db"
    with closing(EmbeddedStore.open(path)) as store:
        before_the_commit(store)
    for statement, name in enumerate(passed):
        worker = child("die", path, statement)
        worker.communicate()
        assert worker.returncode == -signal.SIGKILL, f"{name} was not reached"
        assert agree(path) == (2 if name == "committed" else 1), name


def test_control_tinydbs_own_storage_loses_the_file(tmp_path: Path) -> None:
    """The same kill on JSONStorage (trap finding 2): this is why it is never used."""
    path = tmp_path / "control.json"
    with TinyDB(str(path)) as control:
        control.table("notes").insert({"text": "long " * 100})
    worker = child("shrink-json", path)
    worker.communicate()
    assert worker.returncode == -signal.SIGKILL
    with pytest.raises(ValueError, match="Extra data"), TinyDB(str(path)) as control:
        control.table("notes").all()
