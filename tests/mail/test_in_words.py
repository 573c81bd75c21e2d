"""What was read can be said in words, so that it can be confirmed or taken back.

Not the letters that confirm: tests/test_letters.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.in_words import in_words
from daemon.mail.reading.meaning import understand

WORDS = [
    ("2", "the second time"),
    ("1, 2 or 3", "the first, the second and the third times"),
    ("12", "the 12th time"),
    ("2 till 30 June", "the second time, until 2027-06-30"),
    ("Thursday 3pm works", "the time that is on Thursday at 15:00"),
    ("Thursday at 3", "the time that is on Thursday at 03:00 or 15:00"),
    ("3 December, in the afternoon", "the time that is on 2026-12-03 in the afternoon"),
    ("Friday at noon", "the time that is on Friday around noon"),
    ("2nd", "the time that is on day 2 of a month, or the second time"),
    ("Option 2, Thursday", "the second time, if it is on Thursday"),
    ("NONE", "none of the times fits"),
    ("SKIP", "leave this one out"),
    ("LATE 10", "10 minutes late"),
    ("I'm late", "late"),
    ("away 10-24 Dec", "away from 2026-12-10 to 2026-12-24"),
    ("away on 10 Dec", "away on 2026-12-10"),
    ("PAUSE", "a pause"),
    ("PAUSE until 15 Jan", "a pause until 2027-01-15"),
    ("every two weeks", "1:1s biweekly"),
    ("ZONE Toronto", "times of America/Toronto"),
    ("ZONE Nowhere", "an unknown zone"),
    ("LANGUAGE pt", "letters in pt"),
    ("INVITE priya@example.org", "invite priya@example.org"),
    ("reminders off", "no more reminders"),
    ("reminders on", "reminders once more"),
    ("DONE a b", "done: a and b"),
    ("done", "done, without saying what"),
    ("pause for a month", "PAUSE, for a person to answer"),
]


@pytest.mark.parametrize(("text", "words"), WORDS, ids=[text for text, _ in WORDS])
def test_every_command_can_be_said_in_words(text: str, words: str) -> None:
    (said,) = understand(text, "Ana", "mentee", today=date(2026, 11, 28)).said
    assert in_words(said) == words
    assert said.text or said.word in ("zone", "fewer")


WEIGHED = [
    ("late on Thursday afternoon is out, so Friday", "the time that is on Friday, not on Thursday in the afternoon"),
    ("anything except Thursday", "any of the times, not on Thursday"),
    ("the later slot on Thursday please", "the time that is on Thursday the latest"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WEIGHED, ids=[text for text, _ in WEIGHED])
def test_what_was_weighed_is_said_with_what_was_refused(text: str, words: str) -> None:
    (said,) = understand(text, "Ana", "mentee", today=date(2026, 11, 28), of_times=True).said
    assert in_words(said) == words
