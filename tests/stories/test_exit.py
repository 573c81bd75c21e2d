"""What it was worth: after the end each of the two is asked alone for a digit, and nobody reads more than a mean.

Not the mean: tests/stories/test_measures.py. Not the farewell and its other asks: test_end.py, test_follow_up.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.ageing import let_age
from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.measures.gathered import measures
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, PATIENT, RUI, line
from tests.stories.people import Someone, kinds, moment, when
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running
from tests.stories.substitutes import KEY, arranged

DECEMBER = line(ends=date(2026, 12, 1))


def over(at: str = "Tue 8 Dec 12:00 Berlin", **settings: object) -> Stage:
    """A pair whose last 1:1 was on Tuesday, 1 December; nobody has said to go on."""
    stage = before(DECEMBER, at="Tue 17 Nov 22:00 Berlin")
    stage.ruled(exit_survey=True, **settings)
    stage.until(at)
    return stage


def asked(someone: Someone) -> list[str]:
    """When somebody was asked."""
    return [each for each in when(someone.reads()) if each.endswith("  exit")]


def ratings(stage: Stage) -> list[tuple[str, str, int]]:
    return [(each.role, each.about, each.value) for each in stage.state().alone.ratings]


@row("exit", settings=("exit_survey",))
def test_each_is_asked_once_some_days_after_the_farewell_has_said_so() -> None:
    stage = over("Thu 31 Dec 12:00 Berlin")
    assert asked(stage.ana) == ["Sun 6 Dec 10:00  exit"]
    assert asked(stage.ben) == ["Mon 7 Dec 18:00  exit"]  # three letters a week
    for someone in (stage.ana, stage.ben):
        farewell = someone.last("farewell")
        assert "One short question follows in a letter of its own, my last." in farewell.text
        assert "This is my last letter." not in farewell.text
    assert "Only the number is kept." in stage.ben.last("exit").text
    assert stage.maya.reads() == []


@row("exit")
def test_by_default_nobody_is_asked() -> None:
    assert PATIENT.exit_survey is False
    plain = before(DECEMBER, at="Thu 31 Dec 12:00 Berlin")
    for someone in (plain.ana, plain.ben):
        assert "exit" not in kinds(someone.reads())
        assert "This is my last letter." in someone.last("farewell").text
    assert plain.state().standing == "closed"


@row("exit")
@pytest.mark.parametrize("said", ["4", "4/5\nIt changed my year."])
def test_the_digit_is_kept_and_words_are_kept_for_nobody(said: str) -> None:
    stage = over()
    stage.ben.reads()
    stage.ben.replies("exit", said)
    stage.passes(1)
    assert ratings(stage) == [("mentee", "exit", 4)]
    assert "Thank you." in stage.ben.last("ack").text
    stage.until("Thu 31 Dec 12:00 Berlin")
    assert stage.maya.reads() == []
    assert all("changed my year" not in letter.text for letter in stage.ana.letters)
    assert all("changed my year" not in note.text for note in stage.state().notes)
    told = stage.daemon.ports.store.ledger(lane=stage.lane(), last=2000)
    assert any("exit: answered" in each.why for each in told)
    assert not any("answered 4" in each.why for each in told)


@row("exit")
def test_what_is_no_number_is_asked_about_once_and_the_contact_sees_nothing_of_it() -> None:
    stage = over()
    stage.ana.reads()
    stage.ana.replies("exit", "It depends.")
    stage.passes(1)
    assert stage.ana.last("unclear").choices == stage.ana.last("exit").choices
    stage.ana.replies("unclear", "2")
    stage.passes(1)
    assert ratings(stage) == [("mentor", "exit", 2)]
    assert stage.maya.reads() == []


@row("exit")
def test_an_answer_that_comes_too_late_reaches_nobody_else() -> None:
    stage = over("Tue 15 Dec 12:00 Berlin")
    stage.ben.reads()
    stage.ben.replies("exit", "5")
    stage.passes(1)
    assert ratings(stage) == []
    assert stage.ben.last("unclear").first == "That list is closed."
    assert stage.maya.reads() == []


@row("exit")
def test_after_leave_both_are_asked_and_after_an_end_by_the_files_nobody() -> None:
    stage = over("Wed 18 Nov 12:00 Berlin", notice_days=0)
    stage.ana.reads()
    stage.ben.replies("", "LEAVE")
    stage.passes(1)
    stage.ben.replies("leave", "1")
    stage.until("Thu 31 Dec 12:00 Berlin")
    assert (len(asked(stage.ana)), len(asked(stage.ben))) == (1, 1)
    stage = over("Wed 18 Nov 12:00 Berlin")
    stage.reconfigured(replace(line(), state="closed"))
    stage.until("Thu 31 Dec 12:00 Berlin")
    assert stage.state().standing == "closed"
    assert asked(stage.ana) == asked(stage.ben) == []


# --- who is not asked, and who waits


@row("exit", "letter-fewer")
def test_who_wants_fewer_letters_is_not_asked_and_not_told_of_a_question() -> None:
    stage = over("Wed 18 Nov 12:00 Berlin")
    stage.ben.says("started", Said("fewer"))
    stage.until("Thu 31 Dec 12:00 Berlin")
    assert (len(asked(stage.ana)), asked(stage.ben)) == (1, [])
    assert "One short question follows" in stage.ana.last("farewell").text
    assert "One short question follows" not in stage.ben.last("farewell").text


@row("exit")
@pytest.mark.parametrize(
    ("left", "times"), [("Mon 5 Oct 20:00 Berlin", 0), ("Tue 6 Oct 16:00 Berlin", 1)]
)
def test_two_who_never_met_are_not_asked(left: str, times: int) -> None:
    """Their first 1:1 would have been, or was, on Tuesday at 15:00."""
    stage = running(line(), program=replace(PATIENT, exit_survey=True, notice_days=0))
    stage.until(left)
    stage.ben.replies("started", "LEAVE")
    stage.ben.replies("leave", "1")
    stage.until("Thu 22 Oct 12:00 Berlin")
    assert stage.state().standing == "closed"
    assert (len(asked(stage.ana)), len(asked(stage.ben))) == (times, times)


@row("exit", "substitute-rests")
def test_the_end_of_a_substitute_is_none_that_anybody_is_asked_about() -> None:
    stage = arranged(exit_survey=True)
    stage.until("Tue 1 Dec 12:00 Berlin")
    assert stage.state(KEY).standing == "closed"
    assert [each.standing for each in stage.state(KEY).meetings] == ["held"] * 3
    for someone in (stage.cara, stage.ben, stage.ana):
        assert asked(someone) == []


@row("exit", "kept-notes")
@pytest.mark.parametrize(
    ("begins", "times"), [("Mon 7 Dec 12:00 Berlin", 1), ("Tue 8 Dec 12:00 Berlin", 0)]
)
def test_once_what_they_wrote_is_deleted_nothing_is_asked_of_it_any_more(
    begins: str, times: int
) -> None:
    """Three days after the closing, at midnight between the two."""
    stage = before(DECEMBER, at="Tue 17 Nov 22:00 Berlin")
    stage.ruled(notes_keep_days=3)
    stage.until(begins)
    assert stage.state().forgotten == (not times)
    stage.ruled(exit_survey=True)
    stage.until("Thu 31 Dec 12:00 Berlin")
    assert len(asked(stage.ana)) == times
    assert stage.state().questions == ()


@row("exit", "check-spared")
def test_who_was_asked_alone_in_another_pairing_two_days_before_the_end_waits() -> None:
    """Ben, who has no other pairing, does not."""
    lines = [line(ends=date(2026, 11, 28)), line(ANA, CHI, replace(line().at, hour=11))]
    stage = running(*lines, program=replace(PATIENT, exit_survey=True, check_weeks=8))
    stage.until("Mon 30 Nov 12:00 Berlin")
    assert [each for each in when(stage.ana.reads()) if each.endswith("check")] == [
        "Mon 30 Nov 10:00  check"
    ]
    stage.ana.replies("check", "4")
    stage.until("Thu 31 Dec 12:00 Berlin")
    closed = stage.state(lines[0].pairing).closed_at
    assert closed == moment("Wed 2 Dec 00:00 Berlin")
    assert asked(stage.ana) == ["Mon 7 Dec 10:00  exit"]
    assert asked(stage.ben)[0].startswith(("Thu 3 Dec", "Fri 4 Dec"))


@row("exit")
@pytest.mark.parametrize(
    ("begins", "times"), [("Fri 11 Dec 23:50 Berlin", 1), ("Sat 12 Dec 00:00 Berlin", 0)]
)
def test_a_program_that_begins_to_ask_asks_for_a_week_after_the_closing(
    begins: str, times: int
) -> None:
    stage = before(DECEMBER, at=begins)
    assert stage.state().closed_at == moment("Sat 5 Dec 00:00 Berlin")
    stage.ruled(exit_survey=True)
    stage.until("Thu 31 Dec 12:00 Berlin")
    assert (len(asked(stage.ana)), len(asked(stage.ben))) == (times, times)


@row("exit", "check-spared")
def test_of_two_pairings_that_end_together_each_is_asked_about_as_its_farewell_has_said() -> None:
    ends = date(2026, 12, 1)
    lines = [line(ends=ends), line(ANA, CHI, replace(line().at, hour=11), ends=ends)]
    stage = running(*lines, program=replace(PATIENT, exit_survey=True))
    stage.until("Thu 31 Dec 12:00 Berlin")
    stage.ana.reads()
    farewells = [each.text for each in stage.ana.letters if each.touchpoint == "farewell"]
    exits = [each.at for each in stage.ana.letters if each.touchpoint == "exit"]
    promised = [text for text in farewells if "One short question follows" in text]
    assert len(promised) == len(exits) == 2


# --- what it comes to


@row("exit")
def test_the_mean_is_told_of_five_people() -> None:
    pairs = ((ANA, BEN), (RUI, CHI), (DAN, EVA))
    lines = [line(*pair, ends=date(2026, 12, 1)) for pair in pairs]
    stage = running(*lines, program=replace(PATIENT, exit_survey=True))
    stage.until("Tue 8 Dec 12:00 Berlin")
    people = (stage.ana, stage.ben, stage.rui, stage.chi, stage.dan, stage.eva)
    for number, someone in enumerate(people[:4], start=1):
        someone.reads()
        someone.replies("exit", str(number))
    stage.until("Thu 10 Dec 12:00 Berlin")
    assert worth(stage) == (None, None)
    stage.dan.replies("exit", "5")
    stage.until("Mon 14 Dec 12:00 Berlin")
    assert worth(stage) == (3.0, 5)


def worth(stage: Stage) -> tuple[float | None, int | None]:
    """The mean, and of how many, as a report made now would have it."""
    let_age(stage.daemon)
    span = (moment("Mon 7 Dec 00:00 Berlin"), stage.now)
    facts = measures(stage.daemon.ports.store, stage.program, span, now=stage.now)
    return facts["worth"], facts["worth_answers"]
