"""Promised: who reads the words of a reply, as the foot of the letter that they answer has said (RULES 8).

Not the foots themselves (templates/) and not what is done with the words: replies.py, words.py.
"""

from __future__ import annotations

from typing import Literal

from daemon.decide.keys import in_confidence, person_of, short, touchpoint_of
from daemon.domain.question import Question

Reader = Literal["pair", "contact", "helper", "writer", "nobody"]

WELCOMES = ("welcome-mentee", "welcome-mentor-connected", "setup-nudge")
ASK_NOTHING = (
    *("prep-mentee", "prep-mentor", "copy", "carried", "first-note", "started", "farewell"),
    *("goals", "goal-review", "halfway", "group-copy", "group-missing", "group-changed"),
)
"""Letters to the pair in which no question stands that a yes could answer."""
ONLY_TELL = (*ASK_NOTHING, "moved", "paused", "resumed", "intro-draft", "substitute")
"""Letters that a yes agrees with, and no more."""
OF_THE_PAIR = ("notes", *ASK_NOTHING)
OF_THE_CONTACT = (*WELCOMES, "ended", "reconnect", "week-card", "group-ended")
OF_THE_WRITER = ("my-notes",)
"""Letters with somebody's own lines: what is answered is one more of them."""
ACKS = ("ack", "intro-told", "chance-told", "themes-told")
"""Letters that acknowledge a command, and those that say what came of a line about an introduction, a chance or themes."""
OF_THE_HELPER = ("help-got", "change-got", "agreement")


def reader_of_words(key: str, thread: str = "") -> Reader:
    """Who reads words that are no command, said to the letter with this key. A mail that cites no letter is one
    to the pair, unless it came in somebody's own thread, or in confidence."""
    touchpoint = touchpoint_of(key)
    if touchpoint in OF_THE_HELPER or (not touchpoint and in_confidence(thread)):
        return "helper"
    if not touchpoint:
        return "nobody" if person_of(thread) else "pair"
    if touchpoint in OF_THE_PAIR:
        return "pair"
    if touchpoint in OF_THE_WRITER:
        return "writer"
    if touchpoint in OF_THE_CONTACT:
        return "contact"
    if touchpoint == "ack":
        return "contact" if what_acknowledged(key) in ("no", "for-contact") else "nobody"
    return "contact" if touchpoint == "unclear" and about_unclear(key)[0] == "welcome" else "nobody"


# --- how the letters that answer a mail are named, so that an answer to them is understood


def letter_of_ack(what: str) -> str:
    """The letter that acknowledges it: introductions, chances and themes that are left out have one of their own."""
    told = what.removeprefix("undone-")
    named = (each for each in ("intro", "chance", "themes") if told.startswith(each))
    return next((f"{each}-told" for each in named), "ack")


def occasion_of_ack(what: str, occasion: str) -> str:
    """The occasion of a letter that acknowledges."""
    return f"{what}.{occasion}"


def what_acknowledged(key: str) -> str:
    """Which command that letter acknowledged."""
    return key.split("/")[3].partition(".")[0]


def occasion_of_unclear(message: str, about: str, question: str = "") -> str:
    """The occasion of a letter that asks what was meant by a message, about that question."""
    return f"{message}.{about}{'.' if question else ''}{question}"


def name_of(question: Question) -> str:
    """A short name of a question, for the keys of letters about it."""
    return short(f"{question.kind} {question.occasion}")


def about_unclear(key: str) -> tuple[str, str]:
    """What that letter was about, and which question it named."""
    _, about, question = f"{key.split('/')[3]}..".split(".")[:3]
    return about, question
