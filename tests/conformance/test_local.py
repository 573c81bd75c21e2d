"""The local connector on both conformance suites.

Not what is special about folders: see tests/conformance/test_local_folders.py and test_local_mail.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from connectors.local import LocalCalendars, LocalHands, LocalMail
from connectors.local.maildir import make, names_in
from daemon.domain.people import Address
from tests.conformance.calendars import CalendarConformance
from tests.conformance.clearing import ClearingConformance, TrashConformance
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


class TestLocalMail(MailConformance, ClearingConformance, TrashConformance):
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
    def throw_away(self, tmp_path: Path, program: Address) -> Callable[[bytes, datetime], None]:
        trash, numbers = tmp_path / "mail" / program / ".Trash", count(1)

        def put(raw: bytes, at: datetime) -> None:
            make(trash)
            path = trash / "cur" / f"{next(numbers)}.mutt.host:2,S"
            path.write_bytes(raw)
            os.utime(path, (at.timestamp(), at.timestamp()))

        return put

    @pytest.fixture
    def thrown_away(self, tmp_path: Path, program: Address) -> Callable[[], list[bytes]]:
        trash = tmp_path / "mail" / program / ".Trash"
        return lambda: [path.read_bytes() for path in names_in(trash).values()]

    @pytest.fixture
    def spoil(self, tmp_path: Path, mail: LocalMail, program: Address) -> Callable[[], None]:
        return lambda: (tmp_path / "mail" / program / "new" / "1.a-folder.here").mkdir()
