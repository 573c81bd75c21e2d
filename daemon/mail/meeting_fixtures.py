"""Literal facts of what a 1:1 is for: its type, its agenda, and what a look back begins with.

Not whole letters: fixtures.py puts these beside the other facts of both preps.
"""

from __future__ import annotations

from daemon.mail.sample import Facts

NO_TYPE: Facts = {"type": "", "blocks": [], "done_since": [], "goals": []}
"""Of a program without agendas."""

PREP_ASKS: tuple[str, Facts] = (
    "with lines to think about",
    {
        "asks": [
            "What came of your last task, and how well did it go?",
            "What would have made it better?",
            "Where are you on the way to your goals?",
        ]
    },
)
NOTES_ASKS: Facts = {
    "asks": [
        "What you work on until next time",
        "Chances that Ana keeps an eye on for you",
        "When and where you meet next",
        "Anything else",
    ]
}


def _blocks(*blocks: tuple[int, str]) -> Facts:
    return {"blocks": [{"minutes": minutes, "words": words} for minutes, words in blocks]}


_REVIEW: Facts = {
    "type": "monthly_review",
    **_blocks((10, "what went well, and what did not"), (12, "your goals"), (8, "the next month")),
    "done_since": [
        {"owner": "mentee", "text": "write to the lab in Rome"},
        {"owner": "mentor", "text": "introduce Ben to Priya"},
    ],
    "goals": ["A research place for the summer", "Two talks in English"],
}
OF_TYPES: tuple[tuple[str, Facts], ...] = (
    ("their first", {"type": "first", **_blocks((15, "what you hope for"), (15, "how you work"))}),
    (
        "like any other",
        {"type": "regular", **_blocks((5, "how you are"), (20, "your topics"), (5, "next steps"))},
    ),
    ("a look back", _REVIEW),
    ("a look further ahead", {"type": "career", **_blocks((30, "in five or ten years"))}),
    ("the last one", {"type": "closing", **_blocks((20, "what stays"), (10, "thanks"))}),
)


def of_each_type(entry: Facts) -> list[Facts]:
    """A week card on which every type stands once."""
    return [{**entry, "type": facts["type"]} for _, facts in OF_TYPES]
