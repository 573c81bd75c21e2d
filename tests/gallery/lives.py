"""The life of a pair under each preset, told by the letters that come; and which of them come so only by the preset.

Not what a preset has to do: tests/guides/test_presets_at_work.py.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from daemon.domain.people import Line, Role
from daemon.domain.program import Config
from daemon.domain.value import replace
from tests.guides.programs import program_of
from tests.stories.people import Read, Someone
from tests.stories.stage import Stage

DAYS = {"koss": 42, "practical": 196, "wealljs": 126, "ctan": 182, "km": 371}
"""Until all that a preset sets has been seen."""
DAYS_OF_ANOTHER, DAYS_PLAIN = 196, 126
STEP_MINUTES = 12 * 60
DAY_OR_TIME = re.compile(r"(?:\b\w+,? )?\w*\d[\w:º]*(?: de)?(?: \w+)?")
ENGLISH: dict[str, str] = {
    "welcome-mentor-connected": "Yes",
    "welcome-mentee": "Yes",
    "agreement": "AGREE",
    "prep-mentee": "The lab in Rome",
    "notes": "A good talk.\ntodo: send the CV draft",
    "later notes": "A good talk.",
    "goals": "goal: a research place for the summer",
    "farewell": "LATER",
}
"""What is answered to the first letter of each kind to each of the two, and to later ones. Times that are offered are
taken."""
ANSWERS = {
    "en": ENGLISH,
    "pt-BR": {
        "welcome-mentor-connected": "Sim",
        "welcome-mentee": "Sim",
        "agreement": "CONCORDO",
        "prep-mentee": "O laboratório em Roma",
        "notes": "Boa conversa.\ntarefa: mandar o rascunho do currículo",
        "later notes": "Boa conversa.",
        "goals": "meta: uma vaga de pesquisa no verão",
        "farewell": "DEPOIS",
    },
}
OFFERS = {"proposal-mentor", "proposal"}


class Came(Struct, frozen=True):
    """A letter as it came, and to whom."""

    to: str
    role: Role | None
    read: Read

    @property
    def html(self) -> str:
        """Its HTML part; none where it is an invitation of a calendar."""
        mail = email.message_from_bytes(self.read.raw, policy=email.policy.default)
        part = mail.get_body(("html",))
        return str(part.get_content()) if part is not None else ""


@cache
def made_by(preset: str, language: str) -> tuple[Came, ...]:
    """The letters that would read otherwise, or not come, under a program that sets nothing but the same rhythm: one
    of each shape, in the order in which they came."""
    known = set(_plain(program_of(preset).lines, language))
    found = []
    for came in _life(program_of(preset), language, DAYS.get(preset, DAYS_OF_ANOTHER)):
        new = _shape(came.read) - known
        known |= new
        if new and came.html:
            found.append(came)
    return tuple(found)


@cache
def _plain(lines: tuple[Line, ...], language: str) -> frozenset[str]:
    """The shapes of all letters under the rhythm of the preset, and nothing else of it."""
    config = replace(program_of("koss", without="questions"), lines=lines)
    return frozenset(
        each for came in _life(config, language, DAYS_PLAIN) for each in _shape(came.read)
    )


def _shape(letter: Read) -> set[str]:
    """The lines that are the letter's own, without days and times, and that there is something to quote below."""
    lines = [line for line in letter.text.split("\n") if line and not line.startswith("|")]
    return {f"{letter.touchpoint}: {DAY_OR_TIME.sub('', line)}" for line in lines}


def _life(config: Config, language: str, days: int) -> Iterator[Came]:
    """All letters of so many days, each person's in the order in which they come."""
    lines = [
        replace(
            line,
            mentor=replace(line.mentor, language=language),
            mentee=replace(line.mentee, language=language),
        )
        for line in config.lines
    ]
    stage = Stage(*lines, program=replace(config.programs[0], language=language))
    roles: dict[str, Role | None] = {lines[0].mentor.id: "mentor", lines[0].mentee.id: "mentee"}
    answers, told = ANSWERS.get(language, ENGLISH), set[tuple[str, str]]()
    for _ in range(days * 24 * 60 // STEP_MINUTES):
        stage.passes(STEP_MINUTES)
        for someone in list(stage.people.values()):
            before = someone.seen
            someone.reads()
            for read in someone.letters[before:]:
                yield Came(someone.person.first, roles.get(someone.person.id), read)
                _answer(someone, read, answers, told)


def _answer(
    someone: Someone, read: Read, answers: dict[str, str], told: set[tuple[str, str]]
) -> None:
    """As its reader would: a pair of which nobody writes is asked whether it is still there."""
    if read.touchpoint in OFFERS:
        numbers = [each.split("  ")[0] for each in read.choices]
        someone.answers(
            read, " ".join(numbers if read.touchpoint == "proposal-mentor" else numbers[-1:])
        )
        return
    once = (someone.person.id, read.touchpoint)
    text = answers.get(f"later {read.touchpoint}" if once in told else read.touchpoint)
    if text:
        told.add(once)
        someone.answers(read, text)
