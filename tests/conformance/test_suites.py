"""Which connector has to hold which suites: whoever asks somebody over a wire is tried under every fault.

Not the suites: see calendars.py, calendar_faults.py and mailboxes.py.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.conformance.calendar_faults import FaultConformance
from tests.conformance.calendars import CalendarConformance
from tests.conformance.mailboxes import MailConformance, MailFaultConformance

KEPT_BY_US = ("TestInvitations",)
"""Invitations lie in a folder of ours; what may fail is their mail, which has faults of its own."""
OTHER_SERVERS = (
    *("TestACopyToOurselves", "TestAServerThatKeepsSent", "TestPostfixAndDovecot"),
    *("TestGmail", "TestGmailThatGivesIdsOfItsOwn", "TestExchangeMail", "TestMicrosoftMail"),
)
"""The same connectors whose faults a TestFaults tries on the wire."""


@pytest.mark.parametrize(
    ("promises", "faults", "spared"),
    [
        (CalendarConformance, FaultConformance, {"TestLocalCalendars"} | {*KEPT_BY_US}),
        (MailConformance, MailFaultConformance, {"TestLocalMail"} | {*OTHER_SERVERS}),
    ],
)
def test_only_folders_are_spared_the_faults(promises: type, faults: type, spared: set[str]) -> None:
    """No call of theirs can be refused, time out, or answer with a number."""
    for path in Path(__file__).parent.glob("test_*.py"):
        importlib.import_module(f"tests.conformance.{path.stem}")
    found = {each for each in _below(promises) if each.__name__.startswith("Test")}
    assert {each.__name__ for each in found if not issubclass(each, faults)} == spared
    assert len(found) > 1


def _below(promises: type) -> set[type]:
    own = set(promises.__subclasses__())
    return own.union(*(_below(each) for each in own))
