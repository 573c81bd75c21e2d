"""`status`, `why` and `held`: facts out of a store that somebody else may own.

Not their layout: see daemon/commands/looking.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from daemon.accepted import in_force
from daemon.commands.capacity import room
from daemon.commands.folders import Folders
from daemon.commands.wire import Wire
from daemon.decide.turn import iso
from daemon.domain.program import Config
from daemon.errors import UserError
from daemon.explaining import Explanation, explain
from daemon.ledger import LedgerLine, lines_of
from daemon.ports import Store
from daemon.settings import load, report
from daemon.settings.problem import nearest
from daemon.status import held, holds, status


def _config(store: Store, where: Folders) -> Config:
    """The files that count; those that are there where none are known yet."""
    return in_force(store) or load(where.config).config


def _zone(store: Store, where: Folders) -> str:
    """The zone of the first program, in which facts of no one pairing are told."""
    return next((program.timezone for program in _config(store, where).programs), "UTC")


def status_facts(wire: Wire, where: Folders) -> tuple[dict[str, Any], str]:
    """What a person has to know, and the zone to tell it in. Bad files are part of it, not an error."""
    store = wire.beside(where.data, read_only=True)
    try:
        read = load(where.config)
        problem = report(read.errors)
        other_kind = not problem and read.rehearsal != where.rehearsal
        now = wire.clock().now()
        owner = wire.owner(where.data)
        facts = status(store, owner, problem, now, where.options)
        mend = "stop the daemon, then run.py start" if other_kind else "run.py check"
        said = {
            "rehearsal": where.rehearsal,
            "options": where.options,
            "config_next": f"{mend}{where.options}",
            "room": [] if problem else room(read, store),
        }
        return {**said, **facts}, _zone(store, where)
    finally:
        store.close()


def why_explained(
    wire: Wire, where: Folders, word: str, last: int, day: date | None
) -> Explanation:
    """Why that letter, that move or that silence; UserError for a stranger."""
    store = wire.beside(where.data, read_only=True)
    try:
        found = explain(
            store, word, _config(store, where), wire.clock().now(), last=last, day=day,
            options=where.options,
        )  # fmt: skip
        if found is None:
            raise UserError(f"nothing is recorded under {word!r}. {_meant(store, word)}")
        return found
    finally:
        store.close()


def _meant(store: Store, word: str) -> str:
    lines = lines_of(store).values()
    ids = sorted(line.pairing for line in lines)
    people = sorted({person.id for line in lines for person in line.people})
    both = [person for line in lines for person in line.people]
    if same := sorted({each.id for each in both if each.first.casefold() == word.casefold()}):
        return f"Did you mean {' or '.join(same)}?"
    firsts = {each.first.casefold(): each.first for each in both}
    near = nearest(word, [*ids, *people]) or firsts.get(nearest(word.casefold(), firsts), "")
    return f"Did you mean {near}?" if near else f"Pairings: {', '.join(ids[:10])}"


def why_facts(asked: str, found: Explanation, options: str) -> dict[str, Any]:
    """The same for --json."""
    return {
        "asked": asked, "about": found.about, "facts": list(found.facts),
        "entries": [_line(each) for each in found.entries],
        "because": [_line(each) for each in found.because],
        "same_meeting": [_line(each) for each in found.around],
        "not_done": [_line(each) for each in found.not_done],
        "next": [f"run.py plan --days 7 --pairing {each}{options}" for each in found.ahead],
    }  # fmt: skip


def _line(told: LedgerLine) -> dict[str, Any]:
    return {
        "at": iso(told.at), "lane": told.lane, "key": told.key,
        "effect": told.effect, "what": told.what, "why": told.why,
    }  # fmt: skip


def held_facts(wire: Wire, where: Folders) -> tuple[dict[str, Any], str]:
    """What waits, by effect and by name."""
    store = wire.beside(where.data, read_only=True)
    try:
        facts = {
            "rehearsal": where.rehearsal, "effects": held(store),
            "holds": holds(store, where.options),
        }  # fmt: skip
        return facts, _zone(store, where)
    finally:
        store.close()
