"""Whole replies that say that their writer can't come, or is ill; and those that only begin like that.

Not what follows: tests/stories/test_cannot.py.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from daemon.mail.reading.cannot import cannot_come
from daemon.mail.reading.meaning import understand

TODAY = date(2026, 12, 1)
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("I can't make it today", "cannot", TODAY),
        ("Sorry, I can’t make our 1:1 tomorrow!", "cannot", TOMORROW),
        ("can't come", "cannot", None),
        ("I won't be able to attend today", "cannot", TODAY),
        ("Unfortunately I am unable to join tomorrow morning", "cannot", TOMORROW),
        ("Sick today", "ill", TODAY),
        ("I'm sick today and can't make any of my 1:1s, sorry", "ill", TODAY),
        ("Off sick tomorrow", "ill", TOMORROW),
        ("I've got a fever today", "ill", TODAY),
        ("Heute kann ich leider nicht", "cannot", TODAY),
        ("Ich kann morgen nicht kommen", "cannot", TOMORROW),
        ("Bin heute krank, tut mir leid", "ill", TODAY),
        ("ich bin heute leider erkältet", "ill", TODAY),
        ("Não consigo hoje, desculpe", "cannot", TODAY),
        ("Estou doente hoje", "ill", TODAY),
        ("Hoy no puedo, lo siento", "cannot", TODAY),
        ("Estoy enferma hoy", "ill", TODAY),
        ("Je ne peux pas venir demain", "cannot", TOMORROW),
        ("Je suis malade aujourd'hui, désolée", "ill", TODAY),
    ],
)
def test_it_is_understood_alone(text: str, word: str, day: date | None) -> None:
    meant = understand(text, "Ana", "mentee", "Ben", today=TODAY, letter="prep-mentee")
    assert [(each.word, each.days) for each in meant.said] == [(word, (day, day) if day else None)]
    assert meant.text == ""


@pytest.mark.parametrize(
    "text",
    [
        "I'm sick",  # of which day?
        "My daughter is sick today",
        "I was sick today",
        "I can't do the exercise",
        "I can't make it today because the train is late",
        "Can you make it today?",
        "I can't make it today. Can I come?",
        "I can't come today or tomorrow",
        "I'm sick of it today",
        "Ben can't make it today",
        "Ich kann heute",
        "The lab is ill equipped today",
        "",
    ],
)
def test_with_any_other_word_it_is_not(text: str) -> None:
    assert cannot_come([text], TODAY, "en") is None


def test_a_command_beside_it_is_read_as_ever() -> None:
    both = understand(
        "I can't make it today. SKIP", "Ana", "mentee", "Ben", today=TODAY, letter="prep-mentee"
    )
    assert [each.word for each in both.said] == ["skip"]
    moved = understand(
        "I can't make it, please move it", "Ana", "mentee", "Ben", today=TODAY, letter="prep-mentee"
    )
    assert [each.word for each in moved.said] == ["move"]
