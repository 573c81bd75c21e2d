"""A small kill campaign, and the table by which it tells where a kill has struck.

Not the hundred kills: `python -m tests.campaign.kill` runs those, with the control.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaign.kill import campaign
from tests.campaign.kinds import EMBEDDED
from tests.campaign.process import Event
from tests.campaign.strikes import struck

KEY, OTHER = (
    "proposal/pairing/ana-ben/2026-12-01T10:00[Europe/Berlin]#1.1/ben/1",
    "left-by-others/1",
)


@pytest.mark.parametrize(
    ("last", "before", "after", "where"),
    [
        ("before-claim", {}, {}, "before the claim"),
        ("before-claim", {OTHER: 2}, {OTHER: 2}, "before the claim"),
        ("before-claim", {}, {KEY: 1}, "while claimed"),
        ("before-claim", {OTHER: 2}, {OTHER: 3}, "while claimed"),
        ("claimed", {}, {KEY: 1}, "while claimed"),
        ("done", {}, {KEY: 1}, "after the effect"),
        ("settling", {}, {KEY: 1}, "before the settle"),
        ("settling", {KEY: 1}, {}, "between two effects"),
        ("settled", {KEY: 1}, {}, "between two effects"),
        ("started", {KEY: 1}, {KEY: 1}, "observing, deciding"),
    ],
)
def test_where_a_kill_struck_by_the_last_line_and_the_store(
    last: str, before: dict[str, int], after: dict[str, int], where: str
) -> None:
    assert struck(Event(last), before, after) == where


def test_eight_kills_lose_nothing_and_send_nothing_twice(tmp_path: Path) -> None:
    report = campaign(tmp_path, EMBEDDED, kills=8, each=8, seed=8)
    printed = "\n".join(report.lines())
    assert report.broken() == [], printed
    assert (report.tally.kills, report.tally.backlog.total()) == (8, 16), printed
    assert report.tally.struck.total() + report.tally.idle == 8
    assert report.uninterrupted.letters.total() == 84
