"""Microsoft 365 holds every promise of the calendar port, through the real msal.

Not the simulator, which has tests of its own in tests/graph.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connectors.microsoft import MicrosoftCalendars
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_faults import FaultConformance, Inject
from tests.conformance.calendars import CalendarConformance
from tests.conformance.graph_world import Allowed, GraphHands, fault_of
from tests.conformance.reopened import ANA, BEN, Calendars
from tests.servers.graph import Graph

pytestmark = pytest.mark.server("the simulated Microsoft 365")


class AtMicrosoft(Calendars):
    """The fixtures."""

    @pytest.fixture
    def reopen(self, allowed: Allowed) -> Callable[[], MicrosoftCalendars]:
        zones = dict.fromkeys((ANA, BEN), "Europe/Berlin")
        return lambda: MicrosoftCalendars((ANA, BEN), allowed.granted, StandingClock(), zones, allowed.save)  # fmt: skip

    @pytest.fixture
    def hands(self, graph: Graph, calendars: MicrosoftCalendars) -> GraphHands:
        return GraphHands(graph)


class TestMicrosoft(AtMicrosoft, CalendarConformance, FaultConformance):
    """All of it."""

    @pytest.fixture
    def inject(self, graph: Graph, allowed: Allowed) -> Inject:
        def inject(call: str, kind: str) -> None:
            allowed.lose(kind)
            fault = fault_of(call, kind)
            if fault is not None:
                graph.faults.inject(fault)

        return inject

    @pytest.fixture
    def expire(self, graph: Graph) -> Callable[[], None]:
        def expire() -> None:
            box = graph.boxes[ANA]
            box.log.append("nothing")
            box.oldest = len(box.log)

        return expire
