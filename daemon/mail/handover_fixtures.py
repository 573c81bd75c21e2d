"""Literal facts of the letter that asks what a new mentor may read, and of what was carried over.

Not the answer to it: question_fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import START, Facts, Fixture, to_mentee, to_mentor

_LINES = [
    {"letter": "a", "kind": "goal", "text": "A research place for the summer"},
    {"letter": "b", "kind": "todo", "text": "send the CV draft"},
    {"letter": "c", "kind": "note", "text": "Two internships, decide by January."},
]
CARRIED: Facts = {"carried": _LINES}
_ASKED: Facts = {
    "before": "Eva",
    "answer_by": "2026-12-05T09:00:00Z",
    "lines": _LINES,
    "substitute": False,
}

HANDOVER: dict[str, tuple[Fixture, ...]] = {
    "handover": (
        to_mentee("three lines", _ASKED),
        to_mentee("one line", _ASKED, {"lines": _LINES[2:]}),
        to_mentee("of a substitute", _ASKED, {"substitute": True}),
    ),
    "carried": (to_mentor("where there are no preps", CARRIED, {"start": START}),),
}
