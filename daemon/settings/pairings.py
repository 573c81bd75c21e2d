"""The entries of `pairings:` as drafts: who with whom, under which key, when.

Not lines yet: a person's zone and hours depend on every program they are in (lines.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from daemon.domain.people import ROLES, Role
from daemon.settings.fields import Value, Values, read_block
from daemon.settings.problem import Findings
from daemon.settings.programs import Page, Written
from daemon.settings.roster import Known, Mention, Roster
from daemon.settings.roster_table import PAIRING
from daemon.settings.tree import Entries

KEY_CHARACTERS_MAX = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry whose people are known."""

    page: Page
    written: Written
    key: str
    mentor: Known
    mentee: Known
    values: Values

    @property
    def node(self) -> Entries:
        """The entry itself."""
        return self.written.node

    @property
    def findings(self) -> Findings:
        """Where a mistake of this entry is told."""
        return self.written.findings

    def findings_of(self, name: str) -> Findings:
        """Where a mistake of this setting is told: its own, or one that the program says for all."""
        return self.findings if name in self.values else self.page.findings

    def place_from(self, file: str) -> str:
        """Where this entry is, as seen from a file."""
        line = self.node.at.line
        return f"line {line}" if self.findings.file == file else f"{self.findings.file}:{line}"

    def value(self, name: str) -> Value | None:
        """What the entry says, else what the program says for all its pairings."""
        return self.values.get(name) or self.page.values.get(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The same without its place."""
        found = self.value(name)
        return default if found is None else found.value


_ZONE = "A person's zone stands in people.yaml, beside programs/."
_ELSEWHERE = {"timezone": _ZONE, "zone": _ZONE}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry as written."""

    page: Page
    written: Written
    values: Values
    mentions: dict[Role, Mention]
    people: dict[Role, Known]


def drafts_of(pages: list[Page], roster: Roster) -> list[Draft]:
    """Every entry that says clearly who meets whom, in the order of the files.

    Addresses are read before bare names, so that the order of the entries does not matter.
    """
    entries = [entry for page in pages for entry in _entries(page)]
    for with_address in (True, False):
        for entry in entries:
            for role, mention in entry.mentions.items():
                if ("@" in mention.text) is with_address:
                    known = roster.find(mention)
                    if known is not None:
                        entry.people[role] = known
    drafts = [_draft(entry) for entry in entries if len(entry.people) == 2]
    return _distinct([draft for draft in drafts if draft is not None], pages)


def _entries(page: Page) -> list[_Entry]:
    found = []
    for written in page.entries:
        values = read_block(
            written.node, (*PAIRING, *written.further), written.findings, page.mailbox, _ELSEWHERE
        )
        ok = "ok" in values and values["ok"].value
        mentions = {
            role: Mention(
                role,
                values[role].value,
                values[role].at,
                written.findings,
                ok,
                scope=page.file,
                zone=values.get(f"{role}_zone"),
            )
            for role in ROLES
            if role in values
        }
        found.append(_Entry(page, written, values, mentions, {}))
    return found


def _draft(entry: _Entry) -> Draft | None:
    mentor, mentee = entry.people["mentor"], entry.people["mentee"]
    if mentor is mentee:
        entry.mentions["mentee"].error(
            "is the mentor of this pairing as well.", "A pairing is two people."
        )
        return None
    key = entry.values["id"].value if "id" in entry.values else pairing_key(mentor.id, mentee.id)
    return Draft(entry.page, entry.written, key, mentor, mentee, entry.values)


def pairing_key(mentor: str, mentee: str) -> str:
    """The key made from two people's keys; where it is too long, its end tells long names apart."""
    whole = f"{mentor}-{mentee}"
    if len(whole) <= KEY_CHARACTERS_MAX:
        return whole
    # Only a digest of the whole stays the same whatever other pairings come and go (RULES 1).
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: KEY_CHARACTERS_MAX - 9].rstrip('-')}-{digest}"


def _distinct(drafts: list[Draft], pages: list[Page]) -> list[Draft]:
    """Without those that are there twice, or whose people cannot be written to."""
    mailboxes = {page.mailbox: page.file for page in pages if page.mailbox}
    by_pair: dict[tuple[str, str, str], Draft] = {}
    by_key: dict[str, Draft] = {}
    kept = []
    for draft in drafts:
        first = by_pair.setdefault((draft.page.file, draft.mentor.id, draft.mentee.id), draft)
        namesake = by_key.setdefault(draft.key, draft)
        if first is not draft:
            _refuse(
                draft,
                f"mentor: {draft.mentor.name}  and {draft.mentee.name} are a pairing already, "
                f"in {first.place_from(draft.findings.file)}.",
                "Keep one of the two.",
            )
        elif namesake is not draft:
            _refuse(
                draft,
                f"mentor: {draft.mentor.name}  and {draft.mentee.name} get the key {draft.key}, "
                f"which belongs to the pairing in {namesake.place_from(draft.findings.file)}.",
                "Give one of the two a key of its own, for example id: "
                f"{draft.key[: KEY_CHARACTERS_MAX - 2]}-2",
            )
        elif _check_mailboxes(draft, mailboxes):
            kept.append(draft)
    return kept


def _refuse(draft: Draft, text: str, advice: str) -> None:
    draft.findings.error(draft.values["mentor"].at, text, advice)


def _check_mailboxes(draft: Draft, mailboxes: dict[str, str]) -> bool:
    for role, person in (("mentor", draft.mentor), ("mentee", draft.mentee)):
        if person.address in mailboxes:
            draft.findings.error(
                draft.values[role].at,
                f"{role}: {person.name}  has the address of the mailbox in "
                f"{mailboxes[person.address]}.",
                "Letters to it would come back to the program: write the person's own address.",
            )
            return False
    return True
