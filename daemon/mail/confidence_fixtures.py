"""Literal facts of letters between somebody and whom the program names for help.

Not of other letters: fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import MAYA, Facts, Fixture, to_mentee, to_mentor

_CASE: Facts = {
    "case": "help", "role_of_asker": "mentee", "first": "Ben", "name": "Ben Das",
    "partner_first": "Ana", "both": "Ana Rao & Ben Das",
    "lines": ["I do not feel at ease.", "Could we talk?"], "verified": True,
}  # fmt: skip
_GOT: Facts = {"case": "help", "words": True, "verified": True}


def _to_maya(name: str, facts: Facts) -> Fixture:
    return Fixture(name, "mentor", {**_CASE, **facts}, reader=MAYA)


IN_CONFIDENCE: dict[str, tuple[Fixture, ...]] = {
    "help-case": (
        _to_maya("HELP", {}),
        _to_maya("HELP, nothing more", {"lines": []}),
        _to_maya("HELP from elsewhere", {"verified": False}),
        _to_maya("REPORT", {"case": "report"}),
        _to_maya("another mentor", {"case": "change"}),
        _to_maya("one of the 1:1s' own lines", {"case": "private"}),
        _to_maya("more", {"case": "more"}),
        _to_maya("about the agreement", {"case": "agreement"}),
        _to_maya(
            "one of a group",
            {"role_of_asker": "member", "asker": "dan", "first": "Dan", "name": "Dan Ode"},
        ),
    ),
    "help-got": (
        to_mentee("with words", _GOT),
        to_mentor("a word alone", _GOT, {"words": False}),
        to_mentee("from elsewhere", _GOT, {"verified": False}),
        to_mentor("about the agreement", _GOT, {"case": "agreement"}),
    ),
    "change-got": (to_mentee("another mentor", _GOT, {"case": "change"}),),
}
