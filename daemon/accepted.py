"""The files that count: the last configuration that was taken over, and the one that waits for a person.

Not the files (daemon/settings reads them), and not the weighing: this is only what the store knows of it.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from daemon.decide.keys import basis_of
from daemon.domain.program import Config
from daemon.domain.record import document
from daemon.ports import Store

IN_FORCE = "config"
WAITS = "config-waits"
APPLIED = "config-applied"
READ_FROM = "config-folder"
PREFIX = "config/"
READ = "read"
"""The request to read the files again, without letting anything go."""


class Waiting(Struct, frozen=True):
    """A changed configuration that is not in force yet. `name` is what `release` takes."""

    name: str
    since: datetime
    pairings: int
    why: str


class Accepted(Struct, frozen=True):
    """What counts from now on, what waits, and whether an admin has applied what counts."""

    config: Config
    waits: Waiting | None = None
    applied: bool = False


def name_of(config: Config) -> str:
    """The name of a configuration: another content, another name."""
    return f"{PREFIX}{basis_of(document(config))}"


def counts_already(store: Store, config: Config) -> bool:
    """Whether that very configuration counts. Read from the text, since to decode ten thousand pairings takes the
    tenth of a start; a text of another form may say the same."""
    return store.value(IN_FORCE) == _text(config)


def _text(config: Config) -> str:
    return msgspec.json.encode(config).decode()


def in_force(store: Store) -> Config | None:
    """The last configuration that was taken over; None before the first, or when an older or newer
    oneonone wrote it in another form."""
    text = store.value(IN_FORCE)
    try:
        return msgspec.json.decode(text, type=Config) if text else None
    except msgspec.MsgspecError:
        return None


def waiting(store: Store) -> Waiting | None:
    """The changed configuration that waits for `apply`."""
    text = store.value(WAITS)
    return msgspec.json.decode(text, type=Waiting) if text else None


def is_applied(store: Store, name: str) -> bool:
    """Whether an admin has let that configuration go, or is about to."""
    return store.value(APPLIED) == name or any(
        (word, key) == ("release", name) for _, word, key in store.asked()
    )


def elsewhere(store: Store, folder: Path, data: Path) -> str:
    """Why files in that folder cannot be applied: another one is read. Empty where they can."""
    known = store.value(READ_FROM)
    if not known or known == _seen_from(data, folder) or not (data / known).is_dir():
        return ""
    read = (data / known).resolve()
    return f"The daemon reads {read}: copy these files over it, then apply."


def _seen_from(data: Path, folder: Path) -> str:
    """Where a folder is, so that it is the same one when both are moved or copied."""
    return os.path.relpath(folder.resolve(), data.resolve())


def keep(store: Store, accepted: Accepted, folder: Path, data: Path) -> None:
    """Remember what counts, from which folder, and what waits. What an admin has applied stays so while it
    counts."""
    text = _text(accepted.config)
    waits = msgspec.json.encode(accepted.waits).decode() if accepted.waits else ""
    applied = name_of(accepted.config) if accepted.applied else ""
    read_from = _seen_from(data, folder)
    named = ((IN_FORCE, text), (READ_FROM, read_from), (WAITS, waits), (APPLIED, applied))
    for name, value in named:
        if (store.value(name) or "") != value:
            store.keep_value(name, value)
