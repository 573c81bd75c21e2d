"""Daemon against daemon stops by itself, whatever a relay takes off (I9).

Not the rules that stop it: tests/stories/test_loops.py.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daemon.mail.fixtures import FIXTURES
from daemon.mail.reading.meaning import understand
from daemon.mail.render import Templates
from tests.storm.two_daemons import talk

TEMPLATES = Templates([Path(__file__).resolve().parents[2] / "templates"])

DATED = ("notes", "prep-mentee", "proposal", "proposal-nudge", "left-out")
"""Letters that no mail has led to."""


@pytest.mark.parametrize("to_token", [False, True], ids=["mailbox", "reply address"])
def test_two_daemons_that_answer_each_other_fall_silent(to_token: bool) -> None:
    found = talk(5, to_token=to_token)
    assert 1 <= found.letters <= 6
    assert set(found.days) == {"Wed 07 Oct"}  # and nothing on the four days after


@pytest.mark.parametrize("to_token", [False, True], ids=["mailbox", "reply address"])
def test_dated_letters_wake_them_for_a_moment_and_no_more(to_token: bool) -> None:
    found = talk(28, to_token=to_token)
    dated = sum(number for kind, number in found.kinds.items() if kind in DATED)
    assert found.letters - dated <= dated
    assert max(found.days.values()) <= 6


def test_no_letter_of_ours_is_a_command_to_another_of_us() -> None:
    """The answer to an understood command is not limited to one a day, so none may start a loop."""
    understood = [
        f"{touchpoint} ({fixture.name}): {meaning.said}"
        for touchpoint, fixtures in FIXTURES.items()
        for fixture in fixtures
        for text in (TEMPLATES.render(touchpoint, "en", fixture.context()).text,)
        for meaning in (understand(text, "Ana", "mentee", "Ben Das", today=date(2026, 11, 28)),)
        if meaning.said
    ]
    assert understood == []
