"""The table of the block `substitute:` of a pairing.

Not who is meant, and whether that is possible: substitutes.py.
"""

from __future__ import annotations

from daemon.settings.calendar_kinds import Day
from daemon.settings.kinds import Text
from daemon.settings.setting import Setting

SUBSTITUTE: tuple[Setting, ...] = (
    Setting(
        "mentor",
        Text(),
        "who stands in: a name with an address, or somebody known already",
        "Cara Lim <cara@example.org>",
        required=True,
    ),
    Setting("from", Day(), "the first day", "2026-12-01", required=True),
    Setting("to", Day(), "the last day", "2027-01-15", required=True),
)
"""What `substitute:` says. Never why."""
