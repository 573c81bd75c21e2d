"""What each setting of a preset does for a pair: with it the pair has what its guide asks for, without it not.

Not whether the setting works in general: its stories show that (docs/rules.md).
"""

from __future__ import annotations

import pytest

from daemon.settings.presets import PRESETS
from tests.guides.further_witnesses import WITNESSES
from tests.guides.programs import program_by_name, program_of, said_by
from tests.guides.rows import ROWS

OTHERWISE = {"cadence": "biweekly", "length_minutes": "45", "goal_days": "10"}
"""What is said instead, where a preset says what is the default anyway: to take it away would change nothing."""
SET = [(preset, name) for preset in PRESETS for name in said_by(preset)]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_what_stands_in_its_file(preset: str) -> None:
    assert program_by_name(preset) == program_of(preset)


@pytest.mark.parametrize(("preset", "name"), SET)
def test_a_pair_has_what_its_guide_asks_for_and_not_without_the_setting(
    preset: str, name: str
) -> None:
    assert any(name in row.presets.get(preset, ()) for row in ROWS), "no row asks for it"
    witness = WITNESSES[preset, name]
    witness(program_of(preset))
    without = program_of(preset, without=name)
    if without == program_of(preset):
        without = program_of(preset, without=name, more=f"{name}: {OTHERWISE[name]}\n")
    with pytest.raises(AssertionError):
        witness(without)


def test_rows_name_what_presets_say() -> None:
    named = {
        (preset, name) for row in ROWS for preset in row.presets for name in row.presets[preset]
    }
    assert named == set(SET) == WITNESSES.keys()
