"""A weekly time as people write it: what stands there is recognised, and told as it is to be written.

Not other values: test_wrong_values.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, Case, write

CASES = [
    Case(
        "a weekly time in words",
        PROGRAM + "    at: Tuesday afternoon\n",
        """\
programs/koss.yaml:9:9 at: Tuesday afternoon  is not a weekday and a time.
    Write it like this: Tue 15:00.""",
    ),
    Case(
        "a weekly time without its day",
        PROGRAM + "    at: 15:00\n",
        """\
programs/koss.yaml:9:9 at: 15:00  is not a weekday and a time.
    Write its weekday as well: Tue 15:00.""",
    ),
    Case(
        "a weekly time in half days",
        PROGRAM + "    at: Tue 3pm\n",
        """\
programs/koss.yaml:9:9 at: Tue 3pm  is not a weekday and a time.
    Write it like this: Tue 15:00.""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_mistake_is_told_with_its_place(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors


IN_OTHER_LANGUAGES = {
    "Mi 17:00": "Wed 17:00",
    "Do 10:00": "Thu 10:00",
    "Thu 10": "Thu 10:00",
    "Dienstag 17 Uhr": "Tue 17:00",
    "mercredi à 17h30": "Wed 17:30",
    "miércoles 9:00": "Wed 09:00",
    "terça-feira 3pm": "Tue 15:00",
    "Sáb": "Sat 15:00",
    "Son 10:00": "Tue 15:00",
    "Thu 25": "Thu 15:00",
}


@pytest.mark.parametrize("written", IN_OTHER_LANGUAGES)
def test_the_day_and_time_that_stand_there_are_those_to_write(written: str, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, {"koss.yaml": f"{PROGRAM}    at: {written}\n"}))
    assert report(loaded.problems) == (
        f"programs/koss.yaml:9:9 at: {written}  is not a weekday and a time.\n"
        f"    Write it like this: {IN_OTHER_LANGUAGES[written]}."
    )
