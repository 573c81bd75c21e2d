"""Everybody the files name: who is who, by key, by address and by name.

Not the domain's Person: zone and hours may still depend on the programs (lines.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from daemon.domain.people import Address
from daemon.settings.addresses import domain_meant, named_of
from daemon.settings.fields import Value, Values
from daemon.settings.kinds import Wrong
from daemon.settings.known_names import OF_SEVERAL
from daemon.settings.problem import Findings, Mark, nearest, shown

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    }
)  # fmt: skip
_COLUMN = (
    "A group stands in a column mentees: Ben Das <ben@example.org>; Cleo Kim <cleo@example.org>"
)
_PLAIN = re.compile("[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody named with an address, and where. `values` is what people.yaml says of them beside that,
    `sound` whether all of it was understood."""

    id: str
    name: str
    address: Address
    file: str
    at: Mark
    listed: bool = False
    values: Values = field(default_factory=dict)
    sound: bool = True

    def get(self, name: str, default: Any = None) -> Any:
        """What people.yaml says under this name."""
        found = self.values.get(name)
        return default if found is None else found.value

    def place_from(self, file: str) -> str:
        """Where this person was named first, as seen from a file."""
        return f"line {self.at.line}" if file == self.file else f"{self.file}:{self.at.line}"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names somebody: under which setting, in which words. `scope`: the names of another file
    count, as those of its program do for the rows of a roster. `zone`: where a row says that somebody lives."""

    setting: str
    text: str
    at: Mark
    findings: Findings
    ok: bool = False
    scope: str = ""
    zone: Value | None = None

    @property
    def counts_in(self) -> str:
        """The file whose names count here."""
        return self.scope or self.findings.file

    def error(self, text: str, advice: str) -> None:
        """Note what is wrong with it."""
        self.findings.error(self.at, f"{self.setting}: {shown(self.text)}  {text}", advice)


@dataclass(slots=True)
class Roster:
    """All people known so far. `seen` tells which program's files named whom, so that a bare name means
    somebody of the same program or of people.yaml, never a stranger from another program."""

    by_id: dict[str, Known] = field(default_factory=dict)
    by_address: dict[Address, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    seen: dict[str, dict[Address, Known]] = field(default_factory=dict)
    contacts: dict[str, dict[str, Known]] = field(default_factory=dict)
    zones: dict[str, tuple[str, Value]] = field(default_factory=dict)
    """Where rows of spreadsheets say that somebody lives, by key, and in which file."""

    def add(self, known: Known, mention: Mention) -> Known | None:
        """Take somebody in, unless key or address belong to somebody else."""
        clash = self.by_id.get(known.id) or self.by_address.get(known.address)
        if clash is not None:
            mention.error(
                f"has the {'key ' + known.id if known.id in self.by_id else 'address'} of "
                f"{clash.name} ({clash.place_from(known.file)}).",
                "If these are two people, give each an id and an address of their own in people.yaml.",
            )
            return None
        if not mention.ok and not check_domain(known.address, mention):
            return None
        self.by_id[known.id] = known
        self.by_address[known.address] = known
        self.by_name.setdefault(folded(known.name), []).append(known)
        self.seen.setdefault(mention.counts_in, {})[known.address] = known
        return known

    def find(self, mention: Mention) -> Known | None:
        """Who is meant, None (and a problem) where that is not clear."""
        try:
            name, address = named_of(mention.text)
        except Wrong as wrong:
            if mention.setting in OF_SEVERAL and mention.text.count("@") > 1:
                advice = _COLUMN if mention.findings.cells else OF_SEVERAL[mention.setting]
                mention.error("names more than one person.", advice)
                return None
            mention.error(
                wrong.text, wrong.advice or "Write it like this: Ana Rao <ana@example.org>."
            )
            return None
        found = (
            self._introduced(name, address, mention) if address else self._recalled(name, mention)
        )
        if found is not None and mention.zone is not None:
            self._note_zone(found, mention, mention.zone)
        return found

    def _note_zone(self, known: Known, mention: Mention, zone: Value) -> None:
        here, listed = mention.findings.file, known.values.get("zone")
        file, first = self.zones.setdefault(known.id, (here, zone))
        if listed is not None:
            file, first = known.file, listed
        if first.value != zone.value:
            place = f"line {first.at.line}" if file == here else f"{file}:{first.at.line}"
            mention.findings.error(
                zone.at,
                f"{mention.setting}_zone: {shown(zone.text)}  is not the zone of {known.name} in {place}, "
                f"{first.value}.",
                "A person lives in one zone: write the same in both.",
            )

    def _introduced(self, name: str, address: Address, mention: Mention) -> Known | None:
        file = mention.findings.file
        known = self.by_address.get(address)
        if known is not None:
            if name and folded(name) != folded(known.name):
                mention.error(
                    f"has the address of {known.name} ({known.place_from(file)}).",
                    "Write one name for one person; two people need two addresses.",
                )
                return None
            self.seen.setdefault(mention.counts_in, {})[address] = known
            return known
        if not name:
            mention.error("has no name and is not known yet.", f"Write: Name <{address}>")
            return None
        namesakes = self.by_name.get(folded(name))
        if namesakes:
            mention.error(
                f"has another address in {namesakes[0].place_from(file)}: {namesakes[0].address}.",
                "Write one address for one person; two people of one name need an id each in people.yaml.",
            )
            return None
        key = slug(name) or slug(address.partition("@")[0]) or "person"
        return self.add(Known(key[:40].strip("-"), name, address, file, mention.at), mention)

    def _recalled(self, name: str, mention: Mention) -> Known | None:
        near = self.seen.get(mention.counts_in, {})
        by_key = self.by_id.get(name)
        if by_key is not None and (by_key.listed or by_key.address in near):
            return by_key
        everywhere = self.by_name.get(folded(name), [])
        found = [each for each in everywhere if each.listed or each.address in near]
        if len(found) == 1:
            return found[0]
        contact = self.contacts.get(mention.counts_in, {}).get(folded(name))
        if contact is not None and not found:
            return self._introduced(contact.name, contact.address, mention)
        if found:
            mention.error(
                f"is the name of {len(found)} people.",
                f"Write the id instead: {' or '.join(each.id for each in found)}.",
            )
            return None
        if everywhere:
            mention.error(
                "has no address in this file.", f"Write: {name} <{everywhere[0].address}>"
            )
            return None
        self._refuse_stranger(name, mention)
        return None

    def _refuse_stranger(self, name: str, mention: Mention) -> None:
        file = mention.findings.file
        if mention.findings.full:
            mention.findings.more()
            return
        known = {each.name: each for each in self.seen.get(mention.counts_in, {}).values()}
        known.update({each.name: each for each in self.by_id.values() if each.listed})
        meant = nearest(name, known)
        advice = f"rite: {name} <address>"
        mention.error(
            "has no address and is not known yet.",
            f"Did you mean {meant} ({known[meant].place_from(file)})? Otherwise w{advice}"
            if meant
            else f"W{advice}",
        )


def check_domain(address: Address, mention: Mention) -> bool:
    """False, and a problem, where the domain looks like a slip of a well-known one."""
    domain = address.rpartition("@")[2]
    meant = domain_meant(domain)
    if meant:
        mention.error(
            f"ends in {domain}.",
            f"Did you mean {meant}? If it is right, "
            + ("write true in a column ok." if mention.findings.cells else "add ok: true"),
        )
    return not meant


def folded(name: str) -> str:
    """A name for comparison: letter case and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def slug(name: str) -> str:
    """Small plain letters, digits and hyphens; empty where a script has none of them."""
    letters = name.lower()
    if not letters.isascii():
        apart = unicodedata.normalize("NFKD", letters.translate(_PLAIN_LETTERS))
        letters = "".join(each for each in apart if not unicodedata.combining(each))
    return "-".join(_PLAIN.findall(letters))
