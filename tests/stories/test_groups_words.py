"""Words in a group, and whose they are: what one of them takes back, and what is the mentee's own at a hand-over.

Not who reads a note or a topic: test_groups.py.
"""

from __future__ import annotations

from daemon.domain.cadence import RegularTime
from daemon.domain.observation import Said
from daemon.domain.value import replace
from tests.stories.cast import BEN, EVA, line
from tests.stories.rows import row
from tests.stories.stage import before
from tests.stories.test_groups import GROUP, group


@row("undo-words", "group-copy")
def test_what_a_member_has_read_is_not_taken_back() -> None:
    stage = group()
    stage.until("Tue 6 Oct 22:30 Kolkata")
    stage.all_read()
    stage.ben.replies("notes", "We looked at two offers.")
    stage.until("Tue 6 Oct 20:00 Berlin")
    assert "| We looked at two offers." in stage.dan.last("group-copy").text
    assert [note.copied for note in stage.state().notes] == [False]  # Ana reads it in the morning
    stage.ben.replies("first-note", "UNDO")
    assert "Taken back" not in stage.ben.last().text
    assert [note.text for note in stage.state().notes] == ["We looked at two offers."]


@row("undo-words", "group-copy")
def test_undo_of_the_mentee_leaves_the_note_of_a_member_alone() -> None:
    stage = group()
    stage.until("Tue 6 Oct 17:00 Berlin")
    stage.all_read()
    stage.off = True
    stage.dan.replies("group-prep", "The second offer is better.")
    stage.ben.replies("notes", "We looked at two offers.")
    stage.off = False
    stage.passes(1)
    assert {note.at for note in stage.state().notes} == {stage.state().notes[0].at}
    stage.ben.replies("first-note", "UNDO")
    kept = stage.daemon.ports.store.notes(stage.lane())
    assert [note.text for note in kept] == ["Dan: The second offer is better."]


@row("handover-asked", "group-copy")
def test_what_another_member_wrote_is_not_the_mentees_to_hand_over() -> None:
    stage = group()
    stage.until("Tue 6 Oct 17:00 Berlin")
    stage.ben.replies("notes", "We looked at two offers.")
    stage.dan.replies("group-prep", "I apply at the bank next spring.")
    stage.until("Mon 12 Oct 20:00 Berlin")
    stage.ben.replies("prep-mentee", "Which of the two?")  # so that Ana has a prep, with both notes
    stage.until("Tue 13 Oct 17:00 Berlin")
    anew = line(EVA, BEN, RegularTime(3, 15, 0))
    stage.reconfigured(replace(GROUP, state="closed"), anew)
    stage.people[EVA.id].replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(15)
    stage.until("Wed 14 Oct 15:00 Berlin")
    asked = stage.ben.last("handover").text
    assert "Note: We looked at two offers." in asked
    assert "the bank" not in asked


@row("letter-late", "group-only-the-two")
def test_late_of_a_member_is_read_by_all_who_come_and_that_of_the_mentor_by_the_members_too() -> (
    None
):
    stage = group()
    stage.until("Tue 6 Oct 12:00 Berlin")
    stage.chi.declines("Tue 6 Oct")
    stage.until("Tue 6 Oct 14:50 Berlin")
    stage.all_read()
    stage.dan.replies("group-prep", "I am 10 minutes late")
    stage.ana.says("started", Said("late", numbers=(5,)))
    stage.passes(2)
    said = {who.person.id: [each.split("  ")[2] for each in who.reads()] for who in (stage.ana, stage.ben, stage.dan, stage.chi)}  # fmt: skip
    dans, anas = (
        f"{first} will be about {minutes} minutes late. Nothing to do."
        for first, minutes in (("Dan", 10), ("Ana", 5))
    )
    assert said["ben"] == [dans, anas]
    assert said["chi"] == []  # who can't come needs not know
    assert said["ana"][0] == dans and anas in said["dan"]
    assert (
        "Understood: everybody who comes hears that you are about 10 minutes late." in said["dan"]
    )
    stage.dan.replies("late", "I am not well these days.")
    assert stage.dan.last("group-ack").first.startswith("I could not tell what you meant.")
    stage.until("Wed 7 Oct 10:00 Berlin")
    everybody = (stage.ana, stage.ben, stage.chi)
    stage.all_read()
    assert not [r.line for who in everybody for r in who.letters if "not well" in r.text]


@row("group-leave", "group-only-the-two")
def test_stop_of_a_member_are_words_as_it_is_of_a_mentee_alone() -> None:
    for stage, who in ((group(), "dan"), (before(), "ben")):
        stage.until("Mon 12 Oct 20:00 Berlin")
        stage.all_read()
        writer = stage.people[who]
        writer.replies("group-prep" if who == "dan" else "prep-mentee", "STOP")
        assert [each.text.rpartition(": ")[2] for each in stage.state().agenda] == ["STOP"]
        assert stage.state().questions == ()
