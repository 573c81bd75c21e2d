"""What programs answer by themselves: days that are named are asked about, and no word of it is kept.

Not letters that come back: test_bounced.py.
"""

from __future__ import annotations

from tests.stories.people import Read, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage
from tests.stories.test_bounced import with_prep


def away(stage: Stage, letter: Read, words: str, **headers: str) -> None:
    """Ben's mail program answers by itself."""
    given = {"Auto-Submitted": "auto-replied", "Date": "Mon, 12 Oct 2026 18:31:00 +0530"}
    stage.ben.answers(letter, words, **{**given, **headers})


@row("auto-reply")
def test_days_of_an_automatic_answer_are_asked_about_once_and_not_taken_for_granted() -> None:
    stage = with_prep()
    words = "I am away from 19 October to 30 October. My secret reason is nobody's business."
    letter = stage.ben.last()
    away(stage, letter, words)
    stage.until("Wed 14 Oct 18:00 Berlin")
    assert kinds(stage.ben.reads()) == ["notes", "absence"]  # one letter a day
    assert stage.ben.last("absence").first == (
        "Your automatic answer says that you are away from 19 to 30 October. Is that right?"
    )
    away(stage, stage.ben.last(), words)
    assert stage.standing("Tue 20 Oct") == "planned"
    stage.until("Fri 16 Oct 12:00 Berlin")
    assert kinds(stage.ben.reads()) == []
    stage.ben.answers(stage.ben.last("absence"), "1")
    assert stage.standing("Tue 20 Oct") == "skipped rule"
    assert stage.standing("Tue 27 Oct") == "skipped rule"
    assert "secret" not in str(stage.daemon.ports.store.world(stage.lane()))
    assert "secret" not in str(stage.daemon.ports.store.ledger(last=2000))


@row("auto-reply")
def test_days_without_a_1_1_and_answers_of_somebody_else_are_no_news() -> None:
    stage = with_prep()
    letter = stage.ben.last()
    away(stage, letter, "I am away from 15 October to 16 October.")
    away(stage, letter, "I am away from 19 October to 30 October.", From="x <x@elsewhere.example>")
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert stage.ben.reads() == []


@row("auto-reply")
def test_trap_95_an_answer_of_a_calendar_program_is_no_persons_word() -> None:
    stage = with_prep()
    stage.ben.answers(
        stage.ben.last(), "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\nEND:VCALENDAR",
        Content_Type="text/calendar; method=REPLY",
    )  # fmt: skip
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert stage.state().agenda == ()
    assert stage.standing("Tue 13 Oct") == "planned"
