"""Entries that would found a second pairing of people who have one: `check` warns before it begins.

Not a mistake of the files: two entries of the same people in one file are (daemon/settings/pairings.py).
"""

from __future__ import annotations

from daemon.commands.capacity import states_of
from daemon.domain.people import Line
from daemon.mail.words import english
from daemon.ports import Store
from daemon.settings import Loaded, Problem
from daemon.settings.pairings import Draft


def founded_twice(loaded: Loaded, store: Store | None) -> list[Problem]:
    """A warning for each pairing that has not begun: where it is the people of one that the files name no more, which goes
    on, and where its mentee is in a group of the same mentor as well."""
    states = states_of(store) if store else {}
    going_on = [
        each.line
        for each in states.values()
        if each.standing != "closed" and each.line.stands_in is None
    ]
    named = {draft.key for draft in loaded.drafts}
    left = [line for line in going_on if line.pairing not in named]
    groups = [(each.pairing, each.mentor.id, _mentees(each)) for each in going_on if each.members]
    groups += [(each.key, each.mentor.id, each.mentees) for each in loaded.drafts if each.members]
    found = []
    for draft in loaded.drafts:
        if draft.key in states or draft.get("state") in ("closing", "closed") or draft.stands_in:
            continue
        same = _same_people(draft, left)
        within = next(
            (
                key
                for key, mentor, mentees in groups
                if not draft.members and draft.mentor.id == mentor and draft.mentees < mentees
            ),
            None,
        )
        if same is not None:
            found.append(_again(draft, same))
        elif within is not None:
            found.append(_also_alone(draft, within))
    return found


def _same_people(draft: Draft, lines: list[Line]) -> Line | None:
    whom = (draft.mentor.id, draft.mentees)
    return next((each for each in lines if (each.mentor.id, _mentees(each)) == whom), None)


def _mentees(line: Line) -> frozenset[str]:
    return frozenset(each.id for each in (line.mentee, *line.members))


def _again(draft: Draft, line: Line) -> Problem:
    named = english().listed([each.name for _, each in draft.people], "and")
    kind = "group" if draft.members else "pairing"
    return _warning(
        draft,
        f"{named}  are the people of {line.pairing}, which goes on.",
        f"Write id: {line.pairing}, if it is the same {kind}.",
    )


def _also_alone(draft: Draft, group: str) -> Problem:
    return _warning(
        draft,
        f"{draft.mentee.name}  is in the group {group} of {draft.mentor.name} as well.",
        "Delete this entry, unless the two are to meet without the group too.",
    )


def _warning(draft: Draft, text: str, advice: str) -> Problem:
    """At the place of the mentee, or of the first of a group."""
    mention = draft.mentions[1]
    return Problem(
        draft.findings.file, mention.at.line, mention.at.column, f"{mention.setting}: {text}",
        advice, "warning",
    )  # fmt: skip
