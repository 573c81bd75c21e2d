"""What the daemon notes in the store of itself, by name, for those who only look: `status`, `why`, `check`.

Not facts of pairings: those have lanes.
"""

from __future__ import annotations

from datetime import timedelta

LAST_BEAT = "last-beat"
NOTE_EVERY = timedelta(minutes=5)
DOWN = "down"
DOWN_LEAST = timedelta(hours=24)
"""So long without a beat, and letters of that time are caught up with care (LETTERS 2)."""
CONFIG_PROBLEM = "config-problem"
"""What keeps saying what is wrong with the newest files; empty while they are good."""
OTHER_KIND = "programs  letters_to:"
"""How that begins where the files ask for a rehearsal, or for none, and only a new start can follow them."""
