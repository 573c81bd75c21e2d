"""For each setting of a preset a witness: a pair lives under the program, and what the guide asks for is seen, or it fails.

Not a test by itself: test_presets_at_work.py calls each with the preset, and without the setting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from daemon.domain.program import Config
from daemon.domain.value import replace
from tests.stories.people import Read, Someone, moment
from tests.stories.stage import Stage

Witness = Callable[[Config], None]
WITNESSES: dict[tuple[str, str], Witness] = {}
START = "Mon 5 Oct 10:00 Berlin"


def sees(name: str, *presets: str) -> Callable[[Witness], Witness]:
    """This watches a setting of these presets."""

    def noted(witness: Witness) -> Witness:
        for preset in presets:
            WITNESSES[preset, name] = witness
        return witness

    return noted


def begun(config: Config, start: str = START) -> Stage:
    """The two have said yes, and the 1:1s are on the calendar."""
    stage = both_yes(config, start)
    both_agree(stage)
    stage.all_read()
    return stage


def both_yes(config: Config, start: str = START) -> Stage:
    """The two have said yes to each other, and to nothing else."""
    stage = Stage(*config.lines, program=config.programs[0], start=start)
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


def ending(config: Config, day: date) -> Config:
    """The same, over after that day."""
    return replace(config, lines=tuple(replace(each, ends=day) for each in config.lines))


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
    assert planned(stage) == []
    assert (
        "Since 5 October 2026: you two met twice." in stage.ben.last("farewell").text
    )  # all of the plan


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
    """The contact hears on day 15 that there is none for the first one, and on day 51 that there is none for the second."""
    stage = sessions_begun(config)
    stage.until("Wed 21 Oct 12:00 Berlin")
    assert late_sessions(stage) == 1
    stage = sessions_begun(config)
    agreed(stage)
    stage.until("Thu 26 Nov 12:00 Berlin")
    assert late_sessions(stage) == 1


def late_sessions(stage: Stage) -> int:
    """How often the contact has heard of it."""
    return sum("a session has no time yet" in each for each in stage.maya.reads())


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
