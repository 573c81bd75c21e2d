"""For each setting of a preset a witness: a pair lives under the program, and what the guide asks for is seen, or it fails.

Not a test by itself: test_presets_at_work.py calls each with the preset, and without the setting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from daemon.domain.program import Config
from tests.stories.people import Read, Someone, moment
from tests.stories.stage import Stage

Witness = Callable[[Config], None]
WITNESSES: dict[tuple[str, str], Witness] = {}


def sees(name: str, *presets: str) -> Callable[[Witness], Witness]:
    """This watches a setting of these presets."""

    def noted(witness: Witness) -> Witness:
        for preset in presets:
            WITNESSES[preset, name] = witness
        return witness

    return noted


def begun(config: Config) -> Stage:
    """The two have said yes, and the 1:1s are on the calendar."""
    stage = both_yes(config)
    both_agree(stage)
    stage.all_read()
    return stage


def both_yes(config: Config) -> Stage:
    """The two have said yes to each other, and to nothing else."""
    stage = Stage(*config.lines, program=config.programs[0])
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.ana.reads()
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(1)
    return stage


def both_agree(stage: Stage) -> None:
    """Where the program has an agreement, both say so."""
    for someone in (stage.ana, stage.ben):
        if any("  agreement  " in each for each in someone.reads()):
            someone.replies("agreement", "AGREE")
    stage.passes(1)


def lives_until(stage: Stage, text: str) -> None:
    """Time goes on, and Ben writes a line after each 1:1."""
    _live(stage, moment(text))


def lives(stage: Stage, days: int) -> None:
    """The same for so many days."""
    _live(stage, stage.now + timedelta(days=days))


def _live(stage: Stage, end: datetime) -> None:
    while stage.now < end:
        stage.passes(min(24 * 60, max(1, int((end - stage.now).total_seconds() // 60))))
        if any("  notes  " in each for each in stage.ben.reads()):
            stage.ben.replies("notes", "A good talk.")
    stage.all_read()


def planned(stage: Stage) -> list[tuple[str, timedelta]]:
    """When the next 1:1s are, on the mentor's clock, and how long they take."""
    texts, shown = stage.ana.calendar(31), stage.ana.shown(31)
    return [(text, each.end - each.start) for text, each in zip(texts, shown, strict=True)]


@sees("cadence", "koss", "practical", "wealljs")
def every_week(config: Config) -> None:
    """On the calendar every Tuesday."""
    assert config.programs[0].cadence.step.weeks == 1
    days = [text[:-6] for text, _ in planned(begun(config))]
    assert days[:4] == ["Tue 6 Oct", "Tue 13 Oct", "Tue 20 Oct", "Tue 27 Oct"]


@sees("length_minutes", "koss", "practical")
def half_an_hour(config: Config) -> None:
    """Thirty minutes on the calendar."""
    assert {length for _, length in planned(begun(config))} == {timedelta(minutes=30)}


@sees("questions", "koss", "practical", "km")
def an_idea_in_each_prep(config: Config) -> None:
    """Each prep has another question as an idea."""
    stage = begun(config)
    lives_until(stage, "Wed 18 Nov 16:00 Berlin")
    preps = [each.text for each in stage.ben.letters if each.touchpoint == "prep-mentee"]
    ideas = [text.partition("short of one\n| ")[2].partition("\n")[0] for text in preps]
    assert len(ideas) == len(set(ideas)) >= 4 and all(ideas)


@sees("meeting_types", "practical")
def five_stages_and_the_career(config: Config) -> None:
    """Both preps show five blocks that fill half an hour; the first 1:1 of the next quarter looks further ahead."""
    stage = begun(config)
    stage.until("Tue 13 Oct 14:00 Berlin")
    prep = stage.ben.last("prep-mentee").text
    assert "A plan for the 30 minutes\n| 2 min: what today is for\n| 5 min: how you are\n" in prep
    lives_until(stage, "Tue 12 Jan 14:00 Berlin")
    ahead = [each for each in stage.ben.letters if "This one looks further ahead" in each.text]
    assert len(ahead) == 1 and "| 15 min: where you want to be in some years" in ahead[0].text


@sees("prep_asks", "practical")
def three_standing_questions(config: Config) -> None:
    """They stand in the mentee's prep, and nothing of them in the mentor's."""
    stage = begun(config)
    stage.until("Tue 13 Oct 14:00 Berlin")
    prep = stage.ben.last("prep-mentee").text
    assert "| What comes first in the next days?\n| What would help you?\n" in prep


@sees("length_minutes", "wealljs")
def an_hour(config: Config) -> None:
    """Sixty minutes on the calendar."""
    assert {length for _, length in planned(begun(config))} == {timedelta(minutes=60)}


@sees("hard_stop", "wealljs")
def it_ends_on_time(config: Config) -> None:
    """Both preps say when it ends, and what the last minutes are for."""
    stage = begun(config)
    stage.until("Tue 6 Oct 14:00 Berlin")
    ends = "It ends on time: Tue 6 Oct, 16:00 Berlin (19:30 Kolkata). The last 15 minutes are for what comes next."
    assert ends in stage.ana.last("prep-mentor").text
    assert "It ends on time: " in stage.ben.last("prep-mentee").text


@sees("minimum_weeks", "wealljs")
def three_months_and_then_both_are_asked(config: Config) -> None:
    """Before the end of three months each is asked alone; with a no the last 1:1 is in January."""
    stage = begun(config)
    lives_until(stage, "Wed 23 Dec 14:00 Berlin")
    assert stage.ana.last("extend").first and stage.ben.last("extend").first
    stage.ben.replies("extend", "3")
    lives_until(stage, "Mon 25 Jan 14:00 Berlin")
    assert stage.ben.last("farewell").first.startswith("That was your last 1:1 with Ana")


@sees("meeting_types", "wealljs")
def a_first_one_and_a_look_back_each_month(config: Config) -> None:
    """The first 1:1 has an agenda of its own, so has each month's."""
    stage = begun(config)
    stage.until("Tue 6 Oct 14:00 Berlin")
    first = stage.ben.last("prep-mentee").text
    assert "It is your first one." in first
    assert "| 20 min: what you want to reach, and how it shows\n" in first
    stage.ben.replies("prep-mentee", "todo: read the docs")
    lives_until(stage, "Tue 3 Nov 19:00 Berlin")
    stage.ben.replies("notes", "DONE a")
    lives_until(stage, "Tue 10 Nov 14:00 Berlin")
    review = stage.ben.last("prep-mentee").text
    assert "This one looks back on the month." in review
    assert "Done since the last look back\n| Ben: read the docs\n" in review


@sees("prep_asks", "wealljs")
def what_came_of_the_last_task(config: Config) -> None:
    """Asked in each prep of the mentee."""
    stage = begun(config)
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert "| Is your last task done? How well did it go?\n" in stage.ben.last("prep-mentee").text


@sees("notes_asks", "wealljs")
def what_comes_next(config: Config) -> None:
    """Four lines in the letter after each 1:1."""
    stage = begun(config)
    stage.until("Wed 7 Oct 14:00 Berlin")
    notes = stage.ben.last("notes").text
    assert (
        "| What you work on until next time\n"
        '| A chance to keep an eye on? A line "chance: what it is" keeps it in sight\n' in notes
    )


@sees("notes_asks", "ctan")
def somebody_to_meet(config: Config) -> None:
    """The letter after a session says how to ask for an introduction."""
    stage = sessions_begun(config)
    agreed(stage)
    lives_until(stage, "Fri 9 Oct 12:00 Berlin")
    assert '| Somebody to meet? A line "intro: ' in stage.ben.last("notes").text


def sessions_begun(config: Config) -> Stage:
    """The two have said yes to a plan of sessions; Ana's question for times is not read yet."""
    stage = both_yes(config)
    for someone in (stage.ana, stage.ben):
        if any(each.touchpoint == "agreement" for each in letters(someone)):
            someone.replies("agreement", "AGREE")
    return stage


def letters(someone: Someone) -> list[Read]:
    """All letters that came, read or not."""
    seen = someone.seen
    someone.reads()
    someone.seen = seen
    return someone.letters


def agreed(stage: Stage) -> None:
    """As soon as the mentor is asked for times for a session: all of them are possible, and the mentee picks the last."""
    asked = [each for each in stage.ana.letters if each.touchpoint == "proposal-mentor"]
    for _ in range(60):
        stage.ana.reads()
        if [each for each in stage.ana.letters if each.touchpoint == "proposal-mentor"] != asked:
            break
        stage.passes(12 * 60)
    numbers = [each.split("  ")[0] for each in stage.ana.last("proposal-mentor").choices]
    stage.ana.replies("proposal-mentor", " ".join(numbers))
    stage.passes(24 * 60 if not stage.ben.reads() else 1)
    stage.ben.replies("proposal", stage.ben.last("proposal").choices[-1].split("  ")[0])
    stage.passes(1)


@sees("cadence", "ctan")
def two_sessions_in_two_months(config: Config) -> None:
    """No series; the second one is asked about when the first one is over, and there is no third."""
    stage = sessions_begun(config)
    assert planned(stage) == []
    agreed(stage)
    assert [text[-7:] for text, _ in planned(stage)] == ["one-off"]
    agreed(stage)
    assert len(planned(stage)) == 1
    lives_until(stage, "Fri 18 Dec 10:00 Berlin")
    assert planned(stage) == [] and stage.ben.last("farewell").first


@sees("initiator", "ctan")
def the_mentor_is_asked_first(config: Config) -> None:
    """For times, before the mentee picks."""
    stage = sessions_begun(config)
    assert stage.ana.last("proposal-mentor").choices
    assert "proposal" not in [each.touchpoint for each in stage.ben.letters]


@sees("length_minutes", "ctan")
def a_session_of_an_hour(config: Config) -> None:
    """Sixty minutes on the calendar."""
    stage = sessions_begun(config)
    agreed(stage)
    assert [length for _, length in planned(stage)] == [timedelta(minutes=60)]


@sees("session_days", "ctan")
def a_session_without_a_time(config: Config) -> None:
    """The contact hears on day 15 that there is none for the first one."""
    stage = sessions_begun(config)
    stage.until("Wed 21 Oct 12:00 Berlin")
    told = [each for each in stage.maya.reads() if "a session has no time yet" in each]
    assert len(told) == 1


@sees("meeting_types", "ctan")
def goals_at_first_and_a_plan_at_last(config: Config) -> None:
    """Each session has an agenda of its own."""
    stage = sessions_begun(config)
    agreed(stage)
    lives_until(stage, "Thu 15 Oct 10:00 Berlin")
    first = stage.ben.last("prep-mentee").text
    assert "| 20 min: goals, and how one sees them reached\n" in first
    agreed(stage)
    lives_until(stage, "Fri 18 Dec 10:00 Berlin")
    last = stage.ben.last("prep-mentee").text
    assert "It is the last one before your 1:1s end." in last
    assert "| 15 min: a plan for afterwards, and thanks\n" in last


@sees("cadence", "km")
def every_two_weeks(config: Config) -> None:
    """On the calendar every second Tuesday."""
    days = [text[:-6] for text, _ in planned(begun(config))]
    assert days[:3] == ["Tue 6 Oct", "Tue 20 Oct", "Tue 3 Nov"]


@sees("length_minutes", "km")
def three_quarters_of_an_hour(config: Config) -> None:
    """Forty-five minutes on the calendar."""
    assert {length for _, length in planned(begun(config))} == {timedelta(minutes=45)}


@sees("minimum_weeks", "km")
def a_year_and_then_both_are_asked(config: Config) -> None:
    """Before the end of a year each is asked alone whether to go on."""
    stage = begun(config)
    lives_until(stage, "Mon 20 Sep 10:00 Berlin")
    stage.all_read()
    assert not [each for each in stage.ben.letters if each.touchpoint == "extend"]
    lives_until(stage, "Mon 27 Sep 14:00 Berlin")
    assert stage.ana.last("extend").first and stage.ben.last("extend").first


@sees("meeting_types", "km")
def what_to_learn_at_first(config: Config) -> None:
    """The first 1:1 has an agenda of its own."""
    stage = begun(config)
    stage.until("Tue 6 Oct 14:00 Berlin")
    assert (
        "| 20 min: what you want to learn, and how it shows\n" in stage.ben.last("prep-mentee").text
    )
