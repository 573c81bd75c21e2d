"""How letters a week are counted: literal weeks, literal letters.

Not whether they are too many: see seeds.py.
"""

from __future__ import annotations

from daemon.domain.value import replace
from daemon.domain.world import PairingState
from daemon.simulate.burden import Burden
from tests.conformance.store_words import at
from tests.simulate.sums import Spread, Sums
from tests.simulate.watched import letter
from tests.stories.cast import ANA, BEN, line

DAN = replace(BEN, id="dan", name="Dan Eng", address="dan@example.org")
PAIRS = (line(), replace(line(), pairing="ana-dan", mentee=DAN))
END = at("00:00", day=16)
"""Two whole weeks after Monday 2 November."""


def burden() -> Burden:
    """Ana and Ben run for both weeks, Ana and Dan for the second."""
    counted = Burden()
    for pair, days in ((PAIRS[0], (2, 9, 16)), (PAIRS[1], (9,))):
        for day in days:
            counted.look(PairingState(pair, "active", at("00:00")), at("06:00", day=day))
    counted.look(PairingState(PAIRS[1], "paused", at("00:00")), at("06:00", day=2))
    return counted


def test_letters_of_weeks_in_which_a_pairing_runs() -> None:
    counted = burden()
    for to, day in ((BEN.address, 3), (BEN.address, 8), (BEN.address, 9), (DAN.address, 3)):
        counted.letter(letter(to=to, moment=at("12:00", day=day)))
    for kind in ("prep-mentor", "notes", "copy", "moved"):
        key = f"{kind}/pairing/ana-ben/2026-11-10/ana/1"
        counted.letter(letter(key, to=ANA.address, moment=at("12:00", day=10)))
    counted.letter(letter(to=BEN.address, moment=at("12:00", day=16)))  # after the end
    facts = counted.facts(PAIRS, END)
    assert facts["people"] == {
        "ana": {"role": "mentor", "weeks": 2, "pairing_weeks": 3, "letters": 4, "unasked": 2},
        "ben": {"role": "mentee", "weeks": 2, "pairing_weeks": 2, "letters": 3, "unasked": 3},
        "dan": {"role": "mentee", "weeks": 1, "pairing_weeks": 1, "letters": 0, "unasked": 0},
    }
    assert facts["weeks_by_letters"] == {
        "mentee": {"0": 1, "1": 1, "2": 1},
        "mentor": {"-2": 1, "1": 1},  # none of two, then four of three
    }
    assert sum(facts["touchpoints_by_role"]["mentee"].values()) == 3


def test_what_is_spread_over_people() -> None:
    sums = Sums()
    people = (
        ("mentee", 2, 2, 3, 2), ("mentee", 1, 1, 0, 0), ("mentor", 2, 3, 4, 1), ("mentor", 0, 0, 0, 0)
    )  # fmt: skip
    names = ("role", "weeks", "pairing_weeks", "letters", "unasked")
    sums.people = [dict(zip(names, person, strict=True)) for person in people]
    mentees = sums.spread("mentee")
    assert (mentees.mean, mentees.p50, mentees.p95) == (0.75, 0.0, 1.5)
    assert sums.spread("mentor").mean == -0.5
    assert (sums.spread("mentee", "unasked").p95, sums.spread("mentor", "unasked").p95) == (1, -2)


def test_the_value_that_most_do_not_exceed() -> None:
    assert [Spread({1.0: 95, 9.0: 5}).p95, Spread({1.0: 94, 9.0: 6}).p95] == [1.0, 9.0]
    assert Spread({}).p95 == 0
