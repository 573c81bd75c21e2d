"""Journal: somebody's own private lines in one pairing, as the letter that was asked for shows them.

Not whether they are shown: daemon/decide/journal.py. They are nowhere but in the store, and go to their writer alone.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from daemon.decide.moment import local_day
from daemon.domain.people import Role
from daemon.domain.thread import Note
from daemon.domain.world import Lane, Plan
from daemon.ports import Store

SHOWN_MOST = 20
CHARACTERS_MAX = 500


def own_lines(
    store: Store, lane: Lane, role: Role, zone: tzinfo, plan: Plan | None
) -> dict[str, Any]:
    """The facts of that letter: the newest first, each under its day, and how many more there are. What is decided in
    the same `plan` counts."""
    own = [note for note in _kept(store, lane, plan) if note.private and note.author == role]
    own.reverse()
    notes = [
        {"day": local_day(note.at, zone).isoformat(), "lines": _lines(note.text)}
        for note in own[:SHOWN_MOST]
    ]
    return {"notes": notes, "more": max(0, len(own) - SHOWN_MOST)}


def _kept(store: Store, lane: Lane, plan: Plan | None) -> list[Note]:
    known = store.notes(lane)
    if plan is None:
        return known
    if plan.forget_words:
        return []
    return [n for n in (*known, *plan.keep) if (n.author, n.at) not in plan.taken_back]


def _lines(text: str) -> list[str]:
    if len(text) > CHARACTERS_MAX:
        text = text[:CHARACTERS_MAX].rsplit(" ", 1)[0] + " …"
    return [line.strip() for line in text.splitlines() if line.strip()]
