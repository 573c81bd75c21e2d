"""What stands around an answer: conditions that only show regard, thanks in front of it, and what must reach a human being.

Not what the answer is: tests/mail/test_meaning.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.considerate import without_regard
from daemon.mail.reading.meaning import understand

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "The second one, if it's still free", "The second one"),
        ("en", "Thursday is fine. If that turns out not to suit Ana, just let me know.", "Thursday is fine"),
        ("en", "Thursday if I get home in time", "Thursday if I get home in time"),
        ("en", "2, if Ana agrees", "2, if Ana agrees"),
        ("en", "I'd like to stop unless Ana minds", "I'd like to stop unless Ana minds"),
        ("de", "Der zweite, falls er noch zu haben ist.", "Der zweite."),
        ("de", "Dienstag. Sollte Ana nicht können, gebt einfach Bescheid", "Dienstag"),
        ("de", "Dienstag, falls mein Chef mich lässt", "Dienstag, falls mein Chef mich lässt"),
        ("fr", "La deuxième, si elle tient toujours", "La deuxième"),
        ("fr", "Jeudi si je ne travaille pas", "Jeudi si je ne travaille pas"),
        ("es", "Si todavía se puede, la 3", "la 3"),
        ("es", "El jueves. Si a Ana le surge algo, que me avise.", "El jueves"),
        ("pt", "A primeira, se não for incómodo", "A primeira"),
        ("pt", "A 2 se a Ana puder", "A 2 se a Ana puder"),
    ],
)  # fmt: skip
def test_a_condition_that_only_shows_regard_is_no_condition(
    language: str, text: str, left: str
) -> None:
    assert without_regard([text]).lines == [left]


@pytest.mark.parametrize(
    ("text", "word", "kept"),
    [
        (
            "Please skip tomorrow. If you need the report before, tell me.",
            "skip",
            "If you need the report before, tell me.",
        ),
        (
            "Can we move to every two weeks? I could bring Tom, if that's ok with Ana.",
            "cadence",
            "I could bring Tom, if that's ok with Ana.",
        ),
        (
            "Please skip tomorrow if that's ok with Ana. The book is great",
            "skip",
            "The book is great",
        ),
    ],
)
def test_what_is_taken_out_for_reading_stays_a_note(text: str, word: str, kept: str) -> None:
    meaning = understand(text, "Ana", "mentee", today=TODAY, letter="prep-mentee")
    assert [said.word for said in meaning.said] == [word]
    assert meaning.text == kept


def test_what_must_reach_a_human_being_does_so_in_answer_to_times_as_well() -> None:
    text = "2 please. Also Ben shouted at me last time and called me stupid, someone should know"
    meaning = understand(text, "Ben", "mentor", today=TODAY, of_times=True, letter="proposal")
    assert [said.word for said in meaning.said] == ["report"]
    assert meaning.text == ""


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Besten Dank für die Vorschläge. Ich nehme gerne den Montagabend.", 0),
        ("de", "Danke für die Termine, ich nehme den Donnerstag", 3),
        ("en", "Thanks for the times. Thursday works for me", 3),
    ],
)
def test_thanks_hide_no_choice(language: str, text: str, day: int) -> None:
    (said,) = understand(text, "Ana", "mentee", today=TODAY, language=language, of_times=True).said
    assert said.when is not None
    assert said.when.weekday == day


@pytest.mark.parametrize(
    ("language", "letter", "text", "word"),
    [
        # What leads to something else asks for no other time.
        ("en", "notes", "And another thing: I liked it a lot.", ""),
        ("es", "notes", "Y otra cosa: ya terminé el CV", ""),
        ("pt", "notes", "E outra coisa: gostei muito da conversa.", ""),
        ("fr", "notes", "Et autre chose : le CV est prêt.", ""),
        ("de", "notes", "Und noch was anderes: der Lebenslauf ist fertig.", ""),
        ("es", "proposal", "Otra cosa, si puede ser", "none"),
        # What has to be confirmed first is no choice yet.
        ("en", "proposal", "Monday and Wednesday, to be confirmed", ""),
        ("de", "proposal", "Montag und Mittwoch, noch zu bestätigen", ""),
        ("es", "proposal", "El lunes, por confirmar", ""),
        ("pt", "proposal", "Segunda-feira e quarta, a confirmar", ""),
        ("fr", "proposal", "Lundi, à confirmer", ""),
        ("en", "proposal", "I confirm Monday", "when"),
        # Who asks why wants to hear why.
        ("fr", "moved", "Pourquoi ça a été déplacé ? J'ai rien demandé moi", ""),
        ("fr", "moved", "Pourquoi ? Remettez-la à l'heure d'avant s'il vous plaît", "undo"),
        # Somebody else's appointments, with an abbreviation amid.
        ("de", "prep-mentor", "Ich musste seine Termine absagen bzw. verschieben", ""),
        # Left out and looked for again is moved.
        ("pt", "prep-mentee", "Preciso de desmarcar amanhã e marcar para outra altura", "move"),
        # What it comes to stands behind the "but".
        ("es", "absence", "Estaré de viaje pero me conecto igual, no hay que quitar ninguna.", "no"),
        ("en", "absence", "I can dial in but I'm really on holiday, so leave them out", "yes"),
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_command_is_none(
    language: str, letter: str, text: str, word: str
) -> None:
    of_times = letter == "proposal"
    meant = understand(
        text, "Ana", "mentee", "Ben Das", today=TODAY, language=language, of_times=of_times, letter=letter
    )  # fmt: skip
    assert [said.word for said in meant.said] == ([word] if word else [])
