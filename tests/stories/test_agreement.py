"""The agreement: each of the two reads the program's text alone, and nothing is on a calendar before both said AGREE.

Not the file it comes from: tests/settings/test_agreements.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.alone import Agreement
from daemon.domain.value import replace
from daemon.simulate.agreement import disagreements
from daemon.standing import pairing_facts
from daemon.status import status
from tests.stories.beginnings import WITHOUT
from tests.stories.cast import PATIENT
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, running

FIRST = Agreement("We meet every week.\n\nWhat is said stays between us.", "aaaa111", "2027-1")
SECOND = Agreement("We meet every week, and never on a Sunday.", "bbbb222", "2027-2")
AGREED = replace(PATIENT, agreement=FIRST)


def begun() -> Stage:
    """Ana and Ben have said yes to each other, on Monday at ten in Berlin."""
    stage = Stage(program=AGREED)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.all_read()
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(1)
    return stage


def versions(stage: Stage) -> dict[str, str]:
    return {each.role: each.version for each in stage.state().alone.agreed_to}


@row("agreement-asked", settings=("agreement",))
def test_nothing_is_on_a_calendar_before_both_have_agreed() -> None:
    stage = begun()
    assert kinds(stage.ana.reads()) == ["agreement"]
    assert kinds(stage.ben.reads()) == ["agreement"]
    letter = stage.ben.last("agreement").text
    assert "| We meet every week.\n|\n| What is said stays between us.\n" in letter
    assert "Version 2027-1-aaaa111, as it stands on 5 October 2026:" in letter
    stage.ana.replies("agreement", "AGREE")
    assert "you agree to version 2027-1-aaaa111" in stage.ana.last("ack").text
    stage.until("Tue 6 Oct 12:00 Berlin")
    assert (stage.ana.calendar(30), stage.state().standing) == ([], "invited")
    stage.ben.replies("agreement", "I agree, thanks!")
    stage.passes(1)
    assert stage.state().standing == "active"
    assert stage.ana.calendar(10) == ["Tue 13 Oct 15:00"]
    assert versions(stage) == {"mentor": "2027-1-aaaa111", "mentee": "2027-1-aaaa111"}
    assert "started" in kinds(stage.ana.reads())


@row("agreement-asked")
def test_whoever_picks_the_regular_time_at_night_reads_it_at_once_and_the_time_with_it() -> None:
    stage = Stage(WITHOUT, program=AGREED)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.until("Mon 5 Oct 23:30 Kolkata")
    stage.all_read()
    stage.ben.replies("welcome-mentee", "2")
    stage.passes(1)
    assert when(stage.ben.reads()) == ["Mon 5 Oct 23:31  agreement"]
    assert "Your regular time is then " in stage.ben.last("agreement").text
    stage.until("Tue 6 Oct 12:00 Berlin")
    assert (kinds(stage.ana.reads()), stage.ana.calendar(30)) == (["agreement"], [])


@row("agreement-asked")
def test_who_does_not_agree_is_waited_for_a_year_and_never_asked_the_same_once_more() -> None:
    stage = begun()
    stage.ben.replies("agreement", "AGREE")
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ana.replies("agreement", "2")
    assert kinds(stage.ana.reads()).count("agreement") == 2  # one of them recalls it
    for day in ("Mon 7 Jun", "Tue 8 Jun"):  # each mail is an occasion to decide anew
        stage.until(f"{day} 10:00 Berlin")
        stage.ben.replies("agreement", "Any news?")
        stage.passes(1)
    assert "agreement" not in kinds(stage.ana.reads())
    lane = stage.daemon.ports.store.world(stage.lane())
    assert list(disagreements(lane)) == []  # nothing is believed to be on its way for ever
    stage.ana.replies("agreement", "AGREE")
    stage.passes(1)
    assert stage.state().standing == "active"


@row("agreement-asked")
def test_a_text_that_changes_before_both_have_agreed_is_asked_about_anew() -> None:
    stage = begun()
    stage.ana.replies("agreement", "AGREE")
    stage.ruled(agreement=SECOND)
    stage.until("Tue 6 Oct 12:00 Berlin")
    stage.ben.replies("agreement", "AGREE")
    stage.passes(1)
    assert (versions(stage)["mentee"], stage.state().standing) == ("2027-2-bbbb222", "invited")
    assert "never on a Sunday" in stage.ana.last("agreement").text
    stage.ana.replies("agreement", "1")
    stage.passes(1)
    assert stage.state().standing == "active"


@row("agreement-asked")
def test_an_old_letter_is_answered_when_its_text_counts_no_more() -> None:
    stage = begun()
    old = stage.ben.last("agreement")
    stage.ruled(agreement=SECOND)
    stage.ben.answers(old, "AGREE")
    stage.passes(1)
    assert versions(stage) == {}
    assert "That list is closed." in stage.ben.last("unclear").text


@row("agreement-asked")
def test_status_and_why_show_counts_and_versions_and_no_name() -> None:
    stage = begun()
    stage.ana.replies("agreement", "AGREE")
    stage.passes(1)
    (program,) = status(stage.daemon.ports.store, None, "", stage.now)["programs"]
    assert program["agreed"] == {"2027-1-aaaa111": 1}
    assert [fact for fact in pairing_facts(stage.state(), stage.now) if "agree" in fact] == [
        "agreement: 1 of 2 agreed to version 2027-1-aaaa111",
        "agreement: 1 of 2 have not answered: nothing is on a calendar before that",
    ]


@row("agreement-asked")
def test_an_answer_that_comes_with_the_new_text_agrees_to_neither() -> None:
    stage = begun()
    stage.ben.last("agreement")
    stage.off = True
    stage.ben.replies("agreement", "AGREE")
    stage.off = False
    stage.ruled(agreement=SECOND)
    assert versions(stage) == {}
    assert "That list is closed." in stage.ben.last("unclear").text
    stage.ben.replies("agreement", "AGREE")
    stage.passes(1)
    assert versions(stage) == {"mentee": "2027-2-bbbb222"}


@row("agreement-silence")
def test_after_a_fortnight_without_power_no_reminder_of_the_past_comes() -> None:
    stage = begun()
    stage.all_read()
    stage.sleeps_until("Mon 19 Oct 12:00 Berlin")
    stage.passes(60)
    assert "agreement" not in kinds(stage.ana.reads()) + kinds(stage.ben.reads())
    assert "the agreement is not answered yet" in "".join(
        letter.text for letter in stage.maya.letters
    ) + "".join(stage.maya.reads())


@row("agreement-silence", settings=("setup_nudge_days", "setup_tell_days"))
def test_without_an_answer_there_are_two_reminders_and_then_the_contact_is_told() -> None:
    stage = begun()
    stage.ben.replies("agreement", "AGREE")
    stage.all_read()
    stage.until("Thu 8 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads()) == ["agreement"]
    stage.until("Mon 12 Oct 09:00 Berlin")
    assert "This is my last reminder." in stage.ana.last("agreement").text
    assert stage.maya.reads() == []
    stage.until("Mon 12 Oct 11:00 Berlin")
    assert "the agreement is not answered yet" in stage.maya.last("admin").text
    assert "| who: Ana\n| role: mentor" in stage.maya.last("admin").text
    stage.until("Mon 2 Nov 11:00 Berlin")
    assert (kinds(stage.ana.reads()), stage.ben.reads()) == (["agreement"], [])
    assert stage.ana.calendar(30) == []
    stage.ana.replies("agreement", "ok, I agree")  # however late
    stage.passes(1)
    assert stage.state().standing == "active"


@row("agreement-words")
def test_words_reach_whoever_helps_and_never_the_partner() -> None:
    stage = begun()
    stage.all_read()
    stage.ben.replies("agreement", "I would rather not have the 1:1s every week.")
    stage.passes(1)
    case = stage.maya.last("help-case").text
    assert "Somebody wrote about the agreement." in case
    assert "| I would rather not have the 1:1s every week." in case
    assert (
        "Until you both agree, nothing is put into a calendar." in stage.ben.last("help-got").text
    )
    stage.until("Mon 26 Oct 10:00 Berlin")
    assert "agreement" not in kinds(stage.ben.reads())  # who has said something is not reminded
    ana = "\n".join(letter.text for letter in stage.ana.letters)
    assert "rather not have" not in ana
    assert (stage.state().standing, stage.ana.calendar(30)) == ("invited", [])
    stage.ben.replies("agreement", "AGREE")
    stage.passes(1)
    assert set(versions(stage)) == {"mentee"}


@row("agreement-words")
def test_no_is_told_to_the_contact_and_closes_nothing() -> None:
    stage = begun()
    stage.all_read()
    stage.ana.replies("agreement", "NO")
    stage.passes(1)
    assert "does not agree to the text as it stands" in stage.maya.last("admin").text
    assert "not as it stands" in stage.ana.last("ack").text
    assert (stage.state().standing, stage.ben.reads()) == ("invited", [])
    stage.ana.replies("agreement", "2")
    stage.ana.replies("agreement", "AGREE")
    stage.ben.replies("agreement", "AGREE")
    stage.passes(1)
    assert stage.state().standing == "active"


def changed(*said: str) -> Stage:
    """A pair that agreed a month ago gets another text; Ana answers as `said`."""
    stage = begun()
    stage.ana.replies("agreement", "AGREE")
    stage.ben.replies("agreement", "AGREE")
    stage.until("Wed 11 Nov 10:00 Berlin")
    stage.all_read()
    stage.ruled(agreement=SECOND)
    stage.until("Wed 11 Nov 12:00 Berlin")
    for words in said:
        stage.ana.replies("agreement", words)
        stage.passes(1)
    return stage


@row("agreement-new")
@pytest.mark.parametrize(
    ("said", "version"), [("AGREE", "2027-2-bbbb222"), ("", "2027-1-aaaa111"), ("2", "2027-1-aaaa111")]
)  # fmt: skip
def test_a_new_text_is_asked_about_once_and_nothing_stops(said: str, version: str) -> None:
    stage = changed(*filter(None, [said]))
    assert "The text that you agreed to has changed." in stage.ben.last("agreement").text
    assert "the version of 5 October 2026 goes on" in stage.ben.last("agreement").text
    stage.all_read()
    stage.until("Wed 16 Dec 10:00 Berlin")
    assert versions(stage) == {"mentor": version, "mentee": "2027-1-aaaa111"}
    assert "agreement" not in kinds(stage.ana.reads()) + kinds(stage.ben.reads())
    assert stage.state().standing == "active"
    assert stage.ana.calendar(10) == ["Tue 22 Dec 15:00"]


@row("agreement-new")
def test_a_pair_that_runs_when_a_program_gets_its_first_text_goes_on() -> None:
    stage = running(program=PATIENT)
    stage.ruled(agreement=FIRST)
    stage.until("Tue 6 Oct 12:00 Berlin")
    assert "everything goes on as it is" in stage.ana.last("agreement").text
    assert (stage.state().standing, stage.ana.calendar(9)) == (
        "active",
        ["Tue 6 Oct 15:00", "Tue 13 Oct 15:00"],
    )


@row("agreement-asked")
def test_a_heading_is_quoted_without_its_marks() -> None:
    text = "# What we agree to\n\nWe meet every week.\n#1 is to be on time."
    stage = Stage(program=replace(PATIENT, agreement=Agreement(text, "aaaa111")))
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.ben.reads()
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(1)
    letter = stage.ben.last("agreement").text
    assert "| What we agree to\n|\n| We meet every week.\n| #1 is to be on time.\n" in letter
