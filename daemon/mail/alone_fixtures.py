"""Literal facts of letters that each of the two gets alone: the agreement.

Not of other questions: question_fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import START, WEEKLY, Facts, Fixture, to_mentee, to_mentor

_ASKED: Facts = {"reminder": False, "last": False}
_NO_TIME: Facts = {"start": None, "weeks": 0, "months": 0}
_AGREEMENT: Facts = {
    **_ASKED, "answer_by": None, "mark": "3f2a91c", "version": "2027-1-3f2a91c", "as_of": "2026-11-28",
    "renewal": False, "before": "", "start": START, **WEEKLY,
    "lines": [
        "What we agree to", "",
        "We meet every week for 30 minutes, and say early when one falls out.",
        "What is said in a 1:1 stays between the two of us.",
    ],
}  # fmt: skip
_NEW: Facts = {**_NO_TIME, "renewal": True, "answer_by": "2026-12-12T09:00:00Z"}

ASKED_ALONE: dict[str, tuple[Fixture, ...]] = {
    "agreement": (
        to_mentee("before the first", _AGREEMENT),
        to_mentor("before the first, no regular time", _AGREEMENT, _NO_TIME),
        to_mentee("recalled", _AGREEMENT, {"reminder": True}),
        to_mentor("recalled for the last time", _AGREEMENT, {"reminder": True, "last": True}),
        to_mentee("a new text", _AGREEMENT, _NEW, {"before": "2026-09-01"}),
        to_mentor("a first text, of a pair that runs", _AGREEMENT, _NEW),
    ),
}
_BY: Facts = {**_ASKED, "answer_by": "2026-12-05T14:30:00Z"}
_HEARD: Facts = {"again": False, "unsure": False, "parts": False, "until": "2026-12-05T14:30:00Z"}
_WEEK: Facts = {**_ASKED, "answer_by": "2026-12-05T09:00:00Z"}
ASKED_ALONE |= {
    "chemistry": (
        to_mentee("after the first", _BY, {"again": False}),
        to_mentor("after one more", _BY, {"again": True}),
    ),
    "check": (to_mentee("the mentee", _WEEK), to_mentor("the mentor", _WEEK)),
    "assess": tuple(to_mentee(about, _WEEK, {"about": about}) for about in ("start", "mid", "end")),
    "exit": (to_mentee("the mentee", _WEEK), to_mentor("the mentor", _WEEK)),
}
SAID_ALONE: dict[str, tuple[Facts, ...]] = {
    f"agreement-{number}": tuple(
        {"version": "2027-1-3f2a91c", "renewal": renewal} for renewal in (False, True)
    )
    for number in (1, 2)
} | {
    "check": ({"low": False}, {"low": True}),
    "assess": ({"low": False},),
    "exit": ({"low": False},),
}
SAID_ALONE |= {
    "chemistry": (
        _HEARD, {**_HEARD, "until": None}, {**_HEARD, "unsure": True}, {**_HEARD, "again": True},
        {**_HEARD, "again": True, "parts": True},
    ),
    "chemistry-on": ({},),
}  # fmt: skip
TOLD_OF_ALONE: dict[str, Facts] = {
    "agreement-silent": {"first": "Ben", "role": "mentee"},
    "agreement-not": {"first": "Ben"},
    "chemistry-off": {},
}
