"""No forged mail changes anything, honest replies are believed, and no word reaches anybody it was not for.

Not single rules: tests/stories/test_identity.py tells those.
"""

from __future__ import annotations

import pytest

from tests.attacks.canaries import leaks
from tests.attacks.honest import quarantined
from tests.attacks.run import attacked
from tests.attacks.techniques import PROGRAMS

ATTACKS_LEAST = 250
HONEST_LEAST = 300


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_forged_mail_changes_anything(name: str) -> None:
    outcome = attacked(PROGRAMS[name])
    assert outcome.mails >= ATTACKS_LEAST
    assert outcome.letters  # they were read at all
    assert outcome.changes == []


def test_honest_replies_are_believed() -> None:
    count, refused = quarantined()
    assert count >= HONEST_LEAST
    assert len(refused) <= count / 100, refused


def test_no_word_reaches_anybody_it_was_not_for() -> None:
    found = leaks()
    assert (found.planted >= 100, found.letters >= 100, found.leaks) == (True, True, [])
    assert found.read >= found.to_be_read * 0.9  # and it does reach whom it was for
