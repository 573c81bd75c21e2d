"""Notes and topics: when they reach the other one, what stays private, and until when they can be taken back (RULES 8).

Not whether a 1:1 took place, and not commands about time.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.beginnings import after_meeting
from tests.stories.cast import PATIENT
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import running


@row("letter-note", settings=("copy_after_minutes",))
def test_a_copy_waits_so_long_for_an_undo() -> None:
    stage = after_meeting(copy_after_minutes=45)
    stage.ben.replies("notes", "We talked about Rome.")
    stage.until("Tue 13 Oct 20:25 Kolkata")
    assert stage.ana.reads() == []
    stage.passes(1)
    assert stage.ana.reads() == [
        "Tue 13 Oct 16:56  copy  A note from Ben about your 1:1 of 13 October. Nothing to do."
    ]


@row("letter-note", settings=("share_notes",))
def test_next_prep_alone_carries_a_note_and_carries_it_whole() -> None:
    stage = after_meeting(share_notes="next_prep")
    story = "\n".join(
        f"{number}. We talked about Rome, and about much more." for number in range(20)
    )
    stage.ben.replies("notes", story)
    stage.until("Tue 20 Oct 12:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [
        ["Tue 20 Oct 09:00", "prep-mentor"]
    ]
    assert "| 19. We talked about Rome, and about much more." in stage.ana.last().text


@row("letter-note", settings=("share_notes",))
@pytest.mark.parametrize(
    ("share", "letters"),
    [
        ("copy", ["Tue 13 Oct 16:21  copy"]),
        ("next_prep", ["Tue 20 Oct 09:00  prep-mentor"]),
    ],
)
def test_a_note_is_news_to_the_mentor_once_and_quoted_to_the_mentee_each_time(
    share: str, letters: list[str]
) -> None:
    stage = after_meeting(share_notes=share)
    stage.ben.replies("notes", "We met in Rome.")
    stage.until("Mon 2 Nov 20:00 Berlin")
    assert when(stage.ana.reads()) == letters
    assert kinds(stage.ben.reads()).count("prep-mentee") == 3
    preps = [each for each in stage.ben.letters if each.touchpoint == "prep-mentee"][-3:]
    assert all("From 13 October\n| We met in Rome." in each.text for each in preps)


@row("letter-note")
def test_ones_own_note_is_no_news() -> None:
    stage = after_meeting()
    stage.ana.replies("started", "We met in Rome.\n@ben: the CV")
    stage.until("Mon 2 Nov 20:00 Berlin")
    assert kinds(stage.ana.reads()) == ["first-note"]


@row("letter-note")
@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("@ana: ask Priya", ["Tue 20 Oct 09:00  prep-mentor"]),
        ("todo: send the CV draft", ["Tue 20 Oct 09:00  prep-mentor"]),
        ("We met in Rome.\n@ana: ask Priya", ["Tue 13 Oct 16:21  copy"]),
    ],
)
def test_so_is_a_to_do_that_has_been_read(words: str, letters: list[str]) -> None:
    stage = after_meeting()
    stage.ben.replies("notes", words)
    stage.until("Mon 2 Nov 20:00 Berlin")
    assert when(stage.ana.reads()) == letters


@row("letter-note")
def test_a_to_do_written_before_a_note_comes_with_its_copy() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "@ana: ask Priya")
    stage.passes(30)
    stage.ben.replies("notes", "We met in Rome.")
    stage.until("Mon 2 Nov 20:00 Berlin")
    assert when(stage.ana.reads()) == ["Tue 13 Oct 16:52  copy"]
    assert "| We met in Rome.\nStill open\na  Ana: ask Priya" in stage.ana.last().text


@row("letter-note", settings=("share_notes",))
def test_what_is_written_after_the_prep_is_quoted_by_the_next_one() -> None:
    stage = after_meeting(share_notes="next_prep")
    stage.until("Tue 20 Oct 10:00 Berlin")  # the prep would have gone at nine
    stage.ben.replies("notes", "We met in Rome.")
    stage.until("Tue 20 Oct 20:00 Kolkata")
    stage.ben.replies("notes", "And in Milan.")  # about the 1:1 of today
    stage.until("Tue 27 Oct 12:00 Berlin")
    assert when(stage.ana.reads()) == ["Tue 27 Oct 09:00  prep-mentor"]
    assert (
        "From 13 October\n| We met in Rome.\nFrom 20 October\n| And in Milan."
        in stage.ana.last().text
    )


@row("letter-note", "letter-quiet")
@pytest.mark.parametrize(
    ("start", "copied"),
    [
        ("Thu 15 Oct 07:30", "Thu 15 Oct 06:30  copy"),  # an hour before, quiet hours or not
        ("Thu 15 Oct 09:00", "Thu 15 Oct 07:00  copy"),
    ],
)
def test_a_note_of_the_night_is_read_an_hour_before_the_next_1_1(start: str, copied: str) -> None:
    stage = after_meeting()
    stage.until("Wed 14 Oct 18:00 Berlin")
    stage.ana.drags("Tue 20 Oct", start)
    stage.until("Wed 14 Oct 21:05 Berlin")
    stage.ana.reads()
    stage.ben.replies("notes", "We met in Rome.")
    stage.until("Thu 15 Oct 12:00 Berlin")
    assert copied in when(stage.ana.reads())


@row("undo-words", settings=("share_notes",))
def test_what_a_prep_has_quoted_is_not_taken_back() -> None:
    stage = after_meeting(share_notes="next_prep")
    stage.ben.replies("notes", "We talked about Rome.")
    stage.until("Tue 20 Oct 12:00 Berlin")
    stage.ben.reads()
    stage.ben.replies("notes", "UNDO")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "There is nothing left that I could take back."
    ]
    assert len(stage.daemon.ports.store.notes(stage.lane())) == 1


@row("letter-note")
def test_what_was_written_at_night_is_quoted_by_the_prep_and_not_copied_too() -> None:
    stage = after_meeting(copy_after_minutes=240)
    stage.until("Tue 20 Oct 05:30 Berlin")
    stage.ben.reads()
    stage.ben.replies("notes", "About last week: we talked about Rome.")  # a copy at 09:31
    stage.until("Tue 20 Oct 14:00 Berlin")
    assert kinds(stage.ana.reads()) == ["prep-mentor"]
    assert "| About last week: we talked about Rome." in stage.ana.last().text


@row("undo-words")
def test_a_note_is_taken_back_before_the_other_one_has_it() -> None:
    stage = after_meeting()
    stage.until("Wed 14 Oct 01:10 Kolkata")
    stage.ben.reads()
    stage.ben.replies("notes", "What I write at night.")
    stage.until("Wed 14 Oct 07:10 Kolkata")
    stage.ben.replies("first-note", "UNDO")
    assert kinds(stage.ben.reads()) == ["first-note", "ack"]
    assert stage.daemon.ports.store.notes(stage.lane()) == []
    stage.until("Tue 20 Oct 14:00 Berlin")
    assert stage.ana.reads() == []


@row("undo-words")
def test_after_the_copy_it_is_too_late() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "We talked about Rome.")
    stage.passes(11)
    stage.ben.reads()
    stage.ben.replies("notes", "undo")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "There is nothing left that I could take back."
    ]


@row("undo-words", "letter-topic")
def test_a_topic_is_taken_back_until_the_mentors_prep() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ben.replies("prep-mentee", "Which internship to take")
    stage.ben.replies("prep-mentee", "UNDO")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert "prep-mentor" not in kinds(stage.ana.reads())

    stage.until("Mon 19 Oct 18:30 Kolkata")
    stage.ben.reads()
    stage.ben.replies("prep-mentee", "Which internship to take")
    stage.until("Tue 20 Oct 09:30 Berlin")
    stage.ben.replies("prep-mentee", "UNDO")
    assert "prep-mentor" in kinds(stage.ana.reads())
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "There is nothing left that I could take back."
    ]


@row("undo-words", "letter-private")
def test_a_private_line_can_be_taken_back_at_any_time() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "We talked about Rome.")
    stage.ben.replies("notes", "private: I was nervous")
    stage.until("Wed 14 Oct 12:00 Kolkata")
    stage.ben.replies("notes", "UNDO")
    kept = [(note.text, note.private) for note in stage.daemon.ports.store.notes(stage.lane())]
    assert kept == [("We talked about Rome.", False)]


@row("undo-words")
def test_a_to_do_is_taken_back_until_the_other_one_has_read_it() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "@ana: ask Priya")
    stage.ben.replies("notes", "UNDO")
    assert stage.state().actions == ()
    stage.ben.replies("notes", "@ana: ask Priya about Rome")
    stage.until("Tue 20 Oct 09:30 Berlin")
    assert "| " not in stage.ana.last("prep-mentor").text
    assert "a  Ana: ask Priya about Rome" in stage.ana.last("prep-mentor").text
    stage.ben.replies("notes", "UNDO")
    assert len(stage.state().actions) == 1


@row("letter-topic")
def test_topics_reach_the_mentor_in_the_prep_later_ones_as_a_copy() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ana.reads()
    stage.ben.replies("prep-mentee", "Which internship to take")
    stage.until("Tue 13 Oct 10:00 Berlin")
    stage.ben.replies("prep-mentee", "And the lab")
    stage.passes(10)
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [
        ["Tue 13 Oct 09:00", "prep-mentor"],
        ["Tue 13 Oct 10:11", "copy"],
    ]
    assert "| And the lab" in stage.ana.last().text
    assert "Which internship" not in stage.ana.last().text


@row("letter-topic")
def test_a_topic_goes_with_its_meeting_to_another_time() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ana.reads()
    stage.ben.replies("prep-mentee", "Which internship to take")
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 15:00")
    stage.until("Wed 14 Oct 18:00 Berlin")
    assert "copy" not in kinds(stage.ana.reads())
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert "| Which internship to take" in stage.ana.last("prep-mentor").text


@row("letter-private")
def test_private_lines_of_either_are_in_no_letter_to_anybody_else() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "We talked about Rome.\nprivate: I would rather leave")
    stage.ana.replies("started", "Good talk.\nprivate: Ben seems tired")
    stage.ben.replies("notes", "HELP\nAna is unkind.")
    stage.until("Tue 27 Oct 16:00 Berlin")
    for name, others in (("ana", ("rather leave", "unkind")), ("ben", ("tired",))):
        stage.people[name].reads()
        text = "\n".join(each.text for each in stage.people[name].letters)
        assert "We talked about Rome." in text
        assert not any(words in text for words in others)
    stage.maya.reads()
    everything = "\n".join(each.text for each in stage.maya.letters)
    assert "Ana is unkind." in everything  # it was written to whoever helps
    assert not any(words in everything for words in ("Rome", "leave", "tired", "talk"))


@row("letter-note", settings=("mentor_notes_days",))
def test_a_mentor_is_asked_for_a_note_once_in_a_while() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 2 Dec 10:00 Berlin")
    asked = [each[:10] for each in stage.ana.reads() if "  notes  " in each]
    assert asked == ["Tue 3 Nov ", "Tue 1 Dec "]

    stage = running(program=replace(PATIENT, mentor_notes_days=14))
    stage.until("Wed 4 Nov 10:00 Berlin")
    asked = [each[:10] for each in stage.ana.reads() if "  notes  " in each]
    assert asked == ["Tue 20 Oct", "Tue 3 Nov "]

    stage = running(program=replace(PATIENT, mentor_notes_days=0))  # never
    stage.until("Wed 2 Dec 10:00 Berlin")
    assert "notes" not in kinds(stage.ana.reads())


@row("letter-note", settings=("notes_after_minutes",))
def test_notes_are_asked_for_so_long_after_the_end() -> None:
    stage = running(program=replace(PATIENT, notes_after_minutes=90))
    stage.until("Wed 14 Oct 10:00 Kolkata")
    assert stage.ben.last("notes").at == "Tue 13 Oct 20:30"


@row("letter-topic", settings=("prep_mentee_at", "prep_mentor_at"))
def test_the_hours_of_the_preps() -> None:
    stage = running(
        program=replace(PATIENT, prep_mentee_minute=12 * 60, prep_mentor_minute=7 * 60 + 30)
    )
    stage.until("Mon 12 Oct 12:30 Kolkata")
    assert stage.ben.last("prep-mentee").at == "Mon 12 Oct 12:00"
    assert "Ana gets your lines on Tue 13 Oct, 11:00 Kolkata" in stage.ben.last("prep-mentee").text
    stage.ben.replies("prep-mentee", "Rome")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert stage.ana.last("prep-mentor").at == "Tue 13 Oct 07:30"
