"""How we are let in at Microsoft 365, and how often it is asked: tokens, what was taken back, what an admin allowed, who waits for whom.

Not what is asked: test_microsoft_wire.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from connectors.microsoft import App, Granted, MicrosoftCalendars
from daemon.domain.meeting import Place
from daemon.domain.observation import Busy
from daemon.errors import AccessLost, ConnectorError, Temporary
from tests.cli.place import ROOT
from tests.conformance.caldav_world import StandingClock
from tests.conformance.following import WINDOW, listing, one_off, series
from tests.conformance.graph_world import Allowed
from tests.conformance.hanging import EVERYBODY, others_go_on
from tests.servers.graph import APP, APP_SECRET, TENANT, Fault, Graph

pytestmark = pytest.mark.server("the simulated Microsoft 365")
ANA, BEN, CLEO = "ana@mentors.example", "ben@mentees.example", "cleo@mentors.example"
FIFTH = "2026-11-03T10:00"


def connected(allowed: Allowed, *who: str, clock: Any = None) -> MicrosoftCalendars:
    people = who or (ANA, BEN)
    zones = dict.fromkeys(people, "Europe/Berlin")
    return MicrosoftCalendars(people, allowed.granted, clock or StandingClock(), zones, allowed.save)  # fmt: skip


@pytest.fixture
def calendars(allowed: Allowed) -> Iterator[MicrosoftCalendars]:
    calendars = connected(allowed)
    yield calendars
    calendars.close()


def test_a_quiet_calendar_is_one_request_and_one_token_an_hour(
    graph: Graph, allowed: Allowed, calendars: MicrosoftCalendars
) -> None:
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    before, files = len(graph.calls), len(os.listdir("/proc/self/fd"))
    for _ in range(60):
        batch = calendars.changes(ANA, cursor, WINDOW)
        assert batch.complete and not batch.observations
        cursor = batch.cursor
    assert [name for _, name in graph.calls[before:]] == ["delta"] * 60
    assert graph.sign_in.granted == ["refresh_token"] * 2, (
        "one for the token that ana has, and one that is good for an hour"
    )
    assert len(os.listdir("/proc/self/fd")) <= files + 2
    assert '"AccessToken"' in allowed.kept[ANA], "the next process goes on with it"
    again = connected(allowed)
    assert again.changes(ANA, None, WINDOW).complete
    assert len(graph.sign_in.granted) == 2
    again.close()


def test_a_hanging_account_and_a_lost_one_delay_nobody(graph: Graph, allowed: Allowed) -> None:
    for each in EVERYBODY:
        graph.account(each)
    calendars = connected(allowed, *EVERYBODY)
    lost, others = EVERYBODY[1], [EVERYBODY[0], *EVERYBODY[2:]]
    graph.shut.add(lost)
    with pytest.raises(AccessLost):
        calendars.changes(lost, None, WINDOW)
    graph.faults.inject(Fault("hang", "delta", account=EVERYBODY[0]))
    others_go_on(calendars, others, graph.faults)
    graph.shut.clear()
    assert calendars.changes(lost, None, WINDOW).complete
    calendars.close()


def test_a_yes_that_was_taken_back_is_lost_with_the_next_poll_and_another_one_counts_at_once(
    graph: Graph, allowed: Allowed, calendars: MicrosoftCalendars
) -> None:
    assert calendars.changes(ANA, None, WINDOW).complete
    graph.sign_in.taken_back.add(ANA)
    with pytest.raises(AccessLost, match=f"{ANA} has to be connected again: run.py connect {ANA}"):
        calendars.changes(ANA, None, WINDOW)
    assert calendars.changes(BEN, None, WINDOW).complete
    graph.sign_in.taken_back.clear()
    del allowed.kept[ANA]
    assert calendars.changes(ANA, None, WINDOW).complete


def test_a_token_that_is_refused_is_renewed_and_the_request_made_once(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    calendars.changes(ANA, None, WINDOW)
    graph.sign_in.access.clear()
    calendars.put(ANA, one_off(BEN), key="k/1", expected="")
    assert [(each.to, each.kind) for each in graph.mails] == [(BEN, "invitation")]


@pytest.mark.parametrize(
    ("error", "lost", "words"),
    [
        ("invalid_grant", True, "has to be connected again"),
        ("interaction_required", True, "has to be connected again"),
        ("invalid_client", False, "its client secret is over"),
        ("unauthorized_client", False, "does not know the program"),
        ("temporarily_unavailable", False, "gives no token: temporarily_unavailable"),
    ],
)
def test_only_what_a_mentor_can_mend_is_asked_of_a_mentor(
    graph: Graph, calendars: MicrosoftCalendars, error: str, lost: bool, words: str
) -> None:
    said = {"error": error, "error_description": "AADSTS70000: ana@mentors.example at 10.1.2.3"}
    graph.faults.inject(Fault("spoil", "token", spoils=lambda answer: said, after=1, times=9))
    with pytest.raises(AccessLost if lost else Temporary, match=words) as raised:
        calendars.changes(ANA, None, WINDOW)
    assert "10.1.2.3" not in str(raised.value)


def test_what_msal_logs_reaches_nobody() -> None:
    """An answer of the token endpoint that is no JSON goes there as it is, and so do the claims of who signs in."""
    said = (
        "import logging, connectors.microsoft\n"
        "logging.getLogger('msal.oauth2cli.oauth2').error('Token response is not in json format: rt-1')"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, cwd=ROOT)  # fmt: skip
    assert (done.stdout, done.stderr) == ("", "")


def test_never_more_than_two_requests_of_one_mailbox_at_once(
    graph: Graph, calendars: MicrosoftCalendars
) -> None:
    """Four are taken (MailboxConcurrency)."""
    calendars.changes(ANA, None, WINDOW)
    for _ in range(3):
        graph.faults.inject(Fault("hang", "view"))
    threads = [Thread(target=lambda: _busy(calendars), daemon=True) for _ in range(5)]
    for each in threads:
        each.start()
    assert graph.faults.hanging.wait(10)
    graph.faults.go_on()
    for each in threads:
        each.join(20)
    assert graph.most_at_once <= 2


def _busy(calendars: MicrosoftCalendars) -> None:
    try:
        calendars.busy(ANA, (ANA,), WINDOW)
    except ConnectorError:
        return


def test_what_an_admin_allowed_is_used_without_anybodys_yes_and_only_where_they_did(
    graph: Graph,
) -> None:
    """RBAC for Applications: a group of mentors, and nobody else's mailbox."""
    graph.scoped.add(ANA)
    app = App(APP, TENANT, APP_SECRET, graph.url, graph.url)
    calendars = MicrosoftCalendars((ANA, BEN), lambda who: Granted(app), StandingClock())
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert list(listing(calendars, ANA)) == [Place(ANA, "one")]
    busy = calendars.busy(ANA, (ANA,), WINDOW)[ANA]
    assert isinstance(busy, Busy) and len(busy.intervals) > 10
    with pytest.raises(AccessLost, match="what the program is allowed there is not enough"):
        calendars.changes(BEN, None, WINDOW)
    assert graph.sign_in.granted == ["client_credentials"] * 2
    graph.sign_in.access.clear()
    assert list(listing(calendars, ANA)) == [Place(ANA, "one")], (
        "a token that is not taken is asked for anew"
    )
    calendars.close()
