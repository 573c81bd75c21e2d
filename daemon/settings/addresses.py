"""Kinds of values that name somebody: an address, or a name with an address.

Not people: who is who, and who is known already, is settled in roster.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from daemon.domain.people import Address
from daemon.settings.kinds import Wrong, plain_line

ADDRESS_CHARACTERS_MAX = 254  # RFC 5321 4.5.3.1.3
NAME_CHARACTERS_MAX = 100

# RFC 5322 dot-atom before the @, host names behind it; quoted local parts are not served.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
_APART = re.compile(r"[;,\n]")
GROUP_LEAST, GROUP_MOST = 2, 12
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")

_COMMON_DOMAINS = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "icloud.com",
    "protonmail.com",
)
# One letter away from a common domain, and real.
_REAL_DOMAINS = frozenset(
    ("mail.com", "email.com", "ymail.com", "gmai.com", "yahoo.co", "hotmail.co")
)


def address_of(text: str) -> Address:
    """The address in lower case. Raises Wrong."""
    plain_line(text)
    if not text.isascii():
        raise Wrong(
            "is an address with letters that mail servers may refuse.",
            "Write it with plain letters; a domain like müller.de is written xn--….",
        )
    if not _ADDRESS.fullmatch(text) or len(text) > ADDRESS_CHARACTERS_MAX:
        raise Wrong("is not an e-mail address.", "An address looks like name@example.org.")
    local = text.partition("@")[0]
    if len(local) > 64:  # RFC 5321 4.5.3.1.1
        raise Wrong("is not an e-mail address: more than 64 characters before the @.")
    return text.lower()


def named_of(text: str) -> tuple[str, Address]:
    """Name and address of `Name <address>`, either of them empty where it is missing. Raises Wrong."""
    plain_line(text)
    named = _NAMED.fullmatch(text)
    if named:
        return _name_of(named["name"].strip().strip("\"'")), address_of(named["address"].strip())
    if "@" in text:
        name, _, address = text.rpartition(" ")
        if name and "@" not in name and _ADDRESS.fullmatch(address):
            raise Wrong("has no < > around the address.", f"Write {name.strip()} <{address}>.")
        return "", address_of(text)
    if "<" in text or ">" in text:
        raise Wrong("is not Name <address>.", "Write it like this: Ana Rao <ana@example.org>.")
    return _name_of(text), ""


def _name_of(text: str) -> str:
    """A name as letters use it: its first word is what they call somebody by."""
    if len(text) > NAME_CHARACTERS_MAX:
        raise Wrong(f"has a name longer than {NAME_CHARACTERS_MAX} characters.")
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        turned = f"Write {given} {family}: letters" if given else "Leave the comma out: letters"
        raise Wrong("has a comma in the name.", f"{turned} call people by the first word.")
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def domain_meant(domain: str) -> str:
    """The well-known domain that a slip turned into this one, empty when there is none."""
    if domain in _COMMON_DOMAINS or domain in _REAL_DOMAINS:
        return ""
    if domain.endswith(".con"):  # no such top-level domain exists
        return f"{domain[:-1]}m"
    return next((common for common in _COMMON_DOMAINS if _one_slip(domain, common)), "")


def _one_slip(written: str, meant: str) -> bool:
    """One letter wrong, missing or too many, or two neighbours swapped."""
    if abs(len(written) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    rest, wanted = written[start:], meant[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail address; a name before it is allowed and not kept."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "an e-mail address"

    def parse(self, text: str) -> Address:
        """The address in lower case."""
        address = named_of(text)[1]
        if not address:
            raise Wrong("is not an e-mail address.", "An address looks like name@example.org.")
        return address

    def show(self, value: Address) -> str:
        """The address."""
        return value


@dataclass(frozen=True, slots=True)
class NamedMail:
    """A name and an address, because letters name a human being."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "a name and an e-mail address"

    def parse(self, text: str) -> tuple[str, Address]:
        """Name, and address in lower case."""
        name, address = named_of(text)
        if not address:
            raise Wrong("has no address.", f"Write {name or 'Maya'} <address>.")
        if not name:
            raise Wrong("has no name, and letters name a human being.", f"Write Name <{address}>.")
        return name, address

    def show(self, value: tuple[str, Address]) -> str:
        """Name and address as written."""
        return f"{value[0]} <{value[1]}>"


@dataclass(frozen=True, slots=True)
class Organizer:
    """Whose calendar it is."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "mentor, program or an e-mail address"

    def parse(self, text: str) -> str:
        """The word, or the address."""
        return text.lower() if text.lower() in ("mentor", "program") else Mail().parse(text)

    def show(self, value: str) -> str:
        """As written."""
        return value


@dataclass(frozen=True, slots=True)
class Mentees:
    """Several people in one cell or one entry: names, addresses or keys, apart by a semicolon (a spreadsheet), a comma or a
    line."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"2 to {GROUP_MOST} people, each as `mentee` is written"

    def parse(self, text: str) -> tuple[str, ...]:
        """Each of them as written. Raises Wrong."""
        names = tuple(each.strip() for each in _APART.split(text))
        if not all(names):
            raise Wrong("names nobody between two of its commas.")
        return names

    def show(self, value: tuple[str, ...]) -> str:
        """The people as written."""
        return ", ".join(value)
