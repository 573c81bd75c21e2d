"""The entries of `pairings:` as drafts: who with whom, under which key, when.

Not lines yet: a person's zone and hours depend on every program they are in (lines.py).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

from daemon.domain.people import ROLES, Role, Substitution
from daemon.settings.addresses import GROUP_LEAST, GROUP_MOST, named_of
from daemon.settings.fields import Value, Values, read_block
from daemon.settings.kinds import Wrong
from daemon.settings.known_names import NOT_OF_A_PAIRING
from daemon.settings.problem import Findings, shown
from daemon.settings.programs import Page, Written
from daemon.settings.roster import Known, Mention, Roster
from daemon.settings.roster_table import PAIRING
from daemon.settings.setting import Setting
from daemon.settings.tree import Entries, Items

KEY_CHARACTERS_MAX = 40
_APART = "Write a comma or a semicolon between two people."
_JOINED = re.compile(r" and | & ")


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry whose people are known."""

    page: Page
    written: Written
    key: str
    mentor: Known
    mentee: Known
    values: Values
    members: tuple[Known, ...] = ()
    """Of a group: the mentees beside the first."""
    mentions: tuple[Mention, ...] = ()
    """Where each of `people` is named."""
    substituted: Substitution | None = None
    """Who holds its 1:1s meanwhile."""
    stands_in: Substitution | None = None
    """Of a substitute: for whom."""

    @property
    def people(self) -> tuple[tuple[Role, Known], ...]:
        """Everybody of this entry, each with the setting that names them."""
        members: list[tuple[Role, Known]] = [("mentee", each) for each in self.members]
        return (("mentor", self.mentor), ("mentee", self.mentee), *members)

    @property
    def mentees(self) -> frozenset[str]:
        """The keys of all of them, whoever is named first."""
        return frozenset(each.id for each in (self.mentee, *self.members))

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


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry as written."""

    page: Page
    written: Written
    values: Values
    mentions: dict[str, Mention]
    """By role; of a group also those of its other mentees, as `mentees.1` and so on."""
    people: dict[str, Known]


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
    clear = [entry for entry in entries if len(entry.people) == len(entry.mentions) >= len(ROLES)]
    drafts = [_draft(entry) for entry in clear]
    return distinct([draft for draft in drafts if draft is not None], pages)


def _entries(page: Page) -> list[_Entry]:
    found = []
    for written in page.entries:
        table = _table(written)
        values = read_block(written.node, table, written.findings, page.mailbox, NOT_OF_A_PAIRING)
        group = values.pop("mentees", None)
        named = _of_group(group, values, written) if group else ()
        if group and not named:
            continue
        ok = "ok" in values and values["ok"].value
        mentions: dict[str, Mention] = {
            role: Mention(
                "mentees" if group and role == "mentee" else role,
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
        mentions |= {
            f"mentees.{number}": Mention(
                "mentees", each.value, each.at, written.findings, ok, scope=page.file
            )
            for number, each in enumerate(named[1:], 1)
        }
        found.append(_Entry(page, written, values, mentions, {}))
    return found


def _table(written: Written) -> tuple[Setting, ...]:
    """What an entry may say: who names a group names no single mentee."""
    group = any(name.text == "mentees" for name, _ in written.node.entries)
    return tuple(
        replace(each, required=each.required and not (group and each.name == "mentee"))
        for each in (*PAIRING, *written.further)
    )


def _of_group(group: Value, values: Values, written: Written) -> tuple[Value, ...]:
    """The people of a group, each with a place, the first as the mentee of this entry; nobody where it is none."""
    named = tuple(Value(text, text, entry.at) for entry in group.entries for text in entry.value)
    wrong, advice = "", ""
    if "mentee" in values:
        wrong, advice = "stands beside mentee.", "Keep one of the two: mentees is for a group."
    elif len(named) < GROUP_LEAST:
        if len(group.entries) < _entries_written(written):
            return ()  # another one is written wrongly, which has been told
        wrong, advice = _one_alone(group.text)
    elif len(named) > GROUP_MOST:
        wrong, advice = f"names more than {GROUP_MOST} people.", "Make two groups of them."
    if wrong:
        written.findings.error(group.at, f"mentees: {shown(group.text)}  {wrong}", advice)
        return ()
    values["mentee"] = named[0]
    return named


def _entries_written(written: Written) -> int:
    node = next(node for name, node in written.node.entries if name.text == "mentees")
    return len(node.items) if isinstance(node, Items) else 1


def _one_alone(text: str) -> tuple[str, str]:
    """What is wrong with a group that is written as one text: one person, or several that nothing holds apart."""
    several = "names several people with no comma between them.", _APART
    try:
        named_of(text)
    except Wrong as wrong:
        return several if text.count("@") > 1 else (wrong.text, wrong.advice)
    return several if _JOINED.search(text) else ("names one person alone.", f"Write mentee: {text}")


def _draft(entry: _Entry) -> Draft | None:
    """Nobody meets themselves, and nobody is in a group twice."""
    seen: dict[str, str] = {}
    for name, person in entry.people.items():
        first = seen.setdefault(person.id, name)
        if first != name:
            _refuse_twice(entry, first, name)
            return None
    mentor, mentee = entry.people["mentor"], entry.people["mentee"]
    names = [f"mentees.{number}" for number in range(1, len(entry.people) - 1)]
    key = entry.values["id"].value if "id" in entry.values else pairing_key(mentor.id, mentee.id)
    members = tuple(entry.people[name] for name in names)
    mentions = tuple(entry.mentions[name] for name in entry.people)
    return Draft(entry.page, entry.written, key, mentor, mentee, entry.values, members, mentions)


def _refuse_twice(entry: _Entry, first: str, name: str) -> None:
    if "mentor" in (first, name):
        group = len(entry.people) > len(ROLES)
        other = name if first == "mentor" else first
        advice = "A group is one mentor and others." if group else "A pairing is two people."
        entry.mentions[other].error("is the mentor of this pairing as well.", advice)
    else:
        entry.mentions[name].error("is in this group twice.", "Name everybody once.")


def pairing_key(mentor: str, mentee: str) -> str:
    """The key made from two people's keys; where it is too long, its end tells long names apart."""
    whole = f"{mentor}-{mentee}"
    if len(whole) <= KEY_CHARACTERS_MAX:
        return whole
    # Only a digest of the whole stays the same whatever other pairings come and go (RULES 1).
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: KEY_CHARACTERS_MAX - 9].rstrip('-')}-{digest}"


def distinct(drafts: list[Draft], pages: list[Page]) -> list[Draft]:
    """Without those that are there twice, or whose people cannot be written to."""
    mailboxes = {page.mailbox: page.file for page in pages if page.mailbox}
    by_pair: dict[tuple[str, str, str], Draft] = {}
    by_people: dict[tuple[str, str, frozenset[str]], Draft] = {}
    by_key: dict[str, Draft] = {}
    kept = []
    for draft in drafts:
        first = by_pair.setdefault((draft.page.file, draft.mentor.id, draft.mentee.id), draft)
        same = by_people.setdefault((draft.page.file, draft.mentor.id, draft.mentees), draft)
        namesake = by_key.setdefault(draft.key, draft)
        if same is not draft and draft.members:
            named = " and ".join(each.name for each in (draft.mentee, *draft.members))
            _refuse(
                draft,
                f"mentor: {draft.mentor.name}  and {named} are a group already, "
                f"in {same.place_from(draft.findings.file)}.",
                "Keep one of the two.",
            )
        elif first is not draft:
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
    for (_, person), mention in zip(draft.people, draft.mentions, strict=True):
        if person.address in mailboxes:
            draft.findings.error(
                mention.at,
                f"{mention.setting}: {person.name}  has the address of the mailbox in "
                f"{mailboxes[person.address]}.",
                "Letters to it would come back to the program: write the person's own address.",
            )
            return False
    return True
