"""The witnesses of agendas and of what is asked before and after a 1:1: each line of theirs is in the letter, and no other.

Not a test by itself: test_presets_at_work.py calls each with the preset, and without a type of 1:1 or without one of its lines.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from daemon.domain.program import Config
from tests.guides.witnesses import (
    WITNESSES,
    agreed,
    begun,
    ending,
    lives_until,
    sees,
    sessions_begun,
)
from tests.stories.stage import Stage

__all__ = ["WITNESSES", "of"]

FIRST = "It is your first one.\n"
MONTH = "This one looks back on the month.\n"
AHEAD = "This one looks further ahead, beyond the next weeks.\n"
LONG = "It has been a while since your last one.\n"
LAST = "It is the last one before your 1:1s end.\n"


def sees_agenda(preset: str, kind: str, said: str, *blocks: str) -> Callable[[Reach], Reach]:
    """The mentee's prep of the 1:1 that is reached shows these blocks and no other; `said` is what it says of the type."""

    def noted(reach: Reach) -> Reach:
        minutes = sum(int(block.partition(" ")[0]) for block in blocks)
        plan = "\n| ".join([f"A plan for the {minutes} minutes", *blocks]) + "\n\n"

        def witness(config: Config) -> None:
            text = reach(config).ben.last("prep-mentee").text
            assert plan in text and said in text

        witness.__doc__ = f"{preset}, {kind}: {reach.__doc__}"
        sees(f"meeting_types.{kind}", preset)(witness)
        return reach

    return noted


Reach = Callable[[Config], Stage]


def of(config: Config, day: str) -> Stage:
    """A pair lives until that day, at two in Berlin: the mentee has the prep for three o'clock."""
    stage = begun(config)
    lives_until(stage, f"{day} 14:00 Berlin")
    return stage


@sees_agenda(
    "practical", "regular", "",
    "2 min: what today is for", "5 min: how you are", "8 min: how you are doing beside the work",
    "10 min: the work", "5 min: what each of us does next",
)  # fmt: skip
@sees_agenda(
    "km", "first", FIRST,
    "10 min: get to know each other", "20 min: what you want to learn, and how it shows",
    "15 min: how you work together",
)  # fmt: skip
@sees_agenda(
    "wealljs", "first", FIRST,
    "10 min: get to know each other", "20 min: what you want to reach, and how it shows",
    "15 min: how you work together, what stays out", "15 min: a first task, and when you meet",
)  # fmt: skip
def the_first_one(config: Config) -> Stage:
    """The first Tuesday."""
    return of(config, "Tue 6 Oct")


@sees_agenda(
    "wealljs", "regular", "",
    "20 min: what came of the last task", "25 min: questions, code, or a chat",
    "15 min: next week, chances, when and where",
)  # fmt: skip
def the_second_one(config: Config) -> Stage:
    """One like any other."""
    return of(config, "Tue 13 Oct")


@sees_agenda(
    "practical", "career", AHEAD,
    "5 min: how you are", "15 min: where you want to be in some years", "10 min: one step towards it",
)  # fmt: skip
def the_first_of_a_quarter(config: Config) -> Stage:
    """Three months after their first one."""
    return of(config, "Tue 12 Jan")


@sees_agenda(
    "wealljs", "monthly_review", MONTH,
    "20 min: how the month went", "25 min: where you are with your goals, what next",
    "15 min: next week, chances, when and where",
)  # fmt: skip
def the_first_of_a_month(config: Config) -> Stage:
    """It begins with what was done since the last one."""
    stage = of(config, "Tue 6 Oct")
    stage.ben.replies("prep-mentee", "todo: read the docs")
    lives_until(stage, "Tue 3 Nov 19:00 Berlin")
    stage.ben.replies("notes", "DONE a")
    lives_until(stage, "Tue 10 Nov 14:00 Berlin")
    done = "Done since the last look back\n| Ben: read the docs\n"
    assert done in stage.ben.last("prep-mentee").text
    return stage


@sees_agenda(
    "wealljs", "closing", LAST,
    "20 min: what you reached, and how", "25 min: how it goes on without the calls",
    "15 min: thanks, and how to keep in touch",
)  # fmt: skip
def the_last_one(config: Config) -> Stage:
    """The second one, where an end is set behind it."""
    return of(ending(config, date(2026, 10, 14)), "Tue 13 Oct")


@sees_agenda(
    "km", "closing", LAST,
    "20 min: what was reached", "15 min: what comes next", "10 min: thanks",
)  # fmt: skip
def the_last_one_after_two_weeks(config: Config) -> Stage:
    """The same with two weeks between."""
    return of(ending(config, date(2026, 10, 21)), "Tue 20 Oct")


@sees_agenda(
    "koss", "catch_up", LONG,
    "10 min: how you have been", "15 min: what came up, and what still matters", "5 min: when you meet again",
)  # fmt: skip
@sees_agenda(
    "practical", "catch_up", LONG,
    "10 min: how you have been", "10 min: what has changed meanwhile", "10 min: what matters most now",
)  # fmt: skip
@sees_agenda(
    "wealljs", "catch_up", LONG,
    "15 min: how you have been", "25 min: where your goals and tasks stand", "20 min: next week, and how you go on",
)  # fmt: skip
def the_first_one_after_a_pause(config: Config) -> Stage:
    """Three weeks after the last one."""
    return paused(config, "Wed 14 Oct", "3 Nov", "Tue 3 Nov")


@sees_agenda(
    "km", "catch_up", LONG,
    "15 min: how you have been", "20 min: what you have learned, and what is open", "10 min: how you go on from here",
)  # fmt: skip
def the_first_one_after_a_longer_pause(config: Config) -> Stage:
    """Of two weeks' rhythm one fell out."""
    return paused(config, "Wed 21 Oct", "10 Nov", "Tue 17 Nov")


def paused(config: Config, day: str, until: str, again: str) -> Stage:
    """From that day a pause, and the next one."""
    stage = begun(config)
    lives_until(stage, f"{day} 10:00 Berlin")
    stage.ana.replies("started", f"PAUSE until {until}")
    lives_until(stage, f"{again} 14:00 Berlin")
    return stage


@sees_agenda(
    "ctan", "first", FIRST,
    "10 min: who you are, and what you have read", "20 min: goals, and how one sees them reached",
    "10 min: what each of you needs, and hopes for", "15 min: first steps, and the homework",
    "5 min: when you meet again",
)  # fmt: skip
def the_first_session(config: Config) -> Stage:
    """A week after the two have said yes."""
    stage = sessions_begun(config)
    agreed(stage)
    lives_until(stage, "Thu 8 Oct 10:00 Berlin")
    return stage


@sees_agenda(
    "ctan", "closing", LAST,
    "15 min: what worked of the homework, what not", "15 min: your goals, in three months",
    "15 min: doors to open, people to meet", "15 min: a plan for afterwards, and thanks",
)  # fmt: skip
def the_last_session(config: Config) -> Stage:
    """The second of two."""
    stage = sessions_begun(config)
    agreed(stage)
    agreed(stage)
    lives_until(stage, "Fri 18 Dec 10:00 Berlin")
    return stage


# --- what is asked


def asked(head: str, *lines: str) -> str:
    """All that is asked under this head, and nothing else."""
    return "\n| ".join([head, *lines]) + "\n\n"


@sees("prep_asks", "practical")
def three_standing_questions(config: Config) -> None:
    """They stand in the mentee's prep."""
    assert asked(
        "To think about", "How are your goals coming along?", "What comes first in the next days?",
        "What would help you?",
    ) in of(config, "Tue 13 Oct").ben.last("prep-mentee").text  # fmt: skip


@sees("prep_asks", "wealljs")
def what_came_of_the_last_task(config: Config) -> None:
    """Asked in each prep of the mentee."""
    assert asked(
        "To think about", "Is your last task done? How well did it go?",
        "What would have made it better?", "Where are you on the way to your goals?",
    ) in of(config, "Tue 13 Oct").ben.last("prep-mentee").text  # fmt: skip


@sees("notes_asks", "wealljs")
def what_comes_next(config: Config) -> None:
    """Four lines in the letter after each 1:1."""
    assert asked(
        "Worth a line", "What you work on until next time",
        "A chance to keep an eye on? A line \"chance: what it is\" keeps it in sight", "When and where you meet next",
        "Anything else",
    ) in of(config, "Wed 7 Oct").ben.last("notes").text  # fmt: skip


@sees("notes_asks", "ctan")
def somebody_to_meet(config: Config) -> None:
    """The letter after a session says how to ask for an introduction."""
    stage = sessions_begun(config)
    agreed(stage)
    lives_until(stage, "Fri 9 Oct 12:00 Berlin")
    line = 'Somebody to meet? A line "intro: a name, and what they do" asks for it'
    assert asked("Worth a line", line) in stage.ben.last("notes").text
