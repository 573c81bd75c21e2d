"""A process that works on a store until it is killed: `python -m tests.conformance.store_child HOW PATH`.

Not a test: test_store_crash.py starts it, kills it, and looks at what is left.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tinydb import JSONStorage, TinyDB

from connectors.stores.embedded import EmbeddedStore
from daemon.domain.thread import Note
from daemon.domain.value import replace
from daemon.domain.world import Commitment, Mark, Plan, Reason
from daemon.ports import Rendered, Store
from tests.conformance.store_words import (
    BEN,
    CEM,
    LEASE,
    NOBODY,
    ORIGIN,
    at,
    bytes_of,
    done,
    gone,
    letter,
    put_meeting,
    state,
)


def step_of(store: Store) -> int:
    """The number that the state of Ben's lane carries."""
    found = store.world(BEN).state
    return found.marks["step"].generation if found is not None else 0


def observe(store: Store, step: int) -> None:
    """One fact and the cursor behind it."""
    store.record([(BEN, gone(str(step)))], now=at("09:00"), source="ana", cursor=str(step))


def commit(store: Store, step: int) -> None:
    """A commit that touches everything a commit can touch; notes grow and shrink."""
    mark = Mark(step, "b" * (step * 37 % 400), "live", at("09:00"))
    new = letter(f"step/{step}")
    bound = Commitment(BEN, "meeting", at("09:00"), at("09:30"), str(step))
    plan = Plan(
        lane=BEN,
        state=replace(state(), marks={"step": mark}),
        effects=(new, put_meeting(str(step))),
        withdraw=((f"put/{step - 1}/0", "a newer one"),),
        skip=((f"skipped/{step}/0", "too late"),),
        wake_at=at("10:00"),
        reasons=(Reason(f"step {step}"),),
        commitments={"ana": (bound,)},
        keep=(Note(ORIGIN, "mentee", "x" * (step * 91 % 700), at("09:00")),),
        forward=((CEM, gone(str(step))),),
    )
    store.commit(store.world(BEN), plan, Rendered({new.key: bytes_of(new)}), now=at("09:00"))


def act(store: Store) -> None:
    """Send the oldest letter, so that the outbox grows and shrinks as well."""
    claim = store.claim(at("09:00"), LEASE, NOBODY)
    if claim is not None and claim.letter is not None:
        done(store, claim)


def work(path: Path) -> None:
    """Observe, decide, act and say so, for ever."""
    with_store = EmbeddedStore.open(path)
    with_store.free_claims()
    while True:
        step = int(with_store.cursor("ana") or 0)
        if step_of(with_store) == step:
            step += 1
            observe(with_store, step)
        commit(with_store, step)
        print(step, flush=True)
        act(with_store)


def die_in_commit(path: Path, statement: int) -> None:
    """Commit once, and be gone before the given statement of it."""
    store = EmbeddedStore.open(path, probe=dying(statement))
    commit(store, step_of(store) + 1)


def dying(statement: int) -> Callable[[str], None]:
    """A probe that kills this process at a statement: nothing is rolled back, closed or flushed."""
    left = iter(range(statement))

    def probe(name: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return probe


class DyingFile:
    """A file whose process dies before it is cut to its new length."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def truncate(self) -> None:
        """The instruction that is never reached."""
        os.kill(os.getpid(), signal.SIGKILL)


class DyingJSONStorage(JSONStorage):
    """TinyDB's own storage with a kill between its write and its truncate."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._handle = DyingFile(self._handle)


def shrink_json(path: Path) -> None:
    """A note gets shorter in TinyDB's own storage."""
    TinyDB(str(path), storage=DyingJSONStorage).table("notes").update({"text": "short"})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["work", path]:
            work(Path(path))
        case ["die", path, statement]:
            die_in_commit(Path(path), int(statement))
        case ["shrink-json", path]:
            shrink_json(Path(path))
