"""Literal facts of what a 1:1 is for: its type, its agenda, and what a look back begins with.

Not whole letters: fixtures.py puts these beside the other facts of both preps.
"""

from __future__ import annotations

from daemon.mail.sample import START, Facts

NO_TYPE: Facts = {
    "ends": None,
    "type": "",
    "blocks": [],
    "done_since": [],
    "goals": [],
    "settled_in": None,
}
"""Of a program without agendas."""

PREP_ASKS: Facts = {
    "asks": [
        "What came of your last task, and how well did it go?",
        "What would have made it better?",
        "Where are you on the way to your goals?",
    ]
}
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
        {"owner": "mentee", "text": "write to the lab in Rome", "kind": "todo"},
        {"owner": "mentor", "text": "Priya Rao, designs at Example Labs", "kind": "intro"},
    ],
    "goals": [
        {"letter": "", "text": "A research place for the summer"},
        {"letter": "", "text": "Two talks in English"},
    ],
}
_ANY: Facts = {
    "type": "regular",
    **_blocks((5, "how you are"), (20, "your topics"), (5, "next steps")),
}
_ALL: Facts = {"type": "first", **_blocks((30, "what you hope for"))}
_HARD: Facts = {"ends": "2026-12-01T14:30:00Z"}
OF_TYPES: tuple[tuple[str, Facts], ...] = (
    (
        "their first",
        {"type": "first", **_blocks((15, "what you hope for"), (15, "how you work"))},
    ),
    ("like any other", _ANY),
    ("a look back", _REVIEW),
    (
        "after a long time",
        {
            "type": "catch_up",
            **_blocks((10, "how you have been"), (10, "what has changed"), (10, "how you go on")),
            "goals": _REVIEW["goals"],
        },
    ),
    ("a look further ahead", {"type": "career", **_blocks((30, "in five or ten years"))}),
    ("the last one", {"type": "closing", **_blocks((20, "what stays"), (10, "thanks"))}),
    (
        "in maintenance from now on",
        {"settled_in": {"held": 12, "reached": 2, "rarer": ["monthly"]}},
    ),
    (
        "the same each week, with one goal reached",
        {"settled_in": {"held": 24, "reached": 1, "rarer": ["biweekly", "monthly"]}},
    ),
    ("the same, without counts", {"settled_in": {"held": 0, "reached": 0, "rarer": []}}),
    ("to end on time", {**_ANY, **_HARD}),
    ("to end on time, in one block", {**_ALL, **_HARD}),
)

CARD: list[Facts] = [
    {
        "first": "Ben", "start": START, "zone": "Asia/Kolkata", "type": "", "own": [],
        "topics": ["Which of the two internships to take"],
        "actions": [{"letter": "b", "text": "ask Priya about the lab", "kind": "todo"}],
    },
    {
        "first": "Chi", "start": "2026-12-02T10:00:00Z", "zone": "Asia/Taipei", "topics": [],
        "actions": [], "type": "", "own": [],
    },
    {
        "first": "Eva", "start": "2026-12-04T16:00:00Z", "zone": "Europe/Paris", "type": "",
        "topics": ["The thesis"], "own": [],
        "actions": [
            {"letter": "a", "text": "Priya Rao, designs at Example Labs", "kind": "intro"},
            {"letter": "b", "text": "summer schools in astronomy", "kind": "chance"},
        ],
    },
]  # fmt: skip


def of_each_type(entry: Facts) -> list[Facts]:
    """A week card on which every type stands once."""
    return [{**entry, "type": facts["type"]} for _, facts in OF_TYPES[:6]]
