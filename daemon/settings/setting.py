"""One row of the settings table, and the rows that a program and a pairing have in common.

Not the tables: program_table.py and roster_table.py list what may stand in which file.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any

from daemon.domain.program import Program
from daemon.settings.calendar_kinds import Day, Weekly
from daemon.settings.kinds import Kind, Text
from daemon.settings.rhythm import Lengths
from daemon.settings.zones import Anchor


@dataclass(frozen=True, slots=True)
class Setting:
    """One name that may stand in a file.

    `fields` are the fields of Program it fills, in the order in which its kind returns them; empty
    for what is used otherwise. `repeats`: the value may be a list. `nested`: it holds settings itself.
    """

    name: str
    kind: Kind
    meaning: str
    example: str
    fields: tuple[str, ...] = ()
    required: bool = False
    default: str = ""
    repeats: bool = False
    nested: bool = False

    def default_shown(self) -> str:
        """The default as it would be written, empty when there is none."""
        values = [_DEFAULTS[name] for name in self.fields if name in _DEFAULTS]
        if self.default or not values:
            return self.default
        return self.kind.show(values[0] if len(values) == 1 else tuple(values))


_DEFAULTS: dict[str, Any] = {
    each.name: each.default for each in fields(Program) if each.default is not MISSING
}

NESTED = Text()
LENGTH = Lengths()

LINE_SETTINGS: tuple[Setting, ...] = (
    Setting("at", Weekly(), "the regular time, on the clock of the anchor zone", "Tue 15:00"),
    Setting("starts", Day(), "no 1:1 before this date", "2026-09-07"),
    Setting("ends", Day(), "no 1:1 after this date", "2027-06-30"),
    Setting(
        "anchor",
        Anchor(),
        "whose clock keeps the regular time: mentor, mentee or a time zone",
        "mentor",
        default="mentor",
    ),
    Setting(
        "link",
        Text(300),
        "where the 1:1 takes place: a link or a room",
        "https://meet.example.org/ana",
    ),
)
