"""Goals on dates: asked for before the first 1:1, looked at around their days, counted at the end (S2.19, S3.7, S3.9).

Not goals that somebody writes down unasked: test_goals.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.beginnings import THREE_SESSIONS, begun, take
from tests.stories.cast import PATIENT, line
from tests.stories.people import Read, kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, running

SMART = replace(PATIENT, goals="smart")
PLAIN = replace(PATIENT, goals="plain")


def all_of(stage: Stage, touchpoint: str) -> list[Read]:
    """Every letter of that touchpoint that Ben has."""
    stage.ben.reads()
    return [each for each in stage.ben.letters if each.touchpoint == touchpoint]


def with_two_goals() -> Stage:
    """Ben was asked on the day after the first 1:1, and has written two."""
    stage = running(program=SMART)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ben.replies("goals", "goal: CV done by 15 November\n* Goal: A research place")
    return stage


@row("goals-asked", settings=("goals",))
def test_goals_are_asked_for_a_week_before_the_first_1_1_and_reach_the_mentor_with_the_prep() -> (
    None
):
    stage = begun(lines=(THREE_SESSIONS,), program=SMART)
    stage.ben.replies("proposal", "3")
    stage.passes(1)
    letter = stage.ben.last("goals")
    assert letter.first == ("What would you like to reach with Ana? One to three goals are plenty.")
    assert "measurable: you can see when it is there\n" in letter.text
    stage.ben.replies("goals", "goal: a first draft of the CV")
    assert stage.ben.last("ack").first == "Written down as a goal."
    stage.ana.reads()
    stage.until("Thu 8 Oct 12:00 Berlin")
    assert kinds(stage.ana.reads()) == ["prep-mentor"]
    text = stage.ana.last("prep-mentor").text
    assert "Ben would like to talk about\n| Goal: a first draft of the CV\n" in text


@row("goals-asked", settings=("goals",))
def test_plain_goals_need_no_explanation_and_are_asked_for_once() -> None:
    stage = running(program=PLAIN)
    stage.until("Tue 3 Nov 10:00 Berlin")
    asked = all_of(stage, "goals")
    assert [each.at for each in asked] == ["Wed 7 Oct 07:00"]  # prep and notes come first
    assert "measurable" not in asked[0].text
    assert "Ana gets them before your next 1:1." in asked[0].text


@row("goals-asked")
def test_words_without_the_mark_are_a_topic_and_ben_hears_how_one_becomes_a_goal() -> None:
    stage = running(program=SMART)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ben.replies("goals", "I would like to find out what I am good at.")
    assert stage.ben.last("ack").first == (
        "I keep your words as a topic, and none of them as a goal."
    )
    assert stage.state().goals == ()
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert "| I would like to find out what I am good at.\n" in stage.ana.last("prep-mentor").text


@row("goals-asked")
def test_whoever_was_never_asked_is_not_asked_in_the_middle_of_it() -> None:
    stage = running()
    stage.until("Wed 4 Nov 10:00 Berlin")
    stage.all_read()
    stage.ruled(goals="smart")
    stage.until("Wed 11 Nov 10:00 Berlin")
    assert "goals" not in kinds(stage.ben.reads())
    stage.ben.says("notes", goals=("A research place",))
    assert [(each.letter, each.target) for each in stage.state().goals] == [
        ("a", date(2026, 11, 19))
    ]


@row("goals-days", settings=("goal_days",))
def test_each_goal_is_looked_at_around_its_day_and_moves_on_without_a_word_of_blame() -> None:
    stage = with_two_goals()
    stage.until("Mon 16 Nov 10:00 Berlin")
    looks = all_of(stage, "goal-review")
    assert [each.at for each in looks] == ["Thu 5 Nov 18:00", "Sun 15 Nov 18:00"]
    soft, dated = (each.text for each in looks)
    assert "b  A research place\n" in soft and "CV" not in soft
    assert "a  CV done by 15 November\n" in dated
    assert "I look at it with you around 5 December." in dated
    assert {each.target for each in stage.state().goals} == {date(2026, 12, 5)}
    stage.until("Sun 6 Dec 10:00 Berlin")
    assert "a  CV done by 15 November\nb  A research place\n" in stage.ben.last("goal-review").text
    assert "around 4 January" in stage.ben.last("goal-review").text  # 90 days
    assert "goal-review" not in kinds(stage.ana.reads())


@row("goals-days")
def test_done_is_reached_and_a_line_is_a_topic_of_the_next_1_1() -> None:
    stage = with_two_goals()
    stage.until("Fri 6 Nov 10:00 Berlin")
    stage.ben.replies("goal-review", "DONE b\nNow the interviews.\ngoal: three of them")
    assert [each.first for each in all_of(stage, "ack")][-2:] == [
        "Reached, and written down. Congratulations.",
        "Written down as a goal.",
    ]
    reached = next(each for each in stage.state().goals if each.letter == "b")
    assert reached.done_at is not None
    assert next(each.letter for each in stage.state().goals if "three" in each.text) == "c"
    stage.until("Tue 10 Nov 10:00 Berlin")
    text = stage.ana.last("prep-mentor").text
    assert "| Now the interviews.\n| Goal: three of them\n" in text
    stage.until("Sun 6 Dec 10:00 Berlin")
    assert "research" not in stage.ben.last("goal-review").text


@row("goals-days")
def test_what_was_called_reached_by_mistake_is_a_goal_as_before() -> None:
    stage = with_two_goals()
    stage.ben.replies("goals", "DONE a")
    assert stage.state().goals[0].done_at is not None
    stage.ben.replies("ack", "UNDO")
    assert stage.ben.last("ack").first == "Taken back: it is on the list as before."
    assert stage.state().goals[0].done_at is None


@row("goals-days", "letter-goal")
def test_to_dos_and_goals_share_one_alphabet() -> None:
    stage = with_two_goals()
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ben.replies("notes", "todo: send Ana the CV\nSee you.")
    assert [each.letter for each in stage.state().actions] == ["c"]
    stage.ben.replies("notes", "DONE c")
    assert stage.ben.last("ack").first == "Done and off the list."
    assert all(each.done_at is None for each in stage.state().goals)


@row("goals-days", settings=("goal_days",))
def test_where_no_days_are_named_only_a_day_of_its_own_is_looked_at() -> None:
    stage = running(program=replace(SMART, goal_days=()))
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ben.replies("goals", "goal: CV done by 15 November\ngoal: A research place")
    stage.until("Wed 20 Jan 10:00 Berlin")
    looks = all_of(stage, "goal-review")
    assert [each.at for each in looks] == ["Sun 15 Nov 18:00"]
    assert "If I hear nothing, it stays on the list. That is fine too.\n" in looks[0].text


@row("goals-days", "letter-fewer")
def test_who_wants_fewer_letters_is_not_asked_about_goals() -> None:
    stage = with_two_goals()
    stage.ben.replies("goals", "reminders off")
    stage.until("Sun 6 Dec 10:00 Berlin")
    assert all_of(stage, "goal-review") == []
    assert all(each.target > date(2026, 12, 1) for each in stage.state().goals if each.target)


@row("goals-days", "pairing-paused")
def test_in_a_pause_nobody_is_asked_and_what_fell_into_it_moves_on() -> None:
    stage = with_two_goals()
    stage.until("Mon 2 Nov 10:00 Berlin")
    stage.ben.replies("prep-mentee", "PAUSE until 1 December")
    stage.all_read()
    stage.until("Sat 28 Nov 10:00 Berlin")
    assert "goal-review" not in kinds(stage.ben.reads())
    stage.until("Sun 6 Dec 10:00 Berlin")
    assert {each.target for each in stage.state().goals} == {date(2027, 1, 4)}
    assert stage.why("goal-review")[-1] == "skipped: its time was over at 2026-11-22T12:30:00Z"


@row("goals-days", "pairing-closed")
def test_what_was_reached_is_counted_in_the_farewell_and_the_rest_is_said_kindly() -> None:
    stage = running(replace(line(), ends=date(2026, 11, 24)), program=SMART)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ben.replies("goals", "goal: CV done by 15 November\ngoal: A research place")
    stage.until("Fri 6 Nov 10:00 Berlin")
    assert "If I hear nothing, it stays on the list. That is fine too.\n" in (
        stage.ben.last("goal-review").text
    )
    stage.ben.replies("goal-review", "DONE a")
    stage.until("Thu 26 Nov 10:00 Berlin")
    for someone in (stage.ana, stage.ben):
        text = someone.last("farewell").text
        assert "Reached: 1 goal, well done.\n| CV done by 15 November\n" in text
        assert "What you also set out for\n| A research place\n" in text


@row("pairing-finite", "goals-asked", "letter-note")
def test_the_second_session_is_prepared_from_the_answers_to_the_first() -> None:
    """Notes, to-dos and goals of session 1 stand in both preps of session 2 (S3.11)."""
    stage = begun(lines=(THREE_SESSIONS,), program=SMART)
    take(stage, 2)
    stage.ben.replies("goals", "goal: a first draft of the CV")
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("notes", "Two ways to tell it.\ntodo: rewrite the first page")
    stage.until("Tue 13 Oct 08:00 Kolkata")
    take(stage, 2)
    stage.until("Wed 21 Oct 23:00 Kolkata")
    stage.ben.replies("prep-mentee", "The second page")  # without news Ana would get no prep
    stage.until("Thu 22 Oct 12:00 Berlin")
    for letter in (stage.ben.last("prep-mentee"), stage.ana.last("prep-mentor")):
        assert "| Two ways to tell it.\n" in letter.text
        assert "Still open\nb  Ben: rewrite the first page\n" in letter.text
        assert "What you two set out for\na  a first draft of the CV\n" in letter.text


@row("goals-asked", "letter-topic")
def test_a_task_for_the_first_1_1_stands_in_its_prep() -> None:
    """The mentee leads: what Ben has set himself before the two ever met (S2.20)."""
    until_november = (Days(date(2026, 10, 5), date(2026, 11, 1)),)
    stage = running(program=replace(SMART, breaks=until_november))
    stage.until("Tue 27 Oct 23:00 Kolkata")
    assert when(stage.ben.reads())[-1] == "Tue 27 Oct 19:30  goals"
    stage.ben.replies("goals", "goal: A research place\ntodo: list three labs")
    stage.until("Tue 3 Nov 12:00 Berlin")
    assert "Still open\na  Ben: list three labs\n" in stage.ben.last("prep-mentee").text
    text = stage.ana.last("prep-mentor").text
    assert "| Goal: A research place\n" in text and "a  Ben: list three labs\n" in text
