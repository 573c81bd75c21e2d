"""Sample people, a sample program, and what makes a fixture of them.

Not the fixtures of letters: those are in fixtures.py and question_fixtures.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from daemon.domain.people import Person, Role
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.mail.render import context

ANA = Person("ana-rao", "Ana Rao", "ana@example.org", "Europe/Berlin")
BEN = Person("ben-das", "Ben Das", "ben@example.org", "Asia/Kolkata")
MAYA = Person("contact", "Maya", "maya@example.org", "Asia/Kolkata")
PROGRAM = Program(
    id="koss-2027",
    name="KOSS 1:1s",
    contact_name="Maya",
    contact="maya@example.org",
    mailbox="koss.1on1@example.org",
    timezone="Asia/Kolkata",
)

Facts = dict[str, Any]


class Fixture(Struct, frozen=True):
    """One way a letter can come out: who reads it, and the facts.

    `reader` reads a letter about no single pairing; `settings` differ from the program's defaults; `by_mail`: the
    mentor has no calendar, or (`shares_busy`) none but a shared one; `page`: there is one about each of the two.
    """

    name: str
    role: Role
    facts: Facts
    reader: Person | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    by_mail: bool = False
    shares_busy: bool = False
    page: bool = False
    group: tuple[str, ...] = ()
    """The first names of all mentees of a group."""

    @property
    def alone(self) -> bool:
        """Whether the reader has no partner in it."""
        return self.reader is not None

    def people(self, mentor: Person = ANA, mentee: Person = BEN) -> tuple[Person, Person | None]:
        """The reader and the partner."""
        if self.reader is not None:
            return self.reader, None
        if self.by_mail:
            mentor = replace(mentor, calendar="none", shares_busy=self.shares_busy)
        if self.page:
            mentor, mentee = (
                replace(each, page=f"https://example.org/{each.id}") for each in (mentor, mentee)
            )
        return (mentor, mentee) if self.role == "mentor" else (mentee, mentor)

    def context(
        self, clock_hours: int = 24, mentor: Person = ANA, mentee: Person = BEN
    ) -> dict[str, Any]:
        """Everything the template is handed."""
        reader, partner = self.people(mentor, mentee)
        reader = replace(reader, clock_hours=clock_hours)
        program = replace(PROGRAM, **self.settings)
        return context(
            program, reader, partner, self.role, self.facts, anchor=mentor.zone, group=self.group
        )


def to_mentor(
    name: str, *facts: Facts, by_mail: bool = False, shares_busy: bool = False, page: bool = False,
    group: tuple[str, ...] = (), **settings: Any,
) -> Fixture:  # fmt: skip
    """The mentor reads it; what comes later in `facts` wins."""
    return Fixture(
        name,
        "mentor",
        _one(facts),
        settings=settings,
        by_mail=by_mail,
        shares_busy=shares_busy,
        page=page,
        group=group,
    )


def to_mentee(
    name: str, *facts: Facts, by_mail: bool = False, page: bool = False,
    group: tuple[str, ...] = (), **settings: Any,
) -> Fixture:  # fmt: skip
    """The mentee reads it, or a member of the group; what comes later in `facts` wins."""
    return Fixture(
        name, "mentee", _one(facts), settings=settings, by_mail=by_mail, page=page, group=group
    )


def _one(facts: tuple[Facts, ...]) -> Facts:
    return {name: value for each in facts for name, value in each.items()}


START = "2026-12-01T14:00:00Z"
MOVED_TO = "2026-12-03T15:00:00Z"
NEXT = "2026-12-08T14:00:00Z"
LATER = "2026-12-15T14:00:00Z"
ANSWER_BY = "2026-11-29T14:30:00Z"
LINK = "https://meet.example.org/ana-ben"


def _slot(number: int, start: str, usual: bool = False) -> Facts:
    return {"number": number, "start": start, "end": f"{start[:14]}30:00Z", "usual": usual}


SLOTS = [
    _slot(1, "2026-12-02T14:00:00Z", usual=True),
    _slot(2, MOVED_TO),
    _slot(3, "2026-12-04T13:00:00Z"),
]
RESERVED = [{**SLOTS[1], "second": True}, SLOTS[2]]
"""The second reserved time of the pair, and another one."""
REGULAR = [_slot(1, START), _slot(2, "2026-12-02T15:00:00Z"), _slot(3, "2026-12-04T13:00:00Z")]
ACK: Facts = {
    "items": [], "undo": False, "start": None, "days": [], "weeks": 0, "months": 0, "minutes": 0,
}  # fmt: skip
"""What an acknowledgement knows when nothing else is said."""
WEEKLY, BIWEEKLY, MONTHLY, QUARTERLY = (
    {"weeks": weeks, "months": months} for weeks, months in ((1, 0), (2, 0), (0, 1), (0, 3))
)
