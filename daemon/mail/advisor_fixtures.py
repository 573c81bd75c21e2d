"""Literal facts of the letters to an advisor, and of what the two hear of one.

Not of other letters: fixtures.py.
"""

from __future__ import annotations

from daemon.domain.people import Person
from daemon.mail.sample import START, Facts, Fixture, to_mentee, to_mentor

PRIYA = Person("advisor-4f1c", "priya", "priya@lab.example.org", "Europe/Berlin")
_ASKED: Facts = {
    "to": PRIYA.address, "what": "ask", "topic": "internships", "start": START, "utc": START[11:16],
    "erased": "2027-01-02", "asker": "Ana Rao", "asker_first": "Ana", "partner_name": "Ben Das",
    "by": "mentor", "put": True,
}  # fmt: skip


def _to_priya(name: str, facts: Facts) -> Fixture:
    return Fixture(name, "mentor", {**_ASKED, **facts}, reader=PRIYA)


_HEARD: Facts = {
    "what": "yes", "start": START, "guest": PRIYA.address, "items": [], "put": True, "listed": False,
}  # fmt: skip
_LINE: Facts = {"items": ["I may be five minutes late."]}
ABOUT_ADVISORS: dict[str, tuple[Fixture, ...]] = {
    "advisor": (
        _to_priya("asked", {}),
        _to_priya("asked, no topic", {"topic": ""}),
        _to_priya("another time", {"what": "moved"}),
        _to_priya("falls out", {"what": "off"}),
    ),
    "advisor-told": (
        to_mentor("yes", _HEARD),
        to_mentee("yes, on an event that can't be changed", _HEARD, _LINE, {"put": False}),
        to_mentee("no", _HEARD, {"what": "no"}),
        to_mentor("no, after a yes", _HEARD, _LINE, {"what": "no", "listed": True}),
        to_mentee("words", _HEARD, _LINE, {"what": "words"}),
        to_mentor("silence", _HEARD, {"what": "silent"}),
        to_mentor("came back", _HEARD, {"what": "bounced"}),
        to_mentor("no letter left", _HEARD, {"what": "untold"}),
    ),
}

SAID_OF_ADVISORS: dict[str, tuple[Facts, ...]] = {
    "advisor-not": (
        *({"start": START, "why": w} for w in ("soon", "stopped", "known", "takes-part", "many")),
        {"why": "none"},
    ),
    **{f"advisor-heads-up-{n}": ({"start": START},) for n in (1, 2)},
}
