"""The bookmark of one person's calendars, as text: a sync token, and what was told so far.

Not a copy of the calendar: of events that are not told it keeps nothing, or a digest where the server has no tokens.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from daemon.errors import CursorExpired
from daemon.ports import Cursor

_FORM = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What one resource told: its version, the occurrences of each uid told one by one, and whether something in
    it takes time and is not told."""

    version: str
    foreign: bool
    walls: dict[str, list[str]]


@dataclass(slots=True)
class Mark:
    """The bookmark. `at` is the path of the calendar, `token` its state, `others` those of the person's other
    calendars, `digests` one of each resource where the server has no sync tokens, `aside` what is not readable."""

    at: str
    token: str = ""
    syncs: bool = True
    others: dict[str, str] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)


def digest(href: str, etag: str) -> str:
    """One state of one resource."""
    return hashlib.sha256(f"{href} {etag}".encode()).hexdigest()[:12]


def written(mark: Mark) -> Cursor:
    """As text; the same state gives the same text."""
    told = {href: [each.version, each.foreign, each.walls] for href, each in mark.told.items()}
    plain = {
        "form": _FORM, "at": mark.at, "token": mark.token, "syncs": mark.syncs, "others": mark.others,
        "told": told, "digests": sorted(mark.digests), "aside": mark.aside,
    }  # fmt: skip
    return json.dumps(plain, separators=(",", ":"), sort_keys=True)


def read(cursor: Cursor) -> Mark:
    """The bookmark back. CursorExpired for anything that is not one of ours."""
    try:
        plain = json.loads(cursor)
        if plain["form"] != _FORM:
            raise ValueError("another form")
        return Mark(
            at=str(plain["at"]),
            token=str(plain["token"]),
            syncs=bool(plain["syncs"]),
            others={str(href): str(token) for href, token in plain["others"].items()},
            told={
                str(href): Told(
                    str(version),
                    bool(foreign),
                    {str(u): [str(w) for w in ws] for u, ws in walls.items()},
                )
                for href, (version, foreign, walls) in plain["told"].items()
            },
            digests=[str(each) for each in plain["digests"]],
            aside={str(href): str(why) for href, why in plain["aside"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CursorExpired("this cursor is not one of calendars on the internet") from error
