"""Reminders off: fewer letters in one pairing, and nothing that would leave somebody waiting (RULES 11).

Not the caps, which hold for everybody: test_caps.py.
"""

from __future__ import annotations

from daemon.domain.observation import Said
from daemon.domain.value import replace
from tests.stories.beginnings import on_friday, on_monday
from tests.stories.cast import ANA, BEN, CHI, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import before

OFF, ON = Said("fewer"), Said("fewer", text="on")


@row("letter-fewer")
def test_no_preps_no_notes_letters_and_no_nudges_any_more() -> None:
    stage = on_monday()
    stage.ben.says("started", OFF)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:30  ack  "
        "Understood: from now on no letters before or after a 1:1, and no reminders."
    ]
    stage.until("Wed 21 Oct 12:00 Kolkata")
    assert stage.ben.reads() == []
    assert [each for each in stage.why("prep-mentee") if "no reminders are wished" in each]


@row("letter-fewer", "letter-told")
def test_what_falls_out_lists_of_times_and_answers_come_as_ever() -> None:
    stage = on_friday()
    stage.ben.says("started", OFF)
    stage.ben.reads()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.until("Sat 10 Oct 19:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["proposal"]  # and no reminder of it
    stage.ben.replies("proposal", "2")
    assert kinds(stage.ben.reads()) == ["moved"]


@row("letter-fewer", "letter-topic", "letter-note")
def test_what_the_other_one_writes_comes_all_the_same() -> None:
    stage = on_monday(share_notes="next_prep")
    stage.ana.says("started", OFF)
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.ben.replies("prep-mentee", "The lab in Rome")
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ben.replies("notes", "We decide by January.")
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert kinds(stage.ana.reads()) == ["ack", "copy", "copy"]
    assert "| We decide by January." in stage.ana.last("copy").text
    assert any("| The lab in Rome" in letter.text for letter in stage.ana.letters)


@row("letter-fewer")
def test_the_button_of_a_mail_program_says_the_same() -> None:
    stage = on_monday()
    stage.until("Mon 12 Oct 19:00 Kolkata")
    assert "reminders%20off" in stage.ben.last("prep-mentee").header("List-Unsubscribe")


@row("letter-fewer")
def test_reminders_on_brings_them_back_and_so_does_UNDO() -> None:
    stage = on_friday()
    stage.ben.says("started", OFF)
    stage.ben.replies("ack", "UNDO")
    assert [each.split("  ")[2] for each in stage.ben.reads()][1:] == [
        "Taken back: your letters come as before."
    ]
    stage.ben.says("started", OFF)
    stage.ben.says("started", ON)
    assert stage.ben.last().first == (
        "Understood: letters before and after a 1:1, and reminders, come as before."
    )
    assert stage.state().fewer == ()
    stage.ben.reads()
    stage.until("Mon 12 Oct 19:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["prep-mentee"]
    stage.ben.says("started", ON)
    assert "UNDO" not in stage.ben.last("ack").text


@row("letter-fewer")
def test_of_one_person_in_one_pairing_alone() -> None:
    stage = before(
        line(ANA, BEN), line(CHI, BEN, replace(line().at, hour=10)), at="Mon 12 Oct 10:00 Berlin",
        program=replace(PATIENT, letters_per_day=3),
    )  # fmt: skip
    stage.ben.says("started", OFF)
    stage.all_read()
    stage.until("Tue 13 Oct 12:00 Berlin")
    stage.all_read()
    fewer = [stage.state(one.pairing).fewer for one in stage.config.lines]
    assert sorted(fewer) == [(), ("mentee",)]


@row("letter-fewer")
def test_both_are_read_as_the_letters_say_them() -> None:
    stage = on_friday()
    stage.ben.replies("started", "Reminders off")
    assert stage.state().fewer == ("mentee",)
    stage.ben.replies("ack", "reminders on")
    assert (stage.state().fewer, "UNDO" in stage.ben.last("ack").text) == ((), True)
