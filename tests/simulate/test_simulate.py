"""The simulator as a whole: the same seed gives the same run, and a run under heavy faults keeps every promise.

Not its checkers, which have tests of their own: here nothing is planted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from connectors.outside import MemoryOutside
from daemon.mail.render import Templates
from daemon.settings import load
from daemon.simulate.report import Report
from daemon.simulate.whole_run import simulate

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--pairings", "4", "--weeks", "5", "--seed", "11", "--faults", "heavy", "--json")


def run_in_a_process_of_its_own(hash_seed: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "run.py", "simulate", *SMALL], cwd=ROOT, capture_output=True, text=True,
        check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )  # fmt: skip
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def test_one_seed_one_run_whatever_the_hash_seed() -> None:
    """The whole object, not only its digest: counts, faults, crashes and figures as well."""
    first = run_in_a_process_of_its_own("0")
    assert first["letters"] > 50 and first["crashes"] > 0
    assert run_in_a_process_of_its_own("0") == first
    assert run_in_a_process_of_its_own("12345") == first


def test_another_seed_is_another_run() -> None:
    one, two = (simulated(4, 3, seed) for seed in (1, 2))
    assert one.facts["digest"] != two.facts["digest"]


@pytest.mark.parametrize(
    ("pairings", "weeks", "seed"),
    [(2, 52, 3), (3, 104, 13)],
    ids=["a year", "two years of a mentor with a week card"],
)
def test_years_of_a_pair_stay_small(pairings: int, weeks: int, seed: int) -> None:
    """No row of a state has grown beyond its bound, at any crash and at the end; nothing came twice meanwhile."""
    years = simulated(pairings, weeks, seed)
    assert years.facts["crashes"] > 0
    assert years.facts["meetings_held"] > weeks / 2
    assert years.violations == [] and years.facts["duplicates"] == 0


@pytest.fixture(scope="module")
def heavy() -> Report:
    return simulated(10, 12, 1)


def test_heavy_faults_break_no_promise(heavy: Report) -> None:
    assert heavy.violations == []
    assert (heavy.facts["duplicates"], heavy.facts["lost"]) == (0, 0)


def test_it_was_killed_at_every_boundary(heavy: Report) -> None:
    points = heavy.facts["crash_points"]
    assert set(points) == {
        "before-claim", "claimed", "done", "settling", "settled", "between-statements",
    }  # fmt: skip
    assert all(points.values()), points
    assert heavy.facts["crashes"] == sum(points.values())
    assert heavy.facts["zombies"] > 0


def test_meetings_took_place_and_were_repaired(heavy: Report) -> None:
    facts = heavy.facts
    assert facts["meetings_held"] >= 0.7 * facts["meetings_due"] > 50
    assert facts["letters"] >= 3 * facts["meetings_held"]
    assert facts["cancellations"] > 0 and facts["repaired"] >= 0.8 * facts["answered_in_time"] > 0


def simulated(pairings: int, weeks: int, seed: int) -> Report:
    """The shipped program with invented people, under heavy faults."""
    return simulate(
        load(ROOT / "config").config, MemoryOutside, pairings=pairings, weeks=weeks, seed=seed,
        faults="heavy", templates=Templates([ROOT / "templates"]),
    )  # fmt: skip
