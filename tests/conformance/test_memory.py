"""The world in memory under the conformance suites that every connector inherits.

Not what only this world can do: see test_memory_faults.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from connectors.memory import Faults, MemoryCalendars, MemoryHands, MemoryMail, MemoryWorld
from tests.conformance.calendar_faults import FaultConformance, Inject
from tests.conformance.calendars import CalendarConformance
from tests.conformance.clearing import ClearingConformance
from tests.conformance.following import NOW
from tests.conformance.mailboxes import MailConformance, MailFaultConformance

ANA, BEN, KOSS = "ana@mentors.example", "ben@mentees.example", "koss@program.example"


@pytest.fixture
def faults() -> Faults:
    return Faults(Random(1), lost_for=timedelta())


@pytest.fixture
def world() -> MemoryWorld:
    return MemoryWorld(lambda: NOW, [ANA, BEN])


@pytest.fixture
def hands(world: MemoryWorld) -> MemoryHands:
    return MemoryHands(world)


@pytest.fixture
def calendars(world: MemoryWorld, faults: Faults) -> MemoryCalendars:
    return MemoryCalendars(world, faults)


class TestMemoryCalendars(CalendarConformance, FaultConformance):
    """The inherited suites."""

    @pytest.fixture
    def reopen(self, world: MemoryWorld, faults: Faults) -> Callable[[], MemoryCalendars]:
        return lambda: MemoryCalendars(world, faults)

    @pytest.fixture
    def expire(self, world: MemoryWorld) -> Callable[[], None]:
        return lambda: world.expire(ANA)

    @pytest.fixture
    def inject(self, faults: Faults) -> Inject:
        return faults.inject


class TestMemoryCalendarsThatKeepAnswers(TestMemoryCalendars):
    """The same, played by a server that keeps a DECLINED through a move and mails its guests."""

    resets_answers = False

    @pytest.fixture
    def world(self) -> MemoryWorld:
        return MemoryWorld(lambda: NOW, [ANA, BEN], tells_guests=True, resets_answers=False)


class TestMemoryMail(MailConformance, MailFaultConformance, ClearingConformance):
    """The inherited suites."""

    @pytest.fixture
    def mail(self, world: MemoryWorld, faults: Faults) -> MemoryMail:
        return MemoryMail(world, KOSS, faults)

    @pytest.fixture
    def reopen(self, world: MemoryWorld, faults: Faults) -> Callable[[], MemoryMail]:
        return lambda: MemoryMail(world, KOSS, faults)

    @pytest.fixture
    def spoil(self, world: MemoryWorld) -> Callable[[], None]:
        def spoil() -> None:
            box = world.mailbox(KOSS)
            box.unreadable.add(len(box.arrived))
            world.deliver(KOSS, b"unreadable", NOW)

        return spoil

    @pytest.fixture
    def inject(self, faults: Faults) -> Inject:
        return faults.inject
