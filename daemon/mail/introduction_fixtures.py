"""Literal facts of letters about introductions.

Not of guests at a 1:1: advisor_fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import ACK, Facts, Fixture, to_mentee, to_mentor

_WHO: Facts = {"who": "Priya Rao, designs at Example Labs"}
_ASKED: Facts = {
    "answer_by": "2026-12-05T09:00:00Z", "reminder": False, "last": False, **_WHO,
}  # fmt: skip
_DRAFT: Facts = {**_WHO, "letter": "c", "name": "Priya Rao"}
_ITEMS: Facts = {"items": [_WHO["who"]]}

INTRO_TO_DO: Facts = {"letter": "c", "owner": "mentor", "text": _WHO["who"], "kind": "intro"}
"""As a prep has it among others."""
ASKED_TO_INTRODUCE: dict[str, tuple[Fixture, ...]] = {
    "intro": (to_mentee("of a mentor", _ASKED), to_mentor("of a mentee", _ASKED)),
}
_SAID: dict[str, Facts] = {
    **{
        f"intro-{what}": _ITEMS
        for what in ("yes", "no", "withdrawn", "known", "many", "rests", "group")
    },
    **{what: {} for what in ("intro-1", "intro-2", "intro-nameless", "undone-intro")},
}
_ASKS: Facts = {"what": "intro", **_ITEMS, "undo": True}
OF_INTRODUCTIONS: dict[str, tuple[Fixture, ...]] = {
    "intro-draft": (
        to_mentor("the mentee said yes", _DRAFT, {"wished": False}),
        to_mentor("said yes oneself", _DRAFT, {"wished": True}),
    ),
    "intro-told": (
        to_mentee("intro", ACK, _ASKS),
        to_mentor("intro, the mentor", ACK, _ASKS),
        *(to_mentee(what, ACK, {"what": what, **said}) for what, said in _SAID.items()),
        to_mentor("intro-group, the mentor", ACK, {"what": "intro-group", **_ITEMS}),
    ),
}
