"""People, the hours they keep, and the roster line that joins two of them in a pairing.

Not accounts or secrets: those belong to the settings and to the vault.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Address: TypeAlias = str
"""An e-mail address in lower case, without display name."""

Role = Literal["mentor", "mentee"]
ROLES: tuple[Role, Role] = ("mentor", "mentee")


def other(role: Role) -> Role:
    """The partner's role."""
    return "mentee" if role == "mentor" else "mentor"


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of working hours in the person's own zone.

    `weekday` is 0 for Monday. `from_minute` and `to_minute` count from local midnight.
    """

    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part. `zone` is an IANA name; `calendar` names the kind of account."""

    id: str
    name: str
    address: Address
    zone: str
    hours: tuple[Hours, ...] = ()
    language: str = "en"
    calendar: str = "local"
    clock_hours: int = 24

    @property
    def first(self) -> str:
        """The name used in running text."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """A wall-clock time on one weekday (0 is Monday), in the pairing's anchor zone."""

    weekday: int
    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Line:
    """What the admin's files say about one pairing, people included.

    The lane keeps its last line, so a line that disappears from the files ends nothing (RULES 1).
    `anchor` is the IANA zone of the pairing's wall clock. `closing` is an admin's wish to end.
    """

    pairing: str
    program: str
    mentor: Person
    mentee: Person
    anchor: str
    at: WeeklyTime | None = None
    starts: date | None = None
    ends: date | None = None
    length_minutes: int = 30
    link: str = ""
    closing: bool = False

    def person(self, role: Role) -> Person:
        """The person in that role."""
        return self.mentor if role == "mentor" else self.mentee

    def role_of(self, person_id: str) -> Role | None:
        """The role of a person id in this pairing, None for a stranger."""
        if person_id == self.mentor.id:
            return "mentor"
        return "mentee" if person_id == self.mentee.id else None
