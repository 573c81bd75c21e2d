"""One row of the settings table, and the rows that a program and a pairing have in common.

Not the tables: *_table.py list what may stand in which file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msgspec import NODEFAULT
from msgspec.structs import fields

from daemon.domain.people import Line, Person
from daemon.domain.program import Alarms, GoogleLimits, MicrosoftApp, Program, Web
from daemon.settings.calendar_kinds import Day, WeekdayTime, Weekly
from daemon.settings.kinds import Kind, Text
from daemon.settings.rhythm import Lengths, Rhythm
from daemon.settings.web_kinds import Venue
from daemon.settings.zones import Anchor


@dataclass(frozen=True, slots=True)
class Setting:
    """One name that may stand in a file.

    `fields` are the fields of Program, Line or Person it fills, in the order in which its kind returns
    them; empty for what is used otherwise. `repeats`: the value may be a list. `nested`: it holds
    settings itself.
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

    @property
    def default_value(self) -> Any:
        """The value that counts where nothing is written; for several fields a tuple, None for none."""
        values = tuple(_DEFAULTS[name] for name in self.fields if name in _DEFAULTS)
        return values if len(values) > 1 else next(iter(values), None)

    def default_shown(self) -> str:
        """The default as it would be written, empty when there is none."""
        value = self.default_value
        return self.default or ("" if value is None else self.kind.show(value))


def one(name: str, kind: Kind, meaning: str, example: str) -> Setting:
    """A setting of a program with the name of its field."""
    return Setting(name, kind, meaning, example, (name,))


_DEFAULTS: dict[str, Any] = {
    each.name: each.default
    for words in (Program, Line, Person, Alarms, Web, GoogleLimits, MicrosoftApp)
    for each in fields(words)
    if each.default is not NODEFAULT
}

NESTED = Text()
CADENCE = Rhythm()
LENGTH = Lengths()

LINE_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "at",
        Weekly(),
        "the regular time, on the clock of the anchor zone",
        "Tue 15:00",
        default="the mentee picks it by mail",
    ),
    Setting(
        "fallback_at",
        WeekdayTime(),
        "a second reserved time on the same clock: where a 1:1 falls out, that of its week is offered first, if both are free; "
        "no calendar keeps it free",
        "Thu 16:00",
    ),
    Setting(
        "starts", Day(), "nobody is asked, and no 1:1 takes place, before this date", "2026-09-07"
    ),
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
        Venue(),
        "where the 1:1 takes place: a link or a room; meet or teams: Google or Microsoft makes a link, where it keeps the 1:1s",
        "https://meet.example.org/ana",
    ),
)
"""What a program says for all its pairings, and a pairing for itself."""
