"""Fixtures of the letter about a calendar that is not connected, or not any more.

Not the others: fixtures.py puts all together.
"""

from __future__ import annotations

from daemon.mail.sample import ANA, MAYA, NEXT, START, Facts, Fixture

_COMMAND = "run.py connect one-on-ones@example.org"
_PAGE = "https://1on1.example.org/connect/q3v7k2mfw5xd4hztbn6yrcajlp"
_RECONNECT: Facts = {
    "since": "2026-11-30T07:00:00Z", "last": False, "new": False, "link": "", "command": "",
    "meetings": [
        {"first": "Ben", "start": START, "zone": "Asia/Kolkata"},
        {"first": "Chi", "start": NEXT, "zone": "Asia/Taipei"},
    ],
}  # fmt: skip

ACCOUNTS: dict[str, tuple[Fixture, ...]] = {
    "reconnect": (
        Fixture("first", "mentor", _RECONNECT, reader=ANA),
        Fixture("last", "mentor", {**_RECONNECT, "meetings": [], "last": True}, reader=ANA),
        Fixture("by themselves", "mentor", {**_RECONNECT, "link": _PAGE}, reader=ANA),
        Fixture(
            "of the program",
            "mentor",
            {**_RECONNECT, "meetings": [], "command": _COMMAND},
            reader=MAYA,
        ),
        Fixture(
            "of the program, by a page",
            "mentor",
            {**_RECONNECT, "meetings": [], "command": _COMMAND, "link": _PAGE},
            reader=MAYA,
        ),
        Fixture(
            "of the program, not yet",
            "mentor",
            {**_RECONNECT, "meetings": [], "command": _COMMAND, "new": True},
            reader=MAYA,
        ),
        Fixture("not yet", "mentor", {**_RECONNECT, "meetings": [], "new": True}, reader=ANA),
        Fixture(
            "not yet, by themselves",
            "mentor",
            {**_RECONNECT, "meetings": [], "new": True, "link": _PAGE},
            reader=ANA,
        ),
    ),
}
