"""Letters that come back to somebody with several pairings: counted in all of them, told once.

Not what one address of one pairing leads to: test_bounced.py.
"""

from __future__ import annotations

from daemon.decide.bounced import REMEMBERED_MOST
from daemon.domain.observation import BounceSeen
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, line
from tests.stories.rows import row
from tests.stories.stage import before
from tests.stories.test_bounced import comes_back, facts_of


@row("bounce-hard")
def test_in_all_pairings_of_that_person_and_the_contact_hears_of_it_once() -> None:
    stage = before(line(ANA, BEN), line(CHI, BEN))
    stage.until("Mon 12 Oct 15:00 Berlin")
    stage.maya.reads()
    comes_back(stage, stage.ben.last())
    assert len(stage.maya.reads()) == 1
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert {each.split("  ")[0] for each in stage.on_hold()} == {"address/ben"}
    assert len({each.split("/")[3] for each in stage.on_hold()}) == 2


@row("bounce-hard")
def test_two_letters_of_two_pairings_come_back_in_one_minute_and_the_contact_hears_of_it_once() -> (
    None
):
    stage = before(line(ANA, BEN), line(CHI, BEN))
    stage.until("Tue 13 Oct 18:00 Berlin")
    stage.maya.reads()
    of = {each.header("X-Oneonone-Key").split("/")[2]: each for each in stage.ben.letters}
    for pairing, minutes in (("ana-ben", 0), ("chi-ben", 1)):
        comes_back(stage, of[pairing], minutes=minutes)
    assert len(stage.maya.reads()) == 1
    assert [len(stage.state(each).returned) for each in of] == [2, 2]


@row("bounce-hard")
def test_two_letters_of_two_pairings_are_two() -> None:
    stage = before(line(ANA, BEN), line(CHI, BEN))
    stage.until("Mon 12 Oct 15:00 Berlin")
    gone = ("5.2.1", "550 5.2.1 mailbox disabled")
    for pairing in ("ana-ben", "chi-ben"):
        stage.until(
            "Thu 15 Oct 18:00 Berlin" if pairing == "chi-ben" else "Mon 12 Oct 15:05 Berlin"
        )
        stage.ben.reads()
        key = f"/{pairing}/"
        mine = [each for each in stage.ben.letters if key in each.header("X-Oneonone-Key")]
        comes_back(stage, mine[-1], *gone)
    assert facts_of(stage) == ["Ben Das"]
    assert [len(stage.state(each).returned) for each in ("ana-ben", "chi-ben")] == [2, 2]


@row("bounce-hard", "bounce-soft")
def test_a_dead_address_is_not_forgotten_over_the_full_mailbox_of_the_other_one() -> None:
    stage = before(line(ANA, BEN))
    stage.until("Mon 12 Oct 15:00 Berlin")
    comes_back(stage, stage.ben.last())
    assert facts_of(stage) == ["Ben Das"]
    full = BounceSeen("ana", "", ANA.address, False, False, "mailbox full", stage.now)
    letters = [replace(full, key=f"notes/x/{number}/ana/1") for number in range(14)]
    stage.daemon.ports.store.record([(stage.lane(), each) for each in letters], now=stage.now)
    stage.passes(1)
    stage.until("Tue 13 Oct 18:00 Berlin")
    assert [each.split("  ")[0] for each in stage.on_hold()] == ["address/ben"]
    reasons = [each.reason for each in stage.state().returned]
    assert reasons == ["no such user", *["mailbox full"] * REMEMBERED_MOST]
