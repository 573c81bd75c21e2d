"""`leave out: money`: a theme of which one of the two wants no ideas. It holds for both, and nobody but its writer hears of it.

Not which lines are read as one: tests/mail/test_themes_out.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.asks import Ask
from daemon.domain.value import replace
from tests.stories.cast import PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import Stage, running
from tests.stories.test_advisors import in_the_store
from tests.stories.test_agreement import AGREED
from tests.stories.test_groups import group
from tests.stories.test_ideas import preps

ASKS = (
    *(Ask(f"Question {n} about money?", "money", "practical") for n in range(6)),
    *(Ask(f"Question {n} about work?", "work", "practical") for n in range(3)),
    Ask("What does your divorce teach you?", "life", "practical"),
)
OUT = "Understood: no ideas about this any more, for either of you."
TOPICS = ("Tue 6 Oct", "Tue 13 Oct", "Tue 20 Oct", "Tue 27 Oct", "Tue 3 Nov")


def begun(**settings: object) -> Stage:
    """Ana and Ben meet each Tuesday, and have ideas for it."""
    stage = running(line(), program=replace(PATIENT, **{"asks": ASKS, **settings}))
    stage.all_read()
    return stage


def some_weeks(stage: Stage) -> tuple[list[str], list[str]]:
    """The ideas of the mentee and of the mentor, who gets a prep where there is news."""
    for day in TOPICS:
        stage.until(f"{day} 00:30 Berlin")
        stage.ben.replies("prep-mentee", f"A topic for {day}")
        stage.until(f"{day} 14:00 Berlin")
    return preps(stage, "ben"), preps(stage, "ana")


def about(ideas: list[str], word: str) -> int:
    return sum(word in each for each in ideas)


@row("theme-out")
@pytest.mark.parametrize("writer", ["ana", "ben"])
def test_either_of_the_two_leaves_a_theme_out_for_both_and_the_other_one_hears_nothing(
    writer: str,
) -> None:
    stage = begun()
    stage.people[writer].replies("started", "leave out: money")
    stage.passes(30)
    partner = stage.ben if writer == "ana" else stage.ana
    ack = stage.people[writer].last("themes-told").text
    assert ack.startswith(f"{OUT}\n| money\n")
    assert "UNDO" in ack and "choose" not in ack
    mine, theirs = some_weeks(stage)
    assert (len(mine), len(theirs)) == (5, 5)
    assert about(mine, "money") == about(theirs, "money") == 0
    assert not any("money" in each.text for each in partner.letters)
    assert not any("money" in each for each in stage.why(""))
    assert stage.state().notes == () and not any("money" in a.text for a in stage.state().agenda)


@row("theme-out")
def test_said_in_answer_to_the_prep_it_holds_for_the_mentors_prep_of_the_same_1_1() -> None:
    before = begun()
    with_money = some_weeks(before)[1]
    day = next(day for day, idea in zip(TOPICS, with_money, strict=True) if "money" in idea)
    stage = begun()
    for each in TOPICS[: TOPICS.index(day) + 1]:
        stage.until(f"{each} 00:30 Berlin")
        stage.ben.replies("prep-mentee", "A topic" + ("\nleave out: money" if each == day else ""))
        stage.until(f"{each} 14:00 Berlin")
    mentors = preps(stage, "ana")
    assert mentors[:-1] == with_money[: len(mentors) - 1], "what came before stays as it was"
    assert "money" not in mentors[-1]
    assert not any("leave out" in each.text for each in stage.ana.letters)


@row("theme-out")
def test_left_out_half_way_nothing_that_was_an_idea_lately_comes_again_at_once() -> None:
    works = tuple(Ask(f"Question {n} about work?", "work", "practical") for n in range(6))
    stage = running(line(), program=replace(PATIENT, asks=(*ASKS[:6], *works)))
    stage.all_read()
    stage.until("Wed 4 Nov 12:00 Berlin")
    had = preps(stage, "ben")
    assert len(had) == 5 and about(had, "money") > 0 and about(had, "work") > 1
    stage.ben.replies("started", "leave out: money")
    stage.until("Wed 16 Dec 12:00 Berlin")
    ideas = preps(stage, "ben")
    assert len(ideas) == 11 and about(ideas[5:], "money") == 0
    for first in range(6):
        six = ideas[first : first + 6]
        assert len(set(six)) == 6, "one was there just before"


@row("theme-out")
def test_what_is_no_theme_is_looked_for_in_the_questions_and_the_themes_are_named() -> None:
    stage = begun()
    stage.ben.replies("started", "Leave out: Divorce, MONEY, my boss")
    ack = stage.ben.last("themes-told").text
    assert ack.startswith(
        f"{OUT}\n| Divorce\n| money\nAna is not told.\nI found no question about\n| my boss\n"
    )
    assert "| life, money, work\n" in ack
    assert [out.theme for out in stage.state().themes_out] == ["Divorce", "money"]
    mine, _ = some_weeks(stage)
    assert about(mine, "work") == len(mine) == 5


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        (ASKS, "I found no question about this, so I have left nothing out."),
        ((), "This program sends no ideas, so there is nothing to leave out."),
    ],
)
def test_nothing_is_promised_about_what_no_question_is_about(
    asks: tuple[Ask, ...], said: str
) -> None:
    stage = begun(asks=asks)
    stage.ben.replies("started", "leave out: my boss")
    ack = stage.ben.last("themes-told").text
    assert ack.startswith(said) and "UNDO" not in ack
    assert stage.state().themes_out == ()


@row("theme-out")
def test_undo_takes_it_back_and_not_what_the_other_one_has_left_out() -> None:
    stage = begun()
    stage.ben.replies("started", "leave out: money, work")
    stage.passes(2)
    stage.ana.replies("started", "leave out: work")
    stage.passes(2)
    stage.ben.replies("themes-told", "UNDO")
    assert stage.ben.last("themes-told").text.startswith("Taken back: you no longer leave out")
    assert [(each.theme, each.by) for each in stage.state().themes_out] == [("work", "ana")]
    mine, _ = some_weeks(stage)
    assert about(mine, "work") == 0 and about(mine, "money") > 0


@row("theme-out")
def test_the_same_once_more_is_answered_and_kept_once() -> None:
    stage = begun()
    for _ in range(2):
        stage.ben.replies("started", "leave out: money")
        stage.passes(2)
    assert len(stage.state().themes_out) == 1
    assert "UNDO" not in stage.ben.last("themes-told").text


@row("theme-out")
def test_it_is_read_in_answer_to_the_agreement_and_nobody_reads_it() -> None:
    stage = Stage(program=replace(AGREED, asks=ASKS))
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.all_read()
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(1)
    stage.all_read()
    stage.ana.replies("agreement", "AGREE")
    stage.ben.replies("agreement", "leave out: money\n\nAGREE")
    stage.passes(1)
    assert stage.state().standing == "active"
    assert [each.theme for each in stage.state().themes_out] == ["money"]
    assert not in_the_store(stage, "help-case")


@row("theme-out")
def test_a_member_of_a_group_says_it_as_well() -> None:
    stage = group(program=replace(PATIENT, asks=ASKS))
    member = stage.state().line.members[0]
    someone = stage.people[member.id]
    someone.replies("group-welcome", "leave out: money")
    stage.passes(2)
    assert someone.last("group-ack").text.startswith("Understood: no ideas about this any more")
    assert [(each.theme, each.by) for each in stage.state().themes_out] == [("money", member.id)]
    assert not any("money" in each.text for each in (*stage.ana.letters, *stage.ben.letters))


@row("theme-out", settings=("themes_left_out",))
def test_beside_a_call_for_help_it_is_heard_as_well_and_goes_when_the_member_does() -> None:
    stage = group(program=replace(PATIENT, asks=ASKS))
    stage.dan.replies("group-welcome", "HELP\nleave out: money")
    assert [(out.theme, out.by) for out in stage.state().themes_out] == [("money", "dan")]
    stage.dan.replies("group-welcome", "LEAVE")
    stage.dan.replies("group-ack", "YES")
    assert stage.state().line.member("dan") is None
    assert stage.state().themes_out == ()


def test_the_files_leave_a_theme_out_for_one_pairing() -> None:
    stage = running(
        replace(line(), themes_left_out=("money",)), program=replace(PATIENT, asks=ASKS)
    )
    stage.all_read()
    mine, theirs = some_weeks(stage)
    assert about([*mine, *theirs], "money") == 0
    assert about(mine, "work") > 0
