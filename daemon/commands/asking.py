"""`status`, `why` and `held`: facts out of a store that somebody else may own.

Not their layout: see daemon/commands/looking.py.
"""

from __future__ import annotations

import difflib
from typing import Any

from daemon.commands.folders import Folders
from daemon.commands.wire import Wire
from daemon.decide.turn import iso
from daemon.errors import UserError
from daemon.ledger import Told, explain, lines_of, zone_of
from daemon.settings import load, report
from daemon.status import held, holds, status


def _zone(where: Folders) -> str:
    """The zone of the first program, in which facts of no one pairing are told."""
    return next((program.timezone for program in load(where.config).config.programs), "UTC")


def status_facts(wire: Wire, where: Folders) -> tuple[dict[str, Any], str]:
    """What a person has to know, and the zone to tell it in. Bad files are part of it, not an error."""
    store = wire.beside(where.data, read_only=True)
    try:
        problem = report(load(where.config).errors)
        now = wire.clock().now()
        owner = wire.owner(where.data)
        facts = status(store, owner, problem, now, where.options)
        return {"rehearsal": where.rehearsal, **facts}, _zone(where)
    finally:
        store.close()


def why_facts(wire: Wire, where: Folders, word: str, last: int) -> tuple[list[Told], str]:
    """The story of a key or pairing, and the zone to tell it in; UserError for a stranger."""
    store = wire.beside(where.data, read_only=True)
    try:
        story = explain(store, word, last)
        ids = sorted(line.pairing for line in lines_of(store).values())
        if not story and word not in ids:
            near = difflib.get_close_matches(word, ids, n=1, cutoff=0.5)
            known = f"Did you mean {near[0]}?" if near else f"Pairings: {', '.join(ids[:10])}"
            raise UserError(f"nothing is recorded under {word!r}. {known}")
        lane = story[-1].lane if story else ""
        return story, zone_of(store, lane, _zone(where))
    finally:
        store.close()


def why_words(told: Told) -> dict[str, Any]:
    """One line of a story for --json."""
    return {
        "at": iso(told.at), "lane": told.lane, "key": told.key,
        "effect": told.effect, "what": told.what, "why": told.why,
    }  # fmt: skip


def held_facts(wire: Wire, where: Folders) -> tuple[dict[str, Any], str]:
    """What waits, by effect and by name."""
    store = wire.beside(where.data, read_only=True)
    try:
        return {"effects": held(store), "holds": holds(store, where.options)}, _zone(where)
    finally:
        store.close()
