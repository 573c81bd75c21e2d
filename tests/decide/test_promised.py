"""Who reads the words of a reply, and how the letters that answer a mail are named, as tables (RULES 8, LETTERS 4).

Not what is done with the words: stories/test_who_reads.py and test_words.py.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from daemon.decide.keys import letter_stem, short
from daemon.decide.promised import (
    about_unclear,
    name_of,
    occasion_of_ack,
    occasion_of_unclear,
    reader_of_words,
    what_acknowledged,
)
from daemon.domain.question import Question
from tests.decide.pair_cast import LANE


def key(touchpoint: str, occasion: str = "2026-10-13T15:00[Europe/Berlin]") -> str:
    """The key of a letter to Ben."""
    return f"{letter_stem(touchpoint, LANE, occasion, 'ben')}/1"


READERS = {
    "notes": "pair",
    "prep-mentee": "pair",
    "prep-mentor": "pair",
    "copy": "pair",
    "first-note": "pair",
    "started": "pair",
    "farewell": "pair",
    "welcome-mentee": "contact",
    "welcome-mentor-connected": "contact",
    "setup-nudge": "contact",
    "ended": "contact",
    "reconnect": "contact",
    "week-card": "contact",
    "proposal": "nobody",
    "moved": "nobody",
    "clash": "nobody",
}


def test_who_reads_what_is_said_to_a_letter() -> None:
    assert {each: reader_of_words(key(each)) for each in READERS} == READERS


@pytest.mark.parametrize(
    ("thread", "reader"),
    [("", "pair"), (LANE, "pair"), ("person/ana/koss", "nobody")],
)
def test_a_mail_that_cites_no_letter_is_one_to_the_pair_unless_it_is_in_an_own_thread(
    thread: str, reader: str
) -> None:
    assert reader_of_words("", thread) == reader


@pytest.mark.parametrize(
    ("what", "reader"),
    [("no", "contact"), ("for-contact", "contact"), ("move", "nobody"), ("yes", "nobody")],
)
def test_who_reads_what_is_said_to_an_answer_depends_on_what_was_answered(
    what: str, reader: str
) -> None:
    answered = key("ack", occasion_of_ack(what, "1a2b"))
    assert (what_acknowledged(answered), reader_of_words(answered)) == (what, reader)


@pytest.mark.parametrize(
    ("about", "reader"),
    [("welcome", "contact"), ("proposal", "nobody"), ("question", "nobody"), ("other", "nobody")],
)
def test_only_a_welcome_that_was_not_understood_is_still_read_by_the_contact(
    about: str, reader: str
) -> None:
    assert reader_of_words(key("unclear", occasion_of_unclear("1a2b", about))) == reader


def test_a_welcome_is_named_in_no_other_letter() -> None:
    """The occasion of another letter may look like that of an unclear one."""
    assert reader_of_words(key("moved", occasion_of_unclear("1a2b", "welcome"))) == "nobody"


def test_what_was_acknowledged_ends_at_the_first_point() -> None:
    occasion = occasion_of_ack("withdrawn", "2026-10-13T15:00[Europe.Berlin]#1")
    assert occasion == "withdrawn.2026-10-13T15:00[Europe.Berlin]#1"
    assert what_acknowledged(key("ack", occasion)) == "withdrawn"


@pytest.mark.parametrize(
    ("about", "question", "occasion"),
    [
        ("proposal", "", "1a2b.proposal"),
        ("closed-list", "", "1a2b.closed-list"),
        ("question", "9f8e", "1a2b.question.9f8e"),
    ],
)
def test_an_unclear_letter_says_in_its_key_what_it_was_about(
    about: str, question: str, occasion: str
) -> None:
    assert occasion_of_unclear("1a2b", about, question) == occasion
    assert about_unclear(key("unclear", occasion)) == (about, question)


def test_a_key_that_says_nothing_about_it_names_nothing() -> None:
    assert about_unclear(key("unclear", "1a2b")) == ("", "")


def test_two_questions_of_one_kind_have_different_names() -> None:
    now = datetime(2026, 10, 9, 8, tzinfo=UTC)
    first = Question("clash", "mentor", "2026-10-13T15:00[Europe/Berlin]#mentor", now, now)
    second = Question("clash", "mentor", "2026-10-20T15:00[Europe/Berlin]#mentor", now, now)
    other = Question("absence", "mentor", "2026-10-13T15:00[Europe/Berlin]#mentor", now, now)
    names = [name_of(each) for each in (first, second, other)]
    assert len(set(names)) == 3
    assert names[0] == short("clash 2026-10-13T15:00[Europe/Berlin]#mentor")
    assert not set("./") & set("".join(names))  # for they stand in keys
