"""The kind of `meeting_types:`, and of one block of an agenda, like `5 how you are`.

Not how it is read from a file: agendas.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from daemon.domain.agenda import TYPES, Agenda, Block, MeetingType
from daemon.settings.kinds import Number, Text, Wrong
from daemon.settings.problem import nearest

BLOCKS_MOST = 6
MINUTES_MOST = 240
WORDS_CHARACTERS_MAX = 40
BLOCK_PATTERN = f"^[1-9][0-9]{{0,2}} +\\S.{{0,{WORDS_CHARACTERS_MAX - 1}}}$"
_BLOCK = re.compile(r"([0-9]+)\s+(\S.*)")
_UNIT = re.compile(r"(?:m|mins?|minutes?)\b[.:]?\s*(.*)", re.IGNORECASE)
EXAMPLE_BLOCK = "5 how you are"
EXAMPLE = f"For example: - {EXAMPLE_BLOCK}"
ALL_TYPES = f"{', '.join(sorted(TYPES)[:-1])} or {sorted(TYPES)[-1]}"


@dataclass(frozen=True, slots=True)
class Lines:
    """A few short lines for people: a list of them in a file, a text of so many lines in a preset."""

    lines_most: int = 4
    characters_max: int = 80

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"up to {self.lines_most} lines of at most {self.characters_max} characters"

    def parse(self, text: str) -> tuple[str, ...]:
        """The lines, each once. Raises Wrong."""
        one = Text(self.characters_max)
        lines = tuple(
            dict.fromkeys(one.parse(each) for each in map(str.strip, text.splitlines()) if each)
        )
        if len(lines) > self.lines_most:
            raise Wrong(f"has more than {self.lines_most} lines.", "Keep those that matter most.")
        return lines

    def show(self, value: tuple[str, ...]) -> str:
        """The lines in one; none by default."""
        return " / ".join(value)


@dataclass(frozen=True, slots=True)
class Agendas:
    """Types of 1:1s, each with its blocks: in a file a block of its own, in a preset a text with the same lines."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"{ALL_TYPES}, each with up to {BLOCKS_MOST} blocks: minutes and up to {WORDS_CHARACTERS_MAX} characters"

    def parse(self, text: str) -> tuple[Agenda, ...]:
        """The agendas of a text. Raises Wrong."""
        found: dict[MeetingType, tuple[Block, ...]] = {}
        kind: MeetingType | None = None
        for line in filter(None, map(str.strip, text.splitlines())):
            if line.startswith("- ") and kind:
                found[kind] = (*found[kind], block_of(line[2:].strip()))
            else:
                kind = type_of(line.removesuffix(":"))
                found[kind] = ()
        return tuple(Agenda(kind, blocks) for kind, blocks in found.items())

    def show(self, value: tuple[Agenda, ...]) -> str:
        """Which types there are; none by default."""
        return ", ".join(agenda.type for agenda in value)


def type_of(name: str) -> MeetingType:
    """The type of that name. Raises Wrong."""
    for each in TYPES:
        if each == name:
            return each
    meant = nearest(name.lower().replace("-", "_").replace(" ", "_"), TYPES)
    raise Wrong(
        "is no type of 1:1.", f"Did you mean {meant}?" if meant else f"Allowed: {ALL_TYPES}."
    )


def block_of(text: str) -> Block:
    """One block. Raises Wrong."""
    written = _BLOCK.fullmatch(text)
    if not written:
        raise Wrong("is not minutes and words.", EXAMPLE)
    unit = _UNIT.fullmatch(written[2])
    if unit:
        meant = f"Write {written[1]} {unit[1]}" if unit[1] else EXAMPLE
        raise Wrong("names the unit.", f"{meant} (minutes are meant anyway).")
    minutes = Number(1, MINUTES_MOST, "minutes").parse(written[1])
    return Block(minutes, Text(WORDS_CHARACTERS_MAX).parse(written[2]))
