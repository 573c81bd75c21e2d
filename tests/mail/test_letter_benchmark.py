"""The row "letter" of the benchmarks compares like with like: both sides write the same words.

Not its figures, which no test knows.
"""

from __future__ import annotations

from daemon.mail.render import Templates
from tests.benchmarks.letter import SHIPPED, agreed, ours, peer


def test_both_sides_say_the_same_at_every_hour_of_a_day() -> None:
    said = agreed(ours(Templates([SHIPPED])), peer())
    assert len(said) == 24
    assert said[0][0].endswith("Pick a new time?")
