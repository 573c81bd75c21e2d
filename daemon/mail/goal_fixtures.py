"""Literal facts of letters about goals and homework.

Not what is answered to a `goal:` line: that is an acknowledgement (question_fixtures.py).
"""

from __future__ import annotations

from daemon.mail.sample import NEXT, START, Facts, Fixture, to_mentee

_CV = {"letter": "c", "text": "A first draft of the CV by 15 March"}
_PLACE = {"letter": "d", "text": "A research place for the summer"}
_ASKED: Facts = {"smart": True, "start": START}
_DUE: Facts = {"goals": [_CV, _PLACE], "next": "2027-03-01"}

OF_A_PLAN: Facts = {"goals": [_CV]}
"""What a prep of one of a few sessions shows as well."""

_TO_DOS: Facts = {
    "actions": [{"letter": "a", "owner": "mentee", "text": "send Ana the CV draft"}],
    "next_start": NEXT,
}

GOALS: dict[str, tuple[Fixture, ...]] = {
    "goals": (
        to_mentee("with what a good goal says", _ASKED),
        to_mentee("in plain words", _ASKED, {"smart": False}),
        to_mentee("after the first 1:1", _ASKED, {"start": None}),
    ),
    "halfway": (
        to_mentee("one to-do", _TO_DOS),
        to_mentee("the next 1:1 is not known", _TO_DOS, {"next_start": None}),
    ),
    "goal-review": (
        to_mentee("two, with a next day", _DUE),
        to_mentee("one, the end comes before the next day", {"goals": [_CV], "next": None}),
        to_mentee("two, none of them comes back", _DUE, {"next": None}),
        to_mentee("one, with a next day", _DUE, {"goals": [_PLACE]}),
    ),
}
