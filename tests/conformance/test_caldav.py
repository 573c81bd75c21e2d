"""The CalDAV connector on the inherited suites and under the fault matrix, on two real servers.

Not what is special about servers: see test_caldav_*.py beside it.
"""

from __future__ import annotations

import pytest

from tests.conformance.caldav_suite import (
    OnRadicale,
    OnXandikos,
    radicale_server,
    xandikos_server,
)
from tests.conformance.calendar_faults import FaultConformance
from tests.conformance.calendars import CalendarConformance

__all__ = ["radicale_server", "xandikos_server"]


@pytest.mark.server("Radicale")
class TestRadicale(OnRadicale, CalendarConformance, FaultConformance):
    """No scheduling: what passes between people goes by mail."""


@pytest.mark.server("Xandikos")
class TestXandikos(OnXandikos, CalendarConformance, FaultConformance):
    """It would schedule for people whose address it knows; here it knows none."""
