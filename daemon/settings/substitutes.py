"""The block `substitute:` of a pairing: who holds its 1:1s meanwhile, as a draft of its own.

Not what follows for the two pairings: daemon/decide/substituting.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from daemon.domain.people import Days, Substitution
from daemon.settings.day_kinds import Stretches
from daemon.settings.fields import Value, Values, read_block
from daemon.settings.kinds import Wrong
from daemon.settings.pairings import Draft, distinct, pairing_key
from daemon.settings.programs import Page
from daemon.settings.roster import Known, Mention, Roster
from daemon.settings.substitute_table import SUBSTITUTE
from daemon.settings.tree import Entries

NAME = "substitute"
_EXAMPLE = "For example: substitute: {mentor: Cara Lim <cara@example.org>, from: 2026-12-01, to: 2027-01-15}"
KEPT = ("cadence", "length_minutes", "anchor")
"""What a pairing says for itself, and its substitute takes over."""
OVER = ("closing", "closed")


@dataclass(frozen=True, slots=True)
class _Block:
    """One block that is understood, but for who is meant."""

    draft: Draft
    values: Values
    days: Days
    mention: Mention

    def refuse(self, name: str, why: str, advice: str) -> None:
        """One of its settings is not possible."""
        value = self.values[name]
        text = f"{NAME}: {name}: {value.text}  {why}"
        self.draft.findings.error(value.at, text, advice)


def with_substitutes(drafts: list[Draft], pages: list[Page], roster: Roster) -> list[Draft]:
    """The drafts, and behind them those of everybody who holds the 1:1s of one of them meanwhile.

    Addresses are read before bare names, as those of all other people were.
    """
    blocks = [block for draft in drafts for block in [_block(draft)] if block]
    if not blocks:
        return drafts
    people: dict[str, Known] = {}
    for with_address in (True, False):
        for block in blocks:
            if ("@" in block.mention.text) is with_address:
                known = roster.find(block.mention)
                if known is not None:
                    people[block.draft.key] = known
    found = {
        block.draft.key: _draft(block, people[block.draft.key])
        for block in blocks
        if block.draft.key in people and _may(block, people[block.draft.key])
    }
    resting = [_rests(draft, found.get(draft.key)) for draft in drafts]
    return distinct([*resting, *found.values()], pages)


def warn_of_past(draft: Draft, today: date | None) -> None:
    """A substitute whose days are over has no effect any more."""
    known, last = draft.stands_in, draft.values["ends"] if draft.stands_in else None
    if today and known and last and known.days.last < today:
        draft.findings.warning(
            last.at,
            f"{NAME}: to: {last.text}  is past, so nobody stands in any more.",
            f"Delete the block {NAME}:.",
        )


def _rests(draft: Draft, meanwhile: Draft | None) -> Draft:
    """The pairing with who holds its 1:1s meanwhile, if there is somebody."""
    if meanwhile is None or meanwhile.stands_in is None:
        return draft
    days = meanwhile.stands_in.days
    named = Substitution(meanwhile.key, meanwhile.mentor.name, days)
    return replace(draft, substituted=named)


def _block(draft: Draft) -> _Block | None:
    """The block of that pairing, where it has one and nothing in it is wrong by itself."""
    value, findings = draft.values.get(NAME), draft.findings
    if value is None:
        return None
    if not isinstance(value.value, Entries):
        findings.error(value.at, f"{NAME}:  is a block of its own.", _EXAMPLE)
        return None
    values = read_block(value.value, SUBSTITUTE, findings)
    if len(values) < len(SUBSTITUTE) or not _has_one(draft, value):
        return None
    try:
        given: dict[str, Any] = {name: values[name].value for name in ("from", "to")}
        (days,) = Stretches().of_parts(given)
    except Wrong as wrong:
        last = values["to"]
        findings.error(last.at, f"{NAME}: to: {last.text}  {wrong.text}", wrong.advice)
        return None
    said = values["mentor"]
    ok = "ok" in draft.values and draft.values["ok"].value
    mention = Mention(f"{NAME}: mentor", said.value, said.at, findings, ok, scope=draft.page.file)
    return _Block(draft, values, days, mention)


def _has_one(draft: Draft, value: Value) -> bool:
    """Whether such a pairing can have a substitute."""
    cadence = draft.get("cadence", draft.page.program.cadence if draft.page.program else None)
    why, advice = "", ""
    if draft.members:
        why = "is not possible for a group."
        advice = "Let it rest meanwhile: state: paused, with resumes: and a date."
    elif cadence is not None and cadence.finite:
        why = "is not possible with a plan of sessions."
        advice = "Delete it: a session can be moved to a day after the absence."
    if why:
        draft.findings.error(value.at, f"{NAME}:  {why}", advice)
    return not why


def _may(block: _Block, known: Known) -> bool:
    """Whether that person can hold these 1:1s on these days."""
    draft, days = block.draft, block.days
    for role, person in draft.people:
        if person.id == known.id:
            block.refuse("mentor", f"is the {role} of this pairing.", "Name somebody else.")
            return False
    starts, ends = draft.get("starts"), draft.get("ends")
    if starts and days.first < starts:
        block.refuse(
            "from", f"is before the pairing starts, {starts}.", f"Write {starts} or later."
        )
        return False
    if ends and days.last > ends:
        block.refuse("to", f"is after the pairing ends, {ends}.", f"Write {ends} or earlier.")
        return False
    return True


def _draft(block: _Block, known: Known) -> Draft:
    """The pairing of the substitute: as often and as long as the other one, at a time of its own."""
    draft, days, said = block.draft, block.days, block.values
    values: Values = {name: draft.values[name] for name in KEPT if name in draft.values}
    values |= {"mentor": said["mentor"], "mentee": draft.values["mentee"]}
    values |= {"starts": said["from"], "ends": said["to"]}
    program = draft.page.program
    if program and "at" in program.locked and "at" in draft.values:
        values["at"] = draft.values["at"]  # no other one could be agreed on
    if draft.get("state") in OVER:
        values["state"] = draft.values["state"]
    return replace(
        draft,
        key=pairing_key(f"{draft.mentee.id}-{known.id}", f"{days.first:%Y%m%d}"),
        mentor=known,
        values=values,
        mentions=(block.mention, *draft.mentions[1:]),
        stands_in=Substitution(draft.key, draft.mentor.name, days),
    )
