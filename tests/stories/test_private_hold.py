"""Words that look confidential are nobody's before their writer says who may read them (LETTERS 1, 12).

Not HELP: test_help.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.observation import ReplySeen, Said
from daemon.domain.value import replace
from tests.stories.beginnings import after_meeting, on_friday, on_monday
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage
from tests.stories.test_help import WORDS, searched
from tests.stories.test_identity import document_of


def waiting(stage: Stage) -> tuple[ReplySeen, ...]:
    """The mails that wait for a word of their writer."""
    return stage.daemon.ports.store.world(stage.lane()).pending


def held(**more: object) -> Stage:
    """After Tuesday's 1:1 Ben has written something that looks confidential."""
    stage = after_meeting()
    stage.ben.says("notes", **{"text": WORDS, "confidential": True, **more})  # type: ignore[arg-type]
    return stage


@row("letter-private-hold")
def test_its_writer_alone_is_asked_in_a_thread_of_its_own_and_nothing_is_quoted() -> None:
    stage = held()
    assert stage.ben.reads() == [
        "Tue 13 Oct 19:40  private-hold  "
        "Your mail looks as if it were meant for few. Who may read it?"
    ]
    letter = stage.ben.last()
    assert letter.choices == ["1  only Maya", "2  only you", "3  Ana too"]
    assert letter.header("Subject") == "KOSS 1:1s: in confidence"
    assert "Without an answer by Fri 16 Oct, 19:40 Kolkata (16:10 Berlin): only you." in letter.text
    assert (stage.state().notes, stage.daemon.ports.store.notes(stage.lane())) == ((), [])
    assert searched(stage, "ana", "ben", "maya") == []


@row("letter-private-hold")
@pytest.mark.parametrize(
    ("number", "readers", "first"),
    [
        ("1", ["maya: help-case"], "Passed on to Maya, and to nobody else."),
        ("2", [], "Understood: only you. It is in no letter to anyone else."),
        ("3", ["ana: copy"], "Understood: Ana may read it too, and gets it with the next copy."),
    ],
)
def test_a_number_says_who_reads_it(number: str, readers: list[str], first: str) -> None:
    stage = held()
    stage.ben.replies("private-hold", number)
    assert stage.ben.last("ack").first.startswith(first)
    assert stage.ben.last("ack").header("Subject") == "Re: KOSS 1:1s: in confidence"
    stage.until("Mon 19 Oct 12:00 Kolkata")
    assert searched(stage, "ana", "maya") == readers
    assert waiting(stage) == ()


@row("letter-private-hold")
def test_silence_keeps_it_for_its_writer_for_ever() -> None:
    stage = held()
    stage.until("Wed 28 Oct 12:00 Kolkata")
    assert searched(stage, "ana", "ben", "maya") == []
    kept = stage.daemon.ports.store.notes(stage.lane())
    assert [(note.text, note.private) for note in kept] == [(WORDS, True)]
    stage.ben.replies("private-hold", "3")
    assert stage.ben.last().first == "That list is closed."
    stage.until("Thu 29 Oct 12:00 Kolkata")
    assert searched(stage, "ana") == []


@row("letter-private-hold", "letter-topic")
def test_topics_to_dos_and_goals_are_held_with_it_and_commands_count() -> None:
    stage = on_monday()
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.ben.says(
        "prep-mentee", "skip", text=WORDS, todos=(("mentor", f"x {WORDS}"),),
        goals=(f"y {WORDS}",), confidential=True,
    )  # fmt: skip
    assert stage.standing("Tue 13 Oct") == "skipped choice"
    state = stage.state()
    assert (state.agenda, state.actions, state.goals, len(waiting(stage))) == ((), (), (), 1)
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert searched(stage, "ana") == []
    assert stage.ana.letters[-1].touchpoint == "left-out"
    stage.ben.replies("private-hold", "3")
    assert [len(each) for each in (stage.state().agenda, stage.state().actions)] == [1, 1]
    assert [goal.text for goal in stage.state().goals] == [f"y {WORDS}"]


@row("letter-private-hold", "letter-private")
def test_what_is_private_anyway_is_not_asked_about() -> None:
    stage = held(text="", private=WORDS)
    assert stage.ben.reads() == []
    assert [each.private for each in stage.daemon.ports.store.notes(stage.lane())] == [True]


@row("letter-private-hold", "letter-unclear")
def test_said_to_a_letter_whose_words_nobody_reads_it_is_held_and_not_quoted_either() -> None:
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.reads()
    stage.ben.says("proposal", text=WORDS, confidential=True)
    assert kinds(stage.ben.reads()) == ["private-hold"]
    stage.ben.replies("private-hold", f"{WORDS} I don't know.")
    assert stage.ben.last().first == "Which of the answers do you mean?"
    assert stage.ben.last().choices == ["1  only Maya", "2  only you", "3  Ana too"]
    assert searched(stage, "ana", "ben", "maya") == []


@row("letter-private-hold")
def test_a_number_that_cites_nothing_is_no_answer_to_it_outside_its_thread() -> None:
    stage = held()
    stage.ben.reads()
    stage.ben.replies("notes", "3", In_Reply_To="", References="")
    assert (len(waiting(stage)), kinds(stage.ben.reads())) == (1, ["unclear"])
    stage.ben.replies("private-hold", "2", In_Reply_To="", References="")
    assert waiting(stage) == ()


@row("letter-private-hold", "undo-words")
def test_what_the_partner_may_read_can_be_taken_back_until_it_is_copied() -> None:
    stage = held()
    stage.ben.replies("private-hold", "3")
    assert "Reply UNDO" in stage.ben.last("ack").text
    stage.ben.replies("ack", "UNDO")
    stage.until("Wed 14 Oct 12:00 Kolkata")
    assert searched(stage, "ana") == []


@row("letter-private-hold")
def test_of_many_the_oldest_stays_with_its_writer() -> None:
    stage = held()
    for number in range(3):
        stage.ben.says("notes", text=f"{number} {WORDS}", confidential=True)
    assert [each.text[0] for each in waiting(stage)] == ["1", "2"]
    assert len(stage.daemon.ports.store.notes(stage.lane())) == 2
    assert all(each.private for each in stage.daemon.ports.store.notes(stage.lane()))


@row("letter-private-hold")
def test_what_is_held_is_whole_and_lies_beside_the_state() -> None:
    stage = after_meeting()
    long = f"{WORDS} " * 100
    before = len(document_of(stage))
    for number in range(2):
        stage.ben.says(
            "notes",
            text=f"{number} {long}",
            links=(f"https://example.org/{long}",),
            confidential=True,
        )
    assert len(document_of(stage)) - before < 1000
    stage.ben.replies("private-hold", "3")
    assert [note.text for note in stage.state().notes] == [f"1 {long}"]


@row("letter-private-hold", "letter-goal")
def test_what_follows_from_a_3_answers_the_mail_that_was_held() -> None:
    stage = held(goals=("Give one talk",))
    mail = waiting(stage)[0].message_id
    stage.ben.replies("private-hold", "3")
    stage.ben.reads()
    goal = next(each for each in stage.ben.letters if "a goal" in each.first)
    assert goal.header("In-Reply-To") == mail


@row("letter-private-hold")
def test_no_other_question_pushes_out_the_one_on_which_they_hang() -> None:
    stage = held()
    for number in range(7):
        stage.ben.says("started", Said("invite", text=f"guest{number}@example.org"))
    assert "private-hold" in [each.kind for each in stage.state().questions]
    stage.until("Fri 16 Oct 20:00 Kolkata")
    kept = stage.daemon.ports.store.notes(stage.lane())
    assert [(note.text, note.private) for note in kept] == [(WORDS, True)]


@row("letter-private-hold", "pairing-closed")
def test_after_the_end_as_well() -> None:
    stage = on_monday()
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.reconfigured(replace(stage.config.lines[0], state="closed"))
    stage.all_read()
    stage.ben.says("notes", text=WORDS, private="A line of my own.", confidential=True)
    assert kinds(stage.ben.reads()) == ["private-hold"]
    kept = stage.daemon.ports.store.notes(stage.lane())
    assert [(note.text, note.private) for note in kept] == [("A line of my own.", True)]
    stage.ben.replies("private-hold", "1")
    assert searched(stage, "ana", "maya") == ["maya: help-case"]


@row("letter-private-hold", "letter-help", "letter-change", "letter-late", "letter-language")
def test_what_people_write_is_read_like_that() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", f"I feel uncomfortable with Ana.\n{WORDS}")
    stage.ben.replies("notes", f"HELP\n{WORDS}")
    stage.ben.replies("started", "LANGUAGE pt")
    stage.ben.replies("started", "another mentor please")
    assert [kind for kind in kinds(stage.ben.reads()) if kind != "ack"] == [
        "private-hold", "help-got", "change-got",
    ]  # fmt: skip
    assert searched(stage, "ana", "maya") == ["maya: help-case"]
