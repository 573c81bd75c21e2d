"""The conformance suite that every store inherits: one story per promise of `ports.Store`.

Not tied to a store: a subclass gives a fixture `store` with a new, empty one.
"""

from __future__ import annotations

from tests.conformance.store_acts import AdminStories, ClaimingStories, HoldingStories
from tests.conformance.store_ages import AgeingStories
from tests.conformance.store_observes import DecidingStories, ObservingStories


class StoreConformance(
    ObservingStories, DecidingStories, ClaimingStories, HoldingStories, AdminStories, AgeingStories
):
    """Inherit this, and give it a fixture named `store`."""
