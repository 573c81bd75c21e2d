"""Time zones that nobody can rely on: literal file, literal answer (traps 8, 91).

Not conversion between zones.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, Case, write

CASES = [
    Case(
        "Pacific or Philippine time",
        PROGRAM.replace("Asia/Kolkata", "PST"),
        """\
programs/koss.yaml:4:11 timezone: PST  is used in the United States and the Philippines.
    Write the city: America/Los_Angeles or Asia/Manila.""",
    ),
    Case(
        "a city alone",
        PROGRAM.replace("Asia/Kolkata", "Kolkata"),
        """\
programs/koss.yaml:4:11 timezone: Kolkata  is not a time zone.
    Did you mean Asia/Kolkata?""",
    ),
    Case(
        "a city mistyped",
        PROGRAM.replace("Asia/Kolkata", "Asia/Kolkatta"),
        """\
programs/koss.yaml:4:11 timezone: Asia/Kolkatta  is not a time zone.
    Did you mean Asia/Kolkata?""",
    ),
    Case(
        "an offset",
        PROGRAM.replace("Asia/Kolkata", "UTC+5:30"),
        """\
programs/koss.yaml:4:11 timezone: UTC+5:30  is an offset, which knows no summer time.
    Write the city: Asia/Kolkata.""",
    ),
    Case(
        "a folder of zones (trap_8)",
        PROGRAM.replace("Asia/Kolkata", "Europe"),
        """\
programs/koss.yaml:4:11 timezone: Europe  is not a time zone.
    Write the city as well, as in Europe/Amsterdam.""",
    ),
    Case(
        "a very long zone (trap_8)",
        PROGRAM.replace("Asia/Kolkata", "x" * 300),
        """\
programs/koss.yaml:4:11 timezone: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…  is not a time zone.
    Write the city: Asia/Kolkata, Europe/Berlin …""",
    ),
    Case(
        "a zone that is a path",
        PROGRAM.replace("Asia/Kolkata", "../../etc/passwd"),
        """\
programs/koss.yaml:4:11 timezone: ../../etc/passwd  is not a time zone.
    Write the city: Asia/Kolkata, Europe/Berlin …""",
    ),
    Case(
        "an anchor that is nobody",
        PROGRAM + "anchor: sponsor\n",
        """\
programs/koss.yaml:9:9 anchor: sponsor  is not a time zone.
    Write the city: Asia/Kolkata, Europe/Berlin …""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_mistake_is_told_with_its_place(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors
