"""CHANCE: what the mentor keeps an eye on for the mentee, or has found for them. It stands in both preps until DONE (S2.24, S2.26).

Not which lines are read as one: tests/mail/test_chance_lines.py. Not introductions, which are asked about: test_introductions.py.
"""

from __future__ import annotations

import pytest

from daemon.decide.chances import CHARACTERS_MAX
from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.beginnings import on_friday, on_monday
from tests.stories.cast import ANA, BEN, CHI, DAN, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running
from tests.stories.test_advisors import firsts
from tests.stories.test_groups import group
from tests.stories.test_introductions import to_dos

SCHOOLS = "summer schools in astronomy"
TRIESTE = "the summer school in Trieste, until 1 March"
EYE = f"a  Ana: keep an eye on {SCHOOLS}"
LOOK = f"a  Ben: have a look at {TRIESTE}"


def wished(by: str = "ben", words: str = f"chance: {SCHOOLS}") -> Stage:
    """On Friday one of the two writes the line, in answer to the last letter of all."""
    stage = on_friday()
    stage.people[by].replies("started", words)
    return stage


def preps(stage: Stage) -> list[str]:
    """The texts of the last preps of the two."""
    return [stage.ben.last("prep-mentee").text, stage.ana.last("prep-mentor").text]


# --- of either


@row("letter-chance")
def test_of_a_mentee_it_is_answered_at_once_and_nobody_else_is_written_to() -> None:
    stage = wished()
    assert stage.ben.last("chance-told").text.split("\n")[:5] == [
        "Kept, for Ana to keep an eye on.",
        f"| {SCHOOLS}",
        "It stands in both of your preps until one of you says that it is done. I write to nobody else.",
        "Not what you meant? Reply UNDO within a day.",
        "",
    ]
    assert (stage.ana.reads(), stage.maya.reads()) == ([], [])
    assert to_dos(stage) == [("a", "mentor", SCHOOLS)]


@row("letter-chance")
@pytest.mark.parametrize(
    ("by", "words", "shown"),
    [("ben", f"chance: {SCHOOLS}", EYE), ("ana", f"Opportunity: {TRIESTE}", LOOK)],
    ids=["of-the-mentee", "of-the-mentor"],
)
@pytest.mark.parametrize("done_by", ["ana", "ben"])
def test_it_stands_in_both_preps_week_after_week_until_one_of_them_says_done(
    by: str, words: str, shown: str, done_by: str
) -> None:
    stage = wished(by, words)
    for day in ("13", "20"):
        stage.until(f"Mon {int(day) - 1} Oct 16:00 Berlin")
        stage.ben.replies("prep-mentee", "The lab")  # else the mentor's prep has no news
        stage.until(f"Tue {day} Oct 12:00 Berlin")
        assert [shown in text for text in preps(stage)] == [True, True]
    stage.until("Tue 27 Oct 12:00 Berlin")
    assert shown in stage.ben.last("prep-mentee").text
    stage.people[done_by].replies("started", "DONE a")
    assert stage.people[done_by].last("ack").first == "Done and off the list."
    stage.until("Tue 3 Nov 12:00 Berlin")
    assert shown not in stage.ben.last("prep-mentee").text
    assert to_dos(stage) == []


@row("letter-chance")
def test_of_a_mentor_it_is_the_mentee_s_to_take_up() -> None:
    stage = wished("ana", f"chance: {TRIESTE}")
    assert stage.ana.last("chance-told").first == "Kept, for Ben to have a look at."
    assert to_dos(stage) == [("a", "mentee", TRIESTE)]
    assert stage.ben.reads() == []


@row("letter-chance")
def test_what_is_answered_to_the_question_after_a_1_1_is_there_week_after_week() -> None:
    """As a line of the note it had been gone with the next note."""
    stage = on_friday()
    stage.until("Tue 13 Oct 16:00 Berlin")
    stage.ben.replies("notes", f"We spoke about the lab.\nchance: {SCHOOLS}\nprivate: nervous")
    assert [n.text for n in stage.state().notes if not n.private] == ["We spoke about the lab."]
    stage.passes(60)
    assert EYE in stage.ana.last("copy").text
    stage.until("Tue 20 Oct 16:00 Berlin")
    stage.ben.replies("notes", "Another week.")
    stage.until("Tue 27 Oct 12:00 Berlin")
    assert EYE in stage.ben.last("prep-mentee").text


@row("letter-chance", "letter-week-card")
def test_a_mentor_who_reads_the_week_card_finds_it_there() -> None:
    days = ((1, BEN), (2, CHI), (3, DAN))
    lines = [line(ANA, mentee, RegularTime(day, 15, 0)) for day, mentee in days]
    stage = running(*lines, program=replace(PATIENT, mentor_notes_days=0))
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("started", f"chance: {SCHOOLS}")
    stage.until("Mon 12 Oct 18:00 Berlin")
    assert f"| Your to-do: a  keep an eye on {SCHOOLS}" in stage.ana.last("week-card").text


@row("letter-chance")
def test_of_a_long_one_the_beginning_is_kept_and_its_writer_reads_how_much() -> None:
    stage = wished(words=f"chance: {'x' * CHARACTERS_MAX}y")
    assert to_dos(stage) == [("a", "mentor", "x" * CHARACTERS_MAX)]
    told = stage.ben.last("chance-told").text
    assert "x" * CHARACTERS_MAX in told.replace("\n", "") and "xy" not in told
    stage.ben.replies("started", f"chance: {'z' * CHARACTERS_MAX}")
    assert [each[2] for each in to_dos(stage)][1:] == ["z" * CHARACTERS_MAX]


# --- more than one, and when there are no 1:1s


@row("letter-chance")
def test_three_are_open_at_a_time_the_same_one_is_one_and_done_makes_room() -> None:
    stage = wished(words="chance: Amy\nchance: Bob\nchance: Cyd\nchance: Dee\nchance: amy")
    assert firsts(stage.ben.reads()) == [
        "Kept, for Ana to keep an eye on.",
        "Three chances are open between you two already, so I have kept no other.",
        "I have that chance already. Nothing has changed.",
    ]
    stage.ana.replies("started", "chance: Dee")
    assert stage.ana.last("chance-told").first.startswith("Three chances are open")
    stage.ana.replies("started", "DONE b")
    stage.ana.replies("started", "chance: Dee")
    assert stage.ana.last("chance-told").first == "Kept, for Ben to have a look at."
    assert len(to_dos(stage)) == 3


@row("letter-chance", "pairing-paused")
def test_while_the_1_1s_pause_none_is_kept() -> None:
    stage = on_friday()
    stage.ben.replies("started", "PAUSE")
    stage.ana.replies("started", f"chance: {TRIESTE}")
    assert (
        stage.ana.last("chance-told").first
        == "There are no 1:1s just now, so I have kept no chance."
    )
    assert to_dos(stage) == []


@row("letter-chance")
def test_in_a_group_a_to_do_does_as_well_and_a_member_s_line_is_a_topic() -> None:
    stage = group()
    stage.ana.replies("started", f"chance: {TRIESTE}")
    assert stage.ana.last("chance-told").text.split("\n")[:3] == [
        "In a group I keep no chances. A to-do will do instead.",
        f"| {TRIESTE}",
        'Write it after "todo:". It then stands in the preps until it is done.',
    ]
    stage.dan.replies("group-welcome", f"chance: {SCHOOLS}")
    assert f"Dan: {SCHOOLS}" in [each.text for each in stage.state().agenda]
    assert to_dos(stage) == []


# --- who reads it


@row("letter-chance", "letter-private-hold")
def test_what_looks_as_if_it_were_meant_for_few_is_held_and_private_is_private() -> None:
    stage = wished(words="chance: another mentor, I feel unsafe with Ana")
    assert kinds(stage.ben.reads()) == ["private-hold"]
    assert to_dos(stage) == []
    stage.ben.replies("private-hold", "2")
    assert to_dos(stage) == []
    stage = wished(words="chance: another mentor, I feel unsafe with Ana")
    stage.ben.replies("private-hold", "3")
    assert [each[1] for each in to_dos(stage)] == ["mentor"]
    assert to_dos(wished(words=f"private: chance: {SCHOOLS}")) == []


# --- UNDO


@row("letter-chance", "undo-words")
def test_undo_takes_it_back_until_the_other_one_has_read_it() -> None:
    stage = on_monday()
    stage.ben.replies("started", f"todo: send the CV\nchance: {SCHOOLS}")
    stage.ben.replies("chance-told", "UNDO")
    assert stage.ben.last("chance-told").first == "Taken back: that chance is on no list any more."
    assert [each[2] for each in to_dos(stage)] == ["send the CV"]
    stage.ben.replies("started", f"chance: {SCHOOLS}")
    stage.until("Tue 13 Oct 09:10 Berlin")
    assert f"Ana: keep an eye on {SCHOOLS}" in stage.ana.last("prep-mentor").text
    stage.ben.replies("chance-told", "UNDO")
    assert stage.ben.last("ack").first == "There is nothing left that I could take back."
    assert [each[2] for each in to_dos(stage)] == ["send the CV", SCHOOLS]


@row("letter-chance", "undo-words")
def test_undo_of_the_words_of_that_mail_leaves_it() -> None:
    stage = wished(words=f"todo: send the CV\nchance: {SCHOOLS}")
    stage.ben.replies("started", "UNDO")
    assert [each[2] for each in to_dos(stage)] == [SCHOOLS]


# --- in Portuguese


@row("letter-chance", "letter-language")
def test_each_writes_and_reads_it_in_their_own_language() -> None:
    stage = on_monday(line(ANA, replace(BEN, language="pt")))
    stage.ben.replies("started", f"Oportunidade: {SCHOOLS}")
    assert stage.ben.last("chance-told").first == "Anotado, para Ana ficar de olho."
    stage.until("Tue 13 Oct 09:10 Berlin")
    assert EYE in stage.ana.last("prep-mentor").text
    assert f"Ana: ficar de olho em {SCHOOLS}" in stage.ben.last("prep-mentee").text
