"""People, the hours they keep, and the roster line that joins two of them in a pairing.

Not accounts or secrets: those belong to the settings and to the vault.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from daemon.domain.cadence import Cadence, RegularTime

Address: TypeAlias = str
"""An e-mail address in lower case, without display name."""

Role = Literal["mentor", "mentee"]
ROLES: tuple[Role, Role] = ("mentor", "mentee")


def looked_up(address: Address) -> Address:
    """An address as it is compared: a domain in the letters in which it is looked up (RFC 5891), and the local part
    as it stands, because there alike letters are different people."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.rstrip('.').encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        return address


def other(role: Role) -> Role:
    """The partner's role."""
    return "mentee" if role == "mentor" else "mentor"


class Hours(Struct, frozen=True, omit_defaults=True):
    """One stretch of working hours in the person's own zone.

    `weekday` is 0 for Monday. `from_minute` and `to_minute` count from local midnight.
    """

    weekday: int
    from_minute: int
    to_minute: int


class Days(Struct, frozen=True, omit_defaults=True):
    """A stretch of local dates, both included."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Person(Struct, frozen=True, omit_defaults=True):
    """Somebody who takes part. `zone` is an IANA name; `calendar` names the kind of account; with `shares_busy` it
    is nobody's to write, and yet known when its owner is busy.

    `hours` is when 1:1s may be offered, `blackout` what of it is never offered. `holidays` names public
    calendars (`DE-BE`), `away` are absences that the files know. Events whose priority is at most
    `overbook` may be offered over. `page` is what the other one may read about them, `quiet`
    their own quiet hours: minutes after local midnight.
    """

    id: str
    name: str
    address: Address
    zone: str
    hours: tuple[Hours, ...] = ()
    language: str = "en"
    calendar: str = "local"
    shares_busy: bool = False
    clock_hours: int = 24
    holidays: tuple[str, ...] = ()
    away: tuple[Days, ...] = ()
    blackout: tuple[Hours, ...] = ()
    overbook: int = 0
    page: str = ""
    quiet: tuple[int, int] | None = None

    @property
    def first(self) -> str:
        """The name used in running text."""
        return self.name.split()[0]


Who: TypeAlias = str
"""Of whom something is remembered in a lane: the role of one of the two, else `member/` and the id of a member."""
MEMBER = "member/"


class LetterRules(Struct, frozen=True, omit_defaults=True):
    """What the two of a pairing have agreed on about letters, instead of what their program says; None where they have not.

    `quiet`, `prep_mentee_minute` and `prep_mentor_minute` are minutes after local midnight of the reader; `prep_mentee_days`
    and `prep_mentor_days` are whole days before the day of the 1:1.
    """

    quiet: tuple[int, int] | None = None
    per_day: int | None = None
    per_week: int | None = None
    prep_mentee_minute: int | None = None
    prep_mentor_minute: int | None = None
    prep_mentee_days: int | None = None
    prep_mentor_days: int | None = None


MEET, TEAMS = "meet", "teams"
"""The link of a pairing for which Google, or Microsoft, makes one, with the first event that it keeps for them."""


NAMED_MOST = 3
"""So many members of a group are named where all of them would be too many."""


class Substitution(Struct, frozen=True, omit_defaults=True):
    """Days on which somebody else holds the 1:1s of a mentee. On the line of the pairing that rests meanwhile, `pairing`
    and `mentor` (a name) are those of the substitute; on the line of the substitute, those of whom they stand in for.
    Never why."""

    pairing: str
    mentor: str
    days: Days


class Line(Struct, frozen=True, omit_defaults=True):
    """What the admin's files say about one pairing, people included.

    The lane keeps its last line, so a line that disappears from the files ends nothing (RULES 1).
    `anchor` is the IANA zone of the pairing's wall clock. More than one length means alternating ones.
    `state` other than active is an admin's wish; `resumes` is the first date after an admin's pause.
    """

    pairing: str
    program: str
    mentor: Person
    mentee: Person
    anchor: str
    at: RegularTime | None = None
    starts: date | None = None
    ends: date | None = None
    cadence: Cadence = Cadence()
    lengths_minutes: tuple[int, ...] = (30,)
    link: str = ""
    state: Literal["active", "paused", "closing", "closed"] = "active"
    resumes: date | None = None
    fallback_at: RegularTime | None = None
    """A second time of the week, on the same clock: offered first where a 1:1 falls out."""
    organizer: Address = ""
    """The calendar of the program that invites both; empty: the mentor's own, which invites the mentee."""
    members: tuple[Person, ...] = ()
    """Of a group: the mentees beside the one who speaks for it, which is `mentee`."""
    former: tuple[Person, ...] = ()
    """In a lane: members who have left it, as long as there may be something to write to them."""
    substituted: Substitution | None = None
    """Who holds the 1:1s meanwhile."""
    stands_in: Substitution | None = None
    """Of a substitute: for whom."""
    between: str = ""
    """How the two reach each other between the 1:1s, in words."""
    themes_left_out: tuple[str, ...] = ()
    """No idea for their 1:1s is about these, beside those that the program leaves out."""
    letters: LetterRules = LetterRules()

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who meets there: the two, and the members of a group."""
        return (self.mentor, self.mentee, *self.members)

    @property
    def group(self) -> tuple[str, ...]:
        """The first names of all mentees of a group; none of a pair."""
        return tuple(each.first for each in (self.mentee, *self.members)) if self.members else ()

    @property
    def named(self) -> str:
        """The people by first name, as an event or a list names them; of a large group the first few."""
        rest = [each.first for each in self.members]
        more = f" +{len(rest) - NAMED_MOST}" if len(rest) > NAMED_MOST else ""
        return f"{self.mentor.first} & {', '.join([self.mentee.first, *rest[:NAMED_MOST]])}{more}"

    @property
    def calendar(self) -> Address:
        """Where what is new is put."""
        return self.organizer or self.mentor.address

    @property
    def guests(self) -> tuple[Address, ...]:
        """Who is invited there."""
        mentees = (self.mentee.address, *(each.address for each in self.members))
        return (self.mentor.address, *mentees) if self.organizer else mentees

    @property
    def meets(self) -> bool:
        """Whether the provider of the calendar makes the link."""
        return self.link in (MEET, TEAMS)

    @property
    def closing(self) -> bool:
        """Whether the files end it."""
        return self.state in ("closing", "closed")

    def person(self, who: Who) -> Person:
        """The person in that role, or that member, who may have left."""
        if who.startswith(MEMBER):
            people = (*self.members, *self.former)
            return next(each for each in people if each.id == who.removeprefix(MEMBER))
        return self.mentor if who == "mentor" else self.mentee

    @property
    def everybody(self) -> tuple[Who, ...]:
        """All of those who take part, the two first."""
        return (*ROLES, *(f"{MEMBER}{each.id}" for each in self.members))

    def who(self, person_id: str) -> Who | None:
        """By what that person is known here; None for whoever does not take part, and never did."""
        member = self.once_member(person_id)
        return self.role_of(person_id) or (f"{MEMBER}{member.id}" if member else None)

    def role_of(self, person_id: str) -> Role | None:
        """The role of a person id in this pairing, None for a stranger and for a member of a group."""
        if person_id == self.mentor.id:
            return "mentor"
        return "mentee" if person_id == self.mentee.id else None

    def member(self, person_id: str) -> Person | None:
        """The member of a group with that id; None for everybody else."""
        return next((each for each in self.members if each.id == person_id), None)

    def once_member(self, person_id: str) -> Person | None:
        """The same, or one who has left and may still be written to."""
        known = (*self.members, *self.former)
        return next((each for each in known if each.id == person_id), None)

    def takes_part(self, person_id: str) -> bool:
        """Whether that person is one of the two, or a member of the group."""
        return any(each.id == person_id for each in self.people)
