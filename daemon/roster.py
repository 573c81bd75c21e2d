"""The roster: the configuration indexed for a beat, with the zones and reply tokens it implies.

Not the files (daemon/settings reads them) and not what lanes remember: a line that is gone from the
files goes on in its lane with its last values (RULES 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from zoneinfo import ZoneInfo

from daemon.decide.keys import (
    lane_of_pairing,
    person_of,
    thread_about_calendar,
    thread_of_person,
)
from daemon.domain.people import Address, Line, Person
from daemon.domain.program import Config, Program
from daemon.domain.world import Lane
from daemon.mail.threads import reply_token


class Zones(dict[str, tzinfo]):
    """IANA name → zone object, looked up once."""

    def __missing__(self, name: str) -> tzinfo:
        zone = self[name] = ZoneInfo(name)
        return zone


@dataclass(slots=True)
class Roster:
    """Who takes part, in which lane, and whose calendar and mailbox carry it."""

    programs: Mapping[str, Program]
    lines: dict[Lane, Line] = field(default_factory=dict)
    owners: dict[Address, Person] = field(default_factory=dict)
    owner_program: dict[Address, str] = field(default_factory=dict)
    tokens: dict[str, tuple[Lane, str]] = field(default_factory=dict)
    zones: Zones = field(default_factory=Zones)
    secret: bytes = b""

    @staticmethod
    def of(config: Config, secret: bytes) -> Roster:
        """Index a configuration."""
        roster = Roster({program.id: program for program in config.programs}, secret=secret)
        for line in config.lines:
            roster.add(line)
        return roster

    def add(self, line: Line) -> None:
        """Know a line: from the files, or from the lane of a pairing that is no longer in them."""
        lane = lane_of_pairing(line.pairing)
        self.lines[lane] = line
        self.owners[line.mentor.address] = line.mentor
        self.owner_program[line.mentor.address] = line.program
        for person in (line.mentor, line.mentee):
            self.tokens[reply_token(self.secret, person.id, lane)] = (lane, person.id)
            of_program = (person.id, line.program)
            for own in (thread_of_person(*of_program), thread_about_calendar(*of_program)):
                self.tokens[reply_token(self.secret, person.id, own)] = (own, person.id)

    def program_of(self, lane: Lane) -> Program | None:
        """The program under which a lane is decided; None when its file is gone."""
        line = self.lines.get(lane)
        if line is not None:
            return self.programs.get(line.program)
        if lane.startswith("program/"):
            return self.programs.get(lane.partition("/")[2])
        return self.programs.get(self.owner_program.get(lane.partition("/")[2], ""))

    def people_of(self, lane: Lane) -> tuple[Person, ...]:
        """The people of a lane: the two of a pairing, or the owner of an account."""
        line = self.lines.get(lane)
        if line is not None:
            return (line.mentor, line.mentee)
        owner = self.owners.get(lane.partition("/")[2])
        return (owner,) if owner else ()

    def pairings_of(self, person: str) -> tuple[Lane, ...]:
        """The lanes of all pairings in which that person takes part."""
        return tuple(lane for lane, line in self.lines.items() if line.role_of(person))

    def knows(self, thread: str) -> bool:
        """Whether this is the thread of a pairing, or the personal one of somebody in one."""
        return thread in self.lines or bool(self.pairings_of(person_of(thread)))

    def people(self) -> Iterable[Person]:
        """Everybody in a pairing, some more than once."""
        return (person for line in self.lines.values() for person in (line.mentor, line.mentee))

    def mailboxes(self) -> Iterable[Address]:
        """Every program's mailbox, each once, in the order of the programs."""
        return dict.fromkeys(program.mailbox for program in self.programs.values())
