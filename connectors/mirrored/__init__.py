"""Calendars of which a mirror is kept: what changed since a bookmark, as observations, and what is the same for all of them.

Not the mirror itself: each provider has one of its own.
"""

from connectors.mirrored.calendars import Edit, MirroredCalendars, apart, part_in, text_of
from connectors.mirrored.stepped import SteppedCalendars, Words

__all__ = ["Edit", "MirroredCalendars", "SteppedCalendars", "Words", "apart", "part_in", "text_of"]
