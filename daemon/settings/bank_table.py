"""What stands in a bank of questions: questions/NAME.yaml.

Not how it is read (banks.py), and not which bank a program uses (letter_table.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from daemon.settings.agenda_kinds import Lines
from daemon.settings.kinds import Choice, Key, Number, Text, Wrong, YesNo, listed
from daemon.settings.language_kind import Language
from daemon.settings.problem import shown
from daemon.settings.setting import NESTED, Setting

QUESTION_CHARACTERS_MAX = 200
MEETINGS_MOST = 60
THOUGHTS_MOST, THOUGHT_CHARACTERS_MAX = 40, 90

BANK: tuple[Setting, ...] = (
    Setting(
        "credit",
        Text(300),
        "where these questions are from",
        "After “Glad We Met” by Steven Rogelberg (2024)",
        required=True,
    ),
    Setting(
        "language",
        Language(),
        "what they are written in: a reader has those in the own language first, and `check` names who reads some in another one",
        "pt-BR",
        ("language",),
        default="the program's language",
    ),
    Setting("questions", NESTED, "the questions", "see below", nested=True, required=True),
    Setting(
        "thoughts",
        Lines(lines_most=THOUGHTS_MOST, characters_max=THOUGHT_CHARACTERS_MAX),
        "lines for the mentor, one in each of the mentor's preps, none again before all others were there",
        "Ask first, advise second.",
        ("thoughts",),
        repeats=True,
    ),
)

ASK: tuple[Setting, ...] = (
    Setting(
        "ask",
        Text(QUESTION_CHARACTERS_MAX),
        "the question, as one of the two would put it to the other",
        "What is on your mind these days?",
        ("text",),
        required=True,
    ),
    Setting("theme", Key(), "what it is about", "check-in", ("theme",), required=True),
    Setting(
        "need",
        Choice(("personal", "practical")),
        "about how somebody is, or about what they do; the two take turns",
        "personal",
        ("need",),
        required=True,
    ),
    Setting("by", Choice(("mentor", "mentee", "both")), "who may ask it", "mentor", ("by",), default="both"),
    Setting(
        "from_meeting",
        Number(1, MEETINGS_MOST, ""),
        "an idea for their so-many-th 1:1 at the earliest",
        "3",
        ("from_meeting",),
        default="1",
    ),
    Setting(
        "sensitive",
        YesNo(),
        "true: an idea only in a program with sensitive_questions: true",
        "true",
        ("sensitive",),
        default="false",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keys:
    """Some keys, with commas."""

    what: str

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"{self.what}, with commas"

    def parse(self, text: str) -> tuple[str, ...]:
        """The keys, each once."""
        parts = listed(text)
        keys: list[str] = []
        for part in parts:
            try:
                keys.append(Key().parse(part.lower()))
            except Wrong as wrong:
                raise Wrong(f"has {shown(part)} in it, which {wrong.text}") from None
        return tuple(dict.fromkeys(keys))

    def show(self, value: tuple[str, ...]) -> str:
        """The keys as written."""
        return ", ".join(value)
