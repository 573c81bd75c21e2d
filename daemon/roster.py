"""The roster: the configuration indexed for a beat, with the zones and reply tokens it implies.

Not the files (daemon/settings reads them) and not what lanes remember: a line that is gone from the
files goes on in its lane with its last values (RULES 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo

from daemon.decide.keys import (
    lane_of_change,
    lane_of_pairing,
    person_of,
    thread_about_calendar,
    thread_of_help,
    thread_of_person,
)
from daemon.domain.people import Address, Line, Person, looked_up
from daemon.domain.program import Config, Program, kept_longest
from daemon.domain.value import replace
from daemon.domain.world import Lane
from daemon.mail.threads import connect_link, reply_to, reply_token

REPLY_TOKENS = "reply-tokens"
"""The secret of the vault that reply tokens are made with."""
BY_THEMSELVES = ("google", "microsoft")
"""Kinds of calendars that their owners can connect on our page."""


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
    addresses: dict[Address, set[str]] = field(default_factory=dict)
    """Who writes from there, as the files say; two people may share a mailbox."""
    zones: Zones = field(default_factory=Zones)
    secret: bytes = b""
    web: str = ""
    """How people's browsers reach our pages; empty where there are none."""
    kinds: dict[Address, str] = field(default_factory=dict)
    """The calendars that are read and written, and of which kind each is."""
    organizers: dict[Address, set[str]] = field(default_factory=dict)
    """Of these those that organize the 1:1s of a whole program, with the ids of its mentors."""
    accounts: Mapping[Address, str] = field(default_factory=dict)
    """By the files, the kind of the calendar at an address that is nobody's of the pairings."""
    _tokens: dict[str, tuple[Lane, str]] = field(default_factory=dict)
    _unnamed: list[Line] = field(default_factory=list)
    """Lines whose tokens are not made yet."""

    @staticmethod
    def of(
        config: Config, secret: bytes, settled: Callable[[Address], str] = lambda _: ""
    ) -> Roster:
        """Index a configuration. `settled` says where a calendar is that the files leave to `connect`."""
        programs = {program.id: program for program in config.programs}
        accounts = {each.address: each.calendar for each in config.accounts}
        if config.rehearsal:
            accounts = dict.fromkeys(accounts, "local")
        roster = Roster(programs, secret=secret, web=config.web.address, accounts=accounts)
        kinds = {address: settled(address) for address in config.auto}
        for line in config.lines:
            roster.add(_found_out(line, kinds))
        return roster

    def add(self, line: Line) -> None:
        """Know a line: from the files, or from the lane of a pairing that is no longer in them."""
        lane = lane_of_pairing(line.pairing)
        self.lines[lane] = line
        self.owners[line.mentor.address] = line.mentor
        self.owner_program[line.mentor.address] = line.program
        self.kinds[line.mentor.address] = line.mentor.calendar
        if line.organizer:
            self._organized(line)
        self._unnamed.append(line)
        for person in line.people:
            self.addresses.setdefault(looked_up(person.address), set()).add(person.id)

    def _organized(self, line: Line) -> None:
        """The calendar of a program is its contact's business: whoever is written to about it."""
        self.organizers.setdefault(line.organizer, set()).add(line.mentor.id)
        self.kinds[line.organizer] = self.accounts.get(line.organizer, "local")
        program = self.programs.get(line.program)
        if program and line.organizer not in self.owners:
            kind, name = self.kinds[line.organizer], program.contact_name
            self.owner_program[line.organizer] = line.program
            self.owners[line.organizer] = Person(
                f"calendar-of-{line.program}",
                name,
                program.contact,
                program.timezone,
                language=program.language,
                calendar=kind,
            )

    @property
    def tokens(self) -> Mapping[str, tuple[Lane, str]]:
        """The words in reply addresses: for whom, and in which thread. They are made when the first mail comes, because
        those of ten thousand pairings take as long as all else of a start."""
        while self._unnamed:
            line = self._unnamed.pop()
            for person in line.people:
                own = [lane_of_pairing(line.pairing)]
                for named in (thread_of_person, thread_about_calendar, thread_of_help):
                    own.append(named(person.id, line.program))
                for lane in own:
                    self._tokens[reply_token(self.secret, person.id, lane)] = (lane, person.id)
        return self._tokens

    def program_of(self, lane: Lane) -> Program | None:
        """The program under which a lane is decided, with what a pair has of its own; None when its file is gone."""
        line = self.lines.get(lane)
        if line is not None:
            program = self.programs.get(line.program)
            return program.as_agreed(line) if program else None
        if lane.startswith("program/"):
            return self.programs.get(lane.partition("/")[2])
        return self.programs.get(self.owner_program.get(lane.partition("/")[2], ""))

    def people_of(self, lane: Lane) -> tuple[Person, ...]:
        """The people of a lane: those of a pairing, or the owner of an account."""
        line = self.lines.get(lane)
        if line is not None:
            return line.people
        owner = self.owners.get(lane.partition("/")[2])
        return (owner,) if owner else ()

    def mailbox_keep(self, mailbox: Address) -> timedelta | None:
        """How long what was dealt with lies in that mailbox; None: for ever."""
        return kept_longest(self.programs.values(), mailbox)

    def pairings_of(self, person: str) -> tuple[Lane, ...]:
        """The lanes of all pairings in which that person takes part."""
        return tuple(lane for lane, line in self.lines.items() if line.takes_part(person))

    def sender_of(self, key: str) -> tuple[Address, str]:
        """From which mailbox, and under which name, the calendar mails about that effect go."""
        program = self.program_of(lane_of_change(key))
        return (program.mailbox, program.name) if program else ("", "")

    def answer_address(self, key: str, guest: Address) -> Address:
        """Where a guest's calendar program answers to about what the effect with that key made: with that person's
        token, as a letter has it. Of a guest who is none of the pair no answer counts, so it needs none."""
        lane, (mailbox, _) = lane_of_change(key), self.sender_of(key)
        line = self.lines.get(lane)
        for person in line.people if line else ():
            if looked_up(person.address) == looked_up(guest):
                return reply_to(mailbox, reply_token(self.secret, person.id, lane))
        return mailbox

    def connect_link(self, address: Address) -> str:
        """Where the owner of that calendar connects it alone; empty where that is done otherwise."""
        if not self.web or self.kinds.get(address) not in BY_THEMSELVES:
            return ""
        return connect_link(self.web, self.secret, address)

    def people_at(self, address: Address) -> frozenset[str]:
        """Who has that address by the files, by id."""
        return frozenset(self.addresses.get(looked_up(address), ()))

    def knows(self, thread: str) -> bool:
        """Whether this is the thread of a pairing, or the personal one of somebody in one."""
        return thread in self.lines or bool(self.pairings_of(person_of(thread)))

    def people(self) -> Iterable[Person]:
        """Everybody in a pairing, some more than once."""
        return (person for line in self.lines.values() for person in line.people)

    def mailboxes(self) -> Iterable[Address]:
        """Every program's mailbox, each once, in the order of the programs."""
        return dict.fromkeys(program.mailbox for program in self.programs.values())


def _found_out(line: Line, kinds: Mapping[Address, str]) -> Line:
    """The line with those kinds of calendars, where they are known."""
    mentor, mentee, *members = (
        replace(person, calendar=kinds.get(person.address) or person.calendar)
        for person in line.people
    )
    return (
        line
        if (mentor, mentee, *members) == line.people
        else replace(line, mentor=mentor, mentee=mentee, members=tuple(members))
    )
