"""Literal facts of the letter about themes that somebody has left out.

Not of the ideas themselves: meeting_fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import ACK, Facts, Fixture, to_mentee, to_mentor

_OUT: Facts = {"what": "themes", "items": ["feedback"], "unfound": [], "themes": [], "undo": True}
_OWN_WORDS: Facts = {"unfound": ["my family"], "themes": ["advice", "check-in", "feedback"]}
_NOTHING: Facts = {"items": [], "undo": False}

OF_THEMES: dict[str, tuple[Fixture, ...]] = {
    "themes-told": (
        to_mentee("a theme", ACK, _OUT),
        to_mentor("own words", ACK, _OUT, _OWN_WORDS),
        to_mentee("nothing found", ACK, _OUT, _OWN_WORDS, _NOTHING),
        to_mentee("no ideas at all", ACK, _OUT, _NOTHING, {"unfound": ["money"]}),
        to_mentee("once more", ACK, _OUT, {"undo": False}),
        to_mentee("taken back", ACK, {"what": "undone-themes"}),
    ),
}
