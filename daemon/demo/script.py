"""The script of the demo: what five people do in their calendars, and what they answer to which letter.

Not rules: nobody in here knows the daemon, they have calendars, mailboxes and habits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from daemon.domain.people import Role

START = datetime(2026, 10, 5, 6, 0, tzinfo=UTC)
"""A Monday morning in Berlin; the clocks change on 25 October in Europe and on 1 November in America."""

Deed = Literal["delete", "decline", "move", "lock-out", "let-in"]


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something with a calendar. `pairing` counts the roster; `wall` is that person's clock."""

    wall: str
    pairing: int
    role: Role
    deed: Deed
    day: date | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written, and how many minutes after the letter came."""

    minutes: int
    text: str


ACTS = (
    Act("2026-10-16T22:40", 0, "mentor", "delete", date(2026, 10, 20)),
    Act("2026-10-18T16:00", 2, "mentee", "decline", date(2026, 10, 21)),
    Act("2026-10-20T20:15", 1, "mentee", "decline", date(2026, 10, 22)),
    Act("2026-10-26T10:00", 2, "mentor", "move", date(2026, 10, 28), "2026-10-28T15:30"),
    Act("2026-11-05T10:05", 2, "mentor", "lock-out"),
    Act("2026-11-06T11:20", 2, "mentor", "let-in"),
)

POWER_CUT = (
    datetime(2026, 11, 2, 10, 0, tzinfo=UTC),
    datetime(2026, 11, 4, 12, 0, tzinfo=UTC),
)

PRIVATE_LINE = "I did not dare to ask about money."

# Per pairing, role and touchpoint: the answers to the first such letter, the second, and so on.
ANSWERS: dict[tuple[int, Role, str], tuple[Answer | None, ...]] = {
    (0, "mentor", "welcome-mentor-connected"): (Answer(42, "YES"),),
    (1, "mentor", "welcome-mentor-connected"): (Answer(44, "yes"),),
    (2, "mentor", "welcome-mentor-connected"): (Answer(95, "Yes"),),
    (0, "mentee", "welcome-mentee"): (Answer(50, "YES"),),
    (1, "mentee", "welcome-mentee"): (Answer(130, "yes, thanks"),),
    (2, "mentee", "welcome-mentee"): (Answer(240, "Yes"),),
    (0, "mentee", "prep-mentee"): (
        Answer(75, "How do people choose between two good offers?"),
        Answer(110, "Which of the two internships to take\nDONE a"),
        None,
        Answer(20, "The interview on Friday"),
    ),
    (0, "mentor", "prep-mentor"): (None, Answer(35, "DONE b")),
    (0, "mentee", "notes"): (
        Answer(
            640,
            "Two internships, decide by January. CV draft first.\n"
            "todo: send Ana the CV draft\n"
            "@ana: ask Priya about the lab\n"
            f"private: {PRIVATE_LINE}",
        ),
        None,
        Answer(95, "The lab says yes if the CV is there by Friday."),
        None,
        Answer(60, "Practised the interview. Shorter answers."),
    ),
    (0, "mentee", "proposal"): (Answer(31, "2"),),
    (1, "mentee", "notes"): (
        Answer(55, "The outline stands: three chapters."),
        None,
        Answer(200, "Chapter one by the end of the month."),
    ),
    (1, "mentee", "proposal"): (Answer(24, "hm, one of the later ones would be nicer"),),
    (1, "mentee", "unclear"): (Answer(9, "3"),),
    (1, "mentee", "prep-mentee"): (
        None, Answer(45, "Where to cut the outline"), None, None, Answer(30, "SKIP"),
    ),
    (2, "mentee", "prep-mentee"): (Answer(15, "What a first month looks like"), None),
    (2, "mentee", "notes"): (None, Answer(30, "Ask early, ask in writing.")),
}  # fmt: skip
