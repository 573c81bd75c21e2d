"""The files name somebody by another address: the series on the mentor's calendar invites it too.

Not what becomes of letters to the one of before: test_bounced.py.
"""

from __future__ import annotations

from tests.stories.cast import ANA, BEN, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.test_bounced import comes_back, is_corrected, with_prep


@row("guest-another-address", "bounce-corrected")
def test_a_corrected_address_is_invited_to_the_series_and_nobody_is_asked_who_took_it_off() -> None:
    stage = with_prep()
    comes_back(stage, stage.ben.last())
    is_corrected(stage)
    assert stage.ben.calendar()[:2] == [
        "Tue 13 Oct 18:30 NEEDS-ACTION",
        "Tue 20 Oct 18:30 NEEDS-ACTION",
    ]
    stage.ana.drags("Tue 20 Oct", "Wed 21 Oct 15:00")  # all of it is listed once more
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert "guest-gone" not in kinds(stage.ana.reads())
    stage.ben.declines("Wed 21 Oct")
    stage.passes(6)
    assert "proposal" in kinds(stage.ben.reads())


@row("guest-another-address")
def test_the_same_address_in_the_files_invites_nobody_again() -> None:
    stage = with_prep()
    stage.reconfigured(line(ANA, BEN))
    stage.passes(2)
    ledger = stage.daemon.ports.store.ledger(last=400)
    assert not [each for each in ledger if each.key.startswith("invite/")]
