"""What an invitation says that the 1:1 will be about: on the line of INVITE, or on one of its own.

Not who is invited, and not what the advisor reads: tests/stories/test_advisors.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.observation import Said
from daemon.mail.reading.topics import TOPIC_CHARACTERS_MAX, with_topic

INVITE = Said("invite", text="anna@lab.org")


@pytest.mark.parametrize(
    ("words", "text", "topic", "left"),
    [
        ("INVITE anna@lab.org", "", "", ""),
        ("INVITE anna@lab.org next", "", "", ""),
        ("INVITE anna@lab.org about internships", "", "internships", ""),
        ("Invite Anna@Lab.org next: how to publish", "how to publish", "how to publish", ""),
        ("INVITE anna@lab.org\n\nTopic: internships", "Topic: internships", "internships", ""),
        ("CONVIDAR anna@lab.org sobre estágios", "", "estágios", ""),
        ("CONVIDAR anna@lab.org\nAssunto: estágios", "Assunto: estágios", "estágios", ""),
        # no other word of the mail goes along
        ("INVITE anna@lab.org\n\nMy thesis stalls.", "My thesis stalls.", "", "My thesis stalls."),
        ("INVITE anna@lab.org, about", "", "", ""),
        ("INVITE anna@lab.org to our next 1:1 about internships", "", "internships", ""),
        ("INVITE anna@lab.org\nprivate: anna@lab.org: I owe her 900 euros", "", "", ""),
        ("INVITE anna@lab.org\nprivate: about my debts\nTopic: internships", "", "internships", ""),
        ("INVITE anna@lab.org - private: I can't stand Ben any more", "", "", ""),
        ("INVITE anna@lab.org about private: my debts", "", "", ""),
        ("INVITE anna@lab.org. By the way: Ben is slow", "Ben is slow", "", "Ben is slow"),
        ("INVITE anna@lab.org but please do not tell her about Ben", "", "", ""),
        ("todo: write to anna@lab.org about Ben", "", "", ""),
    ],
)
def test_only_the_topic_that_is_called_one_goes_along(
    words: str, text: str, topic: str, left: str
) -> None:
    said, rest = with_topic(INVITE, words, text)
    assert (said.about, rest) == (topic, left)


def test_it_is_short_and_belongs_to_an_invitation_alone() -> None:
    said, _ = with_topic(INVITE, f"INVITE anna@lab.org about {'x' * 500}", "")
    assert len(said.about) == TOPIC_CHARACTERS_MAX
    assert with_topic(Said("move"), "MOVE\nTopic: CVs", "Topic: CVs") == (
        Said("move"),
        "Topic: CVs",
    )
