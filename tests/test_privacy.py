"""docs/privacy.md is true: every stored field has a purpose and an end, nothing that is gone has one, and what it names exists.

Not whether something is deleted in time: the tests that the page names show that.
"""

from __future__ import annotations

import re
import sqlite3
import typing
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from connectors.stores.embedded import EmbeddedStore
from daemon.domain.effect import Effect
from daemon.domain.observation import Observation, ReplySeen
from daemon.domain.thread import Note
from daemon.domain.world import Commitment, State
from daemon.measures.bundles import Sums
from daemon.privacy.page import page
from daemon.privacy.purposes import Kind, kinds

ROOT = Path(__file__).resolve().parent.parent
STORED: tuple[Any, ...] = (State, Observation, ReplySeen, Effect, Note, Commitment, Sums)
"""What lies in rows of the store: states, inboxes, waiting mails, outboxes, notes, commitments, sums."""
NAMED = [name for kind in kinds() for name, _ in kind.names()]


class _Inner(msgspec.Struct):
    secret: str


class _Outer(msgspec.Struct):
    inner: dict[str, tuple[_Inner, ...] | None]


def structs_in(
    kind: Any, found: dict[str, type[msgspec.Struct]]
) -> dict[str, type[msgspec.Struct]]:
    """Every struct that a value of this type may hold, by name."""
    inner = typing.get_args(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__name__ not in found:
        found[kind.__name__] = kind
        inner = tuple(each.type for each in msgspec.structs.fields(kind))
    for each in inner:
        structs_in(each, found)
    return found


def stored_fields() -> Iterator[str]:
    """`Struct.field` of all that is stored."""
    found: dict[str, type[msgspec.Struct]] = {}
    for kind in STORED:
        structs_in(kind, found)
    for name, struct in found.items():
        yield from (f"{name}.{field.name}" for field in msgspec.structs.fields(struct))


def columns() -> Iterator[str]:
    """`table.column` of the store's file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        EmbeddedStore(connection)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        for (table,) in tables:
            if not table.startswith("sqlite_"):
                names = connection.execute(f"PRAGMA table_info({table})").fetchall()
                yield from (f"{table}.{name}" for _, name, *_ in names)


def test_every_stored_field_has_a_purpose_once_and_no_other_name_stands_there() -> None:
    stored = {*stored_fields(), *columns()}
    assert sorted(stored - set(NAMED)) == [], "say in daemon/privacy/*.toml what it is for"
    assert sorted(set(NAMED) - stored) == [], "it is stored no more"
    assert [name for name, count in Counter(NAMED).items() if count > 1] == []


def test_the_walk_sees_what_lies_deep_inside_and_what_is_new() -> None:
    stored = set(stored_fields())
    assert {"Note.text", "BusyInterval.source", "When.weekday", "GuestSaid.partstat"} <= stored

    assert list(structs_in(tuple[_Outer, ...] | None, {})) == ["_Outer", "_Inner"]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.title)
def test_each_kind_says_whose_it_is_who_sees_it_how_long_and_what_proves_that(kind: Kind) -> None:
    assert all((kind.about, kind.whose, kind.seen_by, kind.kept, kind.proved_by))
    assert all(len(purpose.split()) >= 2 for _, purpose in kind.names())
    for path in kind.deleted_by:
        assert (ROOT / path).is_file(), path
    for named in kind.proved_by:
        path, _, test = named.partition("::")
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^ *def {re.escape(test)}\(", text, re.MULTILINE), named
    ends = bool(kind.deleted_by)
    assert ends or kind.kept.startswith("as long as the store")


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8") == page(), (
        "run: python -m daemon.privacy > docs/privacy.md"
    )
