"""The bookmark of one calendar: what was told of it, so that what is there now can be held against it.

Not the token of a provider, which is the mirror's: a bookmark outlives the process, and a full listing makes up for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from daemon.errors import CursorExpired
from daemon.ports import Cursor

_FORM = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one event: its uid, its version, which of its occurrences one by one, and the day by which it is
    over, empty for never."""

    uid: str
    version: str
    walls: tuple[str, ...]
    over: str


@dataclass(slots=True)
class Mark:
    """`told` by the id of the event; `others`: a name for everything else on that calendar."""

    told: dict[str, Told] = field(default_factory=dict)
    others: str = ""


def written(mark: Mark) -> Cursor:
    """As text; the same state gives the same text."""
    told = {
        name: [each.uid, each.version, list(each.walls), each.over]
        for name, each in mark.told.items()
    }
    plain = {"form": _FORM, "told": told, "others": mark.others}
    return json.dumps(plain, separators=(",", ":"), sort_keys=True)


def read(cursor: Cursor) -> Mark:
    """The bookmark back. CursorExpired for anything that is not one of ours."""
    try:
        plain = json.loads(cursor)
        if plain["form"] != _FORM:
            raise ValueError("another form")
        told = {
            str(name): Told(str(uid), str(version), tuple(map(str, walls)), str(over))
            for name, (uid, version, walls, over) in plain["told"].items()
        }
        return Mark(told, str(plain["others"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CursorExpired("this cursor is not one of a mirrored calendar") from error
