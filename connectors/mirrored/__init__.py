"""Calendars of which a mirror is kept: what changed since a bookmark, as observations, and what is the same for all of them.

Not the requests: each provider has its own.
"""

from connectors.mirrored.calendars import Edit, MirroredCalendars, apart, in_parts, part_in, text_of
from connectors.mirrored.stepped import SteppedCalendars, Words

__all__ = [
    "Edit",
    "MirroredCalendars",
    "SteppedCalendars",
    "Words",
    "apart",
    "in_parts",
    "part_in",
    "text_of",
]
