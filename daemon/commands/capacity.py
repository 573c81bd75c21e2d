"""How many pairings each mentor has who says in people.yaml how many at most, and who has more than that.

Not a limit: nobody is kept from beginning. `check` warns, and `status` shows where there is room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from daemon.domain.world import PairingState
from daemon.ports import Store
from daemon.settings import Loaded, Problem
from daemon.settings.pairings import Draft
from daemon.settings.roster import Known
from daemon.settings.roster_table import MOST_MENTEES

SETTING = "most_mentees"


@dataclass(frozen=True, slots=True)
class Mentoring:
    """The pairings of one who says how many at most: those that have begun, then those that only the files know."""

    mentor: Known
    begun: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def most(self) -> int:
        """What the files allow."""
        return int(self.mentor.get(SETTING))

    @property
    def pairings(self) -> tuple[str, ...]:
        """All of them; what is too much is at the end."""
        return (*self.begun, *self.new)

    @property
    def free(self) -> int:
        """How many more there may be."""
        return max(0, self.most - len(self.pairings))

    @property
    def too_many(self) -> bool:
        """0 says that nobody new is wanted, and nothing about those that have begun."""
        return len(self.pairings) > self.most and bool(self.most or self.new)


def mentorings(loaded: Loaded, store: Store | None) -> list[Mentoring]:
    """Over all programs. What is over, or ends by the files, takes no room; a pairing that has disappeared from the
    files goes on, so it does."""
    limited = [known for known in loaded.people if SETTING in known.values]
    if not limited:
        return []
    states = states_of(store) if store else {}
    begun = {name: s.line.mentor.id for name, s in states.items() if s.standing != "closed"}
    named = {draft.key: draft.mentor.id for draft in loaded.drafts}
    over = {draft.key for draft in loaded.drafts if draft.get("state") in ("closing", "closed")}
    over |= states.keys() - begun.keys()
    # Those of the files come last, and in their order: what is too much is looked for at the end.
    mentor_of = {name: who for name, who in begun.items() if name not in named} | named
    return [
        Mentoring(
            known,
            begun=tuple(n for n, who in mentor_of.items() if who == known.id and n in begun and n not in over),
            new=tuple(n for n, who in mentor_of.items() if who == known.id and n not in begun and n not in over),
        )
        for known in limited
    ]  # fmt: skip


def states_of(store: Store) -> Mapping[str, PairingState]:
    """What is known of every pairing that has begun, by its key."""
    lanes = (each for each in store.lane_names() if each.startswith("pairing/"))
    found = (store.world(lane).state for lane in lanes)
    return {each.line.pairing: each for each in found if isinstance(each, PairingState)}


def too_many(loaded: Loaded, store: Store | None) -> list[Problem]:
    """A warning for each mentor with more pairings than they take, at the last one that the files name: a new one, if
    there is one."""
    drafts = {draft.key: draft for draft in loaded.drafts}
    found = []
    for each in mentorings(loaded, store):
        last = next((drafts[name] for name in reversed(each.pairings) if name in drafts), None)
        if last is not None and each.too_many:
            found.append(_problem(each, last))
    return found


def _problem(each: Mentoring, draft: Draft) -> Problem:
    mentor, count, at = each.mentor, len(each.pairings), draft.values["mentor"].at
    place = f"{mentor.file}:{mentor.values[SETTING].at.line}"
    pairings = "1 pairing" if count == 1 else f"{count} pairings"
    advice = "Name another mentor, or write state: closing where one ends."
    if count <= MOST_MENTEES:
        advice = f"Name another mentor, write state: closing where one ends, or {SETTING}: {count}."
    return Problem(
        draft.findings.file, at.line, at.column,
        f"mentor: {mentor.name}  has {pairings} with this one, and {place} says {SETTING}: {each.most}.",
        advice,
        "warning",
    )  # fmt: skip


def room(loaded: Loaded, store: Store) -> list[dict[str, Any]]:
    """For `status`: who can be asked, the one with the most room first."""
    by_room = sorted(mentorings(loaded, store), key=lambda each: (-each.free, each.mentor.name))
    return [
        {
            "mentor": each.mentor.name,
            "pairings": len(each.pairings),
            "most": each.most,
            "free": each.free,
        }
        for each in by_room
    ]
