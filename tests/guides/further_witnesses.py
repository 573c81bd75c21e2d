"""The second half of the witnesses: what each is asked alone, goals, homework, reports, and what comes afterwards.

Not a test by itself: test_presets_at_work.py calls each with the preset, and without the setting.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.program import Config
from daemon.monday import look_at_the_week
from daemon.reports import look_at_reports
from tests.guides.agenda_witnesses import WITNESSES
from tests.guides.witnesses import (
    agreed,
    begun,
    both_yes,
    ending,
    letters,
    lives,
    lives_until,
    planned,
    sees,
    sessions_begun,
)
from tests.stories.test_phases import phases

__all__ = ["WITNESSES"]

# --- what each is asked alone


@sees("agreement", "wealljs", "ctan", "km")
def nothing_before_both_agree(config: Config) -> None:
    """Each reads the whole text alone, and nothing is on a calendar before both have said AGREE."""
    stage = both_yes(config)
    stage.until("Wed 7 Oct 12:00 Berlin")
    assert "| What is said stays between the two of us" in stage.ben.last("agreement").text
    assert planned(stage) == [] and "proposal" not in [
        each.touchpoint for each in stage.ben.letters
    ]
    stage.ben.replies("agreement", "AGREE")
    stage.ana.replies("agreement", "AGREE")
    stage.passes(60)
    finite = config.lines[0].cadence.finite
    assert stage.ana.last("proposal-mentor").choices if finite else planned(stage)


@sees("check_weeks", "wealljs", "km")
def how_it_goes(config: Config) -> None:
    """After six weeks each is asked alone."""
    stage = begun(config)
    lives_until(stage, "Mon 30 Nov 12:00 Berlin")
    assert stage.ana.last("check").first == "How is it going for you with the 1:1s with Ben?"
    assert stage.ben.last("check").first == "How is it going for you with the 1:1s with Ana?"


@sees("check_weeks", "practical")
def how_it_goes_each_half_year(config: Config) -> None:
    """After half a year each is asked alone."""
    stage = begun(config)
    lives_until(stage, "Mon 26 Apr 12:00 Berlin")
    assert stage.ana.last("check").first and stage.ben.last("check").first


@sees("chemistry", "km")
def whether_they_suit(config: Config) -> None:
    """After the first 1:1 each is asked alone; one no ends it, and nobody learns whose."""
    stage = begun(config)
    stage.until("Thu 8 Oct 12:00 Berlin")
    stage.ana.replies("chemistry", "1")
    stage.ben.replies("chemistry", "3")
    stage.until("Mon 12 Oct 12:00 Berlin")
    assert not [text for text, _ in planned(stage)]
    assert stage.ana.last("ended").first == stage.ben.last("ended").first.replace("Ana", "Ben")


@sees("assess", "km")
def what_was_learned(config: Config) -> None:
    """After the first 1:1, half-way and before the end the mentee says how sure they are; here it ends after ten weeks."""
    stage = begun(ending(config, date(2026, 12, 14)))
    lives_until(stage, "Mon 14 Dec 12:00 Berlin")
    asked = [each.first for each in stage.ben.letters if each.touchpoint == "assess"]
    assert [each.partition(":")[0] for each in asked] == [
        "After your first 1",
        "Half-way",
        "Near the end",
    ]


@sees("exit_survey", "km")
def what_it_was_worth(config: Config) -> None:
    """When one of the two has left, each is asked alone."""
    stage = begun(config)
    lives_until(stage, "Wed 21 Oct 12:00 Berlin")
    stage.ben.replies("", "LEAVE")
    stage.passes(1)
    stage.ben.replies("leave", "1")
    lives_until(stage, "Mon 30 Nov 12:00 Berlin")
    asked = [each.last("exit").first for each in (stage.ana, stage.ben)]
    assert [each.partition(". ")[2] for each in asked] == ["What was the program worth to you?"] * 2


@sees("development_weeks", "km")
def half_a_year_of_development(config: Config) -> None:
    """After twenty weeks the pair is still in development, after thirty in maintenance."""
    stage = begun(config)
    lives_until(stage, "Mon 1 Mar 12:00 Berlin")
    assert phases(stage) == {"development": 1}
    lives_until(stage, "Mon 3 May 12:00 Berlin")
    assert phases(stage) == {"maintenance": 1}


@sees("maintenance_word", "km")
def a_lighter_rhythm_after_half_a_year(config: Config) -> None:
    """In one prep of each, and only once development is over."""
    stage = begun(config)
    lives_until(stage, "Mon 17 May 12:00 Berlin")
    for someone, partner in ((stage.ben, "Ana"), (stage.ana, "Ben")):
        offer = f"A lighter rhythm from now on? Reply MONTHLY, and I ask {partner}."
        read = [each for each in someone.letters if offer in each.text]
        assert [each.first.partition(",")[0] for each in read] == ["Tue 6 Apr"]


# --- contact


@sees("between", "wealljs", "ctan")
def how_they_reach_each_other(config: Config) -> None:
    """Both read it in the letter about their regular time, or, of a few sessions, in the first preps."""
    finite = config.lines[0].cadence.finite
    stage = sessions_begun(config) if finite else begun(config)
    if finite:
        agreed(stage)
        lives(stage, days=14)
    first = ("prep-mentee", "prep-mentor") if finite else ("started", "started")
    for someone, touchpoint in zip((stage.ben, stage.ana), first, strict=True):
        read = [each.text for each in someone.letters if each.touchpoint == touchpoint]
        assert "Between the 1:1s: mail" in read[0]


@sees("quiet_hours", "wealljs")
def no_mails_at_night(config: Config) -> None:
    """What Ben writes late waits until eight in the morning, where Ana lives."""
    stage = begun(config)
    lives_until(stage, "Tue 6 Oct 21:30 Berlin")
    stage.ben.replies("notes", "The second offer is the better one.")
    lives_until(stage, "Wed 7 Oct 10:00 Berlin")
    copies = [each.at for each in stage.ana.letters if each.touchpoint == "copy"]
    assert copies[-1] == "Wed 7 Oct 08:00"


# --- goals, homework, and afterwards


@sees("goals", "wealljs", "ctan")
def asked_for_goals(config: Config) -> None:
    """Before the first 1:1 the mentee is asked once for goals; the mentor reads them before they meet."""
    finite = config.lines[0].cadence.finite
    stage = sessions_begun(config) if finite else begun(config)
    if finite:
        agreed(stage)
    lives_until(stage, "Wed 7 Oct 08:00 Berlin")
    stage.ben.replies("goals", "goal: a talk at a meetup by 10 January")
    lives_until(stage, "Tue 13 Oct 14:00 Berlin")
    assert [each.touchpoint for each in stage.ben.letters].count("goals") == 1
    told = "".join(each.text for each in stage.ana.letters)
    assert "a talk at a meetup" in told


@sees("goal_days", "wealljs")
def looked_at_after_thirty_sixty_and_ninety_days(config: Config) -> None:
    """A goal without a day of its own is looked at then, counted from the first 1:1, and moves on without blame; one that is
    written on the way waits for the next of these days. Both go on after the three months."""
    stage = begun(config)
    lives_until(stage, "Wed 7 Oct 08:00 Berlin")
    stage.ben.replies("goals", "goal: a talk at a meetup")
    lives_until(stage, "Wed 16 Dec 12:00 Berlin")
    stage.ben.replies("notes", "goal: a blog post")
    lives_until(stage, "Wed 23 Dec 14:00 Berlin")
    stage.ben.replies("extend", "1")
    stage.ana.replies("extend", "1")
    lives_until(stage, "Sat 9 Jan 12:00 Berlin")
    looks = [each for each in stage.ben.letters if each.touchpoint == "goal-review"]
    assert [each.at for each in looks] == ["Thu 5 Nov 18:00", "Sat 5 Dec 18:00", "Tue 5 Jan 08:00"]
    assert "a  a talk at a meetup\n\n" in looks[1].text
    assert "a  a talk at a meetup\nb  a blog post\n" in looks[2].text


@sees("halfway", "wealljs", "ctan")
def a_word_half_way(config: Config) -> None:
    """Between two 1:1s the mentee is asked once how a task goes."""
    finite = config.lines[0].cadence.finite
    stage = sessions_begun(config) if finite else begun(config)
    if finite:
        agreed(stage)
    lives_until(stage, "Fri 9 Oct 12:00 Berlin")
    stage.ben.replies("notes", "todo: read the docs")
    lives_until(stage, "Fri 30 Oct 12:00 Berlin")
    assert "a  read the docs" in stage.ben.last("halfway").text


@sees("meeting_types.catch_up", "ctan")
@sees("follow_up_days", "ctan")
def three_months_later(config: Config) -> None:
    """LATER in answer to the farewell: one letter after ninety days, and none without it; MEET brings a plan for an hour."""
    stage = sessions_begun(config)
    agreed(stage)
    agreed(stage)
    for _ in range(60):
        if any(each.touchpoint == "farewell" for each in letters(stage.ben)):
            break
        lives(stage, days=1)
    stage.all_read()
    stage.ben.replies("farewell", "LATER")
    lives(stage, days=100)
    assert [each.touchpoint for each in stage.ben.letters].count("follow-up") == 1
    assert "follow-up" not in [each.touchpoint for each in stage.ana.letters]
    stage.ben.replies("follow-up", "MEET")
    lives(stage, days=1)
    stage.ana.reads()
    assert (
        "\n| 15 min: how you have been\n| 25 min: what came of your goals\n"
        "| 20 min: what comes next, and who can help\n"
    ) in stage.ana.last("follow-up-word").text


@sees("reports", "km")
def a_report_of_each_week_month_quarter_and_year(config: Config) -> None:
    """To the contact, on the first Monday after it is over: in January that is so of all of them."""
    stage = begun(config, "Mon 21 Dec 10:00 Berlin")
    look_at_reports(stage.daemon)
    look_at_the_week(stage.daemon)
    stage.until("Mon 4 Jan 12:00 Berlin")
    look_at_reports(stage.daemon)
    look_at_the_week(stage.daemon)
    stage.passes(2)
    told = "\n".join(stage.maya.reads())
    for each in ("The month is over.", "The quarter is over.", "The year is over.", "last week."):
        assert each in told
