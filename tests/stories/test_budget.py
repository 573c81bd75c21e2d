"""What a mailbox may send in a day: the rest waits, the nearest deadline first, and none is lost (trap_60).

Not a cap on what one person gets: test_caps.py.
"""

from __future__ import annotations

from collections import Counter, deque
from datetime import UTC, datetime, timedelta

import pytest

from daemon.budget import DAY, NO_ROOM, moments_of
from daemon.domain.people import Line
from daemon.domain.program import Config
from daemon.domain.value import replace
from daemon.ports import Ports
from tests.stories.cast import ANA, BEN, KOSS, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("most", "sent", "count", "wanted"),
    [
        (3, [], 2, [0, 0]),
        (3, [], 5, [0, 0, 0, 24, 24]),
        (3, [], 8, [0, 0, 0, 24, 24, 24, 48, 48]),
        (3, [-20, -10], 3, [0, 4, 14]),
        (2, [-20, -10, -1], 2, [14, 23]),
        (1, [-1], 3, [23, 47, 71]),
    ],
)
def test_no_day_has_more_than_it_may(
    most: int, sent: list[int], count: int, wanted: list[int]
) -> None:
    found = moments_of(most, deque(NOW + each * HOUR for each in sent), count, NOW)
    assert [(at - NOW) / HOUR for at in found] == wanted


class Limited(Stage):
    """A program whose mailbox may send so many letters a day."""

    most = 5

    def __init__(self, *lines: Line) -> None:
        self.limits, self.posted_now = {KOSS.mailbox: self.most}, dict[str, int]()
        super().__init__(*lines)

    def taken(self) -> dict[str, int]:
        """What calendars have mailed since that was asked last."""
        posted, self.posted_now = self.posted_now, {}
        return posted

    def wire(self, ports: Ports) -> Ports:
        """With a budget."""
        ports = super().wire(ports)
        ports.budgets = lambda: self.limits
        ports.posted = self.taken
        return ports


def crowd(count: int) -> list:  # type: ignore[type-arg]
    """So many mentors, all asked for the first time on one Monday."""
    names = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida")
    return [
        line(
            replace(ANA, id=each.lower(), name=f"{each} Ash", address=f"{each.lower()}@example.org"),
            replace(BEN, id=f"m{each.lower()}", name=f"{each} Elm", address=f"m{each.lower()}@example.org"),
        )
        for each in names[:count]
    ]  # fmt: skip


@row("effect-deferred")
def test_trap_60_what_a_mailbox_has_no_room_for_goes_the_next_day_and_nobody_is_left_out() -> None:
    stage = Limited(*crowd(9))
    stage.passes(30)
    waits = [e for e in stage.daemon.ports.store.queue(on_hold=False) if e.why == NO_ROOM]
    assert len(waits) == 4
    assert all(entry.attempts == 0 for entry in waits), "nobody has tried, so a plan may withdraw"
    stage.restart()
    stage.until("Thu 8 Oct 10:00 Berlin")
    welcomed = {
        who for who, someone in stage.people.items() if "welcome-mentor-connected" in kinds(someone.reads())
    }  # fmt: skip
    assert len(welcomed) == 9
    days = Counter()
    for each in stage.daemon.ports.store.ledger(last=2000):
        if each.what == "settled":
            days[(each.at - NOW) // DAY] += 1
    assert max(days.values()) <= Limited.most


@row("effect-deferred", "letter-urgent")
def test_what_has_the_nearest_deadline_goes_first() -> None:
    stage = Limited(*crowd(9))
    stage.passes(30)
    queue = stage.daemon.ports.store.queue(on_hold=False)
    order = sorted(queue, key=lambda entry: (entry.not_before or stage.now, entry.effect.closes))
    assert [e.effect.closes for e in order] == sorted(e.effect.closes for e in queue)


def welcomed(stage: Stage) -> int:
    """How many mentors have been written to."""
    return sum("welcome-mentor-connected" in kinds(each.reads()) for each in stage.people.values())


@row("effect-deferred")
def test_mails_about_events_count_like_letters_and_a_new_process_knows_of_them() -> None:
    stage = Limited(*crowd(9))
    stage.posted_now = {KOSS.mailbox: 2, "other@example.org": 9}
    stage.passes(30)
    assert welcomed(stage) == Limited.most - 2
    stage.restart()
    stage.passes(23 * 60)
    assert welcomed(stage) == 0
    stage.until("Thu 8 Oct 10:00 Berlin")
    assert welcomed(stage) == 6


@row("effect-deferred")
def test_a_mailbox_that_is_connected_meanwhile_has_its_limit_at_once() -> None:
    stage = Limited(*crowd(3))
    stage.limits = {}
    stage.passes(30)
    assert welcomed(stage) == 3
    stage.limits = {KOSS.mailbox: 5}
    stage.config = Config(stage.config.programs, tuple(crowd(9)))
    stage._enter()
    stage.daemon.reload(stage.config, stage.now)
    stage.passes(30)
    assert welcomed(stage) == 2, "what went before it was connected counts as well"


class NoOutbox:
    """A store that says when it is to be asked next, and no more."""

    def __init__(self, wake_at: datetime | None) -> None:
        self._wake_at = wake_at

    def wake_at(self) -> datetime | None:
        """As the store said it."""
        return self._wake_at


def test_where_nothing_can_go_the_outbox_is_not_read() -> None:
    stage = Limited(*crowd(9))
    stage.passes(30)
    ports, budgets = stage.daemon.ports, stage.daemon.budgets
    ports.store = NoOutbox(ports.store.wake_at())  # type: ignore[assignment]
    budgets.spread(stage.daemon.roster, stage.now)
    stage.limits = {KOSS.mailbox: 7}
    with pytest.raises(AttributeError, match="queue"):  # by another limit all is spread anew
        budgets.spread(stage.daemon.roster, stage.now)
