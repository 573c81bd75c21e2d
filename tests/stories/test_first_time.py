"""The regular time of a pair that has none yet, or wants another one: three are offered, one is picked
(RULES 6, "First time").

Not another time for a single 1:1: test_proposal.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.value import replace
from tests.stories.beginnings import WITHOUT, invited
from tests.stories.cast import ANA, BEN, CHI, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

MONTHLY = replace(WITHOUT, cadence=Cadence(Step(months=1, nth=1)))


@row("series-first-time", "pairing-invited", settings=("at",))
def test_without_a_regular_time_three_are_offered_and_nothing_is_on_a_calendar_before_both_said_yes() -> (
    None
):
    stage = invited()
    assert stage.ben.reads() == [
        "Mon 5 Oct 13:32  welcome-mentee  Ana Rao will be your mentor. Which weekly time suits you?"
    ]
    assert stage.ben.last().choices == [
        "1  Tuesdays 15:30 Kolkata (12:00 Berlin)",
        "2  Wednesdays 15:30 Kolkata (12:00 Berlin)",
        "3  Thursdays 15:30 Kolkata (12:00 Berlin)",
    ]
    assert stage.ana.calendar(60) == []
    stage.ben.replies("welcome-mentee", "2")
    assert stage.ana.calendar() == ["Wed 7 Oct 12:00", "Wed 14 Oct 12:00"]
    settled = "It is settled: Wednesdays"
    assert stage.ana.reads() == [
        f"Mon 5 Oct 10:03  started  {settled} 12:00 Berlin (15:30 Kolkata), from Wed 7 Oct."
    ]
    assert stage.ben.reads() == [
        f"Mon 5 Oct 13:33  started  {settled} 15:30 Kolkata (12:00 Berlin), from Wed 7 Oct."
    ]


@row("series-first-time")
def test_only_times_that_are_free_in_most_of_the_next_weeks() -> None:
    stage = Stage(WITHOUT, program=PATIENT)
    stage.passes(1)
    for day in ("6 Oct", "13 Oct", "20 Oct", "27 Oct", "3 Nov"):
        stage.ana.is_busy(f"Tue {day} 09:00", hours=9)
    stage.ben.is_busy("Wed 7 Oct 08:00", hours=12)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    assert [each.split(" ")[2] for each in stage.ben.last().choices] == [
        "Thursdays",
        "Fridays",
        "Mondays",
    ]


@row("series-first-time", "proposal-none", settings=("rounds",))
def test_none_brings_others_that_are_no_neighbours_and_then_it_is_for_the_contact() -> None:
    stage = invited()
    seen: list[str] = []
    for number in (1, 4, 7):
        seen += [each.split("  ")[1] for each in stage.ben.last("welcome-mentee").choices]
        assert stage.ben.last("welcome-mentee").choices[0].startswith(f"{number}  ")
        stage.ben.replies("welcome-mentee", "NONE")
    assert len(set(seen)) == 9
    assert not [each for each in seen if "12:30" in each]
    assert kinds(stage.ben.reads())[-1:] == ["ack"]
    assert len([each for each in stage.maya.reads() if "admin" in each]) == 1
    stage.until("Tue 17 Nov 10:00 Berlin")
    assert stage.ben.reads() == []


@row("series-first-time", "pairing-silent", settings=("setup_nudge_days", "setup_tell_days"))
def test_silence_is_recalled_on_day_2_and_5_with_the_same_list_and_then_the_contact_knows() -> None:
    stage = invited()
    first = stage.ben.last().choices
    stage.until("Tue 27 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 5 Oct 13:32", "welcome-mentee"],
        ["Wed 7 Oct 13:32", "setup-nudge"],
        ["Sat 10 Oct 13:32", "setup-nudge"],
    ]
    assert stage.ben.last("setup-nudge").choices == first  # though the first of these days are over
    assert [each.split("  ")[0] for each in stage.maya.reads()] == [
        "Mon 12 Oct 08:00",  # no sign of life at all
        "Mon 12 Oct 13:32",  # no answer to the welcome
    ]
    assert stage.ana.calendar(60) == []


@row("series-first-time", "proposal-numbers")
def test_an_answer_that_comes_later_is_answered_with_a_new_list() -> None:
    stage = invited()
    stage.until("Tue 27 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.ben.replies("welcome-mentee", "2")
    assert kinds(stage.ben.reads()) == ["welcome-mentee"]
    stage.ben.replies("welcome-mentee", "2")
    assert stage.ana.calendar() == ["Thu 29 Oct 11:30", "Thu 5 Nov 11:30"]


@row("letter-unclear", "pairing-silent")
def test_words_to_a_reminder_with_times_are_asked_about_with_these_times() -> None:
    stage = invited()
    first = stage.ben.last().choices
    stage.until("Thu 8 Oct 12:00 Berlin")
    stage.ben.reads()
    stage.ben.replies("setup-nudge", "Hmm, later in the day would be better I think")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["unclear", "Which time do you mean?"],
    ]
    stage.until("Fri 9 Oct 13:00 Berlin")
    stage.ben.replies("unclear", "YES")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == ["Which time do you mean?"]
    assert stage.ben.last().choices == first
    stage.ben.replies("unclear", "2")
    assert kinds(stage.ben.reads()) == ["started"]


@row("series-first-time", "pairing-silent")
def test_a_yes_after_the_end_of_the_list_brings_a_new_one() -> None:
    stage = invited()
    stage.until("Mon 12 Oct 14:00 Berlin")
    stage.ben.reads()
    stage.ben.replies("setup-nudge", "Hmm, later in the day would be better I think")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["unclear", "Is that a yes or a no?"]
    ]
    stage.ben.replies("unclear", "YES")
    assert kinds(stage.ben.reads()) == ["welcome-mentee"]
    stage.ben.replies("welcome-mentee", "2")
    assert kinds(stage.ben.reads()) == ["started"]


@row("series-first-time", settings=("cadence",))
def test_monthly_it_is_a_weekday_of_the_month() -> None:
    stage = invited(MONTHLY)
    assert stage.ben.last().choices == [
        "1  the first Tuesday of the month, 15:30 Kolkata (12:00 Berlin)",
        "2  the first Wednesday of the month, 15:30 Kolkata (12:00 Berlin)",
        "3  the second Thursday of the month, 15:30 Kolkata (12:00 Berlin)",
    ]
    stage.ben.replies("welcome-mentee", "3")
    assert stage.ana.calendar(70) == ["Thu 8 Oct 12:00", "Thu 12 Nov 12:00", "Thu 10 Dec 12:00"]


@row("series-first-time", "proposal-consent")
def test_a_mentor_whose_busy_time_nobody_knows_says_which_to_offer() -> None:
    stage = Stage(WITHOUT, program=PATIENT)
    stage.passes(1)
    stage.ana.hides_busy_times()
    stage.ana.replies("welcome-mentor-connected", "Yes")
    assert stage.ben.reads() == []
    assert kinds(stage.ana.reads())[-1:] == ["regular-time"]
    stage.ana.replies("regular-time", "1 3")
    assert [each[0] for each in stage.ben.last("welcome-mentee").choices] == ["1", "3"]
    stage.ben.replies("welcome-mentee", "3")
    assert stage.ana.calendar() == ["Thu 8 Oct 12:00", "Thu 15 Oct 12:00"]


@row(
    "series-first-time", "proposal-consent", "pairing-silent",
    settings=("setup_nudge_days", "setup_tell_days"),
)  # fmt: skip
def test_what_the_mentor_offers_is_waited_for_as_long_as_any_list_of_regular_times() -> None:
    stage = Stage(WITHOUT, program=PATIENT)
    stage.passes(1)
    stage.ana.hides_busy_times()
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ana.replies("regular-time", "1 3")
    stage.until("Tue 27 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 5 Oct 13:33", "welcome-mentee"],
        ["Wed 7 Oct 13:33", "setup-nudge"],
        ["Sat 10 Oct 13:33", "setup-nudge"],
    ]
    assert [each[0] for each in stage.ben.last("setup-nudge").choices] == ["1", "3"]
    assert [each.split("  ")[0] for each in stage.maya.reads()] == [
        "Mon 12 Oct 08:00",  # no sign of life at all
        "Mon 12 Oct 13:33",  # no answer to the welcome
    ]


@row("series-first-time", "proposal-consent", "proposal-none")
def test_none_of_what_the_mentor_offered_is_answered_while_the_mentor_is_asked_anew() -> None:
    stage = Stage(WITHOUT, program=PATIENT)
    stage.passes(1)
    stage.ana.hides_busy_times()
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ana.replies("regular-time", "1 3")
    stage.all_read()
    stage.ben.replies("welcome-mentee", "NONE")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Understood: none of these fits."
    ]
    assert kinds(stage.ana.reads()) == ["regular-time"]


@row("series-first-time", "proposal-numbers", "proposal-consent")
def test_a_late_answer_is_answered_although_the_mentor_has_to_be_asked_first() -> None:
    stage = invited()
    stage.until("Tue 13 Oct 12:00 Berlin")
    stage.ana.hides_busy_times()
    stage.all_read()
    stage.ben.replies("welcome-mentee", "2")
    assert stage.ben.reads() == [
        "Tue 13 Oct 15:31  ack  That list is closed, so I look for new times."
    ]
    assert kinds(stage.ana.reads()) == ["regular-time"]
    stage.ana.replies("regular-time", "1 3")
    assert [each[0] for each in stage.ben.last("welcome-mentee").choices] == ["1", "3"]


@row("series-first-time", "proposal-numbers")
def test_or_where_no_time_suits_both_just_then() -> None:
    stage = invited()
    stage.until("Tue 13 Oct 12:00 Berlin")
    stage.ben.is_busy("Tue 13 Oct 00:00", hours=24 * 90)
    stage.all_read()
    stage.ben.replies("welcome-mentee", "2")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "That list is closed, so I look for new times."
    ]
    assert kinds(stage.maya.reads()) == ["admin"]


@row("series-first-time", "proposal-offered-once")
def test_two_mentees_of_one_mentor_are_offered_different_times() -> None:
    lines = (WITHOUT, replace(line(ANA, CHI), at=None))
    stage = Stage(*lines, program=PATIENT)
    stage.passes(1)
    stage.ana.reads()
    for letter in list(stage.ana.letters):
        stage.ana.answers(letter, "Yes")
    stage.until("Tue 6 Oct 10:00 Taipei")
    ben, chi = (
        {each.split("(")[1] for each in someone.last("welcome-mentee").choices}
        | {each.split("  ")[1].split(" ")[0] for each in someone.last("welcome-mentee").choices}
        for someone in (stage.ben, stage.chi)
    )
    assert ben != chi


@row("series-first-time")
def test_what_the_files_name_for_another_mentee_is_not_offered_while_that_one_is_asked() -> None:
    noon = line(ANA, CHI, RegularTime(1, 12, 0))
    stage = Stage(noon, WITHOUT, program=PATIENT)
    stage.passes(1)
    stage.ana.reads()
    for letter in list(stage.ana.letters):
        stage.ana.answers(letter, "Yes")
    stage.until("Tue 6 Oct 10:00 Berlin")
    assert stage.chi.last("welcome-mentee").text
    assert stage.ben.last("welcome-mentee").choices == [
        "1  Tuesdays 16:00 Kolkata (12:30 Berlin)",
        "2  Wednesdays 15:30 Kolkata (12:00 Berlin)",
        "3  Thursdays 15:30 Kolkata (12:00 Berlin)",
    ]


@row("series-first-time")
def test_far_apart_it_lies_where_both_are_awake() -> None:
    far = replace(
        BEN, id="far", zone="America/Vancouver", address="far@example.org", name="Far Oak"
    )
    stage = invited(replace(line(ANA, far), at=None))
    stage.until("Mon 5 Oct 20:00 Berlin")
    assert stage.far.last("welcome-mentee").choices == [
        "1  Tuesdays 08:30 Vancouver (17:30 Berlin)",
        "2  Wednesdays 08:30 Vancouver (17:30 Berlin)",
        "3  Thursdays 08:30 Vancouver (17:30 Berlin)",
    ]


@row("series-first-time")
def test_where_no_time_suits_both_the_contact_is_told_and_it_is_tried_again() -> None:
    stage = Stage(WITHOUT, program=PATIENT)
    stage.passes(1)
    for day in ("Mon 5", "Mon 12", "Mon 19", "Mon 26"):
        stage.ana.is_busy(f"{day} Oct 09:00", hours=105)
    for day in (2, 9, 16, 23, 30):
        stage.ana.is_busy(f"Mon {day} Nov 09:00", hours=105)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    assert stage.ben.reads() == []
    assert kinds(stage.maya.reads()) == ["admin"]
    stage.ana.frees_everything()
    stage.until("Tue 6 Oct 20:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["welcome-mentee"]


# --- another one


@row("series-first-time", "series-change", "ladder-kindly")
def test_another_regular_time_is_never_the_present_one_and_changes_after_the_notice() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ben.declines_all()
    stage.passes(10)
    stage.ben.replies("declined-all", "2")
    stage.passes(2)
    letter = stage.ben.last("regular-time")
    assert not [each for each in letter.choices if "Tuesdays 18:30" in each]
    stage.ben.replies("regular-time", letter.choices[1][0])
    stage.passes(2)
    assert "Tue" not in " ".join(stage.ana.calendar(30))
    assert len(stage.ana.calendar(22)) >= 2


@row("series-first-time", "pairing-resumed")
def test_a_search_that_a_pause_broke_off_begins_again_after_it() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.deletes_all()
    stage.passes(10)
    stage.ana.replies("series-gone", "2")
    stage.ben.reads()
    stage.ben.replies("regular-time", "PAUSE until 3 Nov")
    stage.until("Mon 2 Nov 10:00 Berlin")
    assert "regular-time" in kinds(stage.ben.reads())
    stage.ben.replies("regular-time", "1")
    stage.passes(2)
    assert len(stage.ana.calendar(16)) == 2


@row("pairing-invited", "pairing-paused")
def test_of_a_pairing_that_the_files_pause_nobody_hears_before_it_goes_on() -> None:
    stage = Stage(replace(WITHOUT, state="paused"), program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    stage.reconfigured(replace(WITHOUT, state="paused", resumes=date(2026, 10, 14)))
    stage.until("Mon 12 Oct 12:00 Berlin")
    assert [each[:16] for each in stage.ana.reads()] == ["Mon 12 Oct 07:00"]
