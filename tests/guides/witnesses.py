"""For each setting of a preset a witness: a pair lives under the program, and what the guide asks for is seen, or it fails.

Not a test by itself: test_presets_at_work.py calls each with the preset, and without the setting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from daemon.domain.program import Config
from tests.stories.people import moment
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
    stage = Stage(*config.lines, program=config.programs[0])
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(1)
    stage.all_read()
    return stage


def lives_until(stage: Stage, text: str) -> None:
    """Time goes on, and Ben writes a line after each 1:1."""
    end = moment(text)
    while stage.now < end:
        stage.passes(min(24 * 60, max(1, int((end - stage.now).total_seconds() // 60))))
        if any("  notes  " in each for each in stage.ben.reads()):
            stage.ben.replies("notes", "A good talk.")
    stage.all_read()


def planned(stage: Stage) -> list[tuple[str, timedelta]]:
    """When the next 1:1s are, on the mentor's clock, and how long they take."""
    texts, shown = stage.ana.calendar(31), stage.ana.shown(31)
    return [(text, each.end - each.start) for text, each in zip(texts, shown, strict=True)]


@sees("cadence", "koss", "practical")
def every_week(config: Config) -> None:
    """On the calendar every Tuesday."""
    assert config.programs[0].cadence.step.weeks == 1
    days = [text[:-6] for text, _ in planned(begun(config))]
    assert days[:4] == ["Tue 6 Oct", "Tue 13 Oct", "Tue 20 Oct", "Tue 27 Oct"]


@sees("length_minutes", "koss", "practical")
def half_an_hour(config: Config) -> None:
    """Thirty minutes on the calendar."""
    assert {length for _, length in planned(begun(config))} == {timedelta(minutes=30)}


@sees("questions", "koss", "practical")
def an_idea_in_each_prep(config: Config) -> None:
    """Each prep has another question as an idea."""
    stage = begun(config)
    stage.until("Tue 27 Oct 16:00 Berlin")
    stage.all_read()
    preps = [each.text for each in stage.ben.letters if each.touchpoint == "prep-mentee"]
    ideas = [text.partition("short of one\n| ")[2].partition("\n")[0] for text in preps]
    assert len(ideas) == len(set(ideas)) == 4 and all(ideas)


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
