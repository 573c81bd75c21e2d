"""The local connector on both conformance suites.

Not what is special about folders: see tests/conformance/test_local_folders.py and test_local_mail.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from connectors.local import LocalCalendars, LocalHands, LocalMail
from daemon.domain.people import Address
from tests.conformance.calendars import CalendarConformance
from tests.conformance.following import NOW
from tests.conformance.mailboxes import MailConformance


class StandingClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always the same."""
        return NOW


class TestLocalCalendars(CalendarConformance):
    """Folders of .ics files."""

    @pytest.fixture
    def calendars(self, tmp_path: Path, organizer: Address, guest: Address) -> LocalCalendars:
        return LocalCalendars(tmp_path, StandingClock(), (organizer, guest))

    @pytest.fixture
    def hands(self, tmp_path: Path, calendars: LocalCalendars) -> LocalHands:
        return LocalHands(tmp_path, StandingClock())

    @pytest.fixture
    def reopen(
        self, tmp_path: Path, organizer: Address, guest: Address
    ) -> Callable[[], LocalCalendars]:
        return lambda: LocalCalendars(tmp_path, StandingClock(), (organizer, guest))


class TestLocalMail(MailConformance):
    """Maildirs."""

    @pytest.fixture
    def mail(self, tmp_path: Path, program: Address) -> LocalMail:
        return LocalMail(tmp_path, program, StandingClock())

    @pytest.fixture
    def hands(self, tmp_path: Path) -> LocalHands:
        return LocalHands(tmp_path, StandingClock())

    @pytest.fixture
    def reopen(self, tmp_path: Path, program: Address) -> Callable[[], LocalMail]:
        return lambda: LocalMail(tmp_path, program, StandingClock())

    @pytest.fixture
    def spoil(self, tmp_path: Path, mail: LocalMail, program: Address) -> Callable[[], None]:
        return lambda: (tmp_path / "mail" / program / "new" / "1.a-folder.here").mkdir()
