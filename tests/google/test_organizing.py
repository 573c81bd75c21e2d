"""One calendar of the program at Google invites both, and nobody else has connected anything.

Not the rules: tests/stories/test_organizer.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.account import Account
from daemon.domain.value import replace
from tests.google.stage import GoogleStage
from tests.servers.google import Google
from tests.stories.cast import ANA, BEN, PATIENT, line
from tests.stories.people import kinds
from tests.stories.stage import Stage, running

pytestmark = pytest.mark.server("the simulated Google")
OURS = "one-on-ones@example.org"
ACCOUNT = Account(OURS, calendar="google")


def is_seen(stage: Stage) -> None:
    """It is read every hour so long before, and what forgives a slip is waited for."""
    for _ in range(2):
        stage.passes(61)


def test_a_mentor_declines_in_their_own_copy_and_another_time_is_found(google: Google) -> None:
    pair = replace(line(ANA, BEN), organizer=OURS)
    stage = running(pair, kind=GoogleStage, google=google, program=PATIENT, accounts=(ACCOUNT,))
    assert isinstance(stage, GoogleStage)
    (series,) = google.events.calendars[OURS].events.values()
    assert [each["email"] for each in series["attendees"]] == ["ana@example.org", "ben@example.org"]
    assert {(each.to, each.kind) for each in google.mails} == {
        ("ana@example.org", "invitation"),
        ("ben@example.org", "invitation"),
    }
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.is_busy("Fri 9 Oct 15:00", hours=3)
    stage.ana.declines("Tue 13 Oct")
    is_seen(stage)
    assert stage.meeting("Tue 13 Oct").cancelled_by == "mentor"
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ben.replies("proposal", "1")
    assert kinds(stage.ben.reads()) == ["moved"]
    assert stage.meeting("Tue 13 Oct").standing == "moved"
    assert len(google.events.calendars[OURS].events) == 2  # the series, and the one that was moved
    stage.until("Fri 23 Oct 10:00 Berlin")
    assert "clash" not in kinds(stage.ana.reads()) + kinds(stage.ben.reads())


def test_a_mentor_deletes_the_whole_series_in_their_copy(google: Google) -> None:
    pair = replace(line(ANA, BEN), organizer=OURS)
    stage = running(pair, kind=GoogleStage, google=google, program=PATIENT, accounts=(ACCOUNT,))
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.deletes_all()
    is_seen(stage)
    assert kinds(stage.ana.reads()) == ["declined-all"]
    assert len(google.events.calendars[OURS].events) == 1
