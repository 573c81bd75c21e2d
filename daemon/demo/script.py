"""The script of the demo: what six people do in their calendars, and what they answer to which letter.

Not rules: nobody in here knows the daemon, they have calendars, mailboxes and habits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from daemon.domain.people import Address, Role

START = datetime(2026, 10, 5, 6, 0, tzinfo=UTC)
"""A Monday morning in Berlin; the clocks change on 25 October in Europe and on 1 November in America."""
WEEKS = 12
AFTERWARDS = timedelta(days=100)
"""So long after the end it goes on: whoever said LATER is asked once, when three months have passed."""

ANA_BEN, ANA_CHI, RUI_EVA = range(3)
"""The pairings, in the order of the roster."""

Deed = Literal["delete", "decline", "move", "occupy", "lock-out", "let-in"]


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something with a calendar. `wall` is that person's clock, `week` the 1:1 it is about."""

    wall: str
    pairing: int
    role: Role
    deed: Deed
    week: int = 0
    to: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is written `minutes` after a letter: the first such one, of the 1:1 of that `week` where one is named."""

    pairing: int
    role: Role
    touchpoint: str
    minutes: int
    text: str
    week: int = 0
    automatic: bool = False
    """Written by a mail program, and not by its owner."""
    advisor: Address = ""
    """Written by an advisor of the pair, who has a mailbox there."""


@dataclass(frozen=True, slots=True)
class Typo:
    """An address that stands wrong in the files until the contact reads of it, and `minutes` more."""

    pairing: int
    role: Role
    address: Address
    minutes: int


@dataclass(frozen=True, slots=True)
class Step:
    """A happening to look out for: its word, and what its text holds. `anywhere`: not of the pairing alone."""

    anchor: str
    word: str
    text: str
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """By what a moment is known. The first step begins it, the others come in any order; None is every pairing."""

    title: str
    pairing: int | None
    steps: tuple[Step, ...]


def week_of(at: datetime, start: datetime = START) -> int:
    """The week of the story, or of another that starts then, from 1."""
    return (at - start).days // 7 + 1


POWER_CUT = (
    datetime(2026, 11, 29, 13, 0, tzinfo=UTC),
    datetime(2026, 12, 2, 13, 0, tzinfo=UTC),
)

ACTS = (
    Act("2026-10-16T22:40", ANA_BEN, "mentor", "delete", 3),
    Act("2026-10-27T11:20", ANA_CHI, "mentor", "occupy", 4),
    Act("2026-10-26T10:00", RUI_EVA, "mentor", "move", 4, "15:30"),
    Act("2026-11-03T20:15", ANA_CHI, "mentee", "decline", 5),
    Act("2026-11-23T08:20", RUI_EVA, "mentee", "decline", 8),
    Act("2026-12-07T14:10", ANA_CHI, "mentor", "delete", 10),
    Act("2026-12-11T10:05", RUI_EVA, "mentor", "lock-out"),
    Act("2026-12-12T11:20", RUI_EVA, "mentor", "let-in"),
    Act("2026-12-13T18:30", RUI_EVA, "mentor", "delete", 11),
    Act("2026-12-14T09:15", ANA_BEN, "mentor", "move", 11, "14:00"),
)

TYPO = Typo(RUI_EVA, "mentee", "eva@exampel.org", 25)

PRIYA = "priya@example.net"
"""An advisor: nobody of the program, and in none of its files."""

PRIVATE_LINE = "I did not dare to ask about money."

REPLIES = (
    Reply(ANA_BEN, "mentor", "welcome-mentor-connected", 42, "YES"),
    Reply(ANA_CHI, "mentor", "welcome-mentor-connected", 44, "yes"),
    Reply(RUI_EVA, "mentor", "welcome-mentor-connected", 95, "Yes"),
    Reply(ANA_BEN, "mentee", "welcome-mentee", 50, "2"),
    Reply(ANA_CHI, "mentee", "welcome-mentee", 130, "yes, thanks"),
    Reply(RUI_EVA, "mentee", "welcome-mentee", 240, "Sim"),
    # the times come at seven, and Ben is awake half an hour later
    Reply(ANA_BEN, "mentee", "proposal", 31, "2", 3),
    # seven hours after the letter it is ten past one
    Reply(
        ANA_BEN, "mentee", "notes", 430,
        "Two internships, decide by January. CV draft first.\n"
        "todo: send Ana the CV draft\n"
        "@ana: ask Priya about the lab\n"
        f"private: {PRIVATE_LINE}", 3,
    ),
    Reply(ANA_CHI, "mentor", "clash", 25, "1"),
    Reply(ANA_BEN, "mentee", "prep-mentee", 70, "DONE a\nWhich internship to take", 4),
    Reply(ANA_BEN, "mentor", "prep-mentor", 35, "DONE b", 4),
    Reply(ANA_CHI, "mentee", "proposal", 24, "hm, one of the later ones would be nicer", 5),
    Reply(ANA_CHI, "mentee", "unclear", 9, "3"),
    # a machine that says "2" has chosen nothing
    Reply(RUI_EVA, "mentee", "proposal", 2, "Fora do escritório. Urgente? Disque 2.", 8, automatic=True),
    # what is written between the moments
    Reply(ANA_CHI, "mentee", "notes", 55, "The outline stands: three chapters.", 1),
    Reply(RUI_EVA, "mentee", "prep-mentee", 15, "Como é um primeiro mês", 1),
    Reply(ANA_CHI, "mentee", "prep-mentee", 45, "Where to cut the outline", 2),
    Reply(RUI_EVA, "mentee", "notes", 30, "Perguntar cedo, perguntar por escrito.", 2),
    Reply(RUI_EVA, "mentee", "notes", 40, "A primeira semana é só de perguntas.", 5),
    Reply(ANA_BEN, "mentee", "notes", 95, "The lab says yes if the CV is there by Friday.", 5),
    Reply(ANA_BEN, "mentee", "prep-mentee", 50, "How to begin an interview", 8),
    Reply(ANA_CHI, "mentee", "notes", 120, "Chapter one goes to Ana on Friday.", 8),
    Reply(ANA_CHI, "mentee", "proposal", 18, "1", 10),
    Reply(RUI_EVA, "mentee", "prep-mentee", 25, "Como dizer não a um segundo projeto", 10),
    Reply(ANA_BEN, "mentee", "notes", 60, "Practised the interview. Shorter answers.", 10),
    # she comes to one 1:1, as Ben does not mind; when it moves, she is asked once more
    Reply(ANA_BEN, "mentee", "advisor-heads-up", 25, "1"),
    Reply(ANA_BEN, "mentor", "copy", 45, f"INVITE {PRIYA} about interviews at the lab", 10),
    Reply(ANA_BEN, "mentor", "advisor", 20, "YES", advisor=PRIYA),
    Reply(ANA_BEN, "mentor", "advisor", 55, "Yes, gladly.", advisor=PRIYA),
    Reply(ANA_BEN, "mentee", "extend", 70, "3"),
    Reply(ANA_BEN, "mentor", "extend", 95, "3"),
    Reply(RUI_EVA, "mentee", "proposal", 44, "2", 11),
    Reply(ANA_BEN, "mentee", "farewell", 50, "I ask before I am stuck, not after.\nLATER"),
    Reply(ANA_BEN, "mentee", "follow-up", 95, "I am at the lab since February. I ask a lot."),
)  # fmt: skip

CUES = (
    Cue("Both say yes, Ben picks “2”: a series", ANA_BEN, (
        Step("series", "letter", "Ana: welcome"),
        Step("chosen", "Ben", 'writes "2"'),
        Step("started", "series", "every week"),
    )),
    Cue("It goes wrong: a letter comes back", RUI_EVA, (
        Step("returned", "MAIL", "goes back"),
        Step("came-back", "back", "Eva: welcome"),
        Step("back-told", "letter", "Maya: "),
        Step("corrected", "Maya", "corrects"),
        Step("again", "letter", "Eva: welcome"),
    )),
    Cue("A 1:1 is deleted on a Friday night", ANA_BEN, (
        Step("gone", "Ana", "deletes"),
        Step("seen", "seen", "gone"),
        Step("offered", "letter", "Ben: proposal"),
        Step("moved", "moved", "is now"),
        Step("mentor-told", "letter", "Ana: moved"),
    )),
    Cue("A note is written in the night", ANA_BEN, (
        Step("note", "Ben", "Two internships"),
        Step("private", "kept", "Ben alone"),
        Step("copy", "letter", "Ana: copy"),
        Step("quoted", "letter", "quotes"),
    )),
    Cue("Something lands on top of a 1:1", ANA_CHI, (
        Step("clash", "Ana", "on top"),
        Step("asked", "letter", "Ana: clash"),
        Step("kept", "read", "keep"),
        Step("undisturbed", "=", "took place"),
    )),
    Cue("“DONE a” closes a to-do", ANA_BEN, (
        Step("done", "Ben", "DONE a"),
        Step("done-b", "done", "b "),
    )),
    Cue("An unclear reply is asked about once", ANA_CHI, (
        Step("unclear", "Chi", "declines"),
        Step("unclear-words", "Chi", "hm,"),
        Step("which", "letter", "Chi: unclear"),
        Step("understood", "moved", "is now"),
    )),
    Cue("An offer is never answered", RUI_EVA, (
        Step("silence", "Eva", "declines"),
        Step("reminder", "letter", "Eva: nudge"),
        Step("left-out", "lapsed", "left out"),
        Step("kindly", "letter", "Eva: left-out"),
    )),
    Cue("The power is cut for three days", None, (
        Step("power", "POWER", "gone"),
        Step("back", "POWER", "back"),
        Step("stale", "skipped", "Ben: prep"),
        Step("admin-back", "letter", "Maya: "),
        Step("none-twice", "=", "too late"),
    )),
    Cue("It goes wrong: a calendar is lost", RUI_EVA, (
        Step("lost", "Rui", "password"),
        Step("unseen", "seen", "cannot be read", anywhere=True),
        Step("owner", "letter", "Rui: reconnect", anywhere=True),
        Step("told", "letter", "Maya: ", anywhere=True),
        Step("mended", "seen", "can be read again", anywhere=True),
    )),
    Cue("An advisor comes to one 1:1, and is forgotten", ANA_BEN, (
        Step("invited", "Ana", "INVITE"),
        Step("heads-up", "letter", "Ben: advisor-heads-up"),
        Step("advisor-fine", "Ben", '"1"'),
        Step("advisor", "letter", "Priya: advisor"),
        Step("advisor-yes", "Priya", "YES"),
        Step("advisor-told", "letter", "Ben: advisor-told"),
    )),
    Cue("The end, and one last line", ANA_BEN, (
        Step("farewell", "letter", "Ben: farewell"),
        Step("last-line", "letter", "Ana: copy"),
    )),
    Cue("Three months later, one letter", ANA_BEN, (
        Step("follow-up", "letter", "Ben: follow-up"),
        Step("follow-up-line", "Ben", "at the lab"),
        Step("follow-up-word", "letter", "Ana: follow-up-word"),
    )),
)  # fmt: skip
"""The moments that nobody should miss: eight of LETTERS 7.1, two failures, an advisor, and the end."""
