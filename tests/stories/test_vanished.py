"""Many events of one account vanish at once (RULES 5 row 6): an alarm, and nothing is believed.

Not one deletion, and not a listing that was cut off.
"""

from __future__ import annotations

from daemon.domain.cadence import RegularTime
from daemon.domain.world import AccountState
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, FAY, line
from tests.stories.rows import row
from tests.stories.stage import Stage, running

FOUR = (
    line(ANA, BEN),
    line(ANA, CHI, RegularTime(2, 10, 0)),
    line(ANA, EVA, RegularTime(3, 16, 0)),
    line(ANA, FAY, RegularTime(4, 17, 30)),
    line(DAN, BEN, RegularTime(3, 15, 0)),
)


def vanished() -> Stage:
    """All four series of Ana's are gone in one listing."""
    stage = running(*FOUR)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    for event in list(stage.outside.world.account("ana@example.org").events.values()):
        stage.outside.hands.delete_series("ana@example.org", event.place.uid)
    stage.passes(1)
    return stage


@row("seen-6")
def test_frozen_and_told_once() -> None:
    stage = vanished()
    assert stage.maya.reads() == [
        "Mon 12 Oct 13:31  admin  Many events vanished at once. I do not believe it and have changed nothing."
    ]
    assert "run.py release frozen/ana@example.org" in stage.maya.last().text
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee"]
    assert stage.maya.reads() == []


def test_released_the_facts_come_through() -> None:
    stage = vanished()
    stage.ana.reads()
    stage.release("frozen/ana@example.org")
    assert [stage.series(each.pairing).standing for each in FOUR] == [
        "gone",
        "gone",
        "gone",
        "gone",
        "put",
    ]
    stage.passes(5)
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["series-gone"] * 4
    stage.until("Sat 17 Oct 10:00 Berlin")
    assert [each.split("  ")[1] for each in stage.chi.reads()] == ["off"]  # a day before the 1:1


def test_released_they_are_believed_and_looked_at_no_more() -> None:
    stage = vanished()
    account = stage.daemon.ports.store.world("account/ana@example.org").state
    assert isinstance(account, AccountState) and len(account.frozen) == 4
    stage.release("frozen/ana@example.org")
    account = stage.daemon.ports.store.world("account/ana@example.org").state
    assert isinstance(account, AccountState)
    assert (account.frozen, account.frozen_at) == ((), None)


def test_back_before_anybody_released_nothing_has_happened() -> None:
    stage = vanished()
    stage.maya.reads()
    stage.ana.takes_series_out_of_the_bin()
    stage.until("Tue 13 Oct 09:00 Berlin")
    stage.release("frozen/ana@example.org")
    assert [stage.series(each.pairing).standing for each in FOUR] == ["put"] * 5
    assert stage.maya.reads() == []


def test_one_of_four_is_no_alarm() -> None:
    stage = running(*FOUR)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads()
    stage.ana.deletes_all()
    stage.passes(5)
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["series-gone"]
    assert stage.on_hold() == []


def test_an_empty_listing_is_an_alarm_even_of_one_series() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.maya.reads()
    event = next(iter(stage.outside.world.account("ana@example.org").events.values()))
    event.gone = True
    stage.outside.world.expire("ana@example.org")  # so that all is listed, and nothing is there
    stage.passes(1)
    stage.passes(1)
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Many events vanished at once. I do not believe it and have changed nothing."
    ]
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    stage.release("frozen/ana@example.org")
    assert stage.series().standing == "gone"


@row("seen-6", "seen-3")
def test_what_was_deleted_and_then_ended_has_not_vanished() -> None:
    stage = running()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.deletes_all()
    stage.passes(6)
    stage.ana.replies("series-gone", "4")
    stage.maya.reads()
    stage.until("Tue 13 Oct 20:00 Berlin")  # when all is listed, and nothing is there
    assert stage.maya.reads() == []


def test_series_that_are_still_to_be_put_have_not_vanished() -> None:
    stage = running(*FOUR[:2])
    stage.reconfigured(*FOUR)
    stage.until("Tue 6 Oct 07:30 Berlin")
    stage.ana.reads()
    for name in ("eva", "fay"):  # two more series, while the calendar cannot be reached
        stage.ana.answers(
            next(r for r in stage.ana.letters if f"{name.title()} " in r.first), "Yes"
        )
    stage.outside.hands.lock_out("ana@example.org")
    stage.until("Wed 7 Oct 10:00 Vancouver")
    for name in ("eva", "fay"):
        stage.people[name].replies("welcome-mentee", "Yes")
    stage.maya.reads()
    stage.ana.lets_in()
    stage.passes(1)
    assert stage.maya.reads() == []
    assert len({each.place.uid for each in stage.ana.shown()}) == 4


def test_what_is_over_long_since_has_not_vanished() -> None:
    """Providers need not list one-offs of last year (TRAPS 36)."""
    stage = running()
    for day, monday in (
        ("Tue 13 Oct", "Mon 12 Oct"),
        ("Tue 20 Oct", "Mon 19 Oct"),
        ("Tue 27 Oct", "Mon 26 Oct"),
    ):
        stage.until(f"{monday} 10:00 Berlin")
        stage.ana.deletes(day)
        stage.passes(5)
        stage.ben.replies("proposal", "1")
    stage.until("Mon 30 Nov 10:00 Berlin")
    events = stage.outside.world.account("ana@example.org").events
    for event in list(events.values()):
        if event.rule is None:
            event.gone = True
    stage.outside.world.expire("ana@example.org")
    stage.maya.reads()
    stage.passes(1)
    stage.passes(1)
    assert stage.maya.reads() == []
