"""A program in another language, simulated: the same promises, and people who answer in it are understood as well.

Not its words: tests/mail/test_language_packs.py.
"""

from __future__ import annotations

from pathlib import Path

from connectors.outside import MemoryOutside
from daemon.domain.value import replace
from daemon.mail.render import Templates
from daemon.settings import load
from daemon.simulate.whole_run import simulate

ROOT = Path(__file__).resolve().parents[2]


def test_a_program_in_portuguese_goes_as_the_same_one_in_english() -> None:
    """Same seed, same chance: whatever is answered in Portuguese comes to the same as in English."""
    config = load(ROOT / "config").config
    spoken = replace(
        config, programs=tuple(replace(each, language="pt-BR") for each in config.programs)
    )
    templates = Templates([ROOT / "templates"])
    english, other = (
        simulate(
            each, MemoryOutside, pairings=6, weeks=12, seed=11, faults="heavy", templates=templates
        )
        for each in (config, spoken)
    )
    assert other.violations == []
    assert other.facts["letters"] > 100
    told = ("meetings_due", "meetings_held", "repaired", "letters", "touchpoints", "behaviours")
    assert {name: other.facts[name] for name in told} == {
        name: english.facts[name] for name in told
    }
    assert other.facts["digest"] != english.facts["digest"], "the letters are other letters"
