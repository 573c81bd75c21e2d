"""The phases of a pair, from the first yes to the last 1:1, as `status` counts them.

Not the rules one by one: tests/decide/test_phases.py.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from daemon.accepted import Accepted, keep
from daemon.domain.alone import Agreement
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
