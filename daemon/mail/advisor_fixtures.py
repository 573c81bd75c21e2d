"""Literal facts of the letters to an advisor, and of what the two hear of one.

Not of other letters: fixtures.py.
"""

from __future__ import annotations

from daemon.domain.people import Person
from daemon.mail.sample import START, Facts, Fixture

PRIYA = Person("advisor-4f1c", "priya", "priya@lab.example.org", "Europe/Berlin")
_ASKED: Facts = {
    "to": PRIYA.address, "what": "ask", "topic": "internships", "start": START, "utc": START[11:16],
    "erased": "2027-01-02", "asker": "Ana Rao", "asker_first": "Ana", "partner_name": "Ben Das",
    "by": "mentor",
}  # fmt: skip


def _to_priya(name: str, facts: Facts) -> Fixture:
    return Fixture(name, "mentor", {**_ASKED, **facts}, reader=PRIYA)


TO_ADVISORS: dict[str, tuple[Fixture, ...]] = {
    "advisor": (
        _to_priya("asked", {}),
        _to_priya("asked, no topic", {"topic": ""}),
        _to_priya("another time", {"what": "moved"}),
        _to_priya("falls out", {"what": "off"}),
    ),
}

_GUEST: Facts = {"start": START, "guest": PRIYA.address}
_LINE: Facts = {"items": ["I may be five minutes late."]}
SAID_OF_ADVISORS: dict[str, tuple[Facts, ...]] = {
    "advisor-not": tuple(
        {"start": START, "why": why} for why in ("soon", "stopped", "known", "many")
    ),
    "advisor-yes": (
        {**_GUEST, "put": True, "listed": False},
        {**_GUEST, **_LINE, "put": False, "listed": False},
    ),
    "advisor-no": (
        {**_GUEST, "put": True, "listed": False},
        {**_GUEST, **_LINE, "put": True, "listed": True},
    ),
    "advisor-words": ({**_GUEST, **_LINE, "put": True, "listed": False},),
    **dict.fromkeys(("advisor-silent", "advisor-bounced", "advisor-untold"), (_GUEST,)),
    **{f"advisor-heads-up-{n}": ({"start": START},) for n in (1, 2)},
}
