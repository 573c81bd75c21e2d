"""The phases of a pair, from the first yes to the last 1:1, as `status` counts them.

Not the rules one by one: tests/decide/test_phases.py.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daemon.accepted import Accepted, keep
from daemon.domain.alone import Agreement
from daemon.domain.cadence import Step
from daemon.domain.value import replace
from daemon.status import status
from tests.stories.cast import PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def phases(stage: Stage) -> dict[str, int]:
    """As `status` counts them, by the files that count."""
    store = stage.daemon.ports.store
    keep(store, Accepted(stage.config), Path("config"), Path("data"))
    (program,) = status(store, None, "", stage.now)["programs"]
    found: dict[str, int] = program["phases"]
    return found


@row("phases", settings=("development_weeks",))
def test_from_the_first_yes_to_the_last() -> None:
    program = replace(PATIENT, chemistry=True, development_weeks=8, extend_ask_days=0)
    stage = running(line(ends=date(2027, 1, 26)), program=program)
    seen = []
    for moment in (
        "Tue 6 Oct 12:00 Berlin", "Wed 7 Oct 12:00 Berlin", "Sun 11 Oct 12:00 Berlin",
        "Sun 29 Nov 12:00 Berlin", "Mon 30 Nov 12:00 Berlin", "Tue 12 Jan 12:00 Berlin",
        "Wed 13 Jan 12:00 Berlin",
    ):  # fmt: skip
        stage.until(moment)
        seen.append(phases(stage))
    assert seen == [
        {"initiation": 1},  # not met
        {"initiation": 1},  # met, and each is asked whether to go on
        {"development": 1},
        {"development": 1},
        {"maintenance": 1},
        {"maintenance": 1},
        {"closure": 1},
    ]
    stage.until("Tue 2 Feb 12:00 Berlin")
    assert phases(stage) == {}


@row("phases")
def test_a_pair_that_waits_for_an_agreement_is_at_its_beginning() -> None:
    stage = Stage(program=replace(PATIENT, agreement=Agreement("We meet.", "aaaa111")))
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.ben.reads()
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Mon 2 Nov 12:00 Berlin")
    assert phases(stage) == {"initiation": 1}


WORD = replace(PATIENT, development_weeks=4, maintenance_word=True)
OFFER = "A lighter rhythm from now on? Reply BIWEEKLY or MONTHLY, and I ask "


def told(stage: Stage, reader: str, part: str = "So far you two met ") -> list[str]:
    """The days of the 1:1s in whose preps that is said to that person."""
    person = getattr(stage, reader)
    person.reads()
    return [each.first.partition(",")[0] for each in person.letters if part in each.text]


@row("phase-word", "phases", "letter-goal", settings=("maintenance_word", "development_weeks"))
def test_the_first_preps_in_maintenance_say_what_they_have_come_to() -> None:
    stage = running(line(), program=WORD)
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ben.says("notes", goals=("A research place",))
    stage.until("Mon 2 Nov 12:00 Berlin")
    assert (phases(stage), told(stage, "ben")) == ({"maintenance": 1}, [])
    stage.until("Wed 2 Dec 12:00 Berlin")
    assert told(stage, "ben") == told(stage, "ana") == ["Tue 3 Nov"]
    (mine,) = (each.text for each in stage.ben.letters if "So far you two met " in each.text)
    assert f"So far you two met 4 times. Well done, you two.\n{OFFER}Ana.\n" in mine
    (theirs,) = (each.text for each in stage.ana.letters if "So far you two met " in each.text)
    assert f"{OFFER}Ben." in theirs


@row("phase-word", "letter-wish", settings=("maintenance_word",))
def test_a_lighter_rhythm_is_asked_of_the_other_one_like_any_wish() -> None:
    stage = running(line(), program=WORD)
    stage.until("Mon 2 Nov 19:00 Kolkata")
    stage.all_read()
    stage.ben.replies("prep-mentee", "BIWEEKLY")
    stage.until("Tue 3 Nov 12:00 Berlin")
    stage.all_read()
    stage.ana.replies("wish", "1")
    stage.passes(10)
    assert stage.state().agreed.step == Step(weeks=2)
    stage.until("Wed 2 Dec 12:00 Berlin")
    assert told(stage, "ben") == ["Tue 3 Nov"], "it is said once"


@row("phase-word", settings=("maintenance_word", "locked"))
@pytest.mark.parametrize(
    ("settings", "said", "offered"),
    [
        ({}, ["Tue 3 Nov"], ["Tue 3 Nov"]),
        ({"locked": ("cadence",)}, ["Tue 3 Nov"], []),
        ({"maintenance_word": False}, [], []),
        ({"development_weeks": 40}, [], []),
    ],
)
def test_only_where_the_program_says_so_and_leaves_the_rhythm_to_them(
    settings: dict[str, object], said: list[str], offered: list[str]
) -> None:
    stage = running(line(), program=replace(WORD, **settings))
    stage.until("Wed 18 Nov 12:00 Berlin")
    assert (told(stage, "ben"), told(stage, "ben", OFFER)) == (said, offered)


@row("phase-word", settings=("maintenance_word",))
def test_whoever_has_read_it_is_not_told_again_when_that_1_1_falls_out() -> None:
    stage = running(line(), program=WORD)
    stage.until("Mon 2 Nov 19:00 Kolkata")  # Ben has his prep, Ana not yet
    stage.ben.reads()
    stage.ben.replies("prep-mentee", "SKIP")
    stage.until("Wed 18 Nov 12:00 Berlin")
    assert (told(stage, "ben"), told(stage, "ana")) == (["Tue 3 Nov"], ["Tue 10 Nov"])
