"""Kinds of values about reports: which are wanted, and who reads them.

Not what stands in a report: daemon/measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from daemon.domain.program import Reader, Rhythm
from daemon.settings.addresses import NamedMail, address_of
from daemon.settings.kinds import Choice, Wrong, listed, plain_line
from daemon.settings.problem import nearest

RHYTHMS: tuple[Rhythm, ...] = ("weekly", "monthly", "quarterly", "annual")
NONE = "none"
READERS_MOST = 10
_SAME_AS = (("yearly", "annual"), ("annually", "annual"), ("week", "weekly"), ("month", "monthly"))
_EXAMPLE = "Dean <dean@example.org> quarterly"
_TWO = f"{_EXAMPLE}, Board <board@example.org> annual"
_BARE_MOST = 400
_BARE = re.compile(
    r"(?P<name>[^<>@]*?) *<? *(?P<address>[^\s<>@]+@[^\s<>@]+) *>? *(?P<behind>[^<>@]*)"
)
"""A reader whose address has no < and > around it, or one of the two. What is longer than that is no reader."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Some of four rhythms, or none."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"{', '.join(RHYTHMS)}, those that are wanted, with commas; or {NONE}"

    def parse(self, text: str) -> tuple[str, ...]:
        """The rhythms, each once, the shortest first."""
        if text.lower() == NONE:
            return ()
        one = Choice(RHYTHMS, same_as=_SAME_AS)
        wanted = {one.parse(each) for each in listed(text)}
        if not wanted:
            raise Wrong("names none.", f"Write {NONE}, if no report is wanted.")
        return tuple(each for each in RHYTHMS if each in wanted)

    def show(self, value: tuple[str, ...]) -> str:
        """As written."""
        return ", ".join(value) or NONE


@dataclass(frozen=True, slots=True)
class ReportReaders:
    """Human beings with a name and an address of their own, and behind it which reports they read."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return (
            f"names with their addresses, with commas, at most {READERS_MOST}; behind an address some of "
            f"{', '.join(RHYTHMS)}, else all but {RHYTHMS[0]}"
        )

    def parse(self, text: str) -> tuple[Reader, ...]:
        """Each once. A rhythm between two commas is that of whoever stands before it."""
        found: dict[str, Reader] = {}
        last = None
        for each in listed(text):
            who, closed, behind = each.rpartition(">")
            if not closed and last and _is_rhythm(each):
                behind = each
            else:
                _check_written(each)
                name, address = NamedMail().parse(f"{who}>" if closed else each)
                last = found.setdefault(address, Reader(name, address))
            every = {*last.every, *_rhythms(behind, last.name)}
            last = Reader(last.name, last.address, tuple(r for r in RHYTHMS if r in every))
            found[last.address] = last
        if not found:
            raise Wrong("names no one.", "Delete the line: the contact reads them then.")
        if len(found) > READERS_MOST:
            raise Wrong(f"has more than {READERS_MOST} readers.")
        return tuple(found.values())

    def show(self, value: tuple[Reader, ...]) -> str:
        """As written."""
        return ", ".join(" ".join((f"{each.name} <{each.address}>", *each.every)) for each in value)


def _check_written(text: str) -> None:
    """What people write instead of one reader with rhythms behind the address. Raises Wrong."""
    if ";" in plain_line(text):
        raise Wrong("has a semicolon in it.", f"Write a comma instead: {_TWO}")
    if text.count("@") > 1:
        raise Wrong("has two readers with no comma between them.", f"Write one: {_TWO}")
    first = text.split(maxsplit=1)[0]
    if first in RHYTHMS or _is_rhythm_alone(text.partition("<")[0]):
        raise Wrong(
            f"has {first} with no reader before it.",
            f"Write it behind an address: Dean <dean@example.org> {_meant(first.lower())}",
        )
    plain = " ".join(text.split())
    bare = None if {*"<>"} <= {*plain} or len(plain) > _BARE_MOST else _BARE.fullmatch(plain)
    if bare and (bare["behind"] or {*"<>"} & {*text}):
        raise Wrong("has no < and > around the address.", _with_brackets(bare))


def _with_brackets(bare: re.Match[str]) -> str:
    """The same as it may be written; an example where something else in it is wrong as well."""
    behind = [_meant(word) for word in _words(bare["behind"])]
    try:
        address = address_of(bare["address"])
    except Wrong:
        return f"Write it like this: {_EXAMPLE}"
    if not all(behind):
        return f"Write it like this: {_EXAMPLE}"
    return f"Write it like this: {' '.join((bare['name'] or 'Name', f'<{address}>', *behind))}"


def _is_rhythm_alone(text: str) -> bool:
    """Whether it is nothing but rhythms. A short word that is merely near to one may be a name: Anna."""
    words = _words(text)
    return (
        bool(words)
        and _is_rhythm(text)
        and all(word in RHYTHMS or word in dict(_SAME_AS) or len(word) > 5 for word in words)
    )


def _is_rhythm(text: str) -> bool:
    """Whether it names no one: one or more rhythms, or slips of them."""
    return "@" not in text and all(_meant(word) for word in _words(text))


def _words(text: str) -> list[str]:
    return [word for word in text.lower().split() if word != "and"]


def _meant(word: str) -> str:
    return word if word in RHYTHMS else dict(_SAME_AS).get(word) or nearest(word, RHYTHMS)


def _rhythms(text: str, name: str) -> set[str]:
    """Which of them stand behind that reader. Raises Wrong."""
    words = _words(text)
    for word in words:
        if word not in RHYTHMS:
            meant = _meant(word)
            advice = f"Did you mean {meant}?" if meant else f"There are {', '.join(RHYTHMS)}."
            raise Wrong(f"has {word} behind {name}, and no report of that name.", advice)
    return set(words)
