"""What every calendar connector must do: inherit `CalendarConformance` and give two fixtures; one that asks
somebody over a wire inherits `FaultConformance` as well (calendar_faults.py).

Not a test of one provider. A subclass gives `calendars` (a CalendarConnector) and `hands` (Hands over
the same accounts), both empty at the start of a test, and where needed its own `organizer`, `guest`
(accounts that can be read), `stranger` (one that cannot) and `reopen`, or the class attribute
`resets_answers = False` where a DECLINED survives a move.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daemon.domain.people import Address
from daemon.ports import CalendarConnector
from tests.conformance.calendar_busy import BusyConformance
from tests.conformance.calendar_group import GroupConformance
from tests.conformance.calendar_hand_made import HandMadeConformance
from tests.conformance.calendar_let_go import LetGoConformance
from tests.conformance.calendar_listing import ListingConformance
from tests.conformance.calendar_rhythms import GapConformance, RhythmConformance
from tests.conformance.calendar_stirred import AwayConformance, StirredConformance
from tests.conformance.calendar_times import TimesConformance
from tests.conformance.calendar_whole import WholeSeriesConformance
from tests.conformance.calendar_writing import WritingConformance
from tests.conformance.following import Reader


class CalendarConformance(
    WritingConformance,
    ListingConformance,
    TimesConformance,
    RhythmConformance,
    GapConformance,
    WholeSeriesConformance,
    GroupConformance,
    LetGoConformance,
    HandMadeConformance,
    StirredConformance,
    BusyConformance,
    AwayConformance,
):
    """All that needs no wire. `class TestMine(CalendarConformance)` with the fixtures named above."""

    @pytest.fixture
    def organizer(self) -> Address:
        """Whose calendar carries the events."""
        return "ana@mentors.example"

    @pytest.fixture
    def guest(self) -> Address:
        """Who is invited, and has a calendar that can be read."""
        return "ben@mentees.example"

    @pytest.fixture
    def stranger(self) -> Address:
        """Somebody whose calendar nobody here can read."""
        return "nobody@elsewhere.example"

    @pytest.fixture
    def reopen(self, calendars: CalendarConnector) -> Callable[[], CalendarConnector]:
        """A new connector over the same accounts, as after a crash of ours."""
        return lambda: calendars

    @pytest.fixture
    def reader(self, calendars: CalendarConnector, organizer: Address) -> Reader:
        """Follows the organizer's calendar."""
        return Reader(calendars, organizer)
