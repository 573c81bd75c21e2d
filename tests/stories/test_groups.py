"""A group: one mentor and several mentees on one series, and what each of them reads.

Not what is decided between the mentor and the mentee who speaks for the group: to the machine those two are a pair.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.people import Days, Line
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, PATIENT, line
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

GROUP = replace(line(), members=(DAN, CHI))
"""Ana with Ben, who speaks for it, Dan in Berlin and Chi in Taipei."""


def group(*lines: Line, **wishes: object) -> Stage:
    """A group that has begun; everything has been read."""
    stage = running(*(lines or (GROUP,)), **{"program": PATIENT, **wishes})
    stage.until("Mon 5 Oct 11:00 Berlin")
    stage.all_read()
    return stage


# --- the beginning


@row("group-welcome")
def test_each_member_reads_what_it_is_when_the_two_have_said_yes() -> None:
    stage = running(GROUP, program=PATIENT)
    assert "A group: Ben, Dan and Chi. Ben speaks for it." in stage.ana.letters[0].text
    assert "A group: Ben, Dan and Chi. You speak for it." in stage.ben.letters[0].text
    assert [each.line for each in stage.dan.letters] == [
        "Mon 5 Oct 10:03  group-welcome  You are in a group with Ana Rao, from Tue 6 Oct."
    ]
    welcome = stage.dan.last("group-welcome").text
    assert "It is Tuesdays 15:00, 30 minutes." in welcome
    assert "with you: Ben and Chi. Ben speaks for you all" in welcome
    assert 'everybody in the group. Lines starting with "private:" are not kept.' in welcome
    assert "Tuesdays 21:00 Taipei (15:00 Berlin)" in stage.chi.last("group-welcome").text


@row("group-welcome")
def test_one_series_invites_all_of_them() -> None:
    stage = group()
    for someone in (stage.ben, stage.dan, stage.chi):
        assert len(someone.calendar()) == 2, someone.person.first
    assert len(stage.state().series) == 1
    (event,) = [e for e in stage.outside.world.account(ANA.address).events.values() if e.rule]
    assert event.summary == "1:1 Ana & Ben, Dan, Chi"
    assert list(event.guests) == [BEN.address, DAN.address, CHI.address]


@row("group-welcome")
def test_nobody_of_the_group_hears_of_it_before_the_two_have_said_yes() -> None:
    stage = Stage(GROUP, program=PATIENT)
    stage.passes(3 * 24 * 60)
    assert stage.dan.letters == stage.chi.letters == []
    assert stage.dan.reads() == [] == stage.chi.calendar()


@row("group-none")
def test_in_a_pair_nothing_of_a_group_is_said_or_kept() -> None:
    stage = before()
    read = [each for someone in (stage.ana, stage.ben) for each in someone.letters]
    assert not [each.first for each in read if "group" in each.text]
    assert stage.state().members == ()


# --- before and after a 1:1


@row("group-prep")
def test_what_a_member_writes_the_evening_before_stands_in_the_mentors_prep_under_the_name() -> (
    None
):
    stage = group()
    stage.until("Mon 5 Oct 19:00 Berlin")
    assert when(stage.dan.reads()) == ["Mon 5 Oct 18:00  group-prep"]
    assert when(stage.chi.reads()) == ["Mon 5 Oct 18:00  group-prep"]  # each at 18:00 at home
    stage.dan.replies("group-prep", "How did you choose your first job?\nprivate: I am nervous.")
    stage.until("Tue 6 Oct 10:00 Berlin")
    prep = stage.ana.last("prep-mentor").text
    assert (
        "What your group would like to talk about\n| Dan: How did you choose your first job?"
        in prep
    )
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    everybody = [stage.ana, stage.ben, stage.chi, stage.maya, stage.dan]
    assert not [r.line for who in everybody for r in who.letters if "nervous" in r.text]


@row("group-prep")
def test_a_topic_that_comes_after_the_mentors_prep_is_passed_on() -> None:
    stage = group()
    stage.until("Tue 6 Oct 11:00 Berlin")
    stage.all_read()
    stage.dan.replies("group-prep", "My contract.")
    stage.passes(30)
    assert kinds(stage.ana.reads()) == ["group-copy"]
    assert "Dan has added to the 1:1 of 6 October." in stage.ana.last().text
    assert "| My contract." in stage.ana.last().text
    stage.passes(2 * 60)
    assert stage.ana.reads() == []


@row("group-prep")
def test_a_second_topic_that_comes_late_is_passed_on_as_well() -> None:
    stage = group()
    stage.until("Tue 6 Oct 11:00 Berlin")
    stage.all_read()
    stage.dan.replies("group-prep", "My contract.")
    stage.passes(4)
    stage.dan.replies("group-prep", "My flat.")
    stage.until("Tue 6 Oct 16:00 Berlin")
    stage.all_read()
    copies = [each for each in stage.ana.letters if each.touchpoint == "group-copy"]
    assert [each.text.count("| My") for each in copies] == [1, 1]
    assert ("| My contract." in copies[0].text, "| My flat." in copies[1].text) == (True, True)
    assert [line.shown for line in stage.state().agenda] == [True, True]


@row("group-copy")
def test_the_notes_of_the_two_reach_every_member_and_those_of_a_member_all_others() -> None:
    stage = group()
    stage.until("Tue 6 Oct 17:00 Berlin")
    stage.all_read()
    stage.ben.replies("notes", "We looked at two offers.\nprivate: I was tired.")
    stage.until("Wed 7 Oct 10:00 Berlin")
    for someone in (stage.dan, stage.chi):
        assert kinds(someone.reads()) == ["group-copy"]
        assert someone.last().first == "A note from Ben, for everybody in the group. Nothing to do."
        assert "| We looked at two offers." in someone.last().text
        assert "tired" not in someone.last().text
    stage.all_read()
    stage.chi.replies("group-prep", "The second offer is better.")
    stage.passes(24 * 60)
    for someone in (stage.ana, stage.ben, stage.dan):
        assert kinds(someone.reads()) == ["group-copy"], someone.person.first
        assert someone.last().first.startswith("A note from Chi, ")
    assert kinds(stage.chi.reads()) == []


# --- a 1:1 moves, or falls out


@row("group-news")
def test_when_a_1_1_moves_each_member_is_told_and_their_time_counts() -> None:
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.dan.is_busy("Tue 13 Oct 14:00", hours=2)
    stage.chi.is_busy("Wed 14 Oct 19:00", hours=4)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(10)
    offered = stage.ben.last("proposal").choices
    assert not [each for each in offered if "Tue 13 Oct" in each and "(14:" in each]
    assert not [each for each in offered if "Wed 14 Oct" in each and "(14:" in each]
    stage.ben.replies("proposal", "1")
    stage.until("Thu 8 Oct 10:00 Berlin")
    assert kinds(stage.dan.reads()) == kinds(stage.chi.reads()) == ["group-news"]
    told = stage.dan.last("group-news").text
    assert "Before, it was Tue 13 Oct, 15:00." in told
    assert stage.dan.calendar() == stage.dan.calendar() != []
    assert sum("one-off" in each for each in stage.chi.calendar()) == 1


@row("group-news")
def test_whom_the_calendar_tells_no_letter_tells() -> None:
    stage = group(tells_guests=True)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(10)
    stage.ben.replies("proposal", "1")
    stage.until("Fri 9 Oct 10:00 Berlin")
    assert "group-news" not in kinds(stage.dan.reads()) + kinds(stage.chi.reads())


@row("group-news")
def test_dragged_by_the_mentor_and_dragged_back_each_is_told_what_is_true() -> None:
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    stage.passes(30)
    assert stage.dan.last("group-news").first == "Your group with Ana: Wed 14 Oct, 15:00."
    stage.ana.drags("Wed 14 Oct", "Tue 13 Oct 15:00")
    stage.passes(30)
    assert stage.dan.last("group-news").first == "Your group with Ana: Tue 13 Oct, 15:00."
    assert kinds(stage.dan.reads()) == ["group-news", "group-news"]


@row("group-news")
def test_left_out_by_word_each_member_reads_it_and_the_next_date() -> None:
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(10)
    stage.ben.replies("proposal", "SKIP")
    stage.passes(60)
    assert stage.dan.reads()[-1].endswith(
        "group-news  Tuesday's 1:1 of your group (13 Oct) does not take place."
    )
    assert "Next: Tue 20 Oct, 15:00." in stage.dan.last().text
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert stage.dan.reads() == []


@row("group-news")
def test_of_a_pause_a_member_reads_once_the_evening_before() -> None:
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ben.replies("prep-mentee", "PAUSE until 1 Nov")
    stage.until("Thu 29 Oct 10:00 Berlin")
    assert kinds(stage.dan.reads()) == ["group-news"]
    assert "(13 Oct) does not take place" in stage.dan.last().first
    stage.until("Tue 3 Nov 10:00 Berlin")
    assert kinds(stage.dan.reads()) == ["group-prep"]


# --- who can't come


@row("group-missing")
def test_a_member_who_cannot_come_moves_nothing_and_the_two_read_so() -> None:
    stage = group()
    stage.until("Mon 5 Oct 19:00 Berlin")
    stage.dan.replies("group-prep", "I can't come, sorry")
    assert stage.dan.last().first == "Noted: you can't come on Tue 6 Oct."
    stage.chi.declines("Tue 6 Oct")
    stage.until("Tue 6 Oct 14:00 Berlin")
    assert stage.standing("Tue 6 Oct") == "planned"
    assert "Dan and Chi can't come." in stage.ana.last("prep-mentor").text
    stage.all_read()
    said = [each.first for each in stage.ben.letters if each.touchpoint == "group-missing"]
    assert [each.split()[0] for each in said] == ["Dan", "Chi"]  # Ben's prep had gone before


@row("group-missing")
def test_who_declines_in_time_stands_in_both_preps_and_needs_no_letter() -> None:
    stage = group()
    stage.chi.declines("Tue 6 Oct")
    stage.until("Tue 6 Oct 14:00 Berlin")
    assert "Chi can't come." in stage.ben.last("prep-mentee").text
    assert "Chi can't come." in stage.ana.last("prep-mentor").text
    assert "Chi can't come." in stage.dan.last("group-prep").text
    assert "group-missing" not in kinds(stage.ana.reads()) + kinds(stage.ben.reads())
    assert stage.chi.reads() == []  # who is not there needs no prep


@row("group-missing")
def test_of_a_1_1_dragged_weeks_ahead_after_its_preps_the_two_hear_once_who_cannot_come() -> None:
    stage = group()
    stage.until("Tue 13 Oct 12:00 Berlin")
    stage.all_read()
    stage.ana.drags("Tue 13 Oct", "Thu 29 Oct 15:00")
    stage.passes(30)
    stage.dan.replies("group-prep", "SKIP")
    stage.until("Mon 2 Nov 12:00 Berlin")
    stage.all_read()
    told = [each.line for each in stage.ben.letters if each.touchpoint == "group-missing"]
    assert told == [
        "Tue 13 Oct 16:02  group-missing  Dan can't come to the 1:1 of Thu 29 Oct. Nothing to do."
    ]
    assert "Dan can't come." in stage.ana.last("prep-mentor").text  # hers had nothing to say before
    assert stage.why("key known") == []
    stage.until("Thu 26 Nov 12:00 Berlin")
    about = [each for each in stage.state().group_marks if "2026-10" in each]
    assert about == []  # what is long over is remembered by nothing


@row("group-missing")
def test_a_member_comes_after_all() -> None:
    stage = group()
    stage.chi.declines("Tue 13 Oct")
    stage.until("Sun 11 Oct 12:00 Berlin")
    stage.chi.accepts("Tue 13 Oct")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert "can't come" not in stage.ben.last("prep-mentee").text
    assert when(stage.chi.reads())[-1] == "Mon 12 Oct 18:00  group-prep"


@row("group-missing")
def test_a_member_who_declines_the_whole_series_stops_nothing() -> None:
    stage = group()
    stage.chi.declines_all()
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert "Chi can't come." in stage.ben.last("prep-mentee").text
    assert stage.state().questions == ()


@row("group-missing")
def test_away_days_of_a_member_in_the_files_take_nothing_from_the_others() -> None:
    away = replace(CHI, away=(Days(date(2026, 10, 12), date(2026, 10, 16)),))
    stage = group(replace(GROUP, members=(DAN, away)))
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert "Chi can't come." in stage.ben.last("prep-mentee").text
    assert "group-prep" not in [
        each.split("  ")[1] for each in stage.chi.reads() if "12 Oct" in each
    ]


@row("group-missing", "group-prep")
def test_who_could_not_come_then_is_asked_anew_when_the_whole_series_gets_another_time() -> None:
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.dan.replies("group-prep", "I can't come")
    stage.passes(30)
    assert "13 Oct" in stage.dan.last("group-ack").first
    stage.ana.drags_all("Tue 13 Oct", "Thu 15 Oct 15:00")
    stage.until("Thu 15 Oct 12:00 Berlin")
    stage.all_read()
    assert stage.dan.last("group-prep").first.startswith("Thu 15 Oct, 15:00")
