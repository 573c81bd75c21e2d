"""The hours of preps and of the week card, as tables (RULES 8, LETTERS 2).

Not who gets one: that is in test_touchpoints.py and test_card.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.prepared import (
    card_moment,
    lines_moment,
    on_week_card,
    own_prep_moment,
    prep_moment,
    usual_prep_moment,
)
from daemon.domain.people import LetterRules, Line, Role
from daemon.domain.value import replace
from tests.decide.letters_cast import CARD, TWO_MORE, at, bound, turn_at
from tests.decide.pair_cast import BERLIN, START, meeting
from tests.stories.cast import ANA, CHI, DAN, PATIENT, line
from tests.stories.people import moment

NOW = moment("Mon 12 Oct 12:00 Berlin")
NO_QUIET = replace(PATIENT, quiet_from_minute=0, quiet_to_minute=0)
AT_MIDNIGHT = replace(NO_QUIET, prep_mentee_minute=0)


@pytest.mark.parametrize(
    ("role", "start", "program", "of", "goes"),
    [
        ("mentee", "Tue 13 Oct 15:00 Berlin", PATIENT, line(), "Mon 12 Oct 18:00 Kolkata"),
        ("mentor", "Tue 13 Oct 15:00 Berlin", PATIENT, line(), "Tue 13 Oct 09:00 Berlin"),
        # the hours are settings
        ("mentee", "Tue 13 Oct 15:00 Berlin", replace(PATIENT, prep_mentee_minute=601), line(), "Mon 12 Oct 10:01 Kolkata"),
        ("mentor", "Tue 13 Oct 15:00 Berlin", replace(PATIENT, prep_mentor_minute=601), line(), "Tue 13 Oct 10:01 Berlin"),
        # the last minute that is two hours before
        ("mentor", "Tue 13 Oct 11:01 Berlin", PATIENT, line(), "Tue 13 Oct 09:00 Berlin"),
        ("mentor", "Tue 13 Oct 11:00 Berlin", PATIENT, line(), "Tue 13 Oct 08:59 Berlin"),
        # before quiet hours
        ("mentor", "Tue 13 Oct 08:00 Berlin", PATIENT, line(), "Mon 12 Oct 20:59 Berlin"),
        ("mentor", "Tue 13 Oct 08:00 Berlin", NO_QUIET, line(), "Tue 13 Oct 05:59 Berlin"),
        # the reader's own day
        ("mentee", "Tue 13 Oct 16:59 Berlin", PATIENT, line(DAN, CHI), "Mon 12 Oct 18:00 Taipei"),
        ("mentee", "Tue 13 Oct 18:00 Berlin", PATIENT, line(DAN, CHI), "Tue 13 Oct 18:00 Taipei"),
        # two days before at the earliest: the night before has 25 hours
        ("mentee", "Mon 26 Oct 23:30 Berlin", AT_MIDNIGHT, line(ANA, DAN), "Sat 24 Oct 22:30 UTC"),
        ("mentee", "Mon 26 Oct 22:30 Berlin", AT_MIDNIGHT, line(ANA, DAN), "Sat 24 Oct 22:00 UTC"),
    ],
)  # fmt: skip
def test_when_a_prep_goes(role: Role, start: str, program: Any, of: Line, goes: str) -> None:
    turn = turn_at(NOW, program=program, of=of)
    assert prep_moment(turn, moment(start), role) == moment(goes)


def lead(mentee: int, mentor: int, **more: Any) -> Any:
    """The program with other leads."""
    return replace(PATIENT, prep_mentee_days=mentee, prep_mentor_days=mentor, **more)


IN_BERLIN = line(ANA, DAN)


@pytest.mark.parametrize(
    ("role", "start", "program", "of", "goes"),
    [
        ("mentee", "Tue 13 Oct 15:00 Berlin", lead(2, 1), line(), "Sun 11 Oct 18:00 Kolkata"),
        ("mentor", "Tue 13 Oct 15:00 Berlin", lead(2, 1), line(), "Mon 12 Oct 09:00 Berlin"),
        ("mentee", "Tue 13 Oct 15:00 Berlin", lead(7, 6), line(), "Tue 6 Oct 18:00 Kolkata"),
        ("mentor", "Tue 13 Oct 15:00 Berlin", lead(7, 6), line(), "Wed 7 Oct 09:00 Berlin"),
        # across a change of the clocks it is the same hour on the reader's own
        ("mentee", "Tue 27 Oct 15:00 Berlin", lead(4, 3), IN_BERLIN, "Fri 23 Oct 18:00 Berlin"),
        ("mentor", "Tue 27 Oct 15:00 Berlin", lead(4, 3), IN_BERLIN, "Sat 24 Oct 09:00 Berlin"),
        ("mentee", "Tue 27 Oct 15:00 Berlin", lead(4, 3), line(), "Fri 23 Oct 18:00 Kolkata"),
        # the reader's own day: in Taipei it is the next one
        ("mentee", "Tue 13 Oct 18:00 Berlin", lead(2, 0), line(DAN, CHI), "Mon 12 Oct 18:00 Taipei"),
        # on the day itself, or two hours before; and before quiet hours
        ("mentee", "Tue 13 Oct 15:00 Berlin", lead(0, 0, prep_mentee_minute=480), IN_BERLIN, "Tue 13 Oct 08:00 Berlin"),
        ("mentee", "Tue 13 Oct 15:00 Berlin", lead(0, 0), IN_BERLIN, "Tue 13 Oct 12:59 Berlin"),
        ("mentee", "Tue 13 Oct 08:00 Berlin", lead(0, 0), IN_BERLIN, "Mon 12 Oct 20:59 Berlin"),
        ("mentee", "Tue 13 Oct 15:00 Berlin", lead(2, 0, prep_mentee_minute=22 * 60), IN_BERLIN, "Sun 11 Oct 20:59 Berlin"),
        ("mentor", "Tue 13 Oct 15:00 Berlin", lead(2, 1, prep_mentor_minute=6 * 60), line(), "Sun 11 Oct 20:59 Berlin"),
        # a day before the lead at the earliest: the night before has 25 hours
        ("mentee", "Mon 26 Oct 23:30 Berlin", replace(AT_MIDNIGHT, prep_mentee_days=2), IN_BERLIN, "Fri 23 Oct 22:30 UTC"),
    ],
)  # fmt: skip
def test_so_many_days_before(role: Role, start: str, program: Any, of: Line, goes: str) -> None:
    turn = turn_at(NOW, program=program, of=of)
    assert prep_moment(turn, moment(start), role) == moment(goes)


TUESDAY = at("Tue 13 Oct 15:00 Berlin", 13)


@pytest.mark.parametrize(
    ("before", "leads", "mentee", "mentor"),
    [
        ("Tue 6 Oct 15:00", (7, 6), "Wed 7 Oct", "Thu 8 Oct"),  # a week apart: six days are left
        ("Tue 6 Oct 15:00", (6, 5), "Wed 7 Oct", "Thu 8 Oct"),
        ("Fri 9 Oct 15:00", (7, 6), "Sat 10 Oct", "Sun 11 Oct"),  # moved: three days are left
        ("Fri 9 Oct 15:00", (3, 2), "Sat 10 Oct", "Sun 11 Oct"),
        ("Sun 11 Oct 15:00", (3, 2), "Mon 12 Oct", "Tue 13 Oct"),
        ("Sun 11 Oct 15:00", (3, 1), "Mon 12 Oct", "Tue 13 Oct"),
        ("Mon 12 Oct 15:00", (3, 2), "Mon 12 Oct", "Tue 13 Oct"),  # no shorter than the usual ones
        ("Mon 12 Oct 15:00", (1, 0), "Mon 12 Oct", "Tue 13 Oct"),
        ("Tue 13 Oct 10:00", (1, 0), "Mon 12 Oct", "Tue 13 Oct"),
        ("Wed 14 Oct 10:00", (3, 2), "Sat 10 Oct", "Sun 11 Oct"),  # after it
    ],
)  # fmt: skip
def test_a_longer_lead_waits_for_the_day_after_the_1_1_before(
    before: str, leads: tuple[int, int], mentee: str, mentor: str
) -> None:
    other = at(f"{before} Berlin", 6)
    turn = turn_at(NOW, program=lead(*leads), of=IN_BERLIN, meetings=(other, TUESDAY))
    assert prep_moment(turn, TUESDAY.start, "mentee") == moment(f"{mentee} 18:00 Berlin")
    assert prep_moment(turn, TUESDAY.start, "mentor") == moment(f"{mentor} 09:00 Berlin")


@pytest.mark.parametrize(
    ("standing", "goes"),
    [
        ("planned", "Mon 12 Oct"), ("moved", "Mon 12 Oct"), ("held", "Mon 12 Oct"), ("missed", "Mon 12 Oct"),
        ("cancelled", "Sat 10 Oct"), ("skipped", "Sat 10 Oct"),
    ],
)  # fmt: skip
def test_not_for_one_that_has_fallen_out(standing: Any, goes: str) -> None:
    other = at("Sun 11 Oct 15:00 Berlin", 6, standing=standing)
    turn = turn_at(NOW, program=lead(3, 2), of=IN_BERLIN, meetings=(other, TUESDAY))
    assert prep_moment(turn, TUESDAY.start, "mentee") == moment(f"{goes} 18:00 Berlin")


@pytest.mark.parametrize(
    ("program", "of", "role", "goes"),
    [
        (PATIENT, LetterRules(), "mentee", None),
        (PATIENT, LetterRules(), "mentor", None),
        (PATIENT, LetterRules(prep_mentee_days=2), "mentee", "Sun 11 Oct 18:00 Kolkata"),
        (PATIENT, LetterRules(prep_mentee_days=2), "mentor", None),
        (lead(2, 1), LetterRules(), "mentee", "Sun 11 Oct 18:00 Kolkata"),
        (lead(2, 1), LetterRules(), "mentor", "Mon 12 Oct 09:00 Berlin"),
        (lead(2, 1), LetterRules(prep_mentee_days=1, prep_mentor_days=0), "mentee", None),
        (PATIENT, LetterRules(prep_mentor_days=1, prep_mentee_minute=480), "mentor", "Mon 12 Oct 09:00 Berlin"),
    ],
)  # fmt: skip
def test_what_other_pairings_are_told_of_a_lead_of_its_own(
    program: Any, of: LetterRules, role: Role, goes: str | None
) -> None:
    own = replace(line(), letters=of)
    turn = turn_at(NOW, program=program.as_agreed(own), of=own)
    found = own_prep_moment(turn, START, role)
    assert found == (moment(goes) if goes else None)
    usual = {"mentee": "Mon 12 Oct 18:00 Kolkata", "mentor": "Tue 13 Oct 09:00 Berlin"}[role]
    if of.prep_mentee_minute is None:
        assert usual_prep_moment(turn, START, role) == moment(usual)


@pytest.mark.parametrize(
    ("bounds", "least", "expected"),
    [
        (TWO_MORE, 3, True),
        (TWO_MORE[:1], 3, False),
        (TWO_MORE, 4, False),
        (TWO_MORE, 0, False),
        ((), 1, True),  # this one counts too
        ((replace(TWO_MORE[0], lane="pairing/ana-ben"), TWO_MORE[1]), 3, False),  # and once
        ((TWO_MORE[0], replace(TWO_MORE[1], kind="meeting")), 3, False),
    ],
)
def test_from_how_many_pairings_on_there_is_a_card(bounds: Any, least: int, expected: bool) -> None:
    program = replace(PATIENT, week_card_from=least)
    assert on_week_card(turn_at(NOW, program=program, bounds={"ana": bounds})) == expected
    assert not on_week_card(turn_at(NOW, program=replace(PATIENT, week_card_from=2), bounds={"ben": bounds}))  # fmt: skip


@pytest.mark.parametrize(
    ("first", "program", "goes"),
    [
        ("Tue 13 Oct 15:00 Berlin", PATIENT, "Mon 12 Oct 18:00 Berlin"),
        ("Tue 13 Oct 00:30 Berlin", PATIENT, "Mon 12 Oct 18:00 Berlin"),
        (
            "Tue 13 Oct 15:00 Berlin",
            replace(PATIENT, quiet_from_minute=17 * 60),
            "Tue 13 Oct 07:00 Berlin",
        ),
    ],
)
def test_the_card_goes_the_evening_before_the_first_1_1(
    first: str, program: Any, goes: str
) -> None:
    assert card_moment(moment(first), ANA, BERLIN, program) == moment(goes)


def others(*starts: str, **more: Any) -> dict[str, Any]:
    """Ana has three mentees, and meets others then."""
    own = {"role": "mentor", **more}
    return {"ana": (*TWO_MORE, *(bound("meeting", start, **own) for start in starts))}


FRIDAY = at("Fri 16 Oct 15:00 Berlin")


@pytest.mark.parametrize(
    ("bounds", "meetings", "goes"),
    [
        ({}, (FRIDAY,), "Fri 16 Oct 09:00 Berlin"),  # no card: the prep
        (others(), (FRIDAY,), "Thu 15 Oct 18:00 Berlin"),
        (others("Wed 14 Oct 10:00 Berlin"), (FRIDAY,), "Tue 13 Oct 18:00 Berlin"),
        (others("Thu 15 Oct 10:00 Berlin", "Wed 14 Oct 10:00 Berlin"), (FRIDAY,), "Tue 13 Oct 18:00 Berlin"),
        (others("Wed 14 Oct 10:00 Berlin", role="mentee"), (FRIDAY,), "Thu 15 Oct 18:00 Berlin"),
        (others(), (meeting(14), FRIDAY), "Tue 13 Oct 18:00 Berlin"),
        (others(), (meeting(14, standing="skipped"), FRIDAY), "Thu 15 Oct 18:00 Berlin"),
        (others("Sun 11 Oct 23:30 Berlin"), (FRIDAY,), "Thu 15 Oct 18:00 Berlin"),  # last week
        (others("Mon 12 Oct 00:30 Berlin"), (FRIDAY,), "Fri 16 Oct 09:00 Berlin"),  # it has gone
        (others("Mon 19 Oct 00:30 Berlin"), (), "Thu 15 Oct 18:00 Berlin"),  # next week
    ],
)  # fmt: skip
def test_when_the_mentor_gets_what_is_written_for_a_1_1(
    bounds: Any, meetings: Any, goes: str
) -> None:
    turn = turn_at(NOW, bounds=bounds, meetings=meetings)
    assert lines_moment(turn, FRIDAY.start) == moment(goes)


@pytest.mark.parametrize(
    ("mentor", "goes"),
    [(0, "Thu 15 Oct 18:00"), (1, "Thu 15 Oct 09:00"), (3, "Tue 13 Oct 09:00")],
)
def test_a_mentors_lead_does_not_wait_for_a_card(mentor: int, goes: str) -> None:
    turn = turn_at(NOW, program=lead(4, mentor), bounds=others(), meetings=(FRIDAY,))
    assert lines_moment(turn, FRIDAY.start) == moment(f"{goes} Berlin")


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("Mon 12 Oct 17:59 Berlin", "Mon 12 Oct 18:00 Berlin"),
        ("Mon 12 Oct 18:00 Berlin", "Tue 13 Oct 09:00 Berlin"),
    ],
)
def test_after_the_card_it_comes_on_the_day(now: str, goes: str) -> None:
    turn = turn_at(now, bounds=CARD, meetings=(meeting(),))
    assert lines_moment(turn, START) == moment(goes)


def test_the_week_is_that_of_the_1_1_in_the_mentors_zone() -> None:
    """A 1:1 on Sunday night in Berlin is a Monday's in Kolkata."""
    sunday = at("Sun 18 Oct 23:00 Berlin")
    known = others("Wed 14 Oct 10:00 Berlin", "Mon 19 Oct 10:00 Berlin")
    assert lines_moment(turn_at(NOW, bounds=known, meetings=(sunday,)), sunday.start) == moment(
        "Tue 13 Oct 18:00 Berlin"
    )
