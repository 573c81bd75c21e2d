"""What a reading proves (RULES 5 row 13, TRAPS 33, 34): a partial or failed one proves no absence.

Not a whole calendar lost: see test_account_lost.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from tests.stories.cast import ANA, BEN, CHI, EVA, line
from tests.stories.rows import row
from tests.stories.stage import running

THREE = (
    line(ANA, BEN),
    line(ANA, CHI, RegularTime(2, 10, 0)),
    line(ANA, EVA, RegularTime(3, 16, 0)),
)


@pytest.mark.parametrize("kind", ["part", "garbage", "timeout", "reset", "500", "429", "refused"])
@row("seen-13")
def test_a_cut_or_failed_listing_proves_nothing_is_gone(kind: str) -> None:
    """trap_34: neither of a full listing nor of an incremental one."""
    stage = running(*THREE)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    stage.outside.world.expire("ana@example.org")
    stage.passes(1)  # the cursor is refused: all has to be listed
    for _ in range(4):
        stage.faults.inject("changes", kind)
        stage.daemon.observer.soon("ana@example.org", stage.now)
        stage.passes(5)
    standings = [stage.series(each.pairing).standing for each in THREE]
    assert standings == ["put", "put", "put"]
    stage.until("Mon 12 Oct 12:00 Berlin")
    assert (stage.maya.reads(), stage.ben.reads(), stage.chi.reads()) == ([], [], [])
    assert stage.on_hold() == []


def test_what_was_told_before_the_cut_is_known_again_and_nothing_twice() -> None:
    stage = running(*THREE)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.faults.inject("changes", "part")
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Mon 12 Oct 10:30 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]


@row("seen-13")
def test_an_expired_cursor_is_followed_by_a_full_listing() -> None:  # trap_33
    stage = running(*THREE)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.outside.world.expire("ana@example.org")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]


def test_a_deletion_that_no_cursor_tells_is_found_by_the_weekly_full_listing() -> None:  # trap_36
    stage = running(*THREE)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads()
    account = stage.outside.world.account("ana@example.org")
    first = min(account.events.values(), key=lambda event: event.slot.start)
    first.gone = True  # and no tombstone is ever told
    stage.until("Mon 19 Oct 10:00 Berlin")
    stage.passes(24 * 60)
    told = [each for each in stage.ana.reads() if "series-gone" in each]
    assert len(told) == 1


def test_mail_that_cannot_be_read_is_set_aside_and_stops_nothing() -> None:
    stage = running()
    stage.until("Tue 6 Oct 19:45 Kolkata")
    stage.ben.reads()
    stage.outside.hands.write("ben@example.org", "koss@example.org", b"\xff\xfe\x00", stage.now)
    stage.ben.replies("notes", "We talked about the CV.")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["first-note"]
    assert [each.source for each in stage.daemon.ports.store.set_aside()] == ["mail"]
