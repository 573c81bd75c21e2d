"""A day and a time in words choose the one offered time that they fit, in five languages; what fits none or several
is asked about (LETTERS 7.1, RULES 7).

Not which words are days and times: tests/mail/test_meaning.py and tests/corpus.
"""

from __future__ import annotations

import pytest

from tests.stories.beginnings import on_friday
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage


def asked() -> Stage:
    """Ben may choose among Monday, Wednesday and Thursday, 18:30 Kolkata each."""
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    return stage


@row("proposal-in-words")
@pytest.mark.parametrize(
    "words",
    [
        "Thursday works",
        "Donnerstag um 18:30 Uhr passt",
        "quinta às 18h30 serve",
        "el jueves me va bien",
        "jeudi, parfait",
    ],
)
def test_a_day_that_one_time_has_books_it_and_says_so(words: str) -> None:
    stage = asked()
    stage.ben.replies("proposal", words)
    assert stage.ben.last().first == "Booked: Thu 15 Oct, 18:30 Kolkata (15:00 Berlin), 30 minutes."
    assert f'I read your "{words}" as the third time.' in stage.ben.last().text
    stage.ben.replies("moved", "UNDO")
    assert stage.standing("Tue 13 Oct") == "cancelled"


@row("proposal-in-words")
def test_of_two_that_fit_these_two_are_shown_and_one_can_be_chosen() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2 or 3")
    assert kinds(stage.ben.reads()) == ["proposal", "unclear"]
    assert [each[0] for each in stage.ben.last().choices] == ["2", "3"]
    stage.ben.replies("unclear", "Wednesday")
    assert stage.ben.last().first == "Booked: Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), 30 minutes."


@row("proposal-in-words")
def test_of_two_days_that_are_named_these_two_are_shown() -> None:
    stage = asked()
    stage.ben.replies("proposal", "Thursday or Wednesday")
    assert stage.ben.last().first == "Which time do you mean?"
    assert [each[0] for each in stage.ben.last().choices] == ["2", "3"]


@row("proposal-in-words")
def test_the_last_one_is_the_last_of_the_list() -> None:
    stage = asked()
    stage.ben.replies("proposal", "the last one, please")
    assert stage.ben.last().first == "Booked: Thu 15 Oct, 18:30 Kolkata (15:00 Berlin), 30 minutes."


@row("proposal-in-words")
@pytest.mark.parametrize(
    "words",
    [
        "Friday works",
        "Thursday at 17:00",
        "Option 2, Thursday",
        "Is Thursday free?",
    ],
)
def test_a_day_that_no_time_has_is_never_booked(words: str) -> None:
    stage = asked()
    stage.ben.replies("proposal", words)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert stage.ben.last().first == "Which time do you mean?"
    assert stage.ben.last().choices == stage.ben.last("proposal").choices


@row("proposal-in-words")
def test_what_is_refused_is_not_asked_about_again() -> None:
    stage = asked()
    stage.ben.replies("proposal", "not Thursday")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert stage.ben.last().first == "Which time do you mean?"
    assert [each[0] for each in stage.ben.last().choices] == ["1", "2"]


@row("proposal-in-words")
@pytest.mark.parametrize(
    "words", ["Neither Monday nor Thursday", "Monday and Thursday are impossible"]
)
def test_what_is_left_of_refused_times_is_booked(words: str) -> None:
    stage = asked()
    stage.ben.replies("proposal", words)
    assert stage.ben.last().first.startswith("Booked: Wed 14 Oct")


@row("proposal-in-words")
def test_days_that_are_all_refused_book_none_of_them() -> None:
    stage = asked()
    stage.ben.replies("proposal", "Monday, Wednesday and Thursday don't work for me")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert not stage.ben.last().first.startswith("Booked")


@row("proposal-in-words", "proposal-numbers")
def test_the_same_words_again_change_nothing() -> None:
    stage = asked()
    stage.ben.replies("proposal", "Thursday works")
    stage.ben.reads()
    stage.ben.replies("proposal", "Thursday works")
    assert stage.ben.reads() == []
    stage.ben.replies("proposal", "Wednesday works")
    assert stage.ben.last().first == "That list is closed."


@row("proposal-in-words", "letter-reads")
def test_a_day_said_to_another_letter_is_a_note() -> None:
    stage = asked()
    stage.ben.replies("started", "Thursday works")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert [note.text for note in stage.state().notes] == ["Thursday works"]


@row("proposal-in-words", "proposal-none")
@pytest.mark.parametrize(
    "words",
    [
        "18:30 never works for me, I'm still on shift then. Could we do something before noon?",
        "Um 18:30 Uhr kann ich grundsätzlich nicht, da hole ich meinen Sohn ab. Ginge vormittags etwas?",
    ],
)
def test_an_hour_that_never_suits_refuses_all_times_at_that_hour(words: str) -> None:
    stage = asked()
    stage.ben.replies("proposal", words)
    assert kinds(stage.ben.reads()) == ["proposal", "proposal"]
    assert [each[0] for each in stage.ben.last().choices] == ["4", "5", "6"]


@row("proposal-in-words")
def test_an_hour_that_one_of_the_times_suits_all_the_same_is_asked_about() -> None:
    stage = asked()
    words = "Too early for me, I'm still on shift then. Could we do something after 18:00?"
    stage.ben.replies("proposal", words)
    assert stage.ben.last().first == "Which time do you mean?"
    assert stage.standing("Tue 13 Oct") == "cancelled"
