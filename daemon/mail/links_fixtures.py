"""Literal facts of the letter that shows the links of a pair, and of a prep with some of them.

Not the links of the last note alone: fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import Facts, Fixture, to_mentee, to_mentor

NO_LINKS: Facts = {"shared_links": [], "more_links": False}
_URLS = [
    "https://labs.example.org/internships",
    "https://example.com/how-to-write-a-cv",
    *(f"https://example.net/talks/{number}" for number in range(1, 7)),
]
WITH_LINKS: Facts = {"type": "closing", "shared_links": _URLS, "more_links": True}
LINKS: dict[str, tuple[Fixture, ...]] = {
    "links": (
        to_mentee("some", {"links": _URLS[:3]}),
        to_mentor("none", {"links": []}),
    ),
}
