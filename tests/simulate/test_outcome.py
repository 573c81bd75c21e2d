"""What counts as repaired: a 1:1 that fell out, was offered anew, and has its new time in a letter.

Not the letters themselves: tests/stories.
"""

import pytest

from daemon.simulate.outcome import Outcome
from tests.simulate.watched import letter

ORIGIN = "2026-10-20T15:00[Europe/Berlin]"


@pytest.mark.parametrize(
    ("about", "offered", "moved"),
    [
        (ORIGIN, {("p-1", ORIGIN)}, {("p-1", ORIGIN)}),
        ("session#2.1", set(), set()),
    ],
    ids=["a 1:1 that fell out", "the first time of a session, for which nothing fell out"],
)
def test_only_what_fell_out_can_be_repaired(
    about: str, offered: set[tuple[str, str]], moved: set[tuple[str, str]]
) -> None:
    outcome = Outcome()
    outcome.letter(letter(f"proposal/pairing/p-1/{about}/ben/1"))
    outcome.letter(letter(f"moved/pairing/p-1/{about}/ben/1"))
    assert (outcome.offered, set(outcome.moved_at)) == (offered, moved)
