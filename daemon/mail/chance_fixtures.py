"""Literal facts of letters about chances.

Not of introductions: introduction_fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import ACK, Facts, Fixture, to_mentee, to_mentor

_OF_MENTOR = "the summer school in Trieste, until 1 March"
_OF_MENTEE = "summer schools in astronomy"
CHANCES: list[Facts] = [
    {"letter": "d", "owner": "mentor", "text": _OF_MENTEE, "kind": "chance"},
    {"letter": "e", "owner": "mentee", "text": _OF_MENTOR, "kind": "chance"},
]
"""As a prep has them among others."""
_KEPT: Facts = {"what": "chance", "undo": True}
OF_CHANCES: dict[str, tuple[Fixture, ...]] = {
    "chance-told": (
        to_mentee("chance", ACK, _KEPT, {"items": [_OF_MENTEE]}),
        to_mentor("chance, the mentor", ACK, _KEPT, {"items": [_OF_MENTOR]}),
        *(
            to_mentee(what, ACK, {"what": what, "items": [_OF_MENTEE]})
            for what in ("chance-known", "chance-many", "chance-rests", "chance-group")
        ),
        to_mentor("chance-group, the mentor", ACK, {"what": "chance-group", "items": [_OF_MENTOR]}),
        to_mentee("undone-chance", ACK, {"what": "undone-chance"}),
    ),
}
