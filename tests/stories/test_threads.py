"""Letters as mail: one reader each, threads that keep their subject, and times over a change of clocks (LETTERS 1, RULES 8).

Not what the letters are about.
"""

from __future__ import annotations

from base64 import b64decode, b64encode

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, PATIENT, line
from tests.stories.people import Someone
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def busy_weeks() -> Stage:
    """Much is written: offers, changes, notes, questions, and a calendar that is lost."""
    stage = running(
        line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)), line(DAN, BEN, RegularTime(3, 12, 0)),
        program=PATIENT,
    )  # fmt: skip
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "2")
    stage.ana.is_busy("Wed 14 Oct 10:00")
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ben.replies("notes", "We talked about Rome.")
    stage.ana.locks_out()
    stage.until("Sat 17 Oct 12:00 Berlin")
    return stage


def letters(someone: Someone) -> list[tuple[str, str, str]]:
    """Of each: its thread's root, its subject, its touchpoint."""
    someone.reads()
    return [
        (read.header("References").split()[0], read.header("Subject"), read.touchpoint)
        for read in someone.letters
        if read.header("References")
    ]


@row("letter-one-person")
def test_one_letter_has_one_reader() -> None:
    stage = busy_weeks()
    for someone in stage.people.values():
        someone.reads()
        for read in someone.letters:
            assert someone.person.address in read.header("To")
            assert read.header("To").count("@") == 1
            assert (read.header("Cc"), read.header("Bcc")) == ("", "")


@row("letter-one-person")
def test_a_thread_keeps_its_subject_and_no_letter_shows_another_pairing() -> None:
    stage = busy_weeks()
    seen = letters(stage.ana)
    subjects: dict[str, set[str]] = {}
    for root, subject, _ in seen:
        subjects.setdefault(root, set()).add(subject.removeprefix("Re: "))
    assert all(len(each) == 1 for each in subjects.values())
    assert sorted(subject for each in subjects.values() for subject in each) == [
        "Ana & Ben: our 1:1s",
        "Ana & Chi: our 1:1s",
        "KOSS 1:1s: your calendar",
    ]
    assert {touchpoint for root, subject, touchpoint in seen if "calendar" in subject} == {
        "reconnect"
    }
    for read in stage.ben.letters:
        assert "Chi" not in read.text and "Rome" not in read.header("Subject")


@row("letter-one-person")
def test_each_letter_goes_on_the_readers_own_chain() -> None:
    stage = busy_weeks()
    stage.ben.reads()
    known = {read.header("Message-ID") for read in stage.ben.letters}
    for read in stage.ben.letters:
        cited = read.header("In-Reply-To")
        assert not cited or cited in known or cited.endswith("@example.org>")  # ours, or Ben's own
    assert not known & {read.header("Message-ID") for read in stage.ana.letters}


@row("letter-one-person")
def test_trap_49_in_outlook_an_answer_goes_on_with_the_mail_it_answers() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 18:30 Kolkata")
    prep = stage.ben.last("prep-mentee")
    index = b64decode(prep.header("Thread-Index"))
    theirs = index + b"12345"
    stage.ben.answers(prep, "PAUSE", Thread_Index=b64encode(theirs).decode())
    stage.ben.reads()
    ack = stage.ben.last("ack")
    assert b64decode(ack.header("Thread-Index"))[:-5] == theirs
    assert ack.header("Thread-Topic") == prep.header("Subject").removeprefix("Re: ")


@row("letter-clock-change")
def test_a_week_in_which_clocks_change_on_one_side_is_warned_of_twice() -> None:
    stage = running(program=PATIENT)
    stage.until("Tue 20 Oct 20:00 Kolkata")
    assert "One hour later than usual for you: clocks change in Berlin." in (
        stage.ben.last("notes").text
    )
    stage.until("Mon 26 Oct 19:00 Kolkata")
    assert stage.ben.last("prep-mentee").first.startswith(
        "Tue 27 Oct, 19:30 Kolkata (15:00 Berlin)"
    )
    assert "One hour later than usual for you: clocks changed in Berlin." in (
        stage.ben.last("prep-mentee").text
    )
    stage.ben.replies("prep-mentee", "Rome")
    stage.until("Tue 27 Oct 12:00 Berlin")
    assert "usual" not in stage.ana.last("prep-mentor").text  # for Ana it is three as always
    stage.until("Mon 2 Nov 19:00 Kolkata")
    assert "usual" not in stage.ben.last("prep-mentee").text


@row("letter-clock-change")
def test_where_the_mentees_clock_counts_the_mentor_reads_it_in_a_prep_of_that_week_alone() -> None:
    stage = running(replace(line(at=RegularTime(1, 18, 30)), anchor=BEN.zone), program=PATIENT)
    stage.until("Tue 10 Nov 12:00 Berlin")
    preps = [each.split("  ")[0] for each in stage.ana.reads() if "  prep-mentor  " in each]
    assert preps == ["Tue 27 Oct 09:00"]
    assert "One hour earlier than usual for you: clocks changed in Berlin." in (
        stage.ana.last("prep-mentor").text
    )


@row("letter-clock-change")
def test_far_zones_change_in_different_weeks() -> None:
    pair = line(ANA, EVA, RegularTime(1, 16, 0))
    stage = running(pair, start="Mon 5 Oct 17:00 Berlin", program=PATIENT)
    stage.until("Wed 11 Nov 12:00 Berlin")
    stage.eva.reads()
    warned = {
        read.first[:10]: next((each for each in read.text.split("\n") if "than usual" in each), "")
        for read in stage.eva.letters
        if read.touchpoint == "prep-mentee"
    }
    assert warned == {
        "Tue 13 Oct": "",
        "Tue 20 Oct": "",
        "Tue 27 Oct": "One hour later than usual for you: clocks changed in Berlin.",
        "Tue 3 Nov,": "One hour earlier than usual for you: clocks changed in Toronto.",
        "Tue 10 Nov": "",
    }


@row("letter-clock-change")
def test_of_a_rare_1_1_the_date_before_counts_and_not_the_week_before() -> None:
    monthly = replace(line(at=RegularTime(1, 15, 0, 2)), cadence=Cadence(Step(months=1, nth=2)))
    stage = running(monthly, program=PATIENT)
    stage.until("Mon 9 Nov 19:00 Kolkata")
    assert "One hour later than usual for you: clocks changed in Berlin." in (
        stage.ben.last("prep-mentee").text
    )
