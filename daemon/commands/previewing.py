"""`preview`: a letter as its reader would get it, with the people of a pairing and made-up notes.

Not a letter that was sent or will be: nothing of the state is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from daemon.commands.folders import Folders
from daemon.domain.people import Line, Person, Role, other
from daemon.domain.program import Config, Program
from daemon.domain.value import replace
from daemon.errors import UserError
from daemon.mail.fixtures import FIXTURES, MAYA, Fixture
from daemon.mail.render import Rendering, Templates, context
from daemon.mail.source import TemplateFailed
from daemon.settings import load_or_raise
from daemon.settings.problem import nearest

ADMIN = "admin"
TO_CONTACT = {
    "admin-launch": "launch",
    "admin-on-hold": "alarm-on-hold",
    "admin-config": "alarm-files-wrong",
    "admin-account": "account-lost",
    "admin-back": "back",
    "admin-quiet-list": "quiet-list",
    "admin-monday": "monday",
}
"""One template serves all that the contact reads; the catalogue has a name for each letter. Whatever else it can
tell is found by `admin-` and what it is."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One way a letter can come out, for `person`. `variant` says which facts it was made from."""

    variant: str
    person: Person
    program: Program
    letter: Rendering

    @property
    def reader(self) -> str:
        """Who reads it, as its header says."""
        return f"{self.person.name} <{self.person.address}>"

    @property
    def sender(self) -> str:
        """Who sends it, as its header says."""
        return f"{self.program.name} <{self.program.mailbox}>"

    def facts(self) -> dict[str, Any]:
        """The same for --json."""
        return {
            "variant": self.variant, "from": self.sender, "to": self.reader,
            "subject": self.letter.subject, "text": self.letter.text, "html": self.letter.html,
        }  # fmt: skip


def preview(where: Folders, touchpoint: str, pairing: str, variant: str) -> list[Shown]:
    """Every way in which that letter can come out, what is most like the pairing's own files first; or the one
    named. UserError for a name nobody knows."""
    config = load_or_raise(where.config).config
    line = _line(config, pairing)
    program = next(each for each in config.programs if each.id == line.program)
    templates = Templates(list(where.templates))
    try:
        found = list(_shown(templates, touchpoint, program, line))
    except TemplateFailed as why:
        raise UserError(f"{where.template(why.template)}:{why.line}  {why.why}") from why
    if not variant:
        return found
    chosen = [each for each in found if each.variant == variant]
    if not chosen:
        raise UserError(f"{touchpoint} has no variant {variant!r}. There are: {_names(found)}")
    return chosen


def _names(found: list[Shown]) -> str:
    return "; ".join(each.variant for each in found)


def _line(config: Config, pairing: str) -> Line:
    by_id = {line.pairing: line for line in config.lines}
    if not pairing and by_id:
        return config.lines[0]
    if pairing not in by_id:
        meant = nearest(pairing, by_id)
        hint = f" Did you mean {meant}?" if meant else ""
        raise UserError(f"there is no pairing {pairing!r}.{hint}" if pairing else "there is no pairing yet")  # fmt: skip
    return by_id[pairing]


def _shown(templates: Templates, touchpoint: str, program: Program, line: Line) -> Iterator[Shown]:
    ways = _ways(touchpoint)
    touchpoint = touchpoint if touchpoint in FIXTURES else ADMIN
    for fixture in sorted(ways, key=lambda each: _unlike(each, line)):
        given = _context(fixture, program, line)
        letter = templates.render(touchpoint, given["me"].language, given)
        yield Shown(fixture.name, given["me"], program, letter)


def _ways(name: str) -> tuple[Fixture, ...]:
    """The ways in which the letter of that name can come out."""
    if name in FIXTURES:
        return FIXTURES[name]
    told = TO_CONTACT.get(name, name.removeprefix(f"{ADMIN}-") if name.startswith(ADMIN) else "")
    ways = tuple(each for each in FIXTURES[ADMIN] if each.name == told)
    if not ways:
        meant = nearest(name, names())
        hint = f"Did you mean {meant}?" if meant else f"There are: {', '.join(names())}"
        raise UserError(f"there is no letter {name!r}. {hint}")
    return ways


def names() -> list[str]:
    """What can be previewed, by the names of the catalogue."""
    return sorted({*FIXTURES, *TO_CONTACT})


def _unlike(fixture: Fixture, line: Line) -> tuple[bool, ...]:
    """Which terms it names that are others than those of the files, what changes a letter most first."""
    own: dict[str, Any] = {"sessions": line.cadence.sessions, "start": line.at is not None}
    if not line.cadence.finite:  # how far sessions lie apart is counted when they begin
        own |= {"months": line.cadence.step.months, "weeks": line.cadence.step.weeks}
    own |= {"ends": line.ends is not None, "lengths": list(line.lengths_minutes)}
    made_up = fixture.facts | {name: bool(fixture.facts.get(name)) for name in ("start", "ends")}
    by_mail = fixture.by_mail != (line.mentor.calendar == "none")
    of_a_group = bool(fixture.group) != bool(line.members)
    of_a_substitute = bool(fixture.facts.get("instead_of")) != bool(line.stands_in)
    return (
        by_mail,
        of_a_group,
        of_a_substitute,
        *(name in fixture.facts and made_up[name] != own[name] for name in own),
    )


def _context(fixture: Fixture, program: Program, line: Line) -> dict[str, Any]:
    """The pair's own names, zones and program; facts, and what a setting has to be for them, are made up."""
    program = replace(program, **fixture.settings)
    role: Role = fixture.role
    reader, partner = line.person(role), None if fixture.alone else line.person(other(role))
    if fixture.reader == MAYA:
        reader = Person(
            MAYA.id, program.contact_name, program.contact, program.timezone,
            language=program.language,
        )  # fmt: skip
    return context(
        program,
        reader,
        partner,
        role,
        fixture.facts,
        anchor=line.anchor,
        group=line.group or fixture.group,
    )
