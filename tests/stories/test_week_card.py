"""A mentor with three pairings reads one card a week instead of single preps (LETTERS 2, "week card").

Not the letters that are no preps: offers, changes and copies come as to everybody.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Line
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, EVA, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

THREE = (
    line(ANA, BEN),
    line(ANA, CHI, RegularTime(2, 10, 0)),
    line(ANA, EVA, RegularTime(3, 16, 0)),
)


def until_monday(*lines: Line, **settings: object) -> Stage:
    """Monday noon in Kolkata, before the evening on which the card of the week goes."""
    stage = running(*(lines or THREE), program=replace(PATIENT, **settings))  # type: ignore[arg-type]
    stage.until("Mon 12 Oct 18:00 Kolkata")
    stage.all_read()
    return stage


@row("letter-week-card", settings=("week_card_from",))
def test_one_card_the_evening_before_the_first_1_1_and_no_single_prep() -> None:
    stage = until_monday()
    stage.ben.replies("prep-mentee", "Which internship to take")
    stage.until("Mon 19 Oct 12:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [
        ["Mon 12 Oct 18:00", "week-card"]
    ]
    card = stage.ana.last("week-card").text
    days = [each for each in card.split("\n") if each[:4] in ("Ben,", "Chi,", "Eva,")]
    assert [each.split(",")[:2] for each in days] == [
        ["Ben", " Tue 13 Oct"],
        ["Chi", " Wed 14 Oct"],
        ["Eva", " Thu 15 Oct"],
    ]
    assert "Ben, Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)\n| Which internship to take" in card
    assert "Chi, Wed 14 Oct, 10:00 Berlin (16:00 Taipei)" in card
    assert "skipped: it is on the week card" in stage.why("prep-mentor")
    stage.until("Mon 19 Oct 18:30 Berlin")
    assert kinds(stage.ana.reads()) == ["week-card"]


@row("letter-week-card")
def test_what_is_written_after_the_card_comes_before_the_1_1() -> None:
    stage = until_monday()
    stage.until("Mon 12 Oct 19:00 Berlin")
    assert kinds(stage.ana.reads()) == ["week-card"]
    stage.ben.replies("prep-mentee", "And the lab")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [["Tue 13 Oct 09:00", "copy"]]
    assert "| And the lab" in stage.ana.last().text
    stage.ben.replies("prep-mentee", "One more thing")
    stage.passes(11)
    assert kinds(stage.ana.reads()) == ["copy"]


@row("letter-week-card")
def test_what_has_no_room_on_the_card_comes_whole_on_the_day() -> None:
    stage = until_monday()
    stage.ben.replies("prep-mentee", "\n".join(f"Point {number}" for number in range(8)))
    stage.ben.replies("prep-mentee", "And the lab")
    stage.until("Mon 12 Oct 19:00 Berlin")
    assert "| And the lab" in stage.ana.last("week-card").text
    assert "Point" not in stage.ana.last("week-card").text
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert "| Point 0" in stage.ana.last("copy").text
    assert "| Point 7" in stage.ana.last("copy").text
    assert "And the lab" not in stage.ana.last("copy").text


@row("letter-week-card")
@pytest.mark.parametrize(
    ("topics", "on_the_card"),
    [(["q" * 160], True), (["q" * 161], False), (["q"] * 5, True), (["q"] * 6, False)],
    ids=["160 letters", "161 letters", "5 lines", "6 lines"],
)
def test_how_much_room_there_is_on_it(topics: list[str], on_the_card: bool) -> None:
    stage = until_monday()
    stage.ben.replies("prep-mentee", "\n".join(topics))
    stage.until("Mon 12 Oct 19:00 Berlin")
    assert ("| q" in stage.ana.last("week-card").text) == on_the_card
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert kinds(stage.ana.reads()) == (["week-card"] if on_the_card else ["week-card", "copy"])


@row("letter-week-card")
def test_own_to_dos_stand_on_it_and_one_mentees_words_under_that_name_alone() -> None:
    stage = until_monday()
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ben.replies("notes", "@ana: ask Priya\ntodo: send the CV")
    stage.until("Mon 19 Oct 18:30 Berlin")
    card = stage.ana.last("week-card").text.split("\n")
    at = next(number for number, text in enumerate(card) if text.startswith("Ben, "))
    assert card[at + 1] == "| Your to-do: a  ask Priya" and card[at + 2] == ""
    assert "send the CV" not in "\n".join(card)


@row("letter-week-card", "letter-note")
def test_where_notes_wait_for_the_next_prep_a_mentor_without_preps_gets_them_at_once() -> None:
    stage = until_monday(share_notes="next_prep")
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ana.reads()
    stage.ben.replies("notes", "We talked about Rome.")
    stage.passes(11)
    assert kinds(stage.ana.reads()) == ["copy"]


@row("letter-week-card")
def test_a_rare_1_1_is_on_the_card_of_its_week() -> None:
    monthly = replace(
        line(ANA, EVA, RegularTime(4, 16, 0, 2)), cadence=Cadence(Step(months=1, nth=2))
    )
    stage = until_monday(*THREE[:2], monthly)
    stage.until("Mon 9 Nov 18:30 Berlin")
    assert "Eva, Fri 13 Nov, 16:00 Berlin (10:00 Toronto)" in stage.ana.last("week-card").text
    stage.until("Mon 16 Nov 18:30 Berlin")
    assert "Eva, " not in stage.ana.last("week-card").text


@row("letter-week-card", settings=("week_card_from",))
@pytest.mark.parametrize(
    ("least", "expected"),
    [(0, ["prep-mentor"]), (4, ["prep-mentor"]), (2, ["week-card"])],
)
def test_from_how_many_pairings_on_is_a_setting(least: int, expected: list[str]) -> None:
    stage = until_monday(*THREE, week_card_from=least)
    stage.ben.replies("prep-mentee", "Which internship to take")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert kinds(stage.ana.reads()) == expected


@row("letter-week-card", "account-back")
def test_a_calendar_that_was_away_for_an_hour_makes_no_second_card() -> None:
    stage = until_monday()
    stage.until("Mon 12 Oct 19:00 Berlin")
    stage.ana.locks_out()
    stage.ana.lets_in()
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert kinds(stage.ana.reads()) == ["week-card", "reconnect"]


@row("letter-week-card")
def test_with_fewer_pairings_single_preps_come_again() -> None:
    stage = until_monday()
    stage.reconfigured(*THREE[:2], replace(THREE[2], state="closed"))
    stage.until("Mon 19 Oct 18:30 Kolkata")
    stage.ana.reads()
    stage.ben.replies("prep-mentee", "Which internship to take")
    stage.until("Tue 20 Oct 12:00 Berlin")
    assert kinds(stage.ana.reads()) == ["prep-mentor"]
