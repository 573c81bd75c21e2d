"""Literal facts of the letter that shows somebody the own private lines, and of such lines in a prep.

Not the lines of the pair: fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import Facts, Fixture, to_mentee, to_mentor

FOR_ONESELF: Facts = {"own_lines": ["Do not forget to breathe"]}
_LINES: Facts = {
    "notes": [
        {"day": "2026-11-24", "lines": ["I was nervous, and it went well."]},
        {"day": "2026-11-17", "lines": ["Rome scares me a little.", "Ask about it some time."]},
    ],
    "more": 0,
}

JOURNAL: dict[str, tuple[Fixture, ...]] = {
    "my-notes": (
        to_mentee("two", _LINES),
        to_mentor("one more is left out", _LINES, {"more": 1}),
        to_mentee("many more are left out", _LINES, {"more": 7}),
        to_mentor("none", {"notes": [], "more": 0}),
    ),
}
