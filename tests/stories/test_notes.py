"""What one of the two writes: kept, passed on, quoted, and whether the meeting took place (RULES 4 and 8).

Not commands about time.
"""

from __future__ import annotations

from textwrap import fill

import pytest

from tests.stories.people import Read, kinds
from tests.stories.stage import Stage, running


def after_meeting() -> Stage:
    """Tuesday's 1:1 is over, Ben has been asked for a line."""
    stage = running()
    stage.until("Tue 13 Oct 20:00 Kolkata")
    stage.all_read()
    return stage


def test_a_note_is_kept_copied_and_quoted_in_the_next_prep() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "Two internships, decide by January.\nCV draft first.")
    assert stage.ben.reads() == [
        "Tue 13 Oct 20:01  first-note  Saved. From now on I save your lines without writing back."
    ]
    assert stage.ana.reads() == []  # ten minutes to take it back
    stage.passes(10)
    assert stage.ana.reads() == [
        "Tue 13 Oct 16:41  copy  A note from Ben about your 1:1 of 13 October. Nothing to do."
    ]
    assert "| Two internships, decide by January.\n| CV draft first." in stage.ana.last().text
    assert stage.standing("Tue 13 Oct") == "held confirmed"

    stage.until("Mon 19 Oct 19:00 Kolkata")
    assert stage.ben.last("prep-mentee").text.count("| Two internships, decide by January.") == 1
    assert "From 13 October" in stage.ben.last("prep-mentee").text
    stage.ben.replies("prep-mentee", "Which of the two to take")
    stage.until("Tue 20 Oct 12:00 Berlin")
    assert stage.ana.reads() == [
        "Tue 20 Oct 09:00  prep-mentor  "
        "Tue 20 Oct, 15:00 Berlin (18:30 Kolkata): your 1:1 with Ben. Nothing to do."
    ]
    assert "| CV draft first." in stage.ana.last().text


CARRIED = {
    "as it was": lambda text: text,
    "wrapped anew": lambda text: fill(" ".join(text.split()), 50),
    "without empty lines": lambda text: text.replace("\n\n", "\n"),
    "each line apart": lambda text: text.replace("\n", "\n\n"),
    "moved to the right": lambda text: "\n".join(f"    {line}" for line in text.split("\n")),
}


@pytest.mark.parametrize("carried", CARRIED)
@pytest.mark.parametrize("below", [True, False])
def test_a_program_that_quotes_without_any_mark_makes_no_note_of_our_letter(
    carried: str, below: bool
) -> None:
    stage = after_meeting()
    letter, note = stage.ben.last("notes"), "Two internships, decide by January."
    ours = CARRIED[carried](letter.text)
    stage.ben.answers_with(letter, f"{note}\n\n{ours}\n" if below else f"{ours}\n\n{note}\n")
    assert [each.text for each in stage.daemon.ports.store.notes(stage.lane())] == [note]
    assert kinds(stage.ben.reads()) == ["first-note"]
    stage.passes(10)
    assert (
        "nobody else" not in stage.ana.last("copy").text.split("Help, read only")[0].split("| ")[1]
    )


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_whoever_writes_first_and_gets_no_notes_letter_reads_when_the_next_one_is(who: str) -> None:
    stage = running()
    stage.until("Tue 13 Oct 15:31 Berlin")  # it is just over, and nobody has been asked
    stage.all_read()
    someone = stage.people[who]
    someone.replies("started", "We met in Rome.")
    shown = {"ana": "15:00 Berlin (18:30 Kolkata)", "ben": "18:30 Kolkata (15:00 Berlin)"}
    line = f"Next: Tue 20 Oct, {shown[who]}. Not good? Reply MOVE."
    assert line in someone.last("first-note").text
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert "notes" not in kinds(someone.reads())
    someone.replies("first-note", "MOVE")
    asked = stage.state().proposal
    assert asked and asked.about.startswith("2026-10-20")


def test_a_note_stands_under_the_day_on_which_the_1_1_took_place() -> None:
    stage = running()
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    stage.until("Wed 14 Oct 20:30 Kolkata")
    stage.ben.replies("notes", "Two internships.")
    assert "I keep it under Wed 14 Oct and show it" in stage.ben.last("first-note").text
    stage.passes(15)
    assert stage.ana.last("copy").line == (
        "Wed 14 Oct 17:11  copy  A note from Ben about your 1:1 of 14 October. Nothing to do."
    )
    stage.until("Mon 19 Oct 19:00 Kolkata")
    assert "From 14 October\n| Two internships." in stage.ben.last("prep-mentee").text


def test_the_second_note_is_kept_quietly() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "We met in Rome.")
    stage.ben.replies("notes", "And a second one.")
    assert kinds(stage.ben.reads()) == ["first-note"]
    stage.passes(15)
    text = stage.ana.last("copy").text
    assert "| We met in Rome.\n| And a second one." in text  # one copy carries both
    assert kinds(stage.ana.reads()) == ["copy"]


def test_a_note_written_at_night_reaches_the_partner_when_both_are_awake() -> None:
    stage = after_meeting()
    stage.until("Wed 14 Oct 01:10 Kolkata")
    stage.ben.replies("notes", "Written at night.")
    assert kinds(stage.ben.reads()) == ["first-note"]  # a night writer is awake
    stage.until("Wed 14 Oct 12:00 Kolkata")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [["Wed 14 Oct 07:00", "copy"]]


def test_the_mentors_note_reaches_the_mentee() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "A line.")
    stage.passes(15)
    stage.ben.reads()
    stage.ana.replies("copy", "Ask me about Priya next time.")
    assert kinds(stage.ana.reads()) == ["copy", "first-note"]
    stage.passes(10)
    assert stage.ben.reads() == [
        "Tue 13 Oct 20:27  copy  A note from Ana about your 1:1 of 13 October. Nothing to do."
    ]


def test_private_lines_reach_nobody() -> None:
    stage = after_meeting()
    stage.ben.replies(
        "notes", "We talked about Rome.\nprivate: I would rather have another mentor."
    )
    stage.until("Tue 20 Oct 16:00 Berlin")
    stage.ana.replies("copy", "private: Ben seems tired")
    stage.until("Tue 27 Oct 16:00 Berlin")
    everything = [read.text for p in stage.people.values() for read in _all(stage, p.person.id)]
    assert any("We talked about Rome." in text for text in everything)
    assert not any("another mentor" in text or "seems tired" in text for text in everything)
    assert [(n.author, n.private) for n in stage.daemon.ports.store.notes(stage.lane())] == [
        ("mentee", False),
        ("mentee", True),
        ("mentor", True),
    ]


def _all(stage: Stage, person: str) -> list[Read]:
    stage.people[person].reads()
    return stage.people[person].letters


def test_todo_lines_become_actions_and_done_closes_one() -> None:
    stage = after_meeting()
    stage.ben.replies(
        "notes", "Good talk.\ntodo: send Ana the CV draft\n@ana: ask Priya about the lab"
    )
    stage.until("Mon 19 Oct 19:00 Kolkata")
    prep = stage.ben.last("prep-mentee").text
    assert "Still open\na  Ben: send Ana the CV draft\nb  Ana: ask Priya about the lab" in prep
    assert "Reply with topics or DONE a. Nothing to add? Then do nothing." in prep
    stage.ben.reads()
    stage.ben.replies("prep-mentee", "DONE a")
    assert stage.ben.reads() == ["Mon 19 Oct 19:01  ack  Done and off the list."]
    assert "| send Ana the CV draft" in stage.ben.last().text
    stage.ben.replies("prep-mentee", "What the lab asks for")
    stage.until("Tue 20 Oct 09:30 Berlin")
    prep = stage.ana.last("prep-mentor").text
    assert "Still open\nb  Ana: ask Priya about the lab" in prep
    assert "send Ana the CV draft" not in prep
    stage.ana.replies("prep-mentor", "done b")
    stage.until("Mon 26 Oct 19:00 Kolkata")
    assert "Still open" not in stage.ben.last("prep-mentee").text


def test_they_stand_in_the_order_of_their_letters_though_one_is_given_again() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "todo: send Ana the CV draft\n@ana: ask Priya about the lab")
    stage.ben.replies("notes", "DONE a")
    stage.until("Tue 20 Oct 20:30 Kolkata")
    stage.ben.replies("notes", "todo: write to the lab")
    stage.until("Mon 26 Oct 19:00 Kolkata")
    prep = stage.ben.last("prep-mentee").text
    assert "Still open\na  Ben: write to the lab\nb  Ana: ask Priya about the lab" in prep


def test_a_todo_alone_is_copied_too() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "@ana: ask Priya about the lab")
    stage.until("Tue 20 Oct 09:30 Berlin")
    texts = [each.text for each in _all(stage, "ana")]
    assert any("Ana: ask Priya about the lab" in text for text in texts)


def test_no_means_missed_and_a_new_time_is_offered() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "NO")
    assert stage.standing("Tue 13 Oct") == "missed"
    assert stage.ben.reads() == [
        "Tue 13 Oct 20:01  ack  Noted: it did not take place. Nobody is blamed.",
        "Tue 13 Oct 20:01  proposal  The 1:1 of Tuesday (13 Oct): shall we find another time?",
    ]
    assert stage.ana.reads() == []
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar()[0].endswith("one-off")
    assert kinds(stage.ben.reads()) == ["moved"]
    assert stage.standing("Tue 13 Oct") == "moved"
    stage.until("Sat 17 Oct 12:00 Kolkata")
    assert kinds(stage.ben.reads()) == []  # prep and notes are not sent twice (RULES 2)


def test_no_and_no_answer_it_stays_missed() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "it did not take place")
    stage.until("Tue 27 Oct 12:00 Kolkata")
    assert stage.standing("Tue 13 Oct") == "missed silence"


def test_silence_is_held_presumed_after_a_week() -> None:
    stage = after_meeting()
    stage.until("Tue 20 Oct 15:29 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    stage.until("Tue 20 Oct 15:31 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"


def test_no_after_it_was_presumed_counts_for_fourteen_days() -> None:
    stage = after_meeting()
    stage.until("Sat 24 Oct 12:00 Kolkata")
    stage.ben.reads()
    notes = [each for each in stage.ben.letters if each.touchpoint == "notes"][1]
    stage.ben.answers(notes, "No")
    assert stage.standing("Tue 13 Oct") == "missed"


def test_no_is_corrected_by_a_yes() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "NO")
    stage.passes(6)
    stage.ben.reads()
    stage.ben.replies("notes", "Yes, it did take place")
    assert stage.standing("Tue 13 Oct") == "held confirmed"
    stage.ben.reads()
    stage.until("Wed 14 Oct 23:00 Kolkata")
    assert kinds(stage.ben.reads()) == []  # the question is taken back


def test_yes_is_held_confirmed() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "Yes")
    assert stage.standing("Tue 13 Oct") == "held confirmed"
    assert stage.ana.reads() == []


def test_topics_reach_the_mentor_in_the_prep() -> None:
    stage = running()
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("prep-mentee", "Which of the two internships to take")
    assert stage.ben.reads() == []  # a note is not answered, except a person's very first
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert kinds(stage.ana.reads()) == ["prep-mentor"]
    text = stage.ana.last().text
    assert "Ben would like to talk about\n| Which of the two internships to take" in text


def test_topics_too_late_for_the_prep_come_as_a_copy() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "A line.")
    stage.until("Tue 20 Oct 10:00 Berlin")
    stage.ana.reads()
    stage.ben.replies("prep-mentee", "And the lab, please")
    stage.passes(10)
    assert stage.ana.reads() == [
        "Tue 20 Oct 10:11  copy  Ben has added to your 1:1 of 20 October. Nothing to do."
    ]
    assert "| And the lab, please" in stage.ana.last().text


def test_topics_an_hour_before_come_at_once() -> None:
    stage = running()
    stage.until("Tue 13 Oct 14:30 Berlin")
    stage.ana.reads()
    stage.ben.replies("prep-mentee", "Just one thing: Rome")
    assert kinds(stage.ana.reads()) == ["copy"]


def test_the_mentors_topics_reach_the_mentee() -> None:
    stage = after_meeting()
    stage.until("Mon 19 Oct 19:00 Kolkata")
    stage.ben.replies("prep-mentee", "Which of the two to take")
    stage.until("Tue 20 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.ana.replies("prep-mentor", "Please bring the CV")
    stage.passes(12)
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Ana has added to your 1:1 of 20 October. Nothing to do."
    ]


def test_help_goes_to_whoever_helps_and_what_stands_below_it_to_nobody_else() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "HELP\nAna is unkind.")
    assert kinds(stage.ben.reads()) == ["help-got"]
    assert kinds(stage.maya.reads()) == ["help-case"]
    assert "unkind" in stage.maya.last().text
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert stage.ana.reads() == []


def test_words_to_the_prep_of_a_meeting_that_fell_out_are_not_lost() -> None:
    stage = running()
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ana.deletes("Tue 13 Oct")
    stage.ben.replies("prep-mentee", "Which of the two internships to take")
    stage.ben.reads()
    stage.passes(10)
    stage.ben.replies("proposal", "2")
    stage.until("Thu 15 Oct 12:00 Berlin")
    assert "| Which of the two internships to take" in stage.ana.last("prep-mentor").text
