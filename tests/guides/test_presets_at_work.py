"""What each setting of a preset does for a pair: with it the pair has what its guide asks for, without it not; nor without one
type of 1:1 of its block, or one thing that it lists.

Not whether the setting works in general: its stories show that (docs/rules.md).
"""

from __future__ import annotations

import pytest

from daemon.domain.program import Config
from daemon.settings.presets import PRESETS
from tests.guides.further_witnesses import WITNESSES
from tests.guides.programs import items_of, program_by_name, program_of, said_by
from tests.guides.rows import ROWS
from tests.guides.witnesses import Witness

OTHERWISE = {"cadence": "biweekly", "length_minutes": "45", "goal_days": "10"}
"""What is said instead, where a preset says what is the default anyway: to take it away would change nothing."""
SET = [(preset, name) for preset in PRESETS for name in said_by(preset)]
ITEMS = [(preset, name, item) for preset, name in SET for item in items_of(preset, name)]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_what_stands_in_its_file(preset: str) -> None:
    assert program_by_name(preset) == program_of(preset)


@pytest.mark.parametrize(("preset", "name"), SET)
def test_a_pair_has_what_its_guide_asks_for_and_not_without_the_setting(
    preset: str, name: str
) -> None:
    assert any(name in row.presets.get(preset, ()) for row in ROWS), (
        f'no row asks for it: write presets={{"{preset}": ("{name}",)}} into one of tests/guides/'
    )
    witness = witness_of(preset, name)
    witness(program_of(preset))
    without = program_of(preset, without=name)
    if without == program_of(preset):
        without = program_of(preset, without=name, more=f"{name}: {OTHERWISE[name]}\n")
    assert misses(witness, without), f"the witness does not miss it: {witness.__doc__}"


@pytest.mark.parametrize(("preset", "name", "item"), ITEMS)
def test_nor_without_one_thing_that_the_setting_lists(preset: str, name: str, item: str) -> None:
    witness = witness_of(preset, name)
    assert misses(witness, program_of(preset, without=name, item=item)), (
        f"the witness does not miss “{item}”: let it look for that as well: {witness.__doc__}"
    )


def witness_of(preset: str, name: str) -> Witness:
    """What watches it."""
    assert (preset, name) in WITNESSES, (
        f'nothing shows what it does for a pair: write a witness with @sees("{name}", "{preset}") '
        "in one of tests/guides/*witnesses.py"
    )
    return WITNESSES[preset, name]


def misses(witness: Witness, without: Config) -> bool:
    """Whether it fails there."""
    try:
        witness(without)
    except AssertionError:
        return True
    return False


def test_rows_name_what_presets_say() -> None:
    named = {
        (preset, name) for row in ROWS for preset in row.presets for name in row.presets[preset]
    }
    assert named == set(SET) == WITNESSES.keys()
