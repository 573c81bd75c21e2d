"""What is told of a calendar of which a mirror is kept: what changed since a bookmark, as observations.

Not the mirror itself: each provider has one of its own, and this is how they are held against what was told before.
"""

from connectors.mirrored.listing import Group, Mirror, changes

__all__ = ["Group", "Mirror", "changes"]
