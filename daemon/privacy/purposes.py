"""The table of purposes (kept.toml, passing.toml) as values.

Not a check of it: tests/test_privacy.py walks everything that is stored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

TABLES = tuple(Path(__file__).with_name(name) for name in ("kept.toml", "passing.toml"))


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of data. `fields`: struct or table → names with commas → what they are for."""

    title: str
    about: str
    whose: str
    seen_by: str
    kept: str
    deleted_by: tuple[str, ...]
    proved_by: tuple[str, ...]
    fields: Mapping[str, Mapping[str, str]]

    def names(self) -> Iterator[tuple[str, str]]:
        """(`Struct.field`, what it is for) of each."""
        for owner, purposes in self.fields.items():
            for names, purpose in purposes.items():
                for name in names.split(", "):
                    yield f"{owner}.{name}", purpose


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    kind: tuple[Kind, ...]


def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order of the page."""
    return tuple(
        kind
        for table in TABLES
        for kind in msgspec.convert(tomllib.loads(table.read_text(encoding="utf-8")), _Table).kind
    )
