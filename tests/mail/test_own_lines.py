"""MY NOTES alone in a reply, and "private next:" in front of a line, in five languages.

Not what follows from them: tests/stories/test_my_notes.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.meaning import Meaning, understand

TODAY = date(2026, 10, 14)


def read(text: str, letter: str = "notes", *, of_times: bool = False) -> Meaning:
    """As an answer to that letter."""
    return understand(
        text, "Ana", "mentee", own_name="Ben Das", today=TODAY, letter=letter, of_times=of_times
    )


@pytest.mark.parametrize(
    "text",
    [
        *("MY NOTES", "my notes, please", "Show me my private lines.", "Hi Ana,\n\nMy notes\n\nBest,\nBen"),
        *("Minhas notas", "minhas anotações", "meine Notizen bitte", "Mes notes privées", "Mis notas, por favor"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("of_times", [False, True])
def test_one_s_own_lines_are_asked_for(text: str, of_times: bool) -> None:
    found = read(text, "proposal" if of_times else "notes", of_times=of_times)
    assert [each.word for each in found.said] == ["my-notes"]
    assert found.text == ""


@pytest.mark.parametrize(
    "text",
    ["My notes:\nWe met in Rome.", "I sent you my notes.", "We met in Rome.\nMY NOTES", "my notes are in the drive"],
)  # fmt: skip
def test_words_about_notes_are_a_note(text: str) -> None:
    found = read(text)
    assert (found.said, found.text) == ((), text)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("private next: ask about Rome", "ask about Rome"),
        ("- Private, for my next prep: ask", "ask"),
        ("private next time: ask", "ask"),
        ("privado próximo: perguntar", "perguntar"),
        ("privado para a próxima vez: perguntar", "perguntar"),
        ("privat fürs nächste Mal: fragen", "fragen"),
        ("privé pour la prochaine fois : demander", "demander"),
        ("privado para la próxima: preguntar", "preguntar"),
    ],
)
def test_a_line_for_one_s_own_next_prep(line: str, value: str) -> None:
    found = read(f"Good talk\n{line}")
    assert (found.text, found.private, found.private_next) == ("Good talk", "", value)


def test_a_wrapped_line_stays_with_its_writer() -> None:
    line = "private next: a long thought that the mail program has wrapped somewhere in\nthe middle"
    found = read(f"{line}\n\nOpen")
    assert found.text == "Open"
    assert found.private_next.split("\n")[1] == "the middle"


def test_what_only_resembles_it_is_as_before() -> None:
    assert read("private: next week I ask").private == "next week I ask"
    assert read("Next: the private sector").text == "Next: the private sector"


@pytest.mark.parametrize(
    "text", ["LINKS", "Our links, please", "Nossos links", "Unsere Links", "Nos liens", "Enlaces"]
)
def test_the_links_of_the_two_are_asked_for(text: str) -> None:
    assert [each.word for each in read(text).said] == ["links"]


@pytest.mark.parametrize("text", ["Links:\nhttps://lab.example.org", "the links are broken"])
def test_words_about_links_are_a_note(text: str) -> None:
    found = read(text)
    assert (found.said, found.text) == ((), text)
