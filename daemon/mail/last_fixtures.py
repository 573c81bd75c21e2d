"""Literal facts of the letters of the end.

Not what somebody who leaves, and the partner, read: fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import START, Facts, Fixture, to_mentee, to_mentor

_FAREWELL: Facts = {
    "since": "2026-01-12", "held": 21, "done": 14, "last_start": START, "line_by": "2026-12-19",
    "goals": [], "reached": [], "reached_count": None, "later": None, "exit": False,
}  # fmt: skip
_GOALS: Facts = {"goals": ["A research place for the summer", "A CV"]}
_REACHED: Facts = {"reached": ["Ten mock interviews"], "reached_count": 1}
_FOLLOW_UP: Facts = {
    "line": "I ask before I am stuck, not after.", "goals": ["A research place for the summer"],
    "last_start": START,
}  # fmt: skip
_WORD: Facts = {
    "lines": ["I got the place in Leiden."], "meet": False, "blocks": [], "length_minutes": 60,
}  # fmt: skip
_PLAN: Facts = {
    "blocks": [
        {"minutes": 15, "words": "how you have been"},
        {"minutes": 25, "words": "what came of your goals"},
        {"minutes": 20, "words": "what comes next, and who can help"},
    ]
}

LAST: dict[str, tuple[Fixture, ...]] = {
    "farewell": (
        to_mentee("with counts", _FAREWELL),
        to_mentee("with goals", _FAREWELL, _GOALS),
        to_mentee("with one that is reached", _FAREWELL, _GOALS, _REACHED),
        to_mentor("all are reached", _FAREWELL, _REACHED, {"reached_count": 7}),
        to_mentee("one to-do", _FAREWELL, {"done": 1}),
        to_mentor("no to-dos", _FAREWELL, {"done": 0}),
        to_mentor("in words", _FAREWELL, {"held": 0, "done": 0}),
        to_mentee("closed already", _FAREWELL, {"line_by": None}),
        to_mentee("asked once more", _FAREWELL, {"exit": True}),
        to_mentor(
            "asked once more, and with a follow-up",
            _FAREWELL,
            {"exit": True, "later": "2027-03-01"},
        ),
        to_mentor("asked once more, closed already", _FAREWELL, {"exit": True, "line_by": None}),
        to_mentee("with a follow-up", _FAREWELL, {"later": "2027-03-01"}),
    ),
    "follow-up": (
        to_mentee("with a line and goals", _FOLLOW_UP),
        to_mentor(
            "with nothing to go by", _FOLLOW_UP, {"line": "", "goals": [], "last_start": None}
        ),
    ),
    "follow-up-word": (
        to_mentor("a line", _WORD),
        to_mentor("a wish to meet", _WORD, {"lines": [], "meet": True}),
        to_mentee("both", _WORD, {"meet": True}),
        to_mentor("both, with a plan", _WORD, _PLAN, {"meet": True}),
    ),
}
